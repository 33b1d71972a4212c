/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-index.h"

#include <stdint.h>
#include <string.h>

#include "core/content/tomo-index-private.h"
#include "core/content/tomo-language.h"

struct _TomoIndexBuilder
{
  GPtrArray *packs; /* (owned) (element-type TomoIndexPack) */
  gboolean is_sorted;
};

static gboolean
is_same_pack (TomoIndexPack *a, TomoIndexPack *b)
{
  return g_str_equal (tomo_index_pack_get_partner (a), tomo_index_pack_get_partner (b)) &&
         g_str_equal (tomo_index_pack_get_id (a), tomo_index_pack_get_id (b));
}

static int
compare_packs_cb (gconstpointer a, gconstpointer b)
{
  TomoIndexEntry left = tomo_index_pack_get_entry (*(TomoIndexPack *const *) a);
  TomoIndexEntry right = tomo_index_pack_get_entry (*(TomoIndexPack *const *) b);

  int order = strcmp (left.partner, right.partner);
  if (order == 0)
    order = strcmp (left.pack, right.pack);
  if (order == 0)
    order = strcmp (left.language, right.language);

  return order;
}

static gboolean
is_in (TomoIndexPack *pack, const char *language)
{
  return g_ascii_strcasecmp (tomo_index_pack_get_canonical (pack), language) == 0;
}

static char **
dup_chain (TomoIndexPack *pack, const char *language)
{
  const char *source_language = NULL;
  g_autofree const char **fallback = tomo_index_pack_dup_fallback (pack, &source_language);

  return tomo_language_dup_chain (language, fallback, source_language);
}

/* The packs of the group in which to look for an item, the best language first. */
static GArray *
open_cursors (TomoIndexPack *const *group, size_t n_group, char **chain)
{
  GArray *cursors = g_array_new (FALSE, FALSE, sizeof (TomoIndexCursor));

  for (size_t i = 0; chain[i] != NULL; i++)
    for (size_t j = 0; j < n_group; j++)
      if (is_in (group[j], chain[i]))
        {
          TomoIndexCursor cursor;
          tomo_index_cursor_init (&cursor, group[j]);
          cursor.entry.is_complete = i == 0;
          g_array_append_val (cursors, cursor);
        }

  return cursors;
}

/* The first of the items that are left, in the best language that has it; NULL at the end. */
static const TomoIndexEntry *
choose_next (GArray *cursors)
{
  const TomoIndexEntry *chosen = NULL;

  for (unsigned int i = 0; i < cursors->len; i++)
    {
      const TomoIndexEntry *entry = &g_array_index (cursors, TomoIndexCursor, i).entry;
      if (entry->item != NULL && (chosen == NULL || strcmp (entry->item, chosen->item) < 0))
        chosen = entry;
    }

  return chosen;
}

static void
pass_item (GArray *cursors, const char *item)
{
  for (unsigned int i = 0; i < cursors->len; i++)
    {
      TomoIndexCursor *cursor = &g_array_index (cursors, TomoIndexCursor, i);
      if (cursor->entry.item != NULL && g_str_equal (cursor->entry.item, item))
        tomo_index_cursor_advance (cursor);
    }
}

static void
add_entry (GVariantBuilder *entries, const TomoIndexEntry *entry)
{
  unsigned int flags = 0;

  if (entry->is_complete)
    flags |= TOMO_INDEX_FLAG_COMPLETE;
  if (entry->is_sample)
    flags |= TOMO_INDEX_FLAG_SAMPLE;
  if (entry->is_draft)
    flags |= TOMO_INDEX_FLAG_DRAFT;
  if (entry->is_sensitive)
    flags |= TOMO_INDEX_FLAG_SENSITIVE;

  g_variant_builder_add (entries, TOMO_INDEX_ENTRY_VARIANT_TYPE, entry->partner, entry->pack,
                         entry->item, entry->title, entry->topic, entry->age, entry->risk,
                         entry->language, entry->object, entry->pack_title, entry->picture,
                         entry->verified_on, (int) entry->kind, (int) flags);
}

static void
add_group (GVariantBuilder *entries,
           TomoIndexPack *const *group,
           size_t n_group,
           const char *language)
{
  g_auto(GStrv) chain = dup_chain (group[0], language);
  g_autoptr(GArray) cursors = open_cursors (group, n_group, chain);

  for (const TomoIndexEntry *entry; (entry = choose_next (cursors)) != NULL;)
    {
      const char *item = entry->item;
      add_entry (entries, entry);
      pass_item (cursors, item);
    }
}

/**
 * tomo_index_builder_new:
 *
 * Begins to collect packs.
 *
 * Returns: (transfer full): an empty builder
 */
TomoIndexBuilder *
tomo_index_builder_new (void)
{
  TomoIndexBuilder *self = g_new0 (TomoIndexBuilder, 1);

  self->packs = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_index_pack_unref);

  return self;
}

/**
 * tomo_index_builder_free:
 * @self: (transfer full): a builder
 *
 * Frees @self.
 */
void
tomo_index_builder_free (TomoIndexBuilder *self)
{
  g_ptr_array_unref (self->packs);
  g_free (self);
}

/**
 * tomo_index_builder_add_pack:
 * @self: a builder
 * @pack: a pack in one language; add all languages of it
 *
 * Adds what can be listed.
 */
void
tomo_index_builder_add_pack (TomoIndexBuilder *self, TomoIndexPack *pack)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (pack != NULL);

  g_ptr_array_add (self->packs, tomo_index_pack_ref (pack));
  self->is_sorted = FALSE;
}

/**
 * tomo_index_builder_build:
 * @self: a builder with all packs
 * @language: for whom
 *
 * Picks each item in the first language of the chain of @language that has it whole, and writes
 * the list down. The same packs give the same bytes, in whatever order they were added.
 *
 * Returns: (transfer full): for tomo_index_new()
 */
GBytes *
tomo_index_builder_build (TomoIndexBuilder *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  const TomoLanguage *row = tomo_language_find (language);
  g_auto(GVariantBuilder) entries =
      G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a" TOMO_INDEX_ENTRY_VARIANT_TYPE));

  if (!self->is_sorted)
    g_ptr_array_sort (self->packs, compare_packs_cb);
  self->is_sorted = TRUE;

  for (unsigned int i = 0; i < self->packs->len;)
    {
      TomoIndexPack *const *group = (TomoIndexPack *const *) &self->packs->pdata[i];
      unsigned int n_group = 1;
      while (i + n_group < self->packs->len && is_same_pack (group[0], group[n_group]))
        n_group++;
      add_group (&entries, group, n_group, language);
      i += n_group;
    }

  g_autoptr(GVariant) index = g_variant_ref_sink (
      g_variant_new ("(us@a" TOMO_INDEX_ENTRY_VARIANT_TYPE ")", TOMO_INDEX_FORMAT,
                     row != NULL ? row->tag : language, g_variant_builder_end (&entries)));
#if G_BYTE_ORDER == G_BIG_ENDIAN
  g_autoptr(GVariant) stored = g_variant_byteswap (index);
  return g_variant_get_data_as_bytes (stored);
#else
  return g_variant_get_data_as_bytes (index);
#endif
}
