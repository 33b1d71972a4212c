/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-language.h"
#include "core/content/tomo-media.h"
#include "core/content/tomo-pack.h"
#include "core/tomo-error.h"
#include "core/tomo-library-private.h"

/* 30 partners with 2,000 items each, 500 bytes an entry, come to 30 MB. */
#define MAX_INDEX_BYTES (64 * 1024 * 1024)

/**
 * tomo_library_note_damage:
 * @self: a library
 *
 * Lets go of the index that was opened last. Damage in an index shows when somebody looks at that
 * part of it: if it did, the next sync shall repair it. Whoever may not write to the store leaves
 * that to ‘tomoctl verify’.
 */
void
tomo_library_note_damage (TomoLibrary *self)
{
  if (self->store != NULL && self->index_blocks != NULL &&
      tomo_blocks_is_damaged (self->index_blocks))
    tomo_store_mark_repair (self->store, NULL);
  g_clear_pointer (&self->index_blocks, tomo_blocks_unref);
}

static char *
dup_index_name (const char *tag)
{
  g_autofree char *lower = g_ascii_strdown (tag, -1);

  return g_strconcat ("index/", lower, NULL);
}

/**
 * tomo_library_open_index:
 * @self: a library
 * @tag: a BCP 47 tag, as the table of languages spells it
 * @error: return location for a #GError
 *
 * Opens the index of one language as it is stored, with all partners in it.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if there is none for @tag, %TOMO_ERROR_INVALID_DATA if
 * it is damaged, or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): the blocks of the index
 */
TomoBlocks *
tomo_library_open_index (TomoLibrary *self, const char *tag, GError **error)
{
  if (self->preview != NULL)
    {
      g_autoptr(GBytes) bytes = tomo_preview_build_index (self->preview, tag);
      return tomo_blocks_new (bytes);
    }

  if (self->generation == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "nothing of campaign %s is stored: run tomoctl sync", self->campaign_id);
      return NULL;
    }

  g_autofree char *name = dup_index_name (tag);
  return tomo_generation_open_file (self->generation, name, MAX_INDEX_BYTES, error);
}

/**
 * tomo_library_load_index:
 * @self: a library
 * @language: for whom
 * @error: return location for a #GError
 *
 * Opens the list of all items for one language, without those of tomo_library_get_hidden(). If the
 * one that was opened before turned out to be damaged, the store is marked for repair.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if there is none for @language,
 * %TOMO_ERROR_INVALID_DATA if it is damaged, or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): the index
 */
TomoIndex *
tomo_library_load_index (TomoLibrary *self, const char *language, GError **error)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (language != NULL, NULL);

  const TomoLanguage *row = tomo_language_find (language);
  g_autoptr(TomoBlocks) blocks =
      tomo_library_open_index (self, row != NULL ? row->tag : language, error);
  if (blocks == NULL)
    return NULL;

  tomo_library_note_damage (self);
  self->index_blocks = tomo_blocks_ref (blocks);
  g_autoptr(TomoIndex) index = tomo_index_new (blocks, error);
  if (index == NULL || self->hidden[0] == NULL)
    return g_steal_pointer (&index);

  g_autoptr(GBytes) bytes = tomo_index_write_without (index, (const char *const *) self->hidden);
  g_autoptr(TomoBlocks) shown = tomo_blocks_new (bytes);
  return tomo_index_new (shown, error);
}

static GBytes *
load_object (TomoLibrary *self, const char *sha256, size_t max_bytes, GError **error)
{
  return self->preview != NULL ? tomo_preview_load_object (self->preview, sha256, max_bytes, error)
                               : tomo_store_load_object (self->store, sha256, max_bytes, error);
}

/**
 * tomo_library_load_pack:
 * @self: a library
 * @object: the SHA-256 of a compiled pack
 * @error: return location for a #GError
 *
 * Opens a pack. The last few stay in memory.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if it is not there: a day after an update the objects
 * of the generation before the last are gone, and tomo_library_reload() helps. Else
 * %TOMO_ERROR_INVALID_DATA if it is damaged, or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): the pack
 */
