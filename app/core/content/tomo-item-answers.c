/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-item-private.h"

#include <stdint.h>

#include "core/content/tomo-compiled-private.h"
#include "core/content/tomo-text-private.h"
#include "core/tomo-error.h"

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

  g_autoptr(TomoText) text = tomo_item_read_text (self, text_runs, "choices", where, error);
  if (text == NULL)
    return FALSE;

  g_autoptr(TomoText) feedback =
      tomo_item_read_text (self, feedback_runs, "choices", where, error);
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
      !tomo_item_check_n_parts (choices, "choices", where, error))
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
      !tomo_item_read_texts (self, &self->matches, matches, "matches", where, error))
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
gboolean
tomo_item_read_answers (TomoItem *self,
                        const TomoCompiledDict *dict,
                        const char *where,
                        GError **error)
{
  if (self->kind == TOMO_ITEM_NUMBER)
    return read_number (self, dict, where, error);

  return read_choices (self, dict, where, error) &&
         (self->kind != TOMO_ITEM_MATCH || read_matches (self, dict, where, error)) &&
         (self->kind != TOMO_ITEM_HOTSPOT || read_regions (self, dict, where, error));
}
