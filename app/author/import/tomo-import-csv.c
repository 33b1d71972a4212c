/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/import/tomo-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "author/import/tomo-csv.h"
#include "author/import/tomo-quiz-text.h"
#include "author/pack/tomo-pattern.h"
#include "author/pack/tomo-vocabulary.h"
#include "core/tomo-error.h"

#define MAX_CHOICES 20

/* What a column holds. */
typedef enum
{
  COLUMN_OTHER,
  COLUMN_QUESTION,
  COLUMN_RIGHT,
  COLUMN_EXPLANATION,
  COLUMN_NOTE,
  COLUMN_TOPIC,
  COLUMN_ID,
  N_COLUMNS,
} Column;

typedef struct
{
  const char *name; /* lower case */
  Column column;
} ColumnName;

/* The first of each is that of the template; the others are what such tables have elsewhere. */
static const ColumnName column_names[] = {
  { "question", COLUMN_QUESTION },
  { "prompt", COLUMN_QUESTION },
  { "question text", COLUMN_QUESTION },
  { "right", COLUMN_RIGHT },
  { "right one", COLUMN_RIGHT },
  { "right answer", COLUMN_RIGHT },
  { "correct", COLUMN_RIGHT },
  { "correct answer", COLUMN_RIGHT },
  { "answer key", COLUMN_RIGHT },
  { "explanation", COLUMN_EXPLANATION },
  { "general feedback", COLUMN_EXPLANATION },
  { "teacher note", COLUMN_NOTE },
  { "note", COLUMN_NOTE },
  { "topic", COLUMN_TOPIC },
  { "id", COLUMN_ID },
};

/* Which cell of a row is what; -1 where there is no such column. */
typedef struct
{
  int columns[N_COLUMNS];
  int choices[MAX_CHOICES];
  int feedbacks[MAX_CHOICES];
  unsigned int n_choices;
} Layout;

/* One row on its way to a question. */
typedef struct
{
  TomoQuiz *quiz;
  const Layout *layout;
  const TomoCsvRow *row;
  GPtrArray *choices;   /* (owned) (element-type utf8): the cells with text; borrowed */
  GPtrArray *feedbacks; /* (owned) (element-type utf8): beside them; borrowed */
} Row;

/* ‘Choice 2’, ‘answer_b’ and ‘Option C’ number a choice; returns its index from 0, or -1. */
static int
parse_numbered (const char *name, const char *const *words)
{
  for (size_t i = 0; words[i] != NULL; i++)
    {
      size_t length = strlen (words[i]);

      if (strncmp (name, words[i], length) != 0)
        continue;
      const char *number = name + length + strspn (name + length, " ");
      unsigned int index = 0;

      if (number[0] >= 'a' && number[0] < 'a' + MAX_CHOICES && number[1] == '\0')
        return number[0] - 'a';
      if (tomo_vocabulary_parse_number (number, MAX_CHOICES, &index) && index > 0)
        return (int) index - 1;
    }

  return -1;
}

static void
note_column (Layout *self, const char *cell, int at)
{
  static const char *const choice_words[] = { "choice", "answer", "option", NULL };
  static const char *const feedback_words[] = { "feedback", NULL };
  g_autofree char *lower = g_utf8_strdown (cell, -1);
  g_autofree char *name = g_strstrip (g_strdelimit (g_strdup (lower), "_-.:", ' '));
  int choice = parse_numbered (name, choice_words);
  int feedback = parse_numbered (name, feedback_words);

  for (size_t i = 0; i < G_N_ELEMENTS (column_names); i++)
    if (g_str_equal (column_names[i].name, name) && self->columns[column_names[i].column] < 0)
      self->columns[column_names[i].column] = at;
  if (choice >= 0 && self->choices[choice] < 0)
    {
      self->choices[choice] = at;
      self->n_choices = MAX (self->n_choices, (unsigned int) choice + 1);
    }
  if (feedback >= 0 && self->feedbacks[feedback] < 0)
    self->feedbacks[feedback] = at;
}

