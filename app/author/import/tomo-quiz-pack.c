/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/import/tomo-quiz-pack.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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
  const TomoImportOptions *options;
  const char *today;
  GHashTable *used; /* (nullable) (element-type utf8): ids that questions refer to */
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

static void
note_references (GHashTable *used, const char *text)
{
  static const char reference[] = " ref=\"";

  for (const char *p = text != NULL ? strstr (text, reference) : NULL; p != NULL;
       p = strstr (p, reference))
    {
      p += strlen (reference);
      g_hash_table_add (used, g_strndup (p, strcspn (p, "\"")));
    }
}

/* The ids of the pictures, sources and terms that questions have. */
static GHashTable *
list_used (const TomoQuiz *quiz)
{
  GHashTable *used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (unsigned int i = 0; i < quiz->questions->len; i++)
    {
      const TomoQuizQuestion *question = g_ptr_array_index (quiz->questions, i);

      if (question->picture != NULL)
        g_hash_table_add (used, g_strdup (question->picture));
      note_references (used, question->prompt);
      note_references (used, question->explanation);
      note_references (used, question->note);
      for (unsigned int j = 0; j < question->answers->len; j++)
        {
          const TomoQuizAnswer *answer = g_ptr_array_index (question->answers, j);

          note_references (used, answer->text);
          note_references (used, answer->match);
          note_references (used, answer->feedback);
        }
    }

  return used;
}

static void
append_attribute (GString *xml, const char *name, const char *value)
{
  g_autofree char *escaped = g_markup_escape_text (value, -1);

  g_string_append_printf (xml, " %s=\"%s\"", name, escaped);
}

static void
append_text (GString *xml, const char *indent, const char *element, const char *markup)
{
  if (has_text (markup))
    g_string_append_printf (xml, "%s<%s>%s</%s>\n", indent, element, markup, element);
}

