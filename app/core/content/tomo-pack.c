/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-pack-private.h"

#include <stdlib.h>
#include <string.h>

static void
pack_clear (gpointer data)
{
  TomoPack *self = data;

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->fallback, g_free);
  g_clear_pointer (&self->pictures, g_free);
  g_clear_pointer (&self->audio, g_free);
  g_clear_pointer (&self->media, g_strfreev);
  g_clear_pointer (&self->incomplete, g_free);
  g_clear_pointer (&self->variant, g_variant_unref);
}

/**
 * tomo_pack_ref:
 * @self: a pack
 *
 * Takes one more reference, in any thread.
 *
 * Returns: (transfer full): @self
 */
TomoPack *
tomo_pack_ref (TomoPack *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * tomo_pack_unref:
 * @self: (transfer full): a pack
 *
 * Gives a reference back, in any thread.
 */
void
tomo_pack_unref (TomoPack *self)
{
  g_atomic_rc_box_release_full (self, pack_clear);
}

/**
 * tomo_pack_get_partner:
 * @self: a pack
 *
 * Gives the partner that the pack says it is of; compare it with the role that signed it.
 *
 * Returns: (transfer none): an id
 */
const char *
tomo_pack_get_partner (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->partner;
}

/**
 * tomo_pack_get_id:
 * @self: a pack
 *
 * Gives the id of the pack.
 *
 * Returns: (transfer none): an id
 */
const char *
tomo_pack_get_id (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/**
 * tomo_pack_get_language:
 * @self: a pack
 *
 * Gives the language that all items are in.
 *
 * Returns: (transfer none): a BCP 47 tag
 */
const char *
tomo_pack_get_language (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->language;
}

/**
 * tomo_pack_get_source_language:
 * @self: a pack
 *
 * Gives the language that the pack was written in first.
 *
 * Returns: (transfer none): a BCP 47 tag
 */
const char *
tomo_pack_get_source_language (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->source_language;
}

/**
 * tomo_pack_get_title:
 * @self: a pack
 *
 * Gives the title.
 *
 * Returns: (transfer none): the title
 */
const char *
tomo_pack_get_title (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->title;
}

/**
 * tomo_pack_get_revision:
 * @self: a pack
 *
 * Gives the revision.
 *
 * Returns: a number from 1
 */
unsigned int
tomo_pack_get_revision (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->revision;
}

/**
 * tomo_pack_get_verified_on:
 * @self: a pack
 *
 * Gives the day on which somebody last checked the facts.
 *
 * Returns: (transfer none): YYYY-MM-DD
 */
const char *
tomo_pack_get_verified_on (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->verified_on;
}

/**
 * tomo_pack_get_license:
 * @self: a pack
 *
 * Gives the licence of texts and pictures.
 *
 * Returns: (transfer none): an SPDX expression, or an empty string
 */
const char *
tomo_pack_get_license (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->license;
}

/**
 * tomo_pack_get_fallback:
 * @self: a pack
 *
 * Gives the languages to try before English.
 *
 * Returns: (transfer none): BCP 47 tags, %NULL-terminated
 */
const char *const *
tomo_pack_get_fallback (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->fallback;
}

/**
 * tomo_pack_get_media:
 * @self: a pack
 *
 * Gives the pictures and recordings that the items use.
 *
 * Returns: (transfer none): names of files, such as ‘<sha256>.png’, pictures first,
 * %NULL-terminated
 */
const char *const *
tomo_pack_get_media (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->media;
}

/**
 * tomo_pack_get_incomplete:
 * @self: a pack
 *
 * Gives the items that are left out because the language lacks a string of them.
 *
 * Returns: (transfer none): ids, %NULL-terminated
 */
const char *const *
tomo_pack_get_incomplete (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->incomplete;
}

/**
 * tomo_pack_is_sample:
 * @self: a pack
 *
 * Tells whether each card must carry the mark of a sample.
 *
 * Returns: %TRUE for samples
 */
gboolean
tomo_pack_is_sample (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_sample;
}

/**
 * tomo_pack_is_draft:
 * @self: a pack
 *
 * Tells whether nobody has reviewed the translation yet.
 *
 * Returns: %TRUE for drafts
 */
gboolean
tomo_pack_is_draft (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_draft;
}

/**
 * tomo_pack_is_sensitive:
 * @self: a pack
 *
 * Tells whether a child or a person in distress may stand in front.
 *
 * Returns: %TRUE for sensitive packs
 */
gboolean
tomo_pack_is_sensitive (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_sensitive;
}

/**
 * tomo_pack_get_n_items:
 * @self: a pack
 *
 * Counts the items, among them those of kinds that cannot be shown.
 *
 * Returns: how many there are
 */
size_t
tomo_pack_get_n_items (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->items->len;
}

/**
 * tomo_pack_get_item:
 * @self: a pack
 * @index: less than tomo_pack_get_n_items()
 *
 * Gives one item; they are sorted by id in byte order.
 *
 * Returns: (transfer none): the item; with a reference of its own it outlives the pack
 */
TomoItem *
tomo_pack_get_item (TomoPack *self, size_t index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->items->len, NULL);

  return g_ptr_array_index (self->items, index);
}

static int
compare_id_with_item (gconstpointer id, gconstpointer element)
{
  TomoItem *const *item = element;

  return strcmp (id, tomo_item_get_id (*item));
}

/**
 * tomo_pack_find_item:
 * @self: a pack
 * @id: which item
 *
 * Looks up an item by its id.
 *
 * Returns: (transfer none) (nullable): the item, or %NULL if the pack lacks it in this language
 */
TomoItem *
tomo_pack_find_item (TomoPack *self, const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  TomoItem **found = self->items->len == 0 ? NULL
                                           : bsearch (id, self->items->pdata, self->items->len,
                                                      sizeof (gpointer), compare_id_with_item);

  return found != NULL ? *found : NULL;
}