static gboolean
read_layout (Layout *self, const TomoCsvRow *header, GError **error)
{
  for (size_t i = 0; i < N_COLUMNS; i++)
    self->columns[i] = -1;
  for (size_t i = 0; i < MAX_CHOICES; i++)
    self->choices[i] = self->feedbacks[i] = -1;
  self->n_choices = 0;

  for (unsigned int i = 0; i < header->cells->len; i++)
    note_column (self, g_ptr_array_index (header->cells, i), (int) i);

  if (self->columns[COLUMN_QUESTION] >= 0 && self->columns[COLUMN_RIGHT] >= 0)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "line %u: the first row must name the columns: question, choice 1, choice 2, …, "
               "right, explanation",
               header->line);
  return FALSE;
}

static const char *
get_cell (const Row *self, int at)
{
  return at >= 0 && (unsigned int) at < self->row->cells->len
             ? g_ptr_array_index (self->row->cells, (unsigned int) at)
             : "";
}

static char *
dup_text (const Row *self, Column column)
{
  return tomo_quiz_text_from_plain (get_cell (self, self->layout->columns[column]));
}

/* The index of the choice that a word of the column ‘right’ names, or -1: its number, its letter,
 * or its text. A text that is the number of another choice is no answer, for it could be either. */
static int
find_choice (const Row *self, const char *word)
{
  unsigned int number = 0;
  int by_text = -1;
  int by_place = -1;

  for (unsigned int i = 0; i < self->choices->len; i++)
    if (g_str_equal (g_ptr_array_index (self->choices, i), word))
      by_text = (int) i;
  if (tomo_vocabulary_parse_number (word, self->choices->len, &number) && number > 0)
    by_place = (int) number - 1;
  else if (g_ascii_isalpha (word[0]) && word[1] == '\0' &&
           (unsigned int) (g_ascii_tolower (word[0]) - 'a') < self->choices->len)
    by_place = g_ascii_tolower (word[0]) - 'a';

  if (by_text >= 0 && by_place >= 0 && by_text != by_place)
    return -1;
  return by_text >= 0 ? by_text : by_place;
}

static void
add_choices (const Row *self, TomoQuizQuestion *question)
{
  for (unsigned int i = 0; i < self->choices->len; i++)
    {
      char *text = tomo_quiz_text_from_plain (g_ptr_array_index (self->choices, i));
      TomoQuizAnswer *answer = tomo_quiz_question_add_answer (question, text);

      answer->feedback = tomo_quiz_text_from_plain (g_ptr_array_index (self->feedbacks, i));
    }
}

static gboolean
mark (const Row *self, TomoQuizQuestion *question, const char *word)
{
  int index = find_choice (self, word);

  if (index < 0)
    {
      tomo_quiz_refuse (self->quiz, self->row->line,
                        /* Translators: %s is what stands in the column “right” of a table of
                         * questions */
                        _("“%s” in the column “right” is no choice; write its number"), word);
      return FALSE;
    }

  ((TomoQuizAnswer *) g_ptr_array_index (question->answers, (unsigned int) index))->is_correct =
      TRUE;
  return TRUE;
}

/* One choice by its text, which may have commas in it, or several by number or letter. */
static gboolean
read_choices (const Row *self, TomoQuizQuestion *question, const char *right)
{
  unsigned int n_right = 0;

  add_choices (self, question);
  question->kind = TOMO_ITEM_SINGLE;
  if (find_choice (self, right) >= 0)
    return mark (self, question, right);

  g_auto(GStrv) words = g_strsplit_set (right, ",;/+& \n", -1);
  for (size_t i = 0; words[i] != NULL; i++)
    {
      if (words[i][0] == '\0')
        continue;
      if (!mark (self, question, words[i]))
        return FALSE;
      n_right++;
    }
  if (n_right == 0)
    tomo_quiz_refuse (self->quiz, self->row->line, "%s",
                      /* Translators: about a row of a table of questions */
                      _("nothing stands in the column “right”"));
  if (n_right > 1)
    question->kind = TOMO_ITEM_MULTIPLE;

  return n_right > 0;
}