static void
append_plain (GString *xml, const char *indent, const char *element, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  append_text (xml, indent, element, escaped);
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

static void
append_answer (GString *xml, const TomoQuizQuestion *question, unsigned int index)
{
  const TomoQuizAnswer *answer = g_ptr_array_index (question->answers, index);
  gboolean is_pair = question->kind == TOMO_ITEM_MATCH;
  g_autofree char *number = g_strdup_printf ("answer-%u", index + 1);
  g_autofree char *letter = g_strdup_printf ("%c", 'a' + (char) (index % 26));

  g_string_append_printf (xml, "    <%s", is_pair ? "pair" : "choice");
  append_attribute (xml, "id", index < 26 ? letter : number);
  if (answer->is_correct)
    append_attribute (xml, "correct", "yes");
  g_string_append (xml, ">\n");
  g_string_append_printf (xml, "      <text>%s</text>\n", answer->text);
  if (is_pair)
    g_string_append_printf (xml, "      <match>%s</match>\n",
                            answer->match != NULL ? answer->match : "");
  append_text (xml, "      ", "feedback", answer->feedback);
  g_string_append_printf (xml, "    </%s>\n", is_pair ? "pair" : "choice");
}

static void
append_question (GString *xml, const TomoQuizQuestion *question)
{
  g_string_append (xml, "\n  <question");
  append_attribute (xml, "id", question->name);
  append_attribute (xml, "kind", tomo_item_kind_to_string (question->kind));
  if (question->answer != NULL)
    append_attribute (xml, "answer", question->answer);
  if (question->tolerance != NULL)
    append_attribute (xml, "tolerance", question->tolerance);
  if (has_text (question->topic))
    append_attribute (xml, "topic", question->topic);
  if (question->picture != NULL)
    append_attribute (xml, "picture", question->picture);
  g_string_append (xml, ">\n");

  g_string_append_printf (xml, "    <prompt>%s</prompt>\n",
                          question->prompt != NULL ? question->prompt : "");
  for (unsigned int i = 0; i < question->answers->len; i++)
    append_answer (xml, question, i);
  append_text (xml, "    ", "explanation", question->explanation);
  append_text (xml, "    ", "teacher-note", question->note);
  g_string_append (xml, "  </question>\n");
}

/* ‘--’ cannot stand in a comment of XML. */
static void
append_category (GString *xml, const char *category)
{
  g_autoptr(GString) safe = g_string_new (category);

  g_string_replace (safe, "--", "- -", 0);
  g_string_replace (safe, "\n", " ", 0);
  g_autofree char *markup = g_markup_escape_text (safe->str, -1);
  g_string_append_printf (xml, "\n  <!-- Category: %s -->", markup);
}

static void
append_header (const Composer *self, GString *xml)
{
  g_autofree char *whole = g_canonicalize_filename (self->folder, NULL);
  g_autofree char *id = g_path_get_basename (whole);

  g_string_append (xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<pack xmlns=\"" TOMO_PACK_NAMESPACE "\"");
  append_attribute (xml, "id", id);
  append_attribute (xml, "xml:lang", self->options->language);
  append_attribute (xml, "revision", "1");
  g_string_append (xml, "\n     ");
  append_attribute (xml, "verified-on", self->today);
  append_attribute (xml, "topic", self->options->topic);
  append_attribute (xml, "age", "all");
  append_attribute (xml, "risk", "medium");
  g_string_append (xml, "\n     ");
  append_attribute (xml, "license", self->options->license);
  g_string_append (xml, ">\n");
  append_plain (xml, "  ", "title", self->options->title);
}

static void
append_references (const Composer *self,
                   GString *xml,
                   GPtrArray *references,
                   const char *list,
                   void (*append) (const Composer *, GString *, const TomoQuizReference *))
{
  size_t before = xml->len;

  g_string_append_printf (xml, "\n  <%s>\n", list);
  size_t opened = xml->len;

  for (unsigned int i = 0; i < references->len; i++)
    {
      const TomoQuizReference *reference = g_ptr_array_index (references, i);

      if (g_hash_table_contains (self->used, reference->id))
        append (self, xml, reference);
    }
  if (xml->len == opened)
    g_string_truncate (xml, before);
  else
    g_string_append_printf (xml, "  </%s>\n", list);
}

static void
append_term (const Composer *self, GString *xml, const TomoQuizReference *term)
{
  g_string_append (xml, "    <term");
  append_attribute (xml, "id", term->id);
  g_string_append (xml, ">\n");
  append_plain (xml, "      ", "name", term->name);
  append_plain (xml, "      ", "meaning", term->value);
  g_string_append (xml, "    </term>\n");
}

static void
append_source (const Composer *self, GString *xml, const TomoQuizReference *source)
{
  g_string_append (xml, "    <source");
  append_attribute (xml, "id", source->id);
  append_attribute (xml, "href", source->value);
  append_attribute (xml, "verified-on", self->today);
  g_string_append (xml, ">\n");
  append_plain (xml, "      ", "title", source->name);
  g_string_append (xml, "    </source>\n");
}

static void
append_pictures (const Composer *self, GString *xml)
{
  size_t before = xml->len;
  gboolean is_empty = TRUE;

  g_string_append (xml, "\n  <pictures>\n");
  for (unsigned int i = 0; i < self->quiz->pictures->len; i++)
    {
      const TomoQuizPicture *picture = g_ptr_array_index (self->quiz->pictures, i);

      if (!g_hash_table_contains (self->used, picture->id))
        continue;
      is_empty = FALSE;
      g_string_append (xml, "    <picture");
      append_attribute (xml, "id", picture->id);
      append_attribute (xml, "src", picture->src);
      g_string_append (xml, ">\n");
      append_text (xml, "      ", "alt", picture->alt);
      g_string_append (xml, "    </picture>\n");
    }
  if (is_empty)
    g_string_truncate (xml, before);
  else
    g_string_append (xml, "  </pictures>\n");
}

static GBytes *
compose_once (const Composer *base)
{
  g_autoptr(GHashTable) used = list_used (base->quiz);
  const Composer with_used = { base->quiz, base->folder, base->options, base->today, used };
  const Composer *self = &with_used;
  GString *xml = g_string_new (NULL);
  const char *category = NULL;

  append_header (self, xml);
  append_references (self, xml, self->quiz->terms, "terms", append_term);
  append_references (self, xml, self->quiz->sources, "sources", append_source);
  append_pictures (self, xml);
  for (unsigned int i = 0; i < self->quiz->questions->len; i++)
    {
      const TomoQuizQuestion *question = g_ptr_array_index (self->quiz->questions, i);

      if (g_strcmp0 (category, question->category) != 0 && has_text (question->category))
        append_category (xml, question->category);
      category = question->category;
      append_question (xml, question);
    }
  g_string_append (xml, "</pack>\n");

  return g_string_free_to_bytes (xml);
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
      append_question (xml, g_ptr_array_index (questions, n_kept));
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
 * On failure this sets %TOMO_ERROR_INVALID_DATA: no question is left, or @folder or @options are
 * wrong.
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
  Composer self = { quiz, folder, options, today, NULL };
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
      g_clear_pointer (&xml, g_bytes_unref);
      xml = compose_once (&self);
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

  g_autoptr(GHashTable) used = list_used (quiz);
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
