/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/import/tomo-moodle-question.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "author/import/tomo-draft.h"
#include "author/pack/tomo-xml.h"

#define MAX_ANSWERS 100
#define WHOLE_PERCENT 99.999

/* What Moodle writes into each question unless somebody changes it. */
static const char *const stock_feedback[] = { "Your answer is correct.",
                                              "Your answer is partially correct.",
                                              "Your answer is incorrect.", NULL };
static const char *const combined_feedback[] = { "correctfeedback", "partiallycorrectfeedback",
                                                 "incorrectfeedback", NULL };

typedef void (*ReadFunc) (TomoDraft *draft, xmlNode *element);

typedef struct
{
  const char *type;
  ReadFunc read;
} KindRule;

typedef struct
{
  const char *type;
  const char *name; /* marked with N_() */
} ForeignKind;

/* clang-format off */
static const ForeignKind foreign_kinds[] = {
  /* Translators: why a question was not imported: it wants a few words for an answer */
  { "shortanswer", N_("short answer") },
  /* Translators: why a question was not imported: it wants a free text for an answer */
  { "essay", N_("essay") },
  /* Translators: why something was not imported: it is a text without a question */
  { "description", N_("description") },
  /* Translators: why a question was not imported: it has several gaps in one text (“cloze”) */
  { "cloze", N_("cloze") },
  /* Translators: why a question was not imported: it has several gaps in one text (“cloze”) */
  { "multianswer", N_("cloze") },
};
/* clang-format on */

static gboolean
is_named (const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE && g_str_equal (tomo_xml_get_name (node), name);
}

/**
 * tomo_moodle_find_child:
 * @parent: an element
 * @name: of an element
 *
 * Returns: (transfer none) (nullable): the first child of that name
 */
xmlNode *
tomo_moodle_find_child (xmlNode *parent, const char *name)
{
  for (xmlNode *child = parent->children; child != NULL; child = child->next)
    if (is_named (child, name))
      return child;

  return NULL;
}

static char *
dup_content (const xmlNode *node)
{
  xmlChar *content = node != NULL ? xmlNodeGetContent (node) : NULL;
  char *copy = g_strdup (content != NULL ? (const char *) content : "");

  if (content != NULL)
    xmlFree (content);
  return copy;
}

/**
 * tomo_moodle_dup_text:
 * @element: (nullable): an element with a <text> in it, or text itself
 *
 * Returns: (transfer full): what stands there
 */
char *
tomo_moodle_dup_text (xmlNode *element)
{
  xmlNode *text = element != NULL ? tomo_moodle_find_child (element, "text") : NULL;

  return dup_content (text != NULL ? text : element);
}

static char *
dup_child_text (xmlNode *parent, const char *name)
{
  return tomo_moodle_dup_text (tomo_moodle_find_child (parent, name));
}

static TomoQuizFormat
read_format (xmlNode *element, TomoQuizFormat otherwise)
{
  g_autofree char *format = element != NULL ? tomo_xml_dup_attribute (element, "format") : NULL;

  if (format == NULL)
    return otherwise;
  if (g_str_equal (format, "html"))
    return TOMO_QUIZ_FORMAT_HTML;
  if (g_str_equal (format, "plain_text"))
    return TOMO_QUIZ_FORMAT_PLAIN;
  if (g_str_equal (format, "markdown"))
    return TOMO_QUIZ_FORMAT_MARKDOWN;
  return TOMO_QUIZ_FORMAT_AUTO;
}

/* The <file> elements beside a <text>: what it shows as @@PLUGINFILE@@/name. */
static void
collect_files (GHashTable *files, xmlNode *element)
{
  for (xmlNode *child = element->children; child != NULL; child = child->next)
    {
      g_autofree char *name =
          is_named (child, "file") ? tomo_xml_dup_attribute (child, "name") : NULL;
      const xmlNode *only = child->children;

      if (name == NULL || only == NULL || only->content == NULL)
        continue;
      size_t size = 0;
      guchar *data = g_base64_decode ((const char *) only->content, &size);

      g_hash_table_insert (files, g_steal_pointer (&name), g_bytes_new_take (data, size));
    }
}

static GHashTable *
list_files (xmlNode *question, xmlNode *question_text)
{
  GHashTable *files =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);

  if (question_text != NULL)
    collect_files (files, question_text);
  collect_files (files, question);
  return files;
}

/* Moodle before 2.0 had one picture a question, apart from its text. */
static void
add_old_picture (TomoDraft *draft, xmlNode *question, GHashTable *files)
{
  g_autofree char *name = dup_child_text (question, "image");
  g_autofree char *base64 = dup_child_text (question, "image_base64");

  if (name[0] == '\0' || base64[0] == '\0')
    return;

  size_t size = 0;
  guchar *data = g_base64_decode (base64, &size);
  g_autofree char *base_name = g_path_get_basename (name);
  g_autofree char *escaped = g_uri_escape_string (base_name, NULL, FALSE);
  g_autofree char *html = g_strdup_printf ("<img src=\"%s\">", escaped);
  g_autofree char *prompt = draft->question->prompt;

  draft->question->prompt = NULL;
  g_hash_table_insert (files, g_steal_pointer (&base_name), g_bytes_new_take (data, size));
  tomo_draft_read_prompt (draft, html, TOMO_QUIZ_FORMAT_HTML, files);
  g_free (draft->question->prompt);
  draft->question->prompt = g_steal_pointer (&prompt);
}

