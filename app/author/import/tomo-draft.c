/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/import/tomo-draft.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "author/import/tomo-quiz-picture.h"

/* Of a whole point: weights such as 33.33333 are written with five digits. */
#define WHOLE_PERCENT 99.999
#define NO_PERCENT 0.0001

/**
 * tomo_draft_init:
 * @self: a draft
 * @quiz: where it goes in the end
 * @line: where the question begins
 *
 * To be cleared with tomo_draft_clear().
 */
void
tomo_draft_init (TomoDraft *self, TomoQuiz *quiz, unsigned int line)
{
  self->quiz = quiz;
  self->question = tomo_quiz_question_new (line);
  self->format = TOMO_QUIZ_FORMAT_AUTO;
  self->refusal = NULL;
  tomo_html_init (&self->html, quiz, line);
}

/**
 * tomo_draft_clear:
 * @self: a draft
 *
 * Releases what @self holds.
 */
void
tomo_draft_clear (TomoDraft *self)
{
  g_clear_pointer (&self->question, tomo_quiz_question_free);
  g_clear_pointer (&self->refusal, g_free);
  tomo_html_clear (&self->html);
}

/**
 * tomo_draft_refuse:
 * @self: a draft
 * @format: translated; what it is or has that there is no place for, in a few words
 * @...: for @format
 *
 * Decides that the question cannot be taken. The first reason counts.
 */
void
tomo_draft_refuse (TomoDraft *self, const char *format, ...)
{
  if (self->refusal != NULL)
    return;

  va_list args;
  va_start (args, format);
  self->refusal = g_strdup_vprintf (format, args);
  va_end (args);
}

static void
take_picture (TomoDraft *self, const TomoHtmlPicture *picture, GHashTable *files)
{
  g_autoptr(GError) error = NULL;

  if (self->question->picture != NULL)
    /* Translators: why a question was not imported */
    tomo_draft_refuse (self, "%s", _("two pictures; a card has room for one"));
  else if (!tomo_quiz_picture_add (self->quiz, self->question, picture->src, picture->alt, files,
                                   &error))
    tomo_draft_refuse (self, "%s", error->message);
}

/**
 * tomo_draft_read_prompt:
 * @self: a draft
 * @text: (nullable): what is asked
 * @format: what it is written in
 * @files: (nullable) (element-type utf8 GBytes): embedded files by name
 *
 * Reads what is asked, with the picture in it.
 */
void
tomo_draft_read_prompt (TomoDraft *self, const char *text, TomoQuizFormat format, GHashTable *files)
{
  g_free (self->question->prompt);
  self->question->prompt = tomo_html_reduce (&self->html, text != NULL ? text : "", format);

  for (unsigned int i = 0; i < self->html.pictures->len; i++)
    take_picture (self, g_ptr_array_index (self->html.pictures, i), files);
}

/**
 * tomo_draft_dup_text:
 * @self: a draft
 * @text: (nullable): of something that can be answered
 * @format: what it is written in
 *
 * Returns: (transfer full): markup
 */
char *
tomo_draft_dup_text (TomoDraft *self, const char *text, TomoQuizFormat format)
{
  char *markup = tomo_html_reduce (&self->html, text != NULL ? text : "", format);

  if (self->html.pictures->len > 0)
    /* Translators: why a question was not imported */
    tomo_draft_refuse (self, "%s", _("a picture in an answer"));
  return markup;
}

/**
 * tomo_draft_add_answer:
 * @self: a draft
 * @text: (nullable): of an answer
 * @format: what it is written in
 *
 * Returns: (transfer none): the answer
 */
TomoQuizAnswer *
tomo_draft_add_answer (TomoDraft *self, const char *text, TomoQuizFormat format)
{
  return tomo_quiz_question_add_answer (self->question, tomo_draft_dup_text (self, text, format));
}

