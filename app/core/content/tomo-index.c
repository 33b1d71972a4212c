/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-index.h"

#include <stdint.h>
#include <string.h>

#include "core/content/tomo-compiled-private.h"
#include "core/content/tomo-index-private.h"
#include "core/tomo-error.h"
#include "core/tomo-rows.h"

/* The list is closed; this leaves room for what later versions of it add. */
#define MAX_TOPICS 256

struct _TomoIndex
{
  TomoBlocks *blocks; /* (owned) (not nullable); all strings are borrowed from it */
  const char *language;
  GArray *topics; /* (owned) (element-type TomoIndexTopic): the last is for other languages */
  TomoRows items;
  TomoRows packs;
  size_t names; /* where they begin */
};

static void
index_clear (gpointer data)
{
  TomoIndex *self = data;

  g_clear_pointer (&self->topics, g_array_unref);
  g_clear_pointer (&self->blocks, tomo_blocks_unref);
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
check_text (const char *text, const char *key, const char *where, GError **error)
{
  if (g_utf8_validate (text, -1, NULL))
    return tomo_compiled_check_string (text, key, where, error);

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: ‘%s’ is not UTF-8", where, key);
  return FALSE;
}

static gboolean
check_texts (const TomoIndexEntry *entry, const char *where, GError **error)
{
  return check_text (entry->title, "title", where, error) &&
         check_text (entry->topic, "topic", where, error) &&
         check_text (entry->age, "age", where, error) &&
         check_text (entry->risk, "risk", where, error) &&
         check_text (entry->pack_title, "pack-title", where, error) &&
         check_text (entry->verified_on, "verified-on", where, error);
}

static gboolean
read_number (TomoBlocks *blocks, size_t place, uint32_t *out_number, GError **error)
{
  uint32_t number = 0;
  const uint8_t *data = tomo_blocks_get (blocks, place, sizeof number, error);
  if (data == NULL)
    return FALSE;

  memcpy (&number, data, sizeof number);
  *out_number = GUINT32_FROM_LE (number);
  return TRUE;
}

static gboolean
set_invalid (GError **error)
{
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "index: is damaged: run tomoctl verify, then tomoctl sync, to repair it");
  return FALSE;
}

/* Adds a topic whose items begin at *@position; they must all be there. */
static gboolean
read_topic (TomoIndex *self, TomoRow row, size_t *position, GError **error)
{
  const char *topic = tomo_row_take_string (&row);
  uint64_t n_tips = tomo_row_take_number (&row);
  uint64_t n_sensitive_tips = tomo_row_take_number (&row);
  uint64_t n_questions = tomo_row_take_number (&row);
  uint64_t n_others = tomo_row_take_number (&row);
  size_t left = self->items.n_rows - *position;

  if (!row.is_valid || n_tips > left || n_sensitive_tips > left - n_tips ||
      n_questions > left - n_tips - n_sensitive_tips ||
      n_others > left - n_tips - n_sensitive_tips - n_questions)
    return set_invalid (error);
  if (!check_text (topic, "topic", "index", error))
    return FALSE;

  TomoIndexTopic read = {
    .topic = topic,
    .first_tip = *position,
    .n_tips = (size_t) n_tips,
    .first_sensitive_tip = *position + (size_t) n_tips,
    .n_sensitive_tips = (size_t) n_sensitive_tips,
    .first_question = *position + (size_t) (n_tips + n_sensitive_tips),
    .n_questions = (size_t) n_questions,
  };
  g_array_append_val (self->topics, read);
  *position += (size_t) (n_tips + n_sensitive_tips + n_questions + n_others);
  return TRUE;
}

static gboolean
read_head (TomoIndex *self, GError **error)
{
  TomoRows head;
  TomoRow row;
  size_t position = 0;

  if (!tomo_rows_open (&head, self->blocks, TOMO_INDEX_HEAD_BYTES, error))
    return FALSE;
  if (head.n_rows < 2 || head.n_rows > MAX_TOPICS)
    return set_invalid (error);
  if (!tomo_rows_get (&head, 0, &row, error))
    return FALSE;

  self->language = tomo_row_take_string (&row);
  for (size_t i = 1; i < head.n_rows; i++)
    if (!tomo_rows_get (&head, i, &row, error) || !read_topic (self, row, &position, error))
      return FALSE;

  if (position != self->items.n_rows)
    return set_invalid (error);
  return tomo_compiled_check_language (self->language, "language", "index", error);
}

static gboolean
read_places (TomoIndex *self, GError **error)
{
  uint32_t places[TOMO_INDEX_HEAD_BYTES / TOMO_INDEX_NUMBER_BYTES];

  for (size_t i = 0; i < G_N_ELEMENTS (places); i++)
    if (!read_number (self->blocks, i * TOMO_INDEX_NUMBER_BYTES, &places[i], error))
      return FALSE;

  if (places[0] != TOMO_INDEX_FORMAT)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
                   "index: has format version %u, and this program reads %d: run tomoctl sync",
                   places[0], TOMO_INDEX_FORMAT);
      return FALSE;
    }

  self->names = places[3];
  return tomo_rows_open (&self->items, self->blocks, places[1], error) &&
         tomo_rows_open (&self->packs, self->blocks, places[2], error);
}