static double
read_fraction (xmlNode *answer)
{
  g_autofree char *fraction = tomo_xml_dup_attribute (answer, "fraction");

  if (fraction != NULL)
    return g_ascii_strtod (fraction, NULL);
  /* The very first files had an element for it. */
  g_autofree char *text = dup_child_text (answer, "fraction");
  return g_ascii_strtod (text, NULL);
}

static GPtrArray *
list_children (TomoDraft *draft, xmlNode *parent, const char *name)
{
  GPtrArray *children = g_ptr_array_new ();

  for (xmlNode *child = parent->children; child != NULL; child = child->next)
    if (is_named (child, name))
      g_ptr_array_add (children, child);
  if (children->len > MAX_ANSWERS)
    {
      /* Translators: why a question was not imported; %u counts its answers */
      tomo_draft_refuse (draft, _("%u answers"), children->len);
      g_ptr_array_set_size (children, MAX_ANSWERS);
    }

  return children;
}

static void
explain (TomoDraft *draft, xmlNode *feedback)
{
  g_autofree char *text = tomo_moodle_dup_text (feedback);

  if (feedback != NULL)
    tomo_draft_explain (draft, text, read_format (feedback, draft->format));
}

static TomoQuizAnswer *
add_answer (TomoDraft *draft, xmlNode *element)
{
  g_autofree char *text = tomo_moodle_dup_text (element);
  xmlNode *feedback = tomo_moodle_find_child (element, "feedback");
  g_autofree char *feedback_text = tomo_moodle_dup_text (feedback);
  TomoQuizAnswer *answer =
      tomo_draft_add_answer (draft, text, read_format (element, draft->format));

  answer->feedback =
      tomo_draft_dup_feedback (draft, feedback_text, read_format (feedback, draft->format));
  return answer;
}

static void
read_choices (TomoDraft *draft, xmlNode *question)
{
  g_autofree char *single = g_strstrip (dup_child_text (question, "single"));
  g_autoptr(GPtrArray) answers = list_children (draft, question, "answer");
  g_autofree double *fractions = g_new0 (double, answers->len + 1);
  gboolean is_multiple = g_str_equal (single, "false") || g_str_equal (single, "0");

  for (unsigned int i = 0; i < answers->len; i++)
    {
      fractions[i] = read_fraction (g_ptr_array_index (answers, i));
      add_answer (draft, g_ptr_array_index (answers, i));
    }
  tomo_draft_decide_choices (draft, !is_multiple, fractions);
}

static void
read_statement (TomoDraft *draft, xmlNode *question)
{
  g_autoptr(GPtrArray) answers = list_children (draft, question, "answer");
  const char *right = NULL;
  g_autofree char *word = NULL;

  for (unsigned int i = 0; i < answers->len; i++)
    {
      xmlNode *answer = g_ptr_array_index (answers, i);

      if (read_fraction (answer) >= WHOLE_PERCENT && word == NULL)
        {
          g_autofree char *text = tomo_moodle_dup_text (answer);
          word = g_ascii_strdown (g_strstrip (text), -1);
          right = word;
        }
      explain (draft, tomo_moodle_find_child (answer, "feedback"));
    }

  if (g_strcmp0 (right, "true") == 0 || g_strcmp0 (right, "false") == 0)
    tomo_draft_decide_statement (draft, g_str_equal (right, "true"));
  else
    /* Translators: why a question was not imported; true and false are literal */
    tomo_draft_refuse (draft, "%s", _("neither true nor false is marked as right"));
}

static void
read_pairs (TomoDraft *draft, xmlNode *question)
{
  g_autoptr(GPtrArray) pairs = list_children (draft, question, "subquestion");

  for (unsigned int i = 0; i < pairs->len; i++)
    {
      xmlNode *pair = g_ptr_array_index (pairs, i);
      xmlNode *match = tomo_moodle_find_child (pair, "answer");
      g_autofree char *text = tomo_moodle_dup_text (pair);
      g_autofree char *match_text = tomo_moodle_dup_text (match);
      TomoQuizAnswer *answer =
          tomo_draft_add_answer (draft, text, read_format (pair, draft->format));

      answer->match =
          tomo_draft_dup_text (draft, match_text, read_format (match, TOMO_QUIZ_FORMAT_PLAIN));
    }
  tomo_draft_decide_pairs (draft);
}

/* The plug-in “ordering” writes the place of each answer as its fraction. */
static int
compare_fractions_cb (gconstpointer a, gconstpointer b)
{
  double one = read_fraction (*(xmlNode *const *) a);
  double other = read_fraction (*(xmlNode *const *) b);

  return (one > other) - (one < other);
}