/**
 * tomo_draft_dup_feedback:
 * @self: a draft
 * @text: (nullable): feedback
 * @format: what it is written in
 *
 * Returns: (transfer full) (nullable): markup, or %NULL if there is none
 */
char *
tomo_draft_dup_feedback (TomoDraft *self, const char *text, TomoQuizFormat format)
{
  g_autofree char *markup =
      text != NULL ? tomo_html_reduce (&self->html, text, format) : g_strdup ("");

  if (text != NULL && self->html.pictures->len > 0)
    tomo_quiz_note (self->quiz, self->question->line, "%s",
                    /* Translators: about a question that was imported */
                    _("a picture in the feedback is left out"));
  return markup[0] != '\0' ? g_steal_pointer (&markup) : NULL;
}

/**
 * tomo_draft_explain:
 * @self: a draft
 * @text: (nullable): feedback for everybody, or for an answer that is no choice
 * @format: what it is written in
 *
 * Adds @text to the explanation.
 */
void
tomo_draft_explain (TomoDraft *self, const char *text, TomoQuizFormat format)
{
  g_autofree char *markup = tomo_draft_dup_feedback (self, text, format);

  tomo_quiz_question_explain (self->question, markup);
}

/**
 * tomo_draft_decide_statement:
 * @self: a draft
 * @is_true: whether what is asked is true
 *
 * Makes it a statement to be judged.
 */
void
tomo_draft_decide_statement (TomoDraft *self, gboolean is_true)
{
  self->question->kind = TOMO_ITEM_TRUE_FALSE;
  self->question->answer = g_strdup (is_true ? "true" : "false");
}

/**
 * tomo_draft_decide_choices:
 * @self: a draft with answers
 * @is_single: whether one may be chosen, or several
 * @fractions: for each answer, what of the whole it earns, in percent
 *
 * Makes it a question with choices.
 */
void
tomo_draft_decide_choices (TomoDraft *self, gboolean is_single, const double *fractions)
{
  GPtrArray *answers = self->question->answers;
  gboolean is_partly_right = FALSE;

  self->question->kind = is_single ? TOMO_ITEM_SINGLE : TOMO_ITEM_MULTIPLE;
  for (unsigned int i = 0; i < answers->len; i++)
    {
      TomoQuizAnswer *answer = g_ptr_array_index (answers, i);

      answer->is_correct = fractions[i] >= (is_single ? WHOLE_PERCENT : NO_PERCENT);
      is_partly_right = is_partly_right || (!answer->is_correct && fractions[i] > NO_PERCENT);
    }
  if (is_partly_right)
    tomo_quiz_note (self->quiz, self->question->line, "%s",
                    /* Translators: about a question that was imported */
                    _("an answer that earned some of the points counts as wrong here"));
}

/* Things put to the numbers 1, 2, 3 and so on are things in order: GIFT has no other way to say
 * it, and our own export says it so. */