/**
 * tomo_index_new:
 * @blocks: what tomo_index_builder_build() gave once; its size is the caller's to limit
 * @error: return location for a #GError
 *
 * Opens an index. Only its head is read and checked; each item when it is asked for.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, %TOMO_ERROR_UNSUPPORTED for another version of
 * the format, or %TOMO_ERROR_FAILED if it cannot be read.
 *
 * Returns: (transfer full): the index
 */
TomoIndex *
tomo_index_new (TomoBlocks *blocks, GError **error)
{
  g_return_val_if_fail (blocks != NULL, NULL);

  g_autoptr(TomoIndex) self = g_atomic_rc_box_new0 (TomoIndex);
  self->blocks = tomo_blocks_ref (blocks);
  self->topics = g_array_new (FALSE, FALSE, sizeof (TomoIndexTopic));

  return read_places (self, error) && read_head (self, error) ? g_steal_pointer (&self) : NULL;
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

  return self->items.n_rows;
}

static gboolean
read_item (TomoIndex *self, size_t position, TomoIndexEntry *entry, size_t *out_pack)
{
  TomoRow row;
  if (!tomo_rows_get (&self->items, position, &row, NULL))
    return FALSE;

  entry->position = position;
  entry->item = tomo_row_take_string (&row);
  entry->title = tomo_row_take_string (&row);
  entry->topic = tomo_row_take_string (&row);
  entry->age = tomo_row_take_string (&row);
  entry->risk = tomo_row_take_string (&row);
  entry->picture = tomo_row_take_string (&row);
  entry->title_audio = tomo_row_take_string (&row);
  unsigned int kind = tomo_row_take_byte (&row);
  unsigned int flags = tomo_row_take_byte (&row);
  *out_pack = (size_t) tomo_row_take_number (&row);

  entry->kind = kind < TOMO_N_ITEM_KINDS ? (TomoItemKind) kind : TOMO_ITEM_UNKNOWN;
  entry->is_complete = (flags & TOMO_INDEX_FLAG_COMPLETE) != 0;
  entry->is_sample = (flags & TOMO_INDEX_FLAG_SAMPLE) != 0;
  entry->is_draft = (flags & TOMO_INDEX_FLAG_DRAFT) != 0;
  entry->is_sensitive = (flags & TOMO_INDEX_FLAG_SENSITIVE) != 0;
  return row.is_valid && tomo_item_kind_is_shown (entry->kind);
}

static gboolean
read_pack (TomoIndex *self, size_t number, TomoIndexEntry *entry)
{
  TomoRow row;
  if (!tomo_rows_get (&self->packs, number, &row, NULL))
    return FALSE;

  entry->partner = tomo_row_take_string (&row);
  entry->pack = tomo_row_take_string (&row);
  entry->language = tomo_row_take_string (&row);
  entry->object = tomo_row_take_string (&row);
  entry->pack_title = tomo_row_take_string (&row);
  entry->verified_on = tomo_row_take_string (&row);
  return row.is_valid;
}

/**
 * tomo_index_get_entry:
 * @self: an index
 * @position: less than tomo_index_get_n_entries()
 * @out_entry: (out caller-allocated): the entry; its strings live as long as @self
 *
 * Gives one item, if it is as it was written; tomo_index_get_topic() tells where to look.
 *
 * Returns: %TRUE if it can be shown, %FALSE if it is damaged
 */
gboolean
tomo_index_get_entry (TomoIndex *self, size_t position, TomoIndexEntry *out_entry)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (position < self->items.n_rows, FALSE);
  g_return_val_if_fail (out_entry != NULL, FALSE);

  g_autoptr(GError) error = NULL;
  TomoIndexEntry entry = { NULL };
  size_t pack = 0;
  if (!read_item (self, position, &entry, &pack) || !read_pack (self, pack, &entry))
    return FALSE;

  if (!check_names (&entry, "index", &error) || !check_texts (&entry, "index", &error))
    {
      g_debug ("%s", error->message);
      return FALSE;
    }

  *out_entry = entry;
  return TRUE;
}

/**
 * tomo_index_get_named:
 * @self: an index
 * @index: less than tomo_index_get_n_entries()
 * @out_entry: (out caller-allocated): the entry; its strings live as long as @self
 *
 * Gives one item, sorted by partner, pack and item.
 *
 * Returns: %TRUE if it can be shown, %FALSE if it is damaged
 */
