/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-index-pack.h"
#include "core/content/tomo-index.h"

G_BEGIN_DECLS

/* (format version, language, entries). An entry is partner, pack, item, title, topic, age, risk,
 * language, object, pack title, picture, verified-on, kind, flags. Not signed and never leaves the
 * machine: a newer program builds it anew from the packs. */
#define TOMO_INDEX_FORMAT 1
#define TOMO_INDEX_ENTRY_VARIANT_TYPE "(ssssssssssssyy)"
#define TOMO_INDEX_VARIANT_TYPE "(usa" TOMO_INDEX_ENTRY_VARIANT_TYPE ")"

enum
{
  TOMO_INDEX_FLAG_COMPLETE = 1 << 0,
  TOMO_INDEX_FLAG_SAMPLE = 1 << 1,
  TOMO_INDEX_FLAG_DRAFT = 1 << 2,
  TOMO_INDEX_FLAG_SENSITIVE = 1 << 3,
};

/* Walks over the items of a pack that are shown, sorted by id. */
typedef struct
{
  TomoIndexEntry entry; /* its strings live as long as the pack */
  const char *next;
  unsigned int n_left;
} TomoIndexCursor;

void tomo_index_cursor_init (TomoIndexCursor *self, TomoIndexPack *pack);
void tomo_index_cursor_advance (TomoIndexCursor *self);
const char *tomo_index_pack_get_canonical (TomoIndexPack *self);
const char **tomo_index_pack_dup_fallback (TomoIndexPack *self, const char **out_source_language);
TomoIndexEntry tomo_index_pack_get_entry (TomoIndexPack *self);

G_END_DECLS
