/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/export/tomo-export-private.h"

#include <string.h>

#include "author/export/tomo-export-question.h"

/* Characters, as Moodle’s list of questions shows them. */
#define MAX_NAME_CHARS 80

static const char *
get_type (const TomoSourceItem *item)
{
  switch (item->kind)
    {
    case TOMO_ITEM_SINGLE:
    case TOMO_ITEM_MULTIPLE:
    case TOMO_ITEM_HOTSPOT:
      return "multichoice";
    case TOMO_ITEM_TRUE_FALSE:
      return "truefalse";
    case TOMO_ITEM_ORDER:
      return "ordering";
    case TOMO_ITEM_MATCH:
      return "matching";
    case TOMO_ITEM_NUMBER:
      return "numerical";
    case TOMO_ITEM_UNKNOWN:
    case TOMO_ITEM_TIP:
    default:
      g_return_val_if_reached ("description");
    }
}

static void
append_text (GString *xml, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (xml, "<text>%s</text>", escaped);
}

static void
append_html (GString *xml, const char *element, const char *html)
{
  g_string_append_printf (xml, "  <%s format=\"html\">", element);
  append_text (xml, html);
  g_string_append_printf (xml, "</%s>\n", element);
}

/* The file goes beside the text that shows it. */
static void
append_prompt (const TomoExport *self, GString *xml, const TomoSourceItem *item)
{
  g_autofree char *prompt = tomo_export_dup_html (self, item->prompt);
  GBytes *png = item->picture != NULL ? g_hash_table_lookup (self->pictures, item->picture) : NULL;

  if (png == NULL)
    {
      append_html (xml, "questiontext", prompt);
      return;
    }

  size_t size = 0;
  const guchar *data = g_bytes_get_data (png, &size);
  g_autofree char *base64 = g_base64_encode (data, size);
  g_autofree char *src = g_strdup_printf ("@@PLUGINFILE@@/%s.png", item->picture);
  g_autofree char *image = tomo_export_dup_image (self, item, src);
  g_autofree char *html = g_strdup_printf ("<p>%s</p><p>%s</p>", prompt, image);

  g_string_append (xml, "  <questiontext format=\"html\">");
  append_text (xml, html);
  g_string_append_printf (xml,
                          "\n    <file name=\"%s.png\" path=\"/\" encoding=\"base64\">%s</file>"
                          "\n  </questiontext>\n",
                          item->picture, base64);
}

static void
append_answer (GString *xml, const char *fraction, const char *html, const char *feedback)
{
  g_string_append_printf (xml, "  <answer fraction=\"%s\" format=\"html\">", fraction);
  append_text (xml, html);
  g_string_append (xml, "<feedback format=\"html\">");
  append_text (xml, feedback);
  g_string_append (xml, "</feedback></answer>\n");
}

static void
append_choices (const TomoExport *self, GString *xml, const TomoSourceItem *item)
{
  gboolean is_single = tomo_export_is_single (item);
  g_autofree char *minus =
      is_single ? g_strdup ("0") : g_strconcat ("-", tomo_export_get_share (item), NULL);

  g_string_append_printf (xml,
                          "  <single>%s</single>\n  <shuffleanswers>true</shuffleanswers>\n"
                          "  <answernumbering>abc</answernumbering>\n",
                          is_single ? "true" : "false");
  for (unsigned int i = 0; i < item->choices->len; i++)
    {
      const TomoSourceChoice *choice = g_ptr_array_index (item->choices, i);
      g_autofree char *text = tomo_export_dup_html (self, choice->text);
      g_autofree char *feedback = tomo_export_dup_html (self, choice->feedback);

      append_answer (xml, choice->is_correct ? tomo_export_get_share (item) : minus, text,
                     feedback);
    }
}

