/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/import/tomo-quiz-pack.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "author/import/tomo-quiz-xml.h"
#include "author/pack/tomo-pack-new.h"
#include "author/pack/tomo-source-check.h"
#include "author/pack/tomo-source-pack.h"
#include "author/pack/tomo-vocabulary.h"
#include "core/content/tomo-pack.h"
#include "core/tomo-error.h"

/* Left for what stands around the questions. */
#define ROOM_BYTES (64 * 1024)

/* A quiz on its way to a pack.xml. */
typedef struct
{
  TomoQuiz *quiz;
  const char *folder;
} Composer;

static gboolean
has_text (const char *text)
{
  return text != NULL && text[0] != '\0';
}

static gboolean
refers_in (const char *text, const char *reference)
{
  return text != NULL && strstr (text, reference) != NULL;
}

/* Whether a text of @question has a term or link with that id, or the question that picture. */
static gboolean
refers_to (const TomoQuizQuestion *question, const char *id)
{
  g_autofree char *reference = g_strdup_printf ("ref=\"%s\"", id);
  gboolean refers =
      g_strcmp0 (question->picture, id) == 0 || refers_in (question->prompt, reference) ||
      refers_in (question->explanation, reference) || refers_in (question->note, reference);

  for (unsigned int i = 0; i < question->answers->len; i++)
    {
      const TomoQuizAnswer *answer = g_ptr_array_index (question->answers, i);

      refers = refers || refers_in (answer->text, reference) ||
               refers_in (answer->match, reference) || refers_in (answer->feedback, reference);
    }

  return refers;
}

/* What must stand there, and nobody wrote: the right answer, until somebody explains it. */
static void
explain_by_answer (TomoQuizQuestion *question)
{
  g_autoptr(GPtrArray) right = g_ptr_array_new_with_free_func (g_free);
  const char *between = question->kind == TOMO_ITEM_ORDER ? " → " : "; ";

  for (unsigned int i = 0; i < question->answers->len; i++)
    {
      const TomoQuizAnswer *answer = g_ptr_array_index (question->answers, i);

      if (question->kind == TOMO_ITEM_MATCH)
        g_ptr_array_add (right, g_strconcat (answer->text, " – ", answer->match, NULL));
      else if (answer->is_correct || question->kind == TOMO_ITEM_ORDER)
        g_ptr_array_add (right, g_strdup (answer->text));
    }
  if (question->kind == TOMO_ITEM_NUMBER)
    g_ptr_array_add (right, g_strdup (question->answer));
  else if (question->kind == TOMO_ITEM_TRUE_FALSE)
    g_ptr_array_add (right,
                     g_strconcat (question->prompt != NULL ? question->prompt : "",
                                  g_str_equal (question->answer, "true") ? " → ✓" : " → ✗", NULL));
  g_ptr_array_add (right, NULL);

  question->explanation = g_strjoinv (between, (char **) right->pdata);
  question->is_unexplained = TRUE;
}

static void
note_unexplained (TomoQuiz *quiz, const TomoQuizQuestion *question)
{
  tomo_quiz_note (quiz, question->line, "%s",
                  /* Translators: about a question that was imported; <explanation> is literal */
                  _("there is no explanation; the right answer stands in <explanation> until "
                     "somebody writes one"));
}

static void
check_topic (TomoQuiz *quiz, TomoQuizQuestion *question)
{
  const char *const *topics = tomo_vocabulary_values (TOMO_VALUE_TOPIC);

  if (!has_text (question->topic) || g_strv_contains (topics, question->topic))
    return;

  tomo_quiz_note (quiz, question->line,
                  /* Translators: about a question that was imported; %s is what somebody wrote as
                   * its topic */
                  _("the topic “%s” is not of the list; that of the pack holds"), question->topic);
  g_clear_pointer (&question->topic, g_free);
}

/* Ids are given once, before any question is taken out: a second run gives the same. */
static void
give_ids (Composer *self)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (unsigned int i = 0; i < self->quiz->questions->len; i++)
    {
      TomoQuizQuestion *question = g_ptr_array_index (self->quiz->questions, i);
      g_autofree char *fallback = g_strdup_printf ("question-%u", i + 1);
      /* A name that is an id is one, such as our own export writes. */
      g_autofree char *id = question->name != NULL && tomo_vocabulary_is_id (question->name)
                                ? g_strdup (question->name)
                                : tomo_quiz_dup_id (question->name, fallback);

      for (unsigned int n = 2; g_hash_table_contains (seen, id); n++)
        {
          g_autofree char *stem = tomo_quiz_dup_id (question->name, "question");

          g_free (id);
          id = g_strdup_printf ("%.34s-%u", stem, n);
        }
      g_free (question->name);
      question->name = g_steal_pointer (&id);
      g_hash_table_add (seen, question->name);
      check_topic (self->quiz, question);
      if (!has_text (question->explanation))
        {
          g_clear_pointer (&question->explanation, g_free);
          explain_by_answer (question);
        }
    }
}

