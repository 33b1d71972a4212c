/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-item-private.h"

#include <stdint.h>
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

static TomoText *
read_text (TomoItem *self, TomoPiece runs, const char *key, const char *where, GError **error)
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

  return read_text (self, runs, key, where, error);
}

/* Puts a paragraph for each member of a list into @texts, in place of the empty one. */
static gboolean
read_texts (TomoItem *self,
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
      TomoText *text = read_text (self, runs, key, where, error);
      if (text == NULL)
        return FALSE;
      g_ptr_array_add (*texts, text);
    }

  return TRUE;
}

static gboolean
check_n_parts (TomoPiece parts, const char *key, const char *where, GError **error)
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
      !check_n_parts (self->recordings, "recordings", where, error))
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
      !check_n_parts (self->sources, "sources", where, error))
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
      !check_n_parts (steps, "steps", where, error) ||
      !read_texts (self, &self->steps, steps, "steps", where, error))
    return FALSE;

  tomo_text_unref (self->summary);
  self->summary = g_steal_pointer (&summary);

  return TRUE;
}

static gboolean
check_choice (TomoItem *self, const TomoChoice *choice, const char *where, GError **error)
{
  if (!tomo_compiled_check_id (choice->id, "choices", where, error))
    return FALSE;

  for (unsigned int i = 0; i < self->choices->len; i++)
    if (g_str_equal (g_array_index (self->choices, TomoChoice, i).id, choice->id))
      {
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: has the choice ‘%s’ twice",
                     where, choice->id);
        return FALSE;
      }

  /* A true-false question has its words from the program, any other must bring them. */
  if ((self->kind == TOMO_ITEM_TRUE_FALSE) == tomo_text_is_empty (choice->text))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: the choice ‘%s’ %s", where,
               choice->id,
               self->kind == TOMO_ITEM_TRUE_FALSE ? "must have no text" : "has no text");
  return FALSE;
}

static gboolean
read_choice (TomoItem *self, TomoPiece part, const char *where, GError **error)
{
  TomoPieceReader reader;
  TomoChoice choice;

  tomo_piece_reader_init (&reader, part);
  choice.id = tomo_piece_reader_take_string (&reader);
  choice.is_correct = tomo_piece_reader_take_boolean (&reader);
  TomoPiece text_runs = tomo_piece_reader_take (&reader, TOMO_PIECE_ALIGN_BYTES);
  TomoPiece feedback_runs = tomo_piece_reader_take_last (&reader, TOMO_PIECE_ALIGN_BYTES);

  g_autoptr(TomoText) text = read_text (self, text_runs, "choices", where, error);
  if (text == NULL)
    return FALSE;

  g_autoptr(TomoText) feedback = read_text (self, feedback_runs, "choices", where, error);
  if (feedback == NULL)
    return FALSE;

  choice.text = text;
  choice.feedback = feedback;
  if (!check_choice (self, &choice, where, error))
    return FALSE;

  g_array_append_val (self->choices, choice);
  g_steal_pointer (&text);
  g_steal_pointer (&feedback);

  return TRUE;
}

static unsigned int
count_right_choices (TomoItem *self)
{
  unsigned int n_right = 0;

  for (unsigned int i = 0; i < self->choices->len; i++)
    n_right += g_array_index (self->choices, TomoChoice, i).is_correct ? 1 : 0;

  return n_right;
}

static gboolean
are_true_and_false (TomoItem *self)
{
  for (unsigned int i = 0; i < self->choices->len; i++)
    {
      const TomoChoice *choice = &g_array_index (self->choices, TomoChoice, i);
      if (!g_str_equal (choice->id, "true") && !g_str_equal (choice->id, "false"))
        return FALSE;
    }

  return self->choices->len == 2;
}

/* Of the choices of an order or a match question none is right by itself. */
static const char *
find_mistake (TomoItem *self)
{
  unsigned int n_right = count_right_choices (self);

  if (self->choices->len < 2)
    return "has fewer than two choices";

  switch (self->kind)
    {
    case TOMO_ITEM_TRUE_FALSE:
      if (!are_true_and_false (self))
        return "has choices other than ‘true’ and ‘false’";
      G_GNUC_FALLTHROUGH;
    case TOMO_ITEM_SINGLE:
      return n_right == 1 ? NULL : "does not have exactly one right choice";
    case TOMO_ITEM_MULTIPLE:
    case TOMO_ITEM_HOTSPOT:
      return n_right > 0 ? NULL : "has no right choice";
    case TOMO_ITEM_ORDER:
    case TOMO_ITEM_MATCH:
      return n_right == 0 ? NULL : "marks single choices as right";
    case TOMO_ITEM_NUMBER:
    case TOMO_ITEM_TIP:
    case TOMO_ITEM_UNKNOWN:
    default:
      g_return_val_if_reached (NULL);
    }
}