static void
read_order (TomoDraft *draft, xmlNode *question)
{
  g_autoptr(GPtrArray) answers = list_children (draft, question, "answer");

  g_ptr_array_sort (answers, compare_fractions_cb);
  for (unsigned int i = 0; i < answers->len; i++)
    add_answer (draft, g_ptr_array_index (answers, i));
  draft->question->kind = TOMO_ITEM_ORDER;
}

static void
read_number (TomoDraft *draft, xmlNode *question)
{
  g_autoptr(GPtrArray) answers = list_children (draft, question, "answer");
  unsigned int n_right = 0;

  for (unsigned int i = 0; i < answers->len; i++)
    {
      xmlNode *answer = g_ptr_array_index (answers, i);
      double fraction = read_fraction (answer);
      g_autofree char *number = g_strstrip (tomo_moodle_dup_text (answer));
      g_autofree char *tolerance = g_strstrip (dup_child_text (answer, "tolerance"));

      if (fraction >= WHOLE_PERCENT && n_right++ == 0)
        {
          tomo_draft_decide_number (draft, number, tolerance);
          explain (draft, tomo_moodle_find_child (answer, "feedback"));
        }
      else
        tomo_draft_note_wrong_number (draft);
    }
  if (n_right != 1)
    /* Translators: why a question was not imported */
    tomo_draft_refuse (draft, "%s", _("several right numbers, or none"));
}

static const KindRule kind_rules[] = {
  { "multichoice", read_choices }, { "truefalse", read_statement }, { "matching", read_pairs },
  { "ordering", read_order },      { "numerical", read_number },
};

static void
refuse_kind (TomoDraft *draft, const char *type)
{
  for (size_t i = 0; i < G_N_ELEMENTS (foreign_kinds); i++)
    if (g_str_equal (foreign_kinds[i].type, type))
      {
        tomo_draft_refuse (draft, "%s", _ (foreign_kinds[i].name));
        return;
      }

  /* Translators: why a question was not imported; %s is Moodle’s name of the kind of question */
  tomo_draft_refuse (draft, _("kind “%s”"), type);
}

/* What belongs to the whole question and has no place on a card. */
static void
note_losses (TomoDraft *draft, xmlNode *question)
{
  g_autoptr(GPtrArray) hints = list_children (draft, question, "hint");

  for (size_t i = 0; combined_feedback[i] != NULL; i++)
    {
      g_autofree char *text = dup_child_text (question, combined_feedback[i]);
      g_autofree char *markup = tomo_draft_dup_feedback (draft, text, TOMO_QUIZ_FORMAT_AUTO);

      if (markup != NULL && !g_strv_contains (stock_feedback, markup))
        tomo_quiz_note (draft->quiz, draft->question->line,
                        /* Translators: %s is an element of Moodle XML such as ‘correctfeedback’ */
                        _("the text of <%s> is left out"), combined_feedback[i]);
    }
  for (unsigned int i = 0; i < hints->len; i++)
    {
      g_autofree char *text = g_strstrip (tomo_moodle_dup_text (g_ptr_array_index (hints, i)));

      if (text[0] != '\0')
        /* Translators: about a question that was imported */
        tomo_quiz_note (draft->quiz, draft->question->line, "%s", _("a hint is left out"));
    }
}

static void
read_name (TomoDraft *draft, xmlNode *question)
{
  g_autofree char *number = g_strstrip (dup_child_text (question, "idnumber"));
  g_autofree char *name = g_strstrip (dup_child_text (question, "name"));

  draft->question->name = number[0] != '\0' ? g_steal_pointer (&number) : g_steal_pointer (&name);
}

/**
 * tomo_moodle_question_read:
 * @quiz: what is filled
 * @element: a <question>
 * @type: its kind
 * @category: (nullable): where it was filed
 *
 * Takes the question into @quiz, or tells why not.
 */
void
tomo_moodle_question_read (TomoQuiz *quiz, xmlNode *element, const char *type, const char *category)
{
  g_auto(TomoDraft) draft;
  xmlNode *question_text = tomo_moodle_find_child (element, "questiontext");
  g_autofree char *text = tomo_moodle_dup_text (question_text);
  const KindRule *rule = NULL;
  long line = xmlGetLineNo (element);

  tomo_draft_init (&draft, quiz, line > 0 ? (unsigned int) line : 0);
  for (size_t i = 0; i < G_N_ELEMENTS (kind_rules); i++)
    if (g_str_equal (kind_rules[i].type, type))
      rule = &kind_rules[i];
  if (rule == NULL)
    {
      refuse_kind (&draft, type);
      tomo_draft_finish (&draft);
      return;
    }

  g_autoptr(GHashTable) files = list_files (element, question_text);

  draft.question->category = g_strdup (category);
  draft.format = read_format (question_text, TOMO_QUIZ_FORMAT_AUTO);
  read_name (&draft, element);
  tomo_draft_read_prompt (&draft, text, draft.format, files);
  add_old_picture (&draft, element, files);
  explain (&draft, tomo_moodle_find_child (element, "generalfeedback"));
  rule->read (&draft, element);
  note_losses (&draft, element);
  tomo_draft_finish (&draft);
}
