/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-item-private.h"

#include <string.h>

#include "core/content/tomo-compiled-private.h"
#include "core/content/tomo-text-private.h"
#include "core/tomo-error.h"

static const char *const ages[] = { "all", "child", "teen", "adult", "senior", NULL };
static const char *const risks[] = { "low", "medium", "high", NULL };

static void
choice_clear (gpointer data)
{
  TomoChoice *choice = data;

  g_clear_pointer (&choice->text, tomo_text_unref);
  g_clear_pointer (&choice->feedback, tomo_text_unref);
}

/* One for all, and so the lists below: every item has some that its kind has no use for. */
static TomoText *
dup_empty_text (void)
{
  static TomoText *empty = NULL;

  if (g_once_init_enter (&empty))
    g_once_init_leave (&empty,
                       tomo_text_new (g_variant_new_array (G_VARIANT_TYPE ("(yss)"), NULL, 0)));

  return tomo_text_ref (empty);
}

static GPtrArray *
dup_no_texts (void)
{
  static GPtrArray *none = NULL;

  if (g_once_init_enter (&none))
    g_once_init_leave (&none, g_ptr_array_new ());

  return g_ptr_array_ref (none);
}

static GArray *
dup_no_regions (void)
{
  static GArray *none = NULL;

  if (g_once_init_enter (&none))
    g_once_init_leave (&none, g_array_new (FALSE, FALSE, sizeof (TomoRegion)));

  return g_array_ref (none);
}

static gboolean
check_one_of (const char *value,
              const char *const *values,
              const char *key,
              const char *where,
              GError **error)
{
  if (g_strv_contains (values, value))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: ‘%s’ is ‘%.40s’, not a known one",
               where, key, value);
  return FALSE;
}

static const char *
get_one_of (const TomoCompiledDict *dict,
            const char *key,
            const char *const *values,
            const char *where,
            GError **error)
{
  const char *value = tomo_compiled_get_string (dict, key, NULL, where, error);
  if (value == NULL || !check_one_of (value, values, key, where, error))
    return NULL;

  return value;
}

TomoText *
tomo_item_read_text (TomoItem *self,
                     TomoPiece runs,
                     const char *key,
                     const char *where,
                     GError **error)
{
  g_autoptr(TomoText) text = tomo_text_new_for_piece (self->whole, runs);
  if (!tomo_compiled_check_text (text, key, where, error))
    return NULL;

  return g_steal_pointer (&text);
}

static TomoText *
get_text (TomoItem *self,
          const TomoCompiledDict *dict,
          const char *key,
          const char *where,
          GError **error)
{
  TomoPiece runs;
  if (!tomo_compiled_get (dict, key, TOMO_TEXT_VARIANT_TYPE, &runs, where, error))
    return NULL;

  return tomo_item_read_text (self, runs, key, where, error);
}

/* Puts a paragraph for each member of a list into @texts, in place of the empty one. */
gboolean
tomo_item_read_texts (TomoItem *self,
                      GPtrArray **texts,
                      TomoPiece list,
                      const char *key,
                      const char *where,
                      GError **error)
{
  size_t n_texts = tomo_piece_count (list);

  g_ptr_array_unref (*texts);
  *texts = g_ptr_array_new_full ((unsigned int) n_texts, (GDestroyNotify) tomo_text_unref);
  for (size_t i = 0; i < n_texts; i++)
    {
      TomoPiece runs = tomo_piece_get (list, i, TOMO_PIECE_ALIGN_BYTES);
      TomoText *text = tomo_item_read_text (self, runs, key, where, error);
      if (text == NULL)
        return FALSE;
      g_ptr_array_add (*texts, text);
    }

  return TRUE;
}

gboolean
tomo_item_check_n_parts (TomoPiece parts, const char *key, const char *where, GError **error)
{
  if (tomo_piece_count (parts) <= TOMO_COMPILED_MAX_PARTS)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: ‘%s’ has more than %d members",
               where, key, TOMO_COMPILED_MAX_PARTS);
  return FALSE;
}