/* What is beyond the limits of a pack would make all of it worthless. */
static void
refuse_too_many (Composer *self)
{
  g_autoptr(GString) xml = g_string_new (NULL);
  GPtrArray *questions = self->quiz->questions;
  unsigned int n_kept = 0;

  for (; n_kept < questions->len && n_kept < TOMO_PACK_MAX_ITEMS; n_kept++)
    {
      tomo_quiz_xml_append_question (xml, g_ptr_array_index (questions, n_kept));
      if (xml->len > TOMO_SOURCE_PACK_MAX_BYTES - ROOM_BYTES)
        break;
    }
  for (unsigned int i = n_kept; i < questions->len; i++)
    tomo_quiz_refuse (self->quiz, ((TomoQuizQuestion *) g_ptr_array_index (questions, i))->line,
                      /* Translators: why a question was not imported; %u is a number of questions
                       */
                      _("the pack is full with %u questions; split the file"), n_kept);
  g_ptr_array_set_size (questions, (int) n_kept);
}

/* The definition that an author’s mistake in line @line of pack.xml belongs to, or NULL. */
static const char *
find_definition (const TomoSourcePack *pack, unsigned int line)
{
  const char *id = NULL;
  unsigned int best = 0;

  for (unsigned int i = 0; i < pack->terms->len; i++)
    {
      const TomoSourceTerm *term = g_ptr_array_index (pack->terms, i);

      if (term->line <= line && term->line > best)
        id = term->id, best = term->line;
    }
  for (unsigned int i = 0; i < pack->references->len; i++)
    {
      const TomoSourceReference *reference = g_ptr_array_index (pack->references, i);

      if (reference->line <= line && reference->line > best)
        id = reference->id, best = reference->line;
    }
  for (unsigned int i = 0; i < pack->pictures->len; i++)
    {
      const TomoSourcePicture *picture = g_ptr_array_index (pack->pictures, i);

      if (picture->line <= line && picture->line > best)
        id = picture->id, best = picture->line;
    }

  return id;
}

/* The question that was written to line @line of pack.xml, or -1. */
static int
find_item (const TomoSourcePack *pack, unsigned int line)
{
  int index = -1;

  for (unsigned int i = 0; i < pack->items->len; i++)
    if (((TomoSourceItem *) g_ptr_array_index (pack->items, i))->line <= line)
      index = (int) i;

  return index;
}

/* Marks the questions that @finding is about; FALSE if it is about none. */
static gboolean
mark_refused (Composer *self,
              const TomoSourcePack *pack,
              const TomoFinding *finding,
              const char **reasons)
{
  int index = find_item (pack, finding->line);
  const char *definition = index < 0 ? find_definition (pack, finding->line) : NULL;
  gboolean is_marked = index >= 0;

  if (index >= 0 && reasons[index] == NULL)
    reasons[index] = finding->message;
  for (unsigned int i = 0; definition != NULL && i < self->quiz->questions->len; i++)
    if (refers_to (g_ptr_array_index (self->quiz->questions, i), definition))
      {
        reasons[i] = reasons[i] != NULL ? reasons[i] : finding->message;
        is_marked = TRUE;
      }

  return is_marked;
}

static void
take_out_refused (Composer *self, const char *const *reasons)
{
  GPtrArray *questions = self->quiz->questions;

  for (unsigned int i = questions->len; i > 0; i--)
    {
      const TomoQuizQuestion *question = g_ptr_array_index (questions, i - 1);

      if (reasons[i - 1] == NULL)
        continue;
      tomo_quiz_refuse (self->quiz, question->line, "%s", reasons[i - 1]);
      g_ptr_array_remove_index (questions, i - 1);
    }
}

/* The topic decides where visitors find a question, so nobody but its author can say it. NULL if
 * neither @options nor a question does. */
static const char *
find_topic (const TomoQuiz *quiz, const TomoImportOptions *options, GError **error)
{
  if (options->topic != NULL)
    return options->topic;

  for (unsigned int i = 0; i < quiz->questions->len; i++)
    {
      const TomoQuizQuestion *question = g_ptr_array_index (quiz->questions, i);

      if (!has_text (question->topic))
        {
          const char *const *topics = tomo_vocabulary_values (TOMO_VALUE_TOPIC);
          g_autofree char *list = g_strjoinv (", ", (char **) topics);

          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "%s: line %u: this question does not say what it is about; say it with "
                       "--topic for all that do not (there are: %s)",
                       quiz->file, question->line, list);
          return NULL;
        }
    }

  /* Each has its own; that of the pack is never used. */
  return ((const TomoQuizQuestion *) g_ptr_array_index (quiz->questions, 0))->topic;
}

