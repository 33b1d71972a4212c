/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/export/tomo-export-sheet.h"

#include <glib/gi18n-lib.h>

#include "author/export/tomo-export-question.h"
#include "author/export/tomo-words.h"

/* What there is to do with a pencil. */
static const char *
get_task (const TomoSourceItem *item)
{
  switch (item->kind)
    {
    case TOMO_ITEM_SINGLE:
      /* Translators: on a printed sheet, above the possible answers */
      return tomo_words_get (NULL, N_("Mark one answer."));
    case TOMO_ITEM_MULTIPLE:
      /* Translators: on a printed sheet, above the possible answers */
      return tomo_words_get (NULL, N_("Mark all answers that are right."));
    case TOMO_ITEM_TRUE_FALSE:
      /* Translators: on a printed sheet, above the words “True” and “False” */
      return tomo_words_get (NULL, N_("Is this true or false?"));
    case TOMO_ITEM_ORDER:
      /* Translators: on a printed sheet, above things with a box before each */
      return tomo_words_get (NULL, N_("Number these in the right order."));
    case TOMO_ITEM_MATCH:
      /* Translators: on a printed sheet, above two lists, one with numbers and one with letters */
      return tomo_words_get (NULL, N_("Which letter belongs to which number?"));
    case TOMO_ITEM_NUMBER:
      /* Translators: on a printed sheet, before a line to write on */
      return tomo_words_get (NULL, N_("Write a number:"));
    case TOMO_ITEM_HOTSPOT:
      /* Translators: on a printed sheet, between a picture and a list of what is in it */
      return tomo_words_get (NULL, N_("Circle it in the picture, or mark it here."));
    case TOMO_ITEM_UNKNOWN:
    case TOMO_ITEM_TIP:
    default:
      return "";
    }
}

/* The same shuffle each time, and never the order it was in: where things begin follows from the
 * id, and they are told from there on. */
static unsigned int
get_shift (const TomoSourceItem *item)
{
  return item->choices->len > 1 ? 1 + g_str_hash (item->id) % (item->choices->len - 1) : 0;
}

static const TomoSourceChoice *
get_shuffled (const TomoSourceItem *item, unsigned int index)
{
  return g_ptr_array_index (item->choices, (index + get_shift (item)) % item->choices->len);
}

static void
append_list (const TomoExport *self,
             GString *html,
             const TomoSourceItem *item,
             const char *list,
             gboolean is_shuffled)
{
  g_string_append_printf (html, "<%s>\n", list);
  for (unsigned int i = 0; i < item->choices->len; i++)
    {
      const TomoSourceChoice *choice =
          is_shuffled ? get_shuffled (item, i) : g_ptr_array_index (item->choices, i);
      g_autofree char *text = tomo_export_dup_html (self, choice->text);

      g_string_append_printf (html, "<li>%s</li>\n", text);
    }
  g_string_append_printf (html, "</%.2s>\n", list);
}

static void
append_letters (const TomoExport *self, GString *html, const TomoSourceItem *item)
{
  g_string_append (html, "<ol class=\"letters\">\n");
  for (unsigned int i = 0; i < item->choices->len; i++)
    {
      g_autofree char *match = tomo_export_dup_html (self, get_shuffled (item, i)->match);

      g_string_append_printf (html, "<li>%s</li>\n", match);
    }
  g_string_append (html, "</ol>\n");
}

/**
 * tomo_export_sheet_append_question:
 * @self: an export
 * @html: what is added to
 * @item: a question
 * @number: of it on the sheet
 *
 * Writes a question with room to answer it.
 */