static gboolean
read_picture (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  TomoPieceReader reader;
  TomoPiece pair;

  if (!tomo_compiled_find (dict, "picture", "(ss)", &pair, where, error))
    return FALSE;
  if (pair.data == NULL)
    return TRUE;

  tomo_piece_reader_init (&reader, pair);
  self->picture = tomo_piece_reader_take_string (&reader);
  self->picture_alt = tomo_piece_reader_take_last_string (&reader);

  return (*self->picture == '\0' ||
          tomo_compiled_check_sha256 (self->picture, "picture", where, error)) &&
         tomo_compiled_check_string (self->picture_alt, "picture", where, error);
}

static gboolean
read_audio (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  const char *audio = tomo_compiled_get_string (dict, "audio", "", where, error);
  if (audio == NULL ||
      (*audio != '\0' && !tomo_compiled_check_sha256 (audio, "audio", where, error)))
    return FALSE;

  self->audio = audio;
  return TRUE;
}

/* The paragraph that is recorded as @part; %NULL if there is none, for a later version may know
 * more parts. */
static TomoText *
find_part (TomoItem *self, const char *part)
{
  static const char *const prefixes[] = { "choice-", "match-", "feedback-" };
  guint64 number = 0;

  if (g_str_equal (part, "summary"))
    return self->summary;
  if (g_str_equal (part, "prompt"))
    return self->prompt;
  if (g_str_equal (part, "explanation"))
    return self->explanation;
  if (g_str_has_prefix (part, "step-"))
    return g_ascii_string_to_unsigned (part + strlen ("step-"), 10, 1, self->steps->len, &number,
                                       NULL)
               ? g_ptr_array_index (self->steps, number - 1)
               : NULL;

  for (unsigned int i = 0; i < self->choices->len; i++)
    {
      const TomoChoice *choice = &g_array_index (self->choices, TomoChoice, i);
      TomoText *texts[] = { choice->text, NULL, choice->feedback };

      if (i < self->matches->len)
        texts[1] = g_ptr_array_index (self->matches, i);
      for (size_t j = 0; j < G_N_ELEMENTS (prefixes); j++)
        if (g_str_has_prefix (part, prefixes[j]) &&
            g_str_equal (part + strlen (prefixes[j]), choice->id))
          return texts[j];
    }

  return NULL;
}

/* Once all paragraphs are there. */
static gboolean
read_recordings (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  if (!tomo_compiled_find (dict, "recordings", "a(ss)", &self->recordings, where, error) ||
      !tomo_item_check_n_parts (self->recordings, "recordings", where, error))
    return FALSE;

  for (size_t i = 0; i < tomo_item_get_n_recordings (self); i++)
    {
      const char *part = NULL;
      const char *sha256 = tomo_item_get_recording (self, i, &part);
      if (!tomo_compiled_check_string (part, "recordings", where, error) ||
          !tomo_compiled_check_sha256 (sha256, "recordings", where, error))
        return FALSE;

      TomoText *text = find_part (self, part);
      if (text != NULL && !tomo_text_is_empty (text))
        tomo_text_set_recording (text, sha256);
      if (g_str_equal (part, self->kind == TOMO_ITEM_TIP ? "title" : "prompt"))
        self->title_audio = sha256;
    }

  return TRUE;
}

