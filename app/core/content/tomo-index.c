/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-index.h"

#include <stdint.h>
#include <string.h>

#include "core/content/tomo-compiled-private.h"
#include "core/content/tomo-index-private.h"
#include "core/tomo-error.h"

#define ENTRY_FORMAT "(&s&s&s&s&s&s&s&s&s&s&s&syy)"

struct _TomoIndex
{
  GVariant *variant; /* (owned) (not nullable); all strings are borrowed from it */
  GVariant *entries; /* (owned) (not nullable) */
  size_t n_entries;
  const char *language;
};

static void
index_clear (gpointer data)
{
  TomoIndex *self = data;

  g_clear_pointer (&self->entries, g_variant_unref);
  g_clear_pointer (&self->variant, g_variant_unref);
}

static int
compare_entry (const TomoIndexEntry *entry, const char *partner, const char *pack, const char *item)
{
  int order = strcmp (entry->partner, partner);
  if (order == 0)
    order = strcmp (entry->pack, pack);
  if (order == 0)
    order = strcmp (entry->item, item);

  return order;
}

static gboolean
check_names (const TomoIndexEntry *entry, const char *where, GError **error)
{
  return tomo_compiled_check_id (entry->partner, "partner", where, error) &&
         tomo_compiled_check_id (entry->pack, "pack", where, error) &&
         tomo_compiled_check_id (entry->item, "item", where, error) &&
         tomo_compiled_check_language (entry->language, "language", where, error) &&
         tomo_compiled_check_sha256 (entry->object, "object", where, error) &&
         (*entry->picture == '\0' ||
          tomo_compiled_check_sha256 (entry->picture, "picture", where, error));
}

static gboolean
check_texts (const TomoIndexEntry *entry, const char *where, GError **error)
{
  return tomo_compiled_check_string (entry->title, "title", where, error) &&
         tomo_compiled_check_string (entry->topic, "topic", where, error) &&
         tomo_compiled_check_string (entry->age, "age", where, error) &&
         tomo_compiled_check_string (entry->risk, "risk", where, error) &&
         tomo_compiled_check_string (entry->pack_title, "pack-title", where, error) &&
         tomo_compiled_check_string (entry->verified_on, "verified-on", where, error);
}

static gboolean
check_entries (TomoIndex *self, const char *where, GError **error)
{
  TomoIndexEntry previous = { .partner = "", .pack = "", .item = "" };

  for (size_t i = 0; i < self->n_entries; i++)
    {
      TomoIndexEntry entry = tomo_index_get_entry (self, i);
      if (!check_names (&entry, where, error) || !check_texts (&entry, where, error))
        return FALSE;

      if (!tomo_item_kind_is_shown (entry.kind) ||
          compare_entry (&previous, entry.partner, entry.pack, entry.item) >= 0)
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "%s: item %s of %s/%s is out of order, or of a kind that is not shown",
                       where, entry.item, entry.partner, entry.pack);
          return FALSE;
        }
      previous = entry;
    }

  return TRUE;
}

/**
 * tomo_index_new:
 * @bytes: what tomo_index_builder_build() gave once; its size is the caller's to limit
 * @error: return location for a #GError
 *
 * Opens an index without copying it, and checks all of it.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, or %TOMO_ERROR_UNSUPPORTED for another version of
 * the format.
 *
 * Returns: (transfer full): the index
 */
