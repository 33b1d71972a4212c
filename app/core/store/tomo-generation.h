/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdint.h>

#include "core/store/tomo-store.h"
#include "core/tomo-blocks.h"

G_BEGIN_DECLS

/* One complete, consistent state of one campaign: an object list, and named files beside it (the
 * indexes). Opening one reads neither. Immutable once it is current; found through the symlink
 * `current`. */
typedef struct
{
  const char *path;   /* the target path, ‘jp/packs/accounts/ja.k1.gz’; borrowed */
  const char *sha256; /* names the object; borrowed */
  uint64_t size;
} TomoStoredObject;

typedef struct _TomoGeneration TomoGeneration;

TomoGeneration *
tomo_generation_open_current (TomoStore *store, const char *campaign, GError **error);
TomoGeneration *tomo_generation_ref (TomoGeneration *self);
void tomo_generation_unref (TomoGeneration *self);
uint64_t tomo_generation_get_number (TomoGeneration *self);
size_t tomo_generation_get_n_objects (TomoGeneration *self);
gboolean tomo_generation_get_object (TomoGeneration *self,
                                     size_t index,
                                     TomoStoredObject *out_object,
                                     GError **error);
gboolean
tomo_generation_find_object (TomoGeneration *self, const char *path, TomoStoredObject *out_object);
GVariant *tomo_generation_get_properties (TomoGeneration *self);
TomoBlocks *tomo_generation_open_file (TomoGeneration *self,
                                       const char *name,
                                       size_t max_bytes,
                                       GError **error);
GBytes *tomo_generation_load_file (TomoGeneration *self,
                                   const char *name,
                                   size_t max_bytes,
                                   GError **error);
char **tomo_generation_list_files (TomoGeneration *self, const char *folder, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoGeneration, tomo_generation_unref)

/* Collects the next generation in private/partial and makes it current in one rename. */
typedef struct _TomoGenerationWriter TomoGenerationWriter;

TomoGenerationWriter *
tomo_generation_writer_new (TomoStore *store, const char *campaign, GError **error);
void tomo_generation_writer_free (TomoGenerationWriter *self);
void tomo_generation_writer_add_object (TomoGenerationWriter *self,
                                        const char *path,
                                        const char *sha256,
                                        uint64_t size);
void tomo_generation_writer_set_properties (TomoGenerationWriter *self, GVariant *properties);
gboolean tomo_generation_writer_add_file (TomoGenerationWriter *self,
                                          const char *name,
                                          GBytes *bytes,
                                          GBytes *digests,
                                          GError **error);
gboolean tomo_generation_writer_commit (TomoGenerationWriter *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoGenerationWriter, tomo_generation_writer_free)

G_END_DECLS