TomoPack *
tomo_library_load_pack (TomoLibrary *self, const char *object, GError **error)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (object != NULL, NULL);

  TomoPack *known = tomo_pack_cache_find (self->packs, object);
  if (known != NULL)
    return tomo_pack_ref (known);

  g_autoptr(GBytes) packed = load_object (self, object, TOMO_PACK_MAX_PACKED_BYTES, error);
  if (packed == NULL)
    return NULL;

  TomoPack *pack = tomo_pack_new (packed, error);
  if (pack == NULL)
    return NULL;

  tomo_pack_cache_add (self->packs, object, pack);
  return pack;
}

/**
 * tomo_library_load_item:
 * @self: a library
 * @entry: an entry of an index of @self
 * @out_pack: (out) (optional) (transfer full): the pack that holds the item
 * @error: return location for a #GError
 *
 * Opens an item.
 *
 * On failure this sets what tomo_library_load_pack() sets, %TOMO_ERROR_NOT_FOUND if the partner
 * has been hidden since the index was opened, and %TOMO_ERROR_INVALID_DATA if the pack is not the
 * one that the index means.
 *
 * Returns: (transfer full): the item
 */
TomoItem *
tomo_library_load_item (TomoLibrary *self,
                        const TomoIndexEntry *entry,
                        TomoPack **out_pack,
                        GError **error)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (entry != NULL, NULL);

  if (g_strv_contains ((const char *const *) self->hidden, entry->partner))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "what %s signed has expired, and expired-content=hide hides it: run tomoctl "
                   "sync to fetch what is newer",
                   entry->partner);
      return NULL;
    }

  g_autoptr(TomoPack) pack = tomo_library_load_pack (self, entry->object, error);
  if (pack == NULL)
    return NULL;

  TomoItem *item = tomo_pack_find_item (pack, entry->item);
  if (item == NULL || !g_str_equal (tomo_pack_get_partner (pack), entry->partner) ||
      !g_str_equal (tomo_pack_get_id (pack), entry->pack))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "the index is wrong about item %s of %s/%s: run tomoctl sync to repair it",
                   entry->item, entry->partner, entry->pack);
      return NULL;
    }

  tomo_item_ref (item);
  if (out_pack != NULL)
    *out_pack = g_steal_pointer (&pack);
  return item;
}

static GBytes *
load_medium (TomoLibrary *self, const char *sha256, const char *suffix, GError **error)
{
  g_autoptr(GBytes) bytes = load_object (self, sha256, tomo_media_get_max_bytes (suffix), error);
  if (bytes == NULL)
    return NULL;

  if (!tomo_media_check (suffix, bytes, error))
    {
      g_prefix_error (error, "%s: ", sha256);
      return NULL;
    }

  return g_steal_pointer (&bytes);
}

/**
 * tomo_library_load_picture:
 * @self: a library
 * @sha256: the picture
 * @error: return location for a #GError
 *
 * Reads a picture and checks its header, so that a decoder may see it.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND, %TOMO_ERROR_INVALID_DATA or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): a still PNG within the limits
 */
GBytes *
tomo_library_load_picture (TomoLibrary *self, const char *sha256, GError **error)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (sha256 != NULL, NULL);

  return load_medium (self, sha256, TOMO_MEDIA_PICTURE, error);
}

/**
 * tomo_library_load_audio:
 * @self: a library
 * @sha256: the recording
 * @error: return location for a #GError
 *
 * Reads a recording and checks its pages, so that a decoder may see it.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND, %TOMO_ERROR_INVALID_DATA or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): Ogg Opus within the limits
 */
GBytes *
tomo_library_load_audio (TomoLibrary *self, const char *sha256, GError **error)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (sha256 != NULL, NULL);

  return load_medium (self, sha256, TOMO_MEDIA_AUDIO, error);
}