TomoIndex *
tomo_index_new (GBytes *bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autoptr(GVariant) variant =
      tomo_compiled_open_plain (bytes, G_VARIANT_TYPE (TOMO_INDEX_VARIANT_TYPE), "index", error);
  if (variant == NULL)
    return NULL;

  g_autoptr(TomoIndex) self = g_atomic_rc_box_new0 (TomoIndex);
  uint32_t format = 0;

  self->variant = g_variant_ref (variant);
  g_variant_get (variant, "(u&s@a" TOMO_INDEX_ENTRY_VARIANT_TYPE ")", &format, &self->language,
                 &self->entries);
  self->n_entries = g_variant_n_children (self->entries);

  if (format != TOMO_INDEX_FORMAT)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
                   "index: has format version %u, and this program reads %d: run tomoctl sync",
                   format, TOMO_INDEX_FORMAT);
      return NULL;
    }

  if (!tomo_compiled_check_language (self->language, "language", "index", error))
    return NULL;

  g_autofree char *where = g_strdup_printf ("index (%s)", self->language);
  if (!check_entries (self, where, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * tomo_index_ref:
 * @self: an index
 *
 * Takes one more reference, in any thread.
 *
 * Returns: (transfer full): @self
 */
TomoIndex *
tomo_index_ref (TomoIndex *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * tomo_index_unref:
 * @self: (transfer full): an index
 *
 * Gives a reference back, in any thread.
 */
void
tomo_index_unref (TomoIndex *self)
{
  g_atomic_rc_box_release_full (self, index_clear);
}

/**
 * tomo_index_get_language:
 * @self: an index
 *
 * Gives the language that the index was built for.
 *
 * Returns: (transfer none): a BCP 47 tag
 */
const char *
tomo_index_get_language (TomoIndex *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->language;
}

/**
 * tomo_index_get_n_entries:
 * @self: an index
 *
 * Counts the items.
 *
 * Returns: how many there are
 */
size_t
tomo_index_get_n_entries (TomoIndex *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_entries;
}

/**
 * tomo_index_get_entry:
 * @self: an index
 * @index: less than tomo_index_get_n_entries()
 *
 * Gives one item; they are sorted by partner, pack and item.
 *
 * Returns: the entry; its strings live as long as @self
 */
TomoIndexEntry
tomo_index_get_entry (TomoIndex *self, size_t index)
{
  TomoIndexEntry entry = { NULL };
  g_return_val_if_fail (self != NULL, entry);
  g_return_val_if_fail (index < self->n_entries, entry);

  uint8_t kind = 0;
  uint8_t flags = 0;
  g_variant_get_child (self->entries, index, ENTRY_FORMAT, &entry.partner, &entry.pack, &entry.item,
                       &entry.title, &entry.topic, &entry.age, &entry.risk, &entry.language,
                       &entry.object, &entry.pack_title, &entry.picture, &entry.verified_on, &kind,
                       &flags);
  entry.kind = kind < TOMO_N_ITEM_KINDS ? (TomoItemKind) kind : TOMO_ITEM_UNKNOWN;
  entry.is_complete = (flags & TOMO_INDEX_FLAG_COMPLETE) != 0;
  entry.is_sample = (flags & TOMO_INDEX_FLAG_SAMPLE) != 0;
  entry.is_draft = (flags & TOMO_INDEX_FLAG_DRAFT) != 0;
  entry.is_sensitive = (flags & TOMO_INDEX_FLAG_SENSITIVE) != 0;

  return entry;
}

/**
 * tomo_index_find:
 * @self: an index
 * @partner: whose pack
 * @pack: which pack
 * @item: which item
 * @out_entry: (out) (optional): the entry
 *
 * Looks up one item.
 *
 * Returns: %TRUE if it is there
 */
gboolean
tomo_index_find (TomoIndex *self,
                 const char *partner,
                 const char *pack,
                 const char *item,
                 TomoIndexEntry *out_entry)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (partner != NULL && pack != NULL && item != NULL, FALSE);

  size_t first = 0;
  size_t end = self->n_entries;

  while (first < end)
    {
      size_t middle = first + (end - first) / 2;
      TomoIndexEntry entry = tomo_index_get_entry (self, middle);
      int order = compare_entry (&entry, partner, pack, item);

      if (order == 0)
        {
          if (out_entry != NULL)
            *out_entry = entry;
          return TRUE;
        }
      if (order < 0)
        first = middle + 1;
      else
        end = middle;
    }

  return FALSE;
}