gboolean
tomo_index_get_named (TomoIndex *self, size_t index, TomoIndexEntry *out_entry)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (index < self->items.n_rows, FALSE);

  uint32_t position = 0;
  return read_number (self->blocks, self->names + index * TOMO_INDEX_NUMBER_BYTES, &position,
                      NULL) &&
         position < self->items.n_rows && tomo_index_get_entry (self, position, out_entry);
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
 * Returns: %TRUE if it is there; %FALSE also if the index is damaged on the way to it
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
  size_t end = self->items.n_rows;
  while (first < end)
    {
      size_t middle = first + (end - first) / 2;
      TomoIndexEntry entry;
      if (!tomo_index_get_named (self, middle, &entry))
        return FALSE;

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

/**
 * tomo_index_get_n_topics:
 * @self: an index
 *
 * Counts the topics that have items in the language of the index.
 *
 * Returns: how many there are
 */
size_t
tomo_index_get_n_topics (TomoIndex *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->topics->len - 1;
}

/**
 * tomo_index_get_topic:
 * @self: an index
 * @index: up to tomo_index_get_n_topics()
 *
 * Gives one topic; they are sorted by id. The one behind the last, whose id is empty, stands for
 * what is there in other languages only, and has tips alone.
 *
 * Returns: the topic; its string lives as long as @self
 */
TomoIndexTopic
tomo_index_get_topic (TomoIndex *self, size_t index)
{
  TomoIndexTopic none = { .topic = "" };
  g_return_val_if_fail (self != NULL, none);
  g_return_val_if_fail (index < self->topics->len, none);

  return g_array_index (self->topics, TomoIndexTopic, index);
}

/**
 * tomo_index_find_topic:
 * @self: an index
 * @topic: an id; empty for what is there in other languages only
 *
 * Looks up a topic.
 *
 * Returns: the topic; one without items if there is none
 */
TomoIndexTopic
tomo_index_find_topic (TomoIndex *self, const char *topic)
{
  TomoIndexTopic none = { .topic = "" };
  g_return_val_if_fail (self != NULL, none);
  g_return_val_if_fail (topic != NULL, none);

  for (size_t i = 0; i < self->topics->len; i++)
    if (g_str_equal (g_array_index (self->topics, TomoIndexTopic, i).topic, topic))
      return g_array_index (self->topics, TomoIndexTopic, i);

  return none;
}

/**
 * tomo_index_count_all:
 * @self: an index
 *
 * Adds up what there is in the language of the index.
 *
 * Returns: the counts of all topics together; no places, and the topic is empty
 */
TomoIndexTopic
tomo_index_count_all (TomoIndex *self)
{
  TomoIndexTopic all = { .topic = "" };
  g_return_val_if_fail (self != NULL, all);

  for (size_t i = 0; i < tomo_index_get_n_topics (self); i++)
    {
      TomoIndexTopic topic = tomo_index_get_topic (self, i);
      all.n_tips += topic.n_tips;
      all.n_sensitive_tips += topic.n_sensitive_tips;
      all.n_questions += topic.n_questions;
    }

  return all;
}

/**
 * tomo_index_is_enough:
 * @self: an index
 *
 * Tells whether a visitor who chooses this language will find something: so many tips, and one
 * round of questions.
 *
 * Returns: %TRUE if the language can be offered
 */
gboolean
tomo_index_is_enough (TomoIndex *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  TomoIndexTopic all = tomo_index_count_all (self);
  return all.n_tips >= TOMO_INDEX_ENOUGH_TIPS && all.n_questions >= TOMO_INDEX_ENOUGH_QUESTIONS;
}

/* Counts to @max at most: of what is enough, the first few are. */
static size_t
count_of_others (TomoIndex *self,
                 size_t first,
                 size_t n_entries,
                 const char *const *partners,
                 size_t max)
{
  size_t n_found = 0;

  for (size_t i = 0; i < n_entries && n_found < max; i++)
    {
      TomoIndexEntry entry;
      if (tomo_index_get_entry (self, first + i, &entry) &&
          !g_strv_contains (partners, entry.partner))
        n_found++;
    }

  return n_found;
}

/**
 * tomo_index_is_enough_without:
 * @self: an index
 * @partners: (array zero-terminated=1): ids
 *
 * Tells whether tomo_index_is_enough() would hold if @partners had published nothing.
 *
 * Returns: %TRUE if the language can be offered
 */
gboolean
tomo_index_is_enough_without (TomoIndex *self, const char *const *partners)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (partners != NULL, FALSE);

  size_t n_tips = 0;
  size_t n_questions = 0;
  for (size_t i = 0; i < tomo_index_get_n_topics (self); i++)
    {
      TomoIndexTopic topic = tomo_index_get_topic (self, i);
      n_tips += count_of_others (self, topic.first_tip, topic.n_tips, partners,
                                 TOMO_INDEX_ENOUGH_TIPS - n_tips);
      n_questions += count_of_others (self, topic.first_question, topic.n_questions, partners,
                                      TOMO_INDEX_ENOUGH_QUESTIONS - n_questions);
    }

  return n_tips >= TOMO_INDEX_ENOUGH_TIPS && n_questions >= TOMO_INDEX_ENOUGH_QUESTIONS;
}