static void
append_order (const TomoExport *self, GString *xml, const TomoSourceItem *item)
{
  g_string_append (xml, "  <layouttype>VERTICAL</layouttype>\n  <selecttype>ALL</selecttype>\n"
                        "  <selectcount>0</selectcount>\n"
                        "  <gradingtype>ABSOLUTE_POSITION</gradingtype>\n");
  for (unsigned int i = 0; i < item->choices->len; i++)
    {
      const TomoSourceChoice *choice = g_ptr_array_index (item->choices, i);
      g_autofree char *text = tomo_export_dup_html (self, choice->text);
      g_autofree char *place = g_strdup_printf ("%u.0000000", i + 1);

      append_answer (xml, place, text, "");
    }
}

static void
append_pairs (const TomoExport *self, GString *xml, const TomoSourceItem *item)
{
  g_string_append (xml, "  <shuffleanswers>true</shuffleanswers>\n");
  for (unsigned int i = 0; i < item->choices->len; i++)
    {
      const TomoSourceChoice *choice = g_ptr_array_index (item->choices, i);
      g_autofree char *text = tomo_export_dup_html (self, choice->text);
      /* Moodle’s answers to be matched are plain text. */
      g_autofree char *match = tomo_export_dup_plain (self, choice->match);

      g_string_append (xml, "  <subquestion format=\"html\">");
      append_text (xml, text);
      g_string_append (xml, "<answer>");
      append_text (xml, match);
      g_string_append (xml, "</answer></subquestion>\n");
    }
}

static void
append_answers (const TomoExport *self, GString *xml, const TomoSourceItem *item)
{
  gboolean is_true = g_strcmp0 (item->answer, "true") == 0;

  if (item->kind == TOMO_ITEM_TRUE_FALSE)
    {
      append_answer (xml, is_true ? "100" : "0", "true", "");
      append_answer (xml, is_true ? "0" : "100", "false", "");
    }
  else if (item->kind == TOMO_ITEM_NUMBER)
    {
      g_string_append (xml, "  <answer fraction=\"100\" format=\"moodle_auto_format\">");
      append_text (xml, item->answer);
      g_string_append_printf (xml, "<tolerance>%s</tolerance></answer>\n",
                              item->tolerance != NULL ? item->tolerance : "0");
    }
  else if (item->kind == TOMO_ITEM_ORDER)
    append_order (self, xml, item);
  else if (item->kind == TOMO_ITEM_MATCH)
    append_pairs (self, xml, item);
  else
    append_choices (self, xml, item);
}

static void
append_question (const TomoExport *self, GString *xml, const TomoSourceItem *item)
{
  g_autofree char *plain = tomo_export_dup_plain (self, item->prompt);
  g_autofree char *name =
      g_utf8_substring (plain, 0, MIN (g_utf8_strlen (plain, -1), MAX_NAME_CHARS));
  g_autofree char *explanation = tomo_export_dup_explanation (self, item);

  g_string_append_printf (xml, "<question type=\"%s\">\n  <name>", get_type (item));
  append_text (xml, name);
  g_string_append (xml, "</name>\n");
  append_prompt (self, xml, item);
  append_html (xml, "generalfeedback", explanation);
  g_string_append_printf (xml, "  <defaultgrade>1</defaultgrade>\n  <idnumber>%s</idnumber>\n",
                          item->id);
  append_answers (self, xml, item);
  g_string_append (xml, "</question>\n");
}

/**
 * tomo_export_moodle:
 * @self: an export whose items are questions
 *
 * Returns: (transfer full): a file of Moodle XML
 */
GBytes *
tomo_export_moodle (const TomoExport *self)
{
  GString *xml = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n");
  g_autofree char *title = tomo_export_dup_plain (self, self->pack->title);
  g_auto(GStrv) parts = g_strsplit (title, "/", -1);
  /* A slash in a name of a category is written twice. */
  g_autofree char *doubled = g_strjoinv ("//", parts);
  g_autofree char *category = g_strconcat ("$course$/top/", doubled, NULL);

  g_string_append (xml, "<question type=\"category\">\n  <category>");
  append_text (xml, category);
  g_string_append (xml, "</category>\n</question>\n");
  for (unsigned int i = 0; i < self->items->len; i++)
    append_question (self, xml, g_ptr_array_index (self->items, i));
  g_string_append (xml, "</quiz>\n");

  return g_string_free_to_bytes (xml);
}