static gboolean
read_pairs (const Row *self, TomoQuizQuestion *question)
{
  question->kind = TOMO_ITEM_MATCH;
  for (unsigned int i = 0; i < self->choices->len; i++)
    {
      g_auto(GStrv) sides = g_strsplit (g_ptr_array_index (self->choices, i), "=", 2);

      if (g_strv_length (sides) != 2)
        {
          tomo_quiz_refuse (self->quiz, self->row->line,
                            /* Translators: %s is a cell of a table; the sign = is literal */
                            _("“%s” is no pair; write it as: one thing = what belongs to it"),
                            (const char *) g_ptr_array_index (self->choices, i));
          return FALSE;
        }
      char *text = tomo_quiz_text_from_plain (sides[0]);
      TomoQuizAnswer *answer = tomo_quiz_question_add_answer (question, text);

      answer->match = tomo_quiz_text_from_plain (sides[1]);
      answer->feedback = tomo_quiz_text_from_plain (g_ptr_array_index (self->feedbacks, i));
    }

  return TRUE;
}

/* ‘12’, or ‘12 ± 2’. */
static gboolean
read_number (const Row *self, TomoQuizQuestion *question, const char *right)
{
  GRegex *regex = tomo_pattern_get ("^(\\d+)(?:\\s*(?:±|\\+/?-)\\s*(\\d+))?$", 0);
  g_autoptr(GMatchInfo) match = NULL;

  if (!g_regex_match (regex, right, 0, &match))
    {
      tomo_quiz_refuse (self->quiz, self->row->line,
                        /* Translators: %s is what stands in the column “right” of a table; the
                         * words in quotation marks at the end are literal */
                        _("there is no choice, and “%s” in the column “right” is neither a whole "
                           "number nor “true” or “false”"),
                        right);
      return FALSE;
    }

  question->kind = TOMO_ITEM_NUMBER;
  question->answer = g_match_info_fetch (match, 1);
  g_autofree char *tolerance = g_match_info_fetch (match, 2);
  if (tolerance != NULL && tolerance[0] != '\0')
    question->tolerance = g_steal_pointer (&tolerance);
  return TRUE;
}

/* Spreadsheet programs make of “true” a value of their own, and write it in the language of the
 * user when they save. */
static const char *
find_truth (const char *word)
{
  static const char *const words[][2] = {
    { "true", "false" },      { "wahr", "falsch" }, { "vrai", "faux" },
    { "verdadero", "falso" }, { "vero", "falso" },  { "verdadeiro", "falso" },
    { "истина", "ложь" },     { "waar", "onwaar" }, { "prawda", "fałsz" },
    { "doğru", "yanlış" },    { "tõene", "väär" },  { "benar", "salah" },
  };
  g_autofree char *lower = g_utf8_strdown (word, -1);

  for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_equal (lower, words[i][0]))
        return "true";
      if (g_str_equal (lower, words[i][1]))
        return "false";
    }

  return NULL;
}

static gboolean
read_answers (const Row *self, TomoQuizQuestion *question)
{
  g_autofree char *right =
      g_strstrip (g_strdup (get_cell (self, self->layout->columns[COLUMN_RIGHT])));
  g_autofree char *word = g_ascii_strdown (right, -1);
  gboolean has_choices = self->choices->len > 0;

  if (has_choices && g_str_equal (word, "order"))
    {
      question->kind = TOMO_ITEM_ORDER;
      add_choices (self, question);
      return TRUE;
    }
  if (has_choices && g_str_equal (word, "match"))
    return read_pairs (self, question);
  if (has_choices)
    return read_choices (self, question, right);
  if (find_truth (right) != NULL)
    {
      question->kind = TOMO_ITEM_TRUE_FALSE;
      question->answer = g_strdup (find_truth (right));
      return TRUE;
    }

  return read_number (self, question, right);
}

/* A statement and a number have no choices, and a row may have fewer of them than another. */
static void
note_lonely_feedbacks (const Row *self)
{
  for (unsigned int i = 0; i < MAX_CHOICES; i++)
    if (get_cell (self, self->layout->feedbacks[i])[0] != '\0' &&
        get_cell (self, self->layout->choices[i])[0] == '\0')
      tomo_quiz_note (self->quiz, self->row->line,
                      /* Translators: about a row of a table of questions; %u is the number of a
                       * column; “feedback %u” and “explanation” are literal */
                      _("“feedback %u” is left out, there is no such choice; what everybody shall "
                         "read belongs into “explanation”"),
                      i + 1);
}