static gboolean
read_choices (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  TomoPiece choices;
  if (!tomo_compiled_get (dict, "choices", "a(sba(yss)a(yss))", &choices, where, error) ||
      !check_n_parts (choices, "choices", where, error))
    return FALSE;

  for (size_t i = 0; i < tomo_piece_count (choices); i++)
    {
      TomoPiece part = tomo_piece_get (choices, i, TOMO_PIECE_ALIGN_BYTES);
      if (!read_choice (self, part, where, error))
        return FALSE;
    }

  const char *mistake = find_mistake (self);
  if (mistake == NULL)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: %s", where, mistake);
  return FALSE;
}

/* Lists that stand beside the choices have one member for each. */
static gboolean
check_beside_choices (TomoItem *self,
                      size_t n_members,
                      const char *key,
                      const char *where,
                      GError **error)
{
  if (n_members == self->choices->len)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "%s: ‘%s’ does not have one member for each choice", where, key);
  return FALSE;
}

static gboolean
read_matches (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  TomoPiece matches;
  if (!tomo_compiled_get (dict, "matches", "aa(yss)", &matches, where, error) ||
      !check_beside_choices (self, tomo_piece_count (matches), "matches", where, error) ||
      !read_texts (self, &self->matches, matches, "matches", where, error))
    return FALSE;

  for (unsigned int i = 0; i < self->matches->len; i++)
    if (tomo_text_is_empty (g_ptr_array_index (self->matches, i)))
      {
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                     "%s: ‘matches’ has an empty member", where);
        return FALSE;
      }

  return TRUE;
}

static gboolean
is_inside (unsigned int start, unsigned int length)
{
  return length > 0 && length <= TOMO_REGION_WHOLE && start <= TOMO_REGION_WHOLE - length;
}

static gboolean
read_regions (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  /* Members of a fixed size follow one another without a table. */
  TomoPiece regions;
  size_t member_size = 4 * sizeof (uint32_t);
  if (!tomo_compiled_get (dict, "regions", "a(uuuu)", &regions, where, error) ||
      !check_beside_choices (self, regions.size / member_size, "regions", where, error))
    return FALSE;

  g_array_unref (self->regions);
  self->regions = g_array_new (FALSE, FALSE, sizeof (TomoRegion));
  for (size_t i = 0; i < self->choices->len; i++)
    {
      size_t at = i * member_size;
      uint32_t x = tomo_piece_get_uint32 (regions, at);
      uint32_t y = tomo_piece_get_uint32 (regions, at + sizeof x);
      uint32_t width = tomo_piece_get_uint32 (regions, at + 2 * sizeof x);
      uint32_t height = tomo_piece_get_uint32 (regions, at + 3 * sizeof x);
      if (!is_inside (x, width) || !is_inside (y, height))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "%s: region %u lies outside the picture", where, (unsigned int) i + 1);
          return FALSE;
        }
      TomoRegion region = { x, y, width, height };
      g_array_append_val (self->regions, region);
    }

  if (*self->picture != '\0')
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: has regions but no picture", where);
  return FALSE;
}

static gboolean
read_number (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  TomoPiece number;
  TomoPiece tolerance;
  if (!tomo_compiled_get (dict, "number", "u", &number, where, error) ||
      !tomo_compiled_find (dict, "tolerance", "u", &tolerance, where, error))
    return FALSE;

  self->number = tomo_piece_get_uint32 (number, 0);
  self->tolerance = tolerance.data != NULL ? tomo_piece_get_uint32 (tolerance, 0) : 0;
  if (self->number <= TOMO_ITEM_MAX_NUMBER && self->tolerance <= TOMO_ITEM_MAX_NUMBER)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "%s: the answer is a number that nobody can type", where);
  return FALSE;
}

/* What may be answered. */
static gboolean
read_answers (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  if (self->kind == TOMO_ITEM_NUMBER)
    return read_number (self, dict, where, error);

  return read_choices (self, dict, where, error) &&
         (self->kind != TOMO_ITEM_MATCH || read_matches (self, dict, where, error)) &&
         (self->kind != TOMO_ITEM_HOTSPOT || read_regions (self, dict, where, error));
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

  return read_answers (self, dict, where, error);
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
