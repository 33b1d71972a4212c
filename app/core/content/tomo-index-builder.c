/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-index.h"

#include <stdint.h>
#include <string.h>

#include "core/content/tomo-index-private.h"
#include "core/content/tomo-language.h"
#include "core/tomo-rows.h"

struct _TomoIndexBuilder
{
  GPtrArray *packs; /* (owned) (element-type TomoIndexPack) */
  gboolean is_sorted;
};

/* What an item is listed among, in this order. */
typedef enum
{
  PLACE_TIP,
  PLACE_SENSITIVE_TIP,
  PLACE_QUESTION,
  PLACE_OTHER,
  N_PLACES,
} Place;

typedef struct
{
  TomoIndexEntry entry;
  unsigned int topic; /* its place among the topics; after all of them for other languages */
  Place place;
  uint32_t name; /* its place by partner, pack and id */
} Listed;

/* One index while it is built. */
typedef struct
{
  const char *language;
  GArray *items;            /* (owned) (element-type Listed) */
  GPtrArray *topics;        /* (owned) (element-type utf8): the empty one is the last */
  GHashTable *pack_numbers; /* (owned): object (by pointer) → number + 1 */
  TomoIndexPack *chain_of;  /* (not owned) (nullable): the pack that @chain was made for */
  GStrv chain;              /* (owned) (nullable) */
} Draft;