static gboolean
is_order (GPtrArray *answers)
{
  for (unsigned int i = 0; i < answers->len; i++)
    {
      const TomoQuizAnswer *answer = g_ptr_array_index (answers, i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      if (!g_str_equal (answer->text, number))
        return FALSE;
    }

  return answers->len > 2;
}

static void
decide_order (TomoDraft *self)
{
  self->question->kind = TOMO_ITEM_ORDER;
  for (unsigned int i = 0; i < self->question->answers->len; i++)
    {
      TomoQuizAnswer *answer = g_ptr_array_index (self->question->answers, i);

      g_free (answer->text);
      answer->text = g_steal_pointer (&answer->match);
    }
}

/* Moodle lets answers lie about that belong to nothing. */
static void
leave_out_decoys (TomoDraft *self)
{
  GPtrArray *answers = self->question->answers;

  for (unsigned int i = answers->len; i > 0; i--)
    {
      if (((TomoQuizAnswer *) g_ptr_array_index (answers, i - 1))->text[0] != '\0')
        continue;
      g_ptr_array_remove_index (answers, i - 1);
      tomo_quiz_note (self->quiz, self->question->line, "%s",
                      /* Translators: about a question that was imported, with things to match */
                      _("an answer that belongs to nothing is left out"));
    }
}

/**
 * tomo_draft_decide_pairs:
 * @self: a draft with answers that have a match
 *
 * Makes it a question where things are put together, or in order. Two pairs with the same other
 * side cannot be told apart on the screen.
 */
void
tomo_draft_decide_pairs (TomoDraft *self)
{
  GPtrArray *answers = self->question->answers;

  self->question->kind = TOMO_ITEM_MATCH;
  leave_out_decoys (self);
  for (unsigned int i = 0; i < answers->len; i++)
    for (unsigned int j = 0; j < i; j++)
      {
        const TomoQuizAnswer *one = g_ptr_array_index (answers, i);
        const TomoQuizAnswer *other = g_ptr_array_index (answers, j);

        if (g_strcmp0 (one->match, other->match) == 0 || g_strcmp0 (one->text, other->text) == 0)
          /* Translators: why a question was not imported; it is about things to be matched */
          tomo_draft_refuse (self, "%s", _("two pairs that share one side"));
      }
  if (is_order (answers))
    decide_order (self);
}

/* Whole numbers that are not negative, as ‘12’, ‘12.0’ and ‘1.2e1’. */
static gboolean
parse_whole (const char *text, double *out_number)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  char *end = NULL;

  *out_number = g_ascii_strtod (stripped, &end);
  return stripped[0] != '\0' && *end == '\0' && isfinite (*out_number) && *out_number >= 0 &&
         *out_number <= TOMO_ITEM_MAX_NUMBER;
}

/**
 * tomo_draft_decide_number:
 * @self: a draft
 * @number: what is right
 * @tolerance: (nullable): by how much it may be off
 *
 * Makes it a question for a number. Visitors type whole numbers, so that a tolerance can be
 * rounded down without a change of meaning.
 */
void
tomo_draft_decide_number (TomoDraft *self, const char *number, const char *tolerance)
{
  double value = 0;
  double off = 0;

  self->question->kind = TOMO_ITEM_NUMBER;
  if (!parse_whole (number, &value) || floor (value) != value)
    /* Translators: why a question was not imported; %s is what its answer is */
    tomo_draft_refuse (self, _("the answer %s is not a whole number from 0"), number);
  else if (tolerance != NULL && tolerance[0] != '\0' && !parse_whole (tolerance, &off))
    /* Translators: why a question was not imported; %s is by how much its answer may be off */
    tomo_draft_refuse (self, _("%s is no tolerance of a number"), tolerance);

  if (self->refusal != NULL)
    return;
  self->question->answer = g_strdup_printf ("%.0f", value);
  if (off >= 1)
    self->question->tolerance = g_strdup_printf ("%.0f", floor (off));
}

/**
 * tomo_draft_note_wrong_number:
 * @self: a draft
 *
 * Tells that a number that is not wholly right has no place here, nor has its feedback.
 */
void
tomo_draft_note_wrong_number (TomoDraft *self)
{
  tomo_quiz_note (self->quiz, self->question->line, "%s",
                  /* Translators: about a question that was imported */
                  _("a number that is wrong or partly right, and its feedback, is left out"));
}

/**
 * tomo_draft_finish:
 * @self: a draft
 *
 * Puts the question into the quiz, or tells why not.
 */
void
tomo_draft_finish (TomoDraft *self)
{
  if (self->html.has_formula)
    /* Translators: why a question was not imported: mathematics is written in it */
    tomo_draft_refuse (self, "%s", _("a formula"));

  if (self->refusal != NULL)
    tomo_quiz_refuse (self->quiz, self->question->line, "%s", self->refusal);
  else
    tomo_quiz_take (self->quiz, g_steal_pointer (&self->question));
}
