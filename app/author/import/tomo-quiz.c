/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/import/tomo-quiz.h"

#include <string.h>

/* Of an id, less the room for ‘-999’ behind it. */
#define MAX_ID_STEM_CHARS 36

static void
answer_free (TomoQuizAnswer *answer)
{
  g_free (answer->text);
  g_free (answer->match);
  g_free (answer->feedback);
  g_free (answer);
}

static void
picture_free (TomoQuizPicture *picture)
{
  g_free (picture->id);
  g_free (picture->src);
  g_free (picture->alt);
  g_bytes_unref (picture->bytes);
  g_free (picture);
}

static void
reference_free (TomoQuizReference *reference)
{
  g_free (reference->id);
  g_free (reference->value);
  g_free (reference->name);
  g_free (reference);
}

/**
 * tomo_quiz_new:
 * @file: the foreign file, as findings shall name it
 * @findings: where what cannot be taken is told
 *
 * Returns: (transfer full): a quiz without questions
 */
TomoQuiz *
tomo_quiz_new (const char *file, TomoFindings *findings)
{
  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (findings != NULL, NULL);

  TomoQuiz *self = g_new0 (TomoQuiz, 1);

  self->file = g_strdup (file);
  self->findings = findings;
  self->questions = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_quiz_question_free);
  self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) picture_free);
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) reference_free);
  self->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) reference_free);
  self->by_value = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

/**
 * tomo_quiz_free:
 * @self: (transfer full): a quiz
 *
 * Frees @self.
 */
void
tomo_quiz_free (TomoQuiz *self)
{
  g_free (self->file);
  g_ptr_array_unref (self->questions);
  g_ptr_array_unref (self->pictures);
  g_ptr_array_unref (self->sources);
  g_ptr_array_unref (self->terms);
  g_hash_table_unref (self->by_value);
  g_free (self);
}

/**
 * tomo_quiz_question_new:
 * @line: where it begins
 *
 * Returns: (transfer full): a question without a word
 */
TomoQuizQuestion *
tomo_quiz_question_new (unsigned int line)
{
  TomoQuizQuestion *question = g_new0 (TomoQuizQuestion, 1);

  question->line = line;
  question->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);

  return question;
}

/**
 * tomo_quiz_question_free:
 * @question: (transfer full): a question
 *
 * Frees @question.
 */
void
tomo_quiz_question_free (TomoQuizQuestion *question)
{
  g_free (question->name);
  g_free (question->category);
  g_free (question->topic);
  g_free (question->prompt);
  g_ptr_array_unref (question->answers);
  g_free (question->answer);
  g_free (question->tolerance);
  g_free (question->explanation);
  g_free (question->note);
  g_free (question->picture);
  g_free (question);
}

/**
 * tomo_quiz_question_add_answer:
 * @question: a question
 * @text: (transfer full): markup
 *
 * Returns: (transfer none): a new answer, the last one
 */
TomoQuizAnswer *
tomo_quiz_question_add_answer (TomoQuizQuestion *question, char *text)
{
  TomoQuizAnswer *answer = g_new0 (TomoQuizAnswer, 1);

  answer->text = text;
  g_ptr_array_add (question->answers, answer);
  return answer;
}

/**
 * tomo_quiz_question_explain:
 * @question: a question
 * @text: (nullable): markup
 *
 * Adds @text to the explanation, unless it is there already.
 */
void
tomo_quiz_question_explain (TomoQuizQuestion *question, const char *text)
{
  const char *before = question->explanation;

  if (text == NULL || text[0] == '\0' || (before != NULL && strstr (before, text) != NULL))
    return;

  char *after =
      before != NULL && before[0] != '\0' ? g_strconcat (before, " ", text, NULL) : g_strdup (text);
  g_free (question->explanation);
  question->explanation = after;
}

/**
 * tomo_quiz_take:
 * @self: a quiz
 * @question: (transfer full): a question
 *
 * Adds @question at the end.
 */
void
tomo_quiz_take (TomoQuiz *self, TomoQuizQuestion *question)
{
  g_ptr_array_add (self->questions, question);
}

/**
 * tomo_quiz_refuse:
 * @self: a quiz
 * @line: where the question begins
 * @format: translated; what it is or has that there is no place for, in a few words
 * @...: for @format
 *
 * Tells that a question was not imported.
 */
void
tomo_quiz_refuse (TomoQuiz *self, unsigned int line, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);

  tomo_findings_add (self->findings, TOMO_FINDING_ERROR, self->file, line, "%s", message);
  self->n_refused++;
}

/**
 * tomo_quiz_note:
 * @self: a quiz
 * @line: where it is about, or 0 for the file
 * @format: translated; what was left out or assumed
 * @...: for @format
 *
 * Tells what of an imported question differs from the original.
 */
void
tomo_quiz_note (TomoQuiz *self, unsigned int line, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);

  tomo_findings_add (self->findings, TOMO_FINDING_WARNING, self->file, line, "%s", message);
}

static const char *
add_reference (TomoQuiz *self,
               GPtrArray *references,
               const char *prefix,
               const char *value,
               const char *name)
{
  g_autofree char *key = g_strconcat (prefix, " ", value, NULL);
  TomoQuizReference *known = g_hash_table_lookup (self->by_value, key);

  if (known == NULL)
    {
      known = g_new0 (TomoQuizReference, 1);
      known->id = g_strdup_printf ("%s-%u", prefix, references->len + 1);
      known->value = g_strdup (value);
      known->name = g_strdup (name);
      g_ptr_array_add (references, known);
      g_hash_table_insert (self->by_value, g_steal_pointer (&key), known);
    }

  return known->id;
}

/**
 * tomo_quiz_add_source:
 * @self: a quiz
 * @href: a web address
 * @name: plain text that was linked with it
 *
 * Returns: (transfer none): the id that <link ref="…"> refers to
 */
const char *
tomo_quiz_add_source (TomoQuiz *self, const char *href, const char *name)
{
  return add_reference (self, self->sources, "source", href, name);
}

/**
 * tomo_quiz_add_term:
 * @self: a quiz
 * @meaning: plain text
 * @name: plain text
 *
 * Returns: (transfer none): the id that <term ref="…"> refers to
 */
const char *
tomo_quiz_add_term (TomoQuiz *self, const char *meaning, const char *name)
{
  return add_reference (self, self->terms, "term", meaning, name);
}

/**
 * tomo_quiz_dup_id:
 * @name: (nullable): what people call it
 * @fallback: an id, if nothing of @name can stand in one
 *
 * Returns: (transfer full): an id that reminds of @name, with room for a number behind it
 */
char *
tomo_quiz_dup_id (const char *name, const char *fallback)
{
  g_autofree char *ascii = g_str_to_ascii (name != NULL ? name : "", "C");
  g_autoptr(GString) id = g_string_new (NULL);

  for (const char *p = ascii; *p != '\0' && id->len < MAX_ID_STEM_CHARS; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (id, g_ascii_tolower (*p));
      else if (id->len > 0 && id->str[id->len - 1] != '-' && *p != '\'')
        g_string_append_c (id, '-');
    }
  while (id->len > 0 && id->str[id->len - 1] == '-')
    g_string_truncate (id, id->len - 1);

  /* What is not Latin became question marks, and those nothing. */
  return g_strdup (id->len > 0 ? id->str : fallback);
}