static void
draft_clear (Draft *self)
{
  g_clear_pointer (&self->items, g_array_unref);
  g_clear_pointer (&self->topics, g_ptr_array_unref);
  g_clear_pointer (&self->pack_numbers, g_hash_table_unref);
  g_clear_pointer (&self->chain, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draft, draft_clear)

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

/* Most packs name the same languages to fall back to as the one before: looking them up for each
 * took half the time of building an index. */
static char **
get_chain (Draft *draft, TomoIndexPack *pack)
{
  if (draft->chain_of != NULL && tomo_index_pack_has_same_fallback (draft->chain_of, pack))
    return draft->chain;

  const char *source_language = NULL;
  g_autofree const char **fallback = tomo_index_pack_dup_fallback (pack, &source_language);
  g_clear_pointer (&draft->chain, g_strfreev);
  draft->chain = tomo_language_dup_chain (draft->language, fallback, source_language);
  draft->chain_of = pack;
  return draft->chain;
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

static Place
choose_place (const TomoIndexEntry *entry)
{
  if (entry->kind == TOMO_ITEM_TIP)
    return entry->is_sensitive ? PLACE_SENSITIVE_TIP : PLACE_TIP;

  return entry->is_sensitive || !entry->is_complete ? PLACE_OTHER : PLACE_QUESTION;
}

static void
add_group (Draft *draft, TomoIndexPack *const *group, size_t n_group)
{
  g_autoptr(GArray) cursors = open_cursors (group, n_group, get_chain (draft, group[0]));

  for (const TomoIndexEntry *entry; (entry = choose_next (cursors)) != NULL;)
    {
      const char *item = entry->item;
      Listed listed = {
        .entry = *entry,
        .place = choose_place (entry),
        .name = draft->items->len,
      };
      g_array_append_val (draft->items, listed);
      pass_item (cursors, item);
    }
}

static void
add_groups (Draft *draft, GPtrArray *packs)
{
  for (unsigned int i = 0; i < packs->len;)
    {
      TomoIndexPack *const *group = (TomoIndexPack *const *) &packs->pdata[i];
      unsigned int n_group = 1;
      while (i + n_group < packs->len && is_same_pack (group[0], group[n_group]))
        n_group++;
      add_group (draft, group, n_group);
      i += n_group;
    }
}

static int
compare_strings_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Numbers the topics that there are, in byte order; last comes what is in other languages. */
static void
number_topics (Draft *draft)
{
  g_autoptr(GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);

  for (unsigned int i = 0; i < draft->items->len; i++)
    {
      const TomoIndexEntry *entry = &g_array_index (draft->items, Listed, i).entry;
      if (entry->is_complete && g_hash_table_add (numbers, (gpointer) entry->topic))
        g_ptr_array_add (draft->topics, (gpointer) entry->topic);
    }

  g_ptr_array_sort (draft->topics, compare_strings_cb);
  for (unsigned int i = 0; i < draft->topics->len; i++)
    g_hash_table_insert (numbers, draft->topics->pdata[i], GUINT_TO_POINTER (i));

  for (unsigned int i = 0; i < draft->items->len; i++)
    {
      Listed *listed = &g_array_index (draft->items, Listed, i);
      listed->topic = listed->entry.is_complete
                          ? GPOINTER_TO_UINT (g_hash_table_lookup (numbers, listed->entry.topic))
                          : draft->topics->len;
    }
  g_ptr_array_add (draft->topics, (gpointer) "");
}

static int
compare_listed_cb (gconstpointer a, gconstpointer b)
{
  const Listed *left = a;
  const Listed *right = b;

  if (left->topic != right->topic)
    return left->topic < right->topic ? -1 : 1;
  if (left->place != right->place)
    return left->place < right->place ? -1 : 1;
  return left->name < right->name ? -1 : left->name > right->name;
}

static void
write_head (Draft *draft, GByteArray *bytes)
{
  g_autofree uint64_t *counts = g_new0 (uint64_t, draft->topics->len * N_PLACES);
  g_auto(TomoRowsWriter) rows = { NULL };

  for (unsigned int i = 0; i < draft->items->len; i++)
    {
      const Listed *listed = &g_array_index (draft->items, Listed, i);
      counts[listed->topic * N_PLACES + listed->place]++;
    }

  tomo_rows_writer_init (&rows);
  tomo_rows_writer_put_string (&rows, draft->language);
  tomo_rows_writer_end_row (&rows);
  for (unsigned int i = 0; i < draft->topics->len; i++)
    {
      tomo_rows_writer_put_string (&rows, draft->topics->pdata[i]);
      for (unsigned int j = 0; j < N_PLACES; j++)
        tomo_rows_writer_put_number (&rows, counts[i * N_PLACES + j]);
      tomo_rows_writer_end_row (&rows);
    }
  tomo_rows_writer_append_to (&rows, bytes);
}

static uint8_t
get_flags (const TomoIndexEntry *entry)
{
  uint8_t flags = 0;

  if (entry->is_complete)
    flags |= TOMO_INDEX_FLAG_COMPLETE;
  if (entry->is_sample)
    flags |= TOMO_INDEX_FLAG_SAMPLE;
  if (entry->is_draft)
    flags |= TOMO_INDEX_FLAG_DRAFT;
  if (entry->is_sensitive)
    flags |= TOMO_INDEX_FLAG_SENSITIVE;

  return flags;
}

/* The packs are written in the order in which the items need them, so that the two of an item that
 * is shown stand near those of the next. */
static uint64_t
number_pack (Draft *draft, TomoRowsWriter *packs, const TomoIndexEntry *entry)
{
  gpointer known = g_hash_table_lookup (draft->pack_numbers, entry->object);
  if (known != NULL)
    return GPOINTER_TO_UINT (known) - 1;

  unsigned int number = g_hash_table_size (draft->pack_numbers);
  g_hash_table_insert (draft->pack_numbers, (gpointer) entry->object,
                       GUINT_TO_POINTER (number + 1));
  tomo_rows_writer_put_string (packs, entry->partner);
  tomo_rows_writer_put_string (packs, entry->pack);
  tomo_rows_writer_put_string (packs, entry->language);
  tomo_rows_writer_put_string (packs, entry->object);
  tomo_rows_writer_put_string (packs, entry->pack_title);
  tomo_rows_writer_put_string (packs, entry->verified_on);
  tomo_rows_writer_end_row (packs);

  return number;
}

static void
write_items (Draft *draft, TomoRowsWriter *packs, GByteArray *bytes)
{
  g_auto(TomoRowsWriter) rows = { NULL };
  tomo_rows_writer_init (&rows);

  for (unsigned int i = 0; i < draft->items->len; i++)
    {
      const TomoIndexEntry *entry = &g_array_index (draft->items, Listed, i).entry;
      tomo_rows_writer_put_string (&rows, entry->item);
      tomo_rows_writer_put_string (&rows, entry->title);
      tomo_rows_writer_put_string (&rows, entry->topic);
      tomo_rows_writer_put_string (&rows, entry->age);
      tomo_rows_writer_put_string (&rows, entry->risk);
      tomo_rows_writer_put_string (&rows, entry->picture);
      tomo_rows_writer_put_string (&rows, entry->title_audio);
      tomo_rows_writer_put_byte (&rows, (uint8_t) entry->kind);
      tomo_rows_writer_put_byte (&rows, get_flags (entry));
      tomo_rows_writer_put_number (&rows, number_pack (draft, packs, entry));
      tomo_rows_writer_end_row (&rows);
    }
  tomo_rows_writer_append_to (&rows, bytes);
}

static void
write_names (Draft *draft, GByteArray *bytes)
{
  g_autofree uint32_t *names = g_new0 (uint32_t, draft->items->len + 1);

  for (unsigned int i = 0; i < draft->items->len; i++)
    names[g_array_index (draft->items, Listed, i).name] = GUINT32_TO_LE (i);
  g_byte_array_append (bytes, (const uint8_t *) names, draft->items->len * TOMO_INDEX_NUMBER_BYTES);
}

static GBytes *
write_index (Draft *draft)
{
  uint32_t places[] = { TOMO_INDEX_FORMAT, 0, 0, 0 };
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_auto(TomoRowsWriter) packs = { NULL };

  G_STATIC_ASSERT (sizeof places == TOMO_INDEX_HEAD_BYTES);
  tomo_rows_writer_init (&packs);
  g_byte_array_append (bytes, (const uint8_t *) places, sizeof places);
  write_head (draft, bytes);
  places[1] = bytes->len;
  write_items (draft, &packs, bytes);
  places[2] = bytes->len;
  tomo_rows_writer_append_to (&packs, bytes);
  places[3] = bytes->len;
  write_names (draft, bytes);

  for (size_t i = 0; i < G_N_ELEMENTS (places); i++)
    places[i] = GUINT32_TO_LE (places[i]);
  memcpy (bytes->data, places, sizeof places);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
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
 * Returns: (transfer full): for tomo_blocks_new() and tomo_index_new()
 */
GBytes *
tomo_index_builder_build (TomoIndexBuilder *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  const TomoLanguage *row = tomo_language_find (language);
  g_auto(Draft) draft = {
    .language = row != NULL ? row->tag : language,
    .items = g_array_new (FALSE, FALSE, sizeof (Listed)),
    .topics = g_ptr_array_new (),
    .pack_numbers = g_hash_table_new (NULL, NULL),
  };

  if (!self->is_sorted)
    g_ptr_array_sort (self->packs, compare_packs_cb);
  self->is_sorted = TRUE;

  add_groups (&draft, self->packs);
  number_topics (&draft);
  g_array_sort (draft.items, compare_listed_cb);

  return write_index (&draft);
}

/**
 * tomo_index_write_without:
 * @index: an index
 * @partners: (array zero-terminated=1): ids
 *
 * Writes @index down again, as if @partners had published nothing. What is damaged in it is left
 * out, too.
 *
 * Returns: (transfer full): for tomo_blocks_new() and tomo_index_new()
 */
GBytes *
tomo_index_write_without (TomoIndex *index, const char *const *partners)
{
  g_return_val_if_fail (index != NULL, NULL);
  g_return_val_if_fail (partners != NULL, NULL);

  g_auto(Draft) draft = {
    .language = tomo_index_get_language (index),
    .items = g_array_new (FALSE, FALSE, sizeof (Listed)),
    .topics = g_ptr_array_new (),
    .pack_numbers = g_hash_table_new (NULL, NULL),
  };

  for (size_t i = 0; i < tomo_index_get_n_entries (index); i++)
    {
      Listed listed = { .name = draft.items->len };
      if (!tomo_index_get_named (index, i, &listed.entry) ||
          g_strv_contains (partners, listed.entry.partner))
        continue;
      listed.place = choose_place (&listed.entry);
      g_array_append_val (draft.items, listed);
    }
  number_topics (&draft);
  g_array_sort (draft.items, compare_listed_cb);

  return write_index (&draft);
}