void
tomo_export_sheet_append_question (const TomoExport *self,
                                   GString *html,
                                   const TomoSourceItem *item,
                                   unsigned int number)
{
  g_autofree char *prompt = tomo_export_dup_html (self, item->prompt);

  g_string_append_printf (html, "<section class=\"question\">\n<h2>%u. %s</h2>\n", number, prompt);
  if (item->picture != NULL)
    {
      g_autofree char *image = tomo_export_dup_image (self, item, NULL);
      g_string_append_printf (html, "%s\n", image);
    }
  g_string_append_printf (html, "<p><bdi>%s</bdi>", get_task (item));
  if (item->kind == TOMO_ITEM_NUMBER)
    g_string_append (html, " <span class=\"blank\">&nbsp;</span>");
  g_string_append (html, "</p>\n");

  if (item->kind == TOMO_ITEM_TRUE_FALSE)
    g_string_append_printf (html, "<ul class=\"boxes\">\n<li>%s</li>\n<li>%s</li>\n</ul>\n",
                            /* Translators: answer to “is this true or false?” */
                            tomo_words_get ("answer", NC_("answer", "True")),
                            /* Translators: answer to “is this true or false?” */
                            tomo_words_get ("answer", NC_("answer", "False")));
  else if (item->kind == TOMO_ITEM_MATCH)
    {
      append_list (self, html, item, "ol", FALSE);
      append_letters (self, html, item);
    }
  else if (item->choices->len > 0)
    append_list (self, html, item, "ul class=\"boxes\"", item->kind == TOMO_ITEM_ORDER);
  g_string_append (html, "</section>\n");
}

static void
append_right (const TomoExport *self, GString *html, const TomoSourceItem *item)
{
  g_string_append (html, item->kind == TOMO_ITEM_ORDER ? "<ol>\n" : "<ul>\n");
  for (unsigned int i = 0; i < item->choices->len; i++)
    {
      const TomoSourceChoice *choice = g_ptr_array_index (item->choices, i);
      g_autofree char *text = tomo_export_dup_html (self, choice->text);
      g_autofree char *match = tomo_export_dup_html (self, choice->match);

      if (item->kind == TOMO_ITEM_MATCH)
        g_string_append_printf (html, "<li>%s – %s</li>\n", text, match);
      else if (choice->is_correct || item->kind == TOMO_ITEM_ORDER)
        g_string_append_printf (html, "<li><strong>%s</strong></li>\n", text);
    }
  if (item->kind == TOMO_ITEM_TRUE_FALSE)
    g_string_append_printf (html, "<li><strong>%s</strong></li>\n",
                            g_str_equal (item->answer, "true")
                                ? tomo_words_get ("answer", NC_("answer", "True"))
                                : tomo_words_get ("answer", NC_("answer", "False")));
  else if (item->kind == TOMO_ITEM_NUMBER)
    g_string_append_printf (html, "<li><strong dir=\"ltr\">%s%s%s</strong></li>\n", item->answer,
                            item->tolerance != NULL ? " ± " : "",
                            item->tolerance != NULL ? item->tolerance : "");
  g_string_append (html, item->kind == TOMO_ITEM_ORDER ? "</ol>\n" : "</ul>\n");
}

/* What a teacher says to who has chosen that. */
static void
append_feedback (const TomoExport *self, GString *html, const TomoSourceItem *item)
{
  g_autoptr(GString) list = g_string_new (NULL);

  for (unsigned int i = 0; i < item->choices->len; i++)
    {
      const TomoSourceChoice *choice = g_ptr_array_index (item->choices, i);
      g_autofree char *text = tomo_export_dup_html (self, choice->text);
      g_autofree char *feedback = tomo_export_dup_html (self, choice->feedback);

      if (feedback[0] != '\0')
        g_string_append_printf (list, "<dt>%s</dt>\n<dd>%s</dd>\n", text, feedback);
    }
  if (list->len > 0)
    g_string_append_printf (html, "<dl>\n%s</dl>\n", list->str);
}

/**
 * tomo_export_sheet_append_answer:
 * @self: an export
 * @html: what is added to
 * @item: a question
 * @number: of it on the sheet
 *
 * Writes what is right, why, and what to say to who chose otherwise.
 */
void
tomo_export_sheet_append_answer (const TomoExport *self,
                                 GString *html,
                                 const TomoSourceItem *item,
                                 unsigned int number)
{
  g_autofree char *prompt = tomo_export_dup_html (self, item->prompt);
  g_autofree char *explanation = tomo_export_dup_html (self, item->explanation);

  g_string_append_printf (html, "<section class=\"answer\">\n<h3>%u. %s</h3>\n", number, prompt);
  append_right (self, html, item);
  g_string_append_printf (html, "<p>%s</p>\n", explanation);
  append_feedback (self, html, item);
  g_string_append (html, "</section>\n");
}
