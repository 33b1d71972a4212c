/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/import/tomo-quiz-xml.h"

#include <string.h>

#include "author/import/tomo-quiz-text.h"
#include "author/pack/tomo-vocabulary.h"

typedef struct
{
  const TomoQuiz *quiz;
  const TomoImportOptions *options;
  const char *id;
  const char *today;
  GHashTable *used; /* (element-type utf8): ids that questions refer to */
} Writer;

static gboolean
has_text (const char *text)
{
  return text != NULL && text[0] != '\0';
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

/**
 * tomo_quiz_xml_list_used:
 * @quiz: a quiz
 *
 * Returns: (transfer full) (element-type utf8): the ids of the pictures, sources and terms that
 *    its questions have
 */
GHashTable *
tomo_quiz_xml_list_used (const TomoQuiz *quiz)
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
  TomoQuizText *reduced = tomo_quiz_text_new ();

  tomo_quiz_text_add (reduced, TOMO_TEXT_PLAIN, "", text);
  g_autofree char *markup = tomo_quiz_text_free_to_markup (reduced);
  append_text (xml, indent, element, markup);
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

/**
 * tomo_quiz_xml_append_question:
 * @xml: what is added to
 * @question: a question with an id
 *
 * Writes a <question>.
 */
void
tomo_quiz_xml_append_question (GString *xml, const TomoQuizQuestion *question)
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
append_header (const Writer *self, GString *xml)
{
  g_string_append (xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<pack xmlns=\"" TOMO_PACK_NAMESPACE "\"");
  append_attribute (xml, "id", self->id);
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
append_references (const Writer *self,
                   GString *xml,
                   GPtrArray *references,
                   const char *list,
                   void (*append) (const Writer *, GString *, const TomoQuizReference *))
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
append_term (const Writer *self, GString *xml, const TomoQuizReference *term)
{
  g_string_append (xml, "    <term");
  append_attribute (xml, "id", term->id);
  g_string_append (xml, ">\n");
  append_plain (xml, "      ", "name", term->name);
  append_plain (xml, "      ", "meaning", term->value);
  g_string_append (xml, "    </term>\n");
}

static void
append_source (const Writer *self, GString *xml, const TomoQuizReference *source)
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
append_pictures (const Writer *self, GString *xml)
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

/**
 * tomo_quiz_xml_write:
 * @quiz: a quiz whose questions have ids
 * @id: of the pack
 * @today: the day on which it is written, as YYYY-MM-DD
 * @options: what no foreign quiz says
 *
 * Writes a pack.xml, right or wrong, with the definitions that are used.
 *
 * Returns: (transfer full): the text
 */
GBytes *
tomo_quiz_xml_write (const TomoQuiz *quiz,
                     const char *id,
                     const char *today,
                     const TomoImportOptions *options)
{
  g_autoptr(GHashTable) used = tomo_quiz_xml_list_used (quiz);
  const Writer self = { quiz, options, id, today, used };
  GString *xml = g_string_new (NULL);
  const char *category = NULL;

  append_header (&self, xml);
  append_references (&self, xml, quiz->terms, "terms", append_term);
  append_references (&self, xml, quiz->sources, "sources", append_source);
  append_pictures (&self, xml);
  for (unsigned int i = 0; i < quiz->questions->len; i++)
    {
      const TomoQuizQuestion *question = g_ptr_array_index (quiz->questions, i);

      if (g_strcmp0 (category, question->category) != 0 && has_text (question->category))
        append_category (xml, question->category);
      category = question->category;
      tomo_quiz_xml_append_question (xml, question);
    }
  g_string_append (xml, "</pack>\n");

  return g_string_free_to_bytes (xml);
}
