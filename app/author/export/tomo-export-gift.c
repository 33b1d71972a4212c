/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/export/tomo-export-private.h"

#include <string.h>

#include "author/export/tomo-export-question.h"

/* Signs that mean something in GIFT stand behind a backslash. */
static void
append_escaped (GString *gift, const char *html)
{
  for (const char *p = html; *p != '\0'; p++)
    {
      if (strchr (":#={}~\\", *p) != NULL)
        g_string_append_c (gift, '\\');
      g_string_append_c (gift, *p == '\n' ? ' ' : *p);
    }
}

/* A text that begins as a mark or a weight would gets its format said once more. */
static void
append_text (GString *gift, const char *html)
{
  if (html[0] == '[' || html[0] == '%')
    g_string_append (gift, "[html]");
  append_escaped (gift, html);
}

static void
append_prompt (const TomoExport *self, GString *gift, const TomoSourceItem *item)
{
  g_autofree char *prompt = tomo_export_dup_html (self, item->prompt);
  GBytes *picture =
      item->picture != NULL ? g_hash_table_lookup (self->pictures, item->picture) : NULL;
  g_autofree char *image = picture != NULL ? tomo_export_dup_image (self, item, NULL) : NULL;

  g_string_append_printf (gift, "::%s::[html]", item->id);
  append_escaped (gift, prompt);
  if (image != NULL)
    append_escaped (gift, image);
}

static void
append_answer (GString *gift, const char *sign, const char *text, const char *feedback)
{
  g_string_append_printf (gift, "\n\t%s", sign);
  append_text (gift, text);
  if (feedback[0] != '\0')
    {
      g_string_append_c (gift, '#');
      append_text (gift, feedback);
    }
}

/* Points are shared by what is right; as much is lost for what is not. */
static void
append_choices (const TomoExport *self, GString *gift, const TomoSourceItem *item)
{
  gboolean is_single = tomo_export_is_single (item);
  const char *share = tomo_export_get_share (item);
  g_autofree char *plus = g_strdup_printf ("~%%%s%%", share);
  g_autofree char *minus = g_strdup_printf ("~%%-%s%%", share);

  for (unsigned int i = 0; i < item->choices->len; i++)
    {
      const TomoSourceChoice *choice = g_ptr_array_index (item->choices, i);
      g_autofree char *text = tomo_export_dup_html (self, choice->text);
      g_autofree char *feedback = tomo_export_dup_html (self, choice->feedback);

      if (is_single)
        append_answer (gift, choice->is_correct ? "=" : "~", text, feedback);
      else
        append_answer (gift, choice->is_correct ? plus : minus, text, feedback);
    }
}

/* GIFT has no order: each thing is put to its number. */
static void
append_pairs (const TomoExport *self, GString *gift, const TomoSourceItem *item)
{
  for (unsigned int i = 0; i < item->choices->len; i++)
    {
      const TomoSourceChoice *choice = g_ptr_array_index (item->choices, i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *text = tomo_export_dup_html (self, choice->text);
      g_autofree char *match = tomo_export_dup_html (self, choice->match);

      g_string_append (gift, "\n\t=");
      append_text (gift, item->kind == TOMO_ITEM_MATCH ? text : number);
      g_string_append (gift, " -> ");
      append_text (gift, item->kind == TOMO_ITEM_MATCH ? match : text);
    }
}

static void
append_answers (const TomoExport *self, GString *gift, const TomoSourceItem *item)
{
  switch (item->kind)
    {
    case TOMO_ITEM_SINGLE:
    case TOMO_ITEM_MULTIPLE:
    case TOMO_ITEM_HOTSPOT:
      append_choices (self, gift, item);
      break;
    case TOMO_ITEM_ORDER:
    case TOMO_ITEM_MATCH:
      append_pairs (self, gift, item);
      break;
    case TOMO_ITEM_TRUE_FALSE:
      g_string_append (gift, g_str_equal (item->answer, "true") ? "TRUE" : "FALSE");
      break;
    case TOMO_ITEM_NUMBER:
      g_string_append_printf (gift, "#%s:%s", item->answer,
                              item->tolerance != NULL ? item->tolerance : "0");
      break;
    case TOMO_ITEM_UNKNOWN:
    case TOMO_ITEM_TIP:
    default:
      g_assert_not_reached ();
    }
}

/**
 * tomo_export_gift:
 * @self: an export whose items are questions
 *
 * Returns: (transfer full): a file in GIFT
 */
GBytes *
tomo_export_gift (const TomoExport *self)
{
  GString *gift = g_string_new (NULL);
  g_autofree char *title = tomo_export_dup_plain (self, self->pack->title);

  g_string_append_printf (gift, "// %s (%s, %s)\n// %s\n", title, self->pack->id,
                          self->language->tag, self->pack->license);
  for (unsigned int i = 0; i < self->items->len; i++)
    {
      const TomoSourceItem *item = g_ptr_array_index (self->items, i);
      g_autofree char *explanation = tomo_export_dup_explanation (self, item);

      g_string_append_c (gift, '\n');
      append_prompt (self, gift, item);
      g_string_append (gift, " {");
      append_answers (self, gift, item);
      g_string_append (gift, "\n\t####");
      append_text (gift, explanation);
      g_string_append (gift, "\n}\n");
    }

  return g_string_free_to_bytes (gift);
}
