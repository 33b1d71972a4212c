/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-index.h"

#include <stdint.h>
#include <string.h>

#include "core/content/tomo-index-private.h"
#include "core/content/tomo-language.h"

typedef struct
{
  TomoPack *pack; /* (owned) */
  char *object;   /* (owned) */
} Source;

struct _TomoIndexBuilder
{
  GPtrArray *sources; /* (owned) (element-type Source) */
  gboolean is_sorted;
};

static void
source_free (gpointer data)
{
  Source *self = data;

  tomo_pack_unref (self->pack);
  g_free (self->object);
  g_free (self);
}

static gboolean
is_same_pack (const Source *a, const Source *b)
{
  return g_str_equal (tomo_pack_get_partner (a->pack), tomo_pack_get_partner (b->pack)) &&
         g_str_equal (tomo_pack_get_id (a->pack), tomo_pack_get_id (b->pack));
}

static int
compare_sources_cb (gconstpointer a, gconstpointer b)
{
  const Source *left = *(Source *const *) a;
  const Source *right = *(Source *const *) b;

  int order = strcmp (tomo_pack_get_partner (left->pack), tomo_pack_get_partner (right->pack));
  if (order == 0)
    order = strcmp (tomo_pack_get_id (left->pack), tomo_pack_get_id (right->pack));
  if (order == 0)
    order = strcmp (tomo_pack_get_language (left->pack), tomo_pack_get_language (right->pack));

  return order;
}

static int
compare_ids_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What any language of the pack holds, each once, sorted. */
static GPtrArray *
collect_ids (Source *const *group, size_t n_group)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();

  for (size_t i = 0; i < n_group; i++)
    for (size_t j = 0; j < tomo_pack_get_n_items (group[i]->pack); j++)
      g_ptr_array_add (ids, (gpointer) tomo_item_get_id (tomo_pack_get_item (group[i]->pack, j)));
  g_ptr_array_sort (ids, compare_ids_cb);

  unsigned int n_kept = 0;
  for (unsigned int i = 0; i < ids->len; i++)
    if (n_kept == 0 || !g_str_equal (ids->pdata[n_kept - 1], ids->pdata[i]))
      ids->pdata[n_kept++] = ids->pdata[i];
  g_ptr_array_set_size (ids, (int) n_kept);

  return g_steal_pointer (&ids);
}

static gboolean
is_same_language (const char *tag, const char *canonical)
{
  const TomoLanguage *language = tomo_language_find (tag);

  return g_ascii_strcasecmp (language != NULL ? language->tag : tag, canonical) == 0;
}

static const Source *
choose_source (Source *const *group, size_t n_group, char **chain, const char *id)
{
  for (size_t i = 0; chain[i] != NULL; i++)
    for (size_t j = 0; j < n_group; j++)
      {
        if (!is_same_language (tomo_pack_get_language (group[j]->pack), chain[i]))
          continue;
        TomoItem *item = tomo_pack_find_item (group[j]->pack, id);
        if (item != NULL && tomo_item_kind_is_shown (tomo_item_get_kind (item)))
          return group[j];
      }

  return NULL;
}

static void
add_entry (GVariantBuilder *entries, const Source *source, const char *id, const char *language)
{
  TomoPack *pack = source->pack;
  TomoItem *item = tomo_pack_find_item (pack, id);
  unsigned int flags = 0;

  if (is_same_language (tomo_pack_get_language (pack), language))
    flags |= TOMO_INDEX_FLAG_COMPLETE;
  if (tomo_pack_is_sample (pack))
    flags |= TOMO_INDEX_FLAG_SAMPLE;
  if (tomo_pack_is_draft (pack))
    flags |= TOMO_INDEX_FLAG_DRAFT;
  if (tomo_pack_is_sensitive (pack))
    flags |= TOMO_INDEX_FLAG_SENSITIVE;

  g_variant_builder_add (
      entries, TOMO_INDEX_ENTRY_VARIANT_TYPE, tomo_pack_get_partner (pack), tomo_pack_get_id (pack),
      id, tomo_item_get_title (item), tomo_item_get_topic (item), tomo_item_get_age (item),
      tomo_item_get_risk (item), tomo_pack_get_language (pack), source->object,
      tomo_pack_get_title (pack), tomo_item_get_picture (item), tomo_pack_get_verified_on (pack),
      (int) tomo_item_get_kind (item), (int) flags);
}

static void
add_group (GVariantBuilder *entries, Source *const *group, size_t n_group, const char *language)
{
  g_auto(GStrv) chain = tomo_language_dup_chain (language, tomo_pack_get_fallback (group[0]->pack),
                                                  tomo_pack_get_source_language (group[0]->pack));
  g_autoptr(GPtrArray) ids = collect_ids (group, n_group);

  for (unsigned int i = 0; i < ids->len; i++)
    {
      const Source *source = choose_source (group, n_group, chain, ids->pdata[i]);
      if (source != NULL)
        add_entry (entries, source, ids->pdata[i], chain[0]);
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

  self->sources = g_ptr_array_new_with_free_func (source_free);

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
  g_ptr_array_unref (self->sources);
  g_free (self);
}

/**
 * tomo_index_builder_add_pack:
 * @self: a builder
 * @pack: a pack in one language; add all languages of it
 * @object: the SHA-256 of the compiled bytes of @pack
 *
 * Adds what can be listed.
 */
void
tomo_index_builder_add_pack (TomoIndexBuilder *self, TomoPack *pack, const char *object)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (pack != NULL);
  g_return_if_fail (object != NULL);

  Source *source = g_new0 (Source, 1);
  source->pack = tomo_pack_ref (pack);
  source->object = g_strdup (object);
  g_ptr_array_add (self->sources, source);
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
    g_ptr_array_sort (self->sources, compare_sources_cb);
  self->is_sorted = TRUE;

  for (unsigned int i = 0; i < self->sources->len;)
    {
      Source *const *group = (Source *const *) &self->sources->pdata[i];
      unsigned int n_group = 1;
      while (i + n_group < self->sources->len && is_same_pack (group[0], group[n_group]))
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