static void
read_row (TomoQuiz *quiz, const Layout *layout, const TomoCsvRow *csv_row)
{
  g_autoptr(GPtrArray) choices = g_ptr_array_new ();
  g_autoptr(GPtrArray) feedbacks = g_ptr_array_new ();
  const Row self = { quiz, layout, csv_row, choices, feedbacks };
  g_autoptr(TomoQuizQuestion) question = tomo_quiz_question_new (csv_row->line);

  for (unsigned int i = 0; i < layout->n_choices; i++)
    if (get_cell (&self, layout->choices[i])[0] != '\0')
      {
        g_ptr_array_add (choices, (gpointer) get_cell (&self, layout->choices[i]));
        g_ptr_array_add (feedbacks, (gpointer) get_cell (&self, layout->feedbacks[i]));
      }

  question->prompt = dup_text (&self, COLUMN_QUESTION);
  question->explanation = dup_text (&self, COLUMN_EXPLANATION);
  question->note = dup_text (&self, COLUMN_NOTE);
  question->name = g_strdup (get_cell (&self, layout->columns[COLUMN_ID]));
  question->topic = g_strdup (get_cell (&self, layout->columns[COLUMN_TOPIC]));
  if (!read_answers (&self, question))
    return;
  note_lonely_feedbacks (&self);
  tomo_quiz_take (quiz, g_steal_pointer (&question));
}

static void
note_unknown_columns (TomoQuiz *quiz, const Layout *layout, const TomoCsvRow *header)
{
  for (unsigned int i = 0; i < header->cells->len; i++)
    {
      const char *name = g_ptr_array_index (header->cells, i);
      gboolean is_known = name[0] == '\0';

      for (size_t j = 0; j < N_COLUMNS; j++)
        is_known = is_known || layout->columns[j] == (int) i;
      for (size_t j = 0; j < MAX_CHOICES; j++)
        is_known = is_known || layout->choices[j] == (int) i || layout->feedbacks[j] == (int) i;
      if (!is_known)
        /* Translators: %s is the name of a column of a table that was imported */
        tomo_quiz_note (quiz, header->line, _("the column “%s” is not known, and left out"), name);
    }
}

/**
 * tomo_import_csv:
 * @quiz: what is filled
 * @text: a table
 * @error: return location for a #GError
 *
 * Reads a table of questions, as the template of tomo_import_template() has it. A table whose
 * quotes have gone wrong is refused as a whole: what follows could be anything.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, with the number of the line.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_import_csv (TomoQuiz *quiz, const char *text, GError **error)
{
  char separator = '\0';
  g_autoptr(GPtrArray) rows = tomo_csv_read (text, &separator, error);
  Layout layout;

  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "the table is empty");
      return FALSE;
    }
  if (!read_layout (&layout, g_ptr_array_index (rows, 0), error))
    return FALSE;

  note_unknown_columns (quiz, &layout, g_ptr_array_index (rows, 0));
  for (unsigned int i = 1; i < rows->len; i++)
    read_row (quiz, &layout, g_ptr_array_index (rows, i));

  return TRUE;
}

/**
 * tomo_import_template:
 *
 * Returns: (transfer none): a table to begin from, one question of each kind, as
 *    content/quiz-template.csv is. It begins with the mark by which Excel knows UTF-8.
 */
const char *
tomo_import_template (void)
{
  return "\xef\xbb\xbfquestion,choice 1,choice 2,choice 3,choice 4,right,explanation\n"
         "Which of these passwords is hardest to guess?,P@ssw0rd!,river lamp eleven sand,"
         "password,,2,Each further word multiplies the work of whoever guesses.\n"
         "What helps to keep an account yours?,A long password,A second step when signing in,"
         "Luck,,\"1, 2\",Whoever has the one still lacks the other.\n"
         "A good password should be changed every month.,,,,,false,"
         "\"Change it when it may have leaked, not by the calendar.\"\n"
         "How many passwords does a password manager ask you to remember?,,,,,1,"
         "It remembers all the others.\n"
         "Somebody has your password. What comes first?,Change it,Sign out everywhere else,"
         "Tell your friends,,order,\"First close the door, then look who is inside.\"\n"
         "What protects what?,A screen lock = a lost phone,A backup = holiday pictures,"
         "An update = an old program,,match,Each risk has its own remedy.\n";
}