static gboolean
read_sources (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  if (!tomo_compiled_find (dict, "sources", "a(ss)", &self->sources, where, error) ||
      !tomo_item_check_n_parts (self->sources, "sources", where, error))
    return FALSE;

  for (size_t i = 0; i < tomo_item_get_n_sources (self); i++)
    {
      const char *title;
      const char *href;
      tomo_item_get_source (self, i, &title, &href);
      if (!tomo_compiled_check_string (title, "sources", where, error) ||
          !tomo_compiled_check_address (href, "sources", where, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_tip (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  g_autoptr(TomoText) summary = get_text (self, dict, "summary", where, error);
  if (summary == NULL)
    return FALSE;

  TomoPiece steps;
  if (!tomo_compiled_get (dict, "steps", "aa(yss)", &steps, where, error) ||
      !tomo_item_check_n_parts (steps, "steps", where, error) ||
      !tomo_item_read_texts (self, &self->steps, steps, "steps", where, error))
    return FALSE;

  tomo_text_unref (self->summary);
  self->summary = g_steal_pointer (&summary);

  return TRUE;
}

static gboolean
read_question (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  g_autoptr(TomoText) prompt = get_text (self, dict, "prompt", where, error);
  if (prompt == NULL)
    return FALSE;

  g_autoptr(TomoText) explanation = get_text (self, dict, "explanation", where, error);
  if (explanation == NULL)
    return FALSE;

  if (tomo_text_is_empty (prompt))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: the prompt is empty", where);
      return FALSE;
    }

  tomo_text_unref (self->prompt);
  self->prompt = g_steal_pointer (&prompt);
  tomo_text_unref (self->explanation);
  self->explanation = g_steal_pointer (&explanation);

  return tomo_item_read_answers (self, dict, where, error);
}

static gboolean
read_item (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  const char *kind = tomo_compiled_get_string (dict, "kind", NULL, where, error);
  if (kind == NULL)
    return FALSE;

  /* What a later version means by its keys is not ours to judge, so nothing else of such an item
   * is read: it hides itself, not its pack. */
  self->kind = tomo_item_kind_from_string (kind);
  if (!tomo_item_kind_is_shown (self->kind))
    return TRUE;

  const char *title = tomo_compiled_get_string (dict, "title", NULL, where, error);
  if (title == NULL)
    return FALSE;
  self->title = title;

  const char *topic = get_one_of (dict, "topic", tomo_topics (), where, error);
  if (topic == NULL)
    return FALSE;
  self->topic = topic;

  const char *age = get_one_of (dict, "age", ages, where, error);
  if (age == NULL)
    return FALSE;
  self->age = age;

  const char *risk = get_one_of (dict, "risk", risks, where, error);
  if (risk == NULL)
    return FALSE;
  self->risk = risk;

  if (!read_picture (self, dict, where, error) || !read_audio (self, dict, where, error) ||
      !read_sources (self, dict, where, error))
    return FALSE;

  gboolean is_read = self->kind == TOMO_ITEM_TIP ? read_tip (self, dict, where, error)
                                                 : read_question (self, dict, where, error);

  return is_read && read_recordings (self, dict, where, error);
}

/**
 * tomo_item_new:
 * @whole: the pack, in normal form
 * @entry: id and dictionary in it
 * @where: names the pack, for the message
 * @error: return location for a #GError
 *
 * Reads and checks one item of a compiled pack.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full): the item
 */
TomoItem *
tomo_item_new (GVariant *whole, TomoPiece entry, const char *where, GError **error)
{
  g_autoptr(TomoItem) self = g_atomic_rc_box_new0 (TomoItem);
  TomoPieceReader reader;
  TomoCompiledDict dict;

  self->whole = g_variant_ref (whole);
  self->title = self->topic = self->age = self->risk = self->picture = self->picture_alt = "";
  self->audio = self->title_audio = "";
  self->summary = dup_empty_text ();
  self->steps = dup_no_texts ();
  self->prompt = dup_empty_text ();
  self->explanation = dup_empty_text ();
  self->choices = g_array_new (FALSE, FALSE, sizeof (TomoChoice));
  g_array_set_clear_func (self->choices, choice_clear);
  self->matches = dup_no_texts ();
  self->regions = dup_no_regions ();

  tomo_piece_reader_init (&reader, entry);
  self->id = tomo_piece_reader_take_string (&reader);
  TomoPiece piece = tomo_piece_reader_take_last (&reader, TOMO_PIECE_ALIGN_VARIANT);
  if (!tomo_compiled_check_id (self->id, "item", where, error))
    return NULL;

  g_autofree char *item_where = g_strconcat (where, ": item ", self->id, NULL);
  if (!tomo_compiled_read_dict (&dict, piece, item_where, error) ||
      !read_item (self, &dict, item_where, error))
    return NULL;

  return g_steal_pointer (&self);
}