/* Holds what was composed against the very check of authors; what it refuses is taken out. Returns
 * whether nothing was; sets @error if the pack itself is wrong. */
static gboolean
check (Composer *self, GBytes *xml, gboolean *out_is_sound, GError **error)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoSourcePack) pack = tomo_source_pack_read (xml, self->folder, findings);
  g_autofree const char **reasons = g_new0 (const char *, self->quiz->questions->len + 1);

  if (pack != NULL)
    tomo_source_check (pack, findings);
  *out_is_sound = tomo_findings_count_errors (findings) == 0;

  for (size_t i = 0; i < tomo_findings_get_n (findings); i++)
    {
      const TomoFinding *finding = tomo_findings_get (findings, i);

      if (finding->level == TOMO_FINDING_ERROR &&
          (pack == NULL || !mark_refused (self, pack, finding, reasons)))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s", finding->message);
          return FALSE;
        }
    }

  take_out_refused (self, reasons);
  return TRUE;
}

/**
 * tomo_quiz_pack_compose:
 * @quiz: a quiz; questions that cannot be in a pack are taken out of it and told
 * @folder: of the pack; its name becomes the id
 * @options: what no foreign quiz says
 * @error: return location for a #GError
 *
 * Writes a pack.xml that passes `pack check`, because each question was held against that check.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA: no question is left, one has no topic, or @folder
 * or @options are wrong.
 *
 * Returns: (transfer full): a pack.xml
 */
GBytes *
tomo_quiz_pack_compose (TomoQuiz *quiz,
                        const char *folder,
                        const TomoImportOptions *options,
                        GError **error)
{
  g_return_val_if_fail (quiz != NULL, NULL);
  g_return_val_if_fail (folder != NULL, NULL);

  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  Composer self = { quiz, folder };
  TomoImportOptions said = *options;
  g_autofree char *whole = g_canonicalize_filename (folder, NULL);
  g_autofree char *id = g_path_get_basename (whole);
  g_autoptr(GBytes) xml = NULL;
  gboolean is_sound = FALSE;

  give_ids (&self);
  refuse_too_many (&self);

  while (!is_sound)
    {
      if (quiz->questions->len == 0)
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "%s: there is no question that can be imported", quiz->file);
          return NULL;
        }
      said.topic = find_topic (quiz, options, error);
      if (said.topic == NULL)
        return NULL;
      g_clear_pointer (&xml, g_bytes_unref);
      xml = tomo_quiz_xml_write (quiz, id, today, &said);
      if (!check (&self, xml, &is_sound, error))
        return NULL;
    }

  for (unsigned int i = 0; i < quiz->questions->len; i++)
    {
      const TomoQuizQuestion *question = g_ptr_array_index (quiz->questions, i);

      if (question->is_unexplained)
        note_unexplained (quiz, question);
    }
  tomo_findings_sort (quiz->findings);
  return g_steal_pointer (&xml);
}

static gboolean
write_file (const char *folder, const char *name, const char *data, size_t size, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0666,
                                error))
    return TRUE;

  tomo_error_convert (error);
  return FALSE;
}

/**
 * tomo_quiz_pack_write:
 * @quiz: a quiz; questions that cannot be in a pack are taken out of it and told
 * @folder: does not exist yet, or is empty
 * @options: what no foreign quiz says
 * @error: return location for a #GError
 *
 * Writes a pack that passes `pack check`: the pictures first, pack.xml last.
 *
 * On failure this sets what tomo_quiz_pack_compose() sets, or %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_quiz_pack_write (TomoQuiz *quiz,
                      const char *folder,
                      const TomoImportOptions *options,
                      GError **error)
{
  g_autoptr(GBytes) xml = tomo_quiz_pack_compose (quiz, folder, options, error);

  if (xml == NULL || !tomo_pack_new_make_folder (folder, error))
    return FALSE;

  g_autoptr(GHashTable) used = tomo_quiz_xml_list_used (quiz);
  for (unsigned int i = 0; i < quiz->pictures->len; i++)
    {
      const TomoQuizPicture *picture = g_ptr_array_index (quiz->pictures, i);
      size_t size = 0;
      const char *data = g_bytes_get_data (picture->bytes, &size);

      if (g_hash_table_contains (used, picture->id) &&
          !write_file (folder, picture->src, data, size, error))
        return FALSE;
    }

  size_t size = 0;
  const char *data = g_bytes_get_data (xml, &size);
  return write_file (folder, "pack.xml", data, size, error);
}
