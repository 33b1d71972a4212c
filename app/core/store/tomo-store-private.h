/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/store/tomo-generation.h"
#include "core/store/tomo-store.h"

G_BEGIN_DECLS

/* 256 languages and 256 partners that were kept as before come to 50 kB. */
#define TOMO_GENERATION_MAX_MANIFEST_BYTES (1024 * 1024)
/* 30 partners of 20,000 targets, 130 bytes each, come to 78 MB. */
#define TOMO_GENERATION_MAX_OBJECTS_BYTES (128 * 1024 * 1024)
#define TOMO_GENERATION_MAX_FILE_BYTES TOMO_GENERATION_MAX_OBJECTS_BYTES

/* (format version, number, properties, number of objects, files); files are (name, SHA-256, size),
 * sorted by name. In the file, the SHA-256 of these bytes stands before them: GVariant does not
 * notice a flipped bit, and a wrong title is worse than none. Version 1 held the objects, too.
 *
 * Each file is its bytes, then the SHA-256 of each of their blocks; the one in the manifest is that
 * of those sums, and the size is that of the bytes. Among the files is ‘objects’: rows of path,
 * SHA-256 and size, sorted by path. */
#define TOMO_GENERATION_FORMAT 2
#define TOMO_GENERATION_VARIANT_TYPE "(uta{sv}ta(sst))"
#define TOMO_GENERATION_MANIFEST "manifest"
#define TOMO_GENERATION_OBJECTS "objects"

struct _TomoStore
{
  GObject parent_instance;

  char *path;  /* (owned) (not nullable) */
  int lock_fd; /* -1 when not locked */

  /* Known while it is locked, when nobody else writes. */
  gboolean has_begun; /* something may be left of what transfers had begun */
  gboolean was_empty; /* there were no objects when it was locked */
  GMutex mutex;       /* for @added */
  GHashTable *added;  /* (owned) (element-type utf8 size_t): objects since then, and their sizes */
};

gboolean tomo_store_is_sha256 (const char *name);
gboolean tomo_store_check_campaign (const char *campaign, GError **error);
gboolean tomo_store_is_locked (TomoStore *self);
char *tomo_store_dup_partial_path (TomoStore *self, const char *name);
gboolean tomo_store_clear_partial (TomoStore *self, GError **error);
char *tomo_store_dup_object_path (TomoStore *self, const char *sha256);
gboolean tomo_store_note_objects (TomoStore *self, GError **error);
void tomo_store_forget_objects (TomoStore *self);

/* Generations by number. */
uint64_t *tomo_store_list_generations (TomoStore *self,
                                       const char *campaign,
                                       size_t *out_n_generations,
                                       GError **error);
gboolean tomo_store_read_current (TomoStore *self,
                                  const char *campaign,
                                  uint64_t *out_number,
                                  GError **error);
char *tomo_store_dup_generation_path (TomoStore *self, const char *campaign, uint64_t number);
TomoGeneration *
tomo_generation_open (TomoStore *store, const char *campaign, uint64_t number, GError **error);
TomoGeneration *tomo_generation_parse (GBytes *bytes, const char *where, GError **error);
size_t tomo_generation_get_n_files (TomoGeneration *self);
TomoStoredObject tomo_generation_get_file (TomoGeneration *self, size_t index);
gboolean tomo_generation_is_path (const char *path);
gboolean tomo_generation_is_file_name (const char *name);

G_END_DECLS
