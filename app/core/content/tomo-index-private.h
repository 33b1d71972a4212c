/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-index-pack.h"
#include "core/content/tomo-index.h"

G_BEGIN_DECLS

/* Little-endian 32-bit numbers, then TomoRows. Not signed and never leaves the machine: a newer
 * program builds it anew from the packs.
 *
 *   format version, place of the items, place of the packs, place of the names
 *   head at TOMO_INDEX_HEAD_BYTES: language; then for each topic its id and how many tips, how many
 *     sensitive tips, how many questions that may be asked, and how many others it has, all in the
 *     language of the index; at last an empty id and the same for what is there in other languages
 *     only
 *   items: id, title, topic, age, risk, picture, recording of the title, kind, flags, number of the
 *     pack; in the order of the head, and there by partner, pack and id
 *   packs: partner, pack, language, object, title, verified-on
 *   names: for each item a 32-bit number, its place; by partner, pack and id */
#define TOMO_INDEX_FORMAT 4
#define TOMO_INDEX_NUMBER_BYTES 4
#define TOMO_INDEX_HEAD_BYTES (4 * TOMO_INDEX_NUMBER_BYTES)

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
gboolean tomo_index_pack_has_same_fallback (TomoIndexPack *self, TomoIndexPack *other);
const char **tomo_index_pack_dup_fallback (TomoIndexPack *self, const char **out_source_language);
TomoIndexEntry tomo_index_pack_get_entry (TomoIndexPack *self);

G_END_DECLS
