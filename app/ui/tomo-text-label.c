/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-text-label.h"

#include <string.h>

#include "ui/tomo-phrases.h"
#include "ui/tomo-script.h"

#define LEFT_TO_RIGHT_ISOLATE "\xe2\x81\xa6"
#define POP_DIRECTIONAL_ISOLATE "\xe2\x81\xa9"

/* What is typed or shown exactly so stays on one line up to this length; what is longer must be
 * able to break, or it would push a narrow screen apart. */
#define MAX_UNBROKEN_CHARS 16

/* A column is never narrower than this. Without it GTK finds how narrow a text can get by giving
 * each letter a line of its own, and shapes each of them: half the work of laying a page out. The
 * labels of templates say the same. */
#define MIN_WIDTH_CHARS 4

/* Of a title in Chinese or Japanese, with the sign at its end. */
#define N_LETTERS_TOGETHER 4

/**
 * tomo_text_label_new:
 * @text: what it says; may be empty
 *
 * Makes a label for running text: it wraps wherever its language allows, and inside a word rather
 * than getting wider than the screen.
 *
 * Returns: (transfer floating): a label
 */
GtkWidget *
tomo_text_label_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), MIN_WIDTH_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0);
  return label;
}

static void
insert_attribute (PangoAttrList *attributes, PangoAttribute *attribute, size_t start, size_t end)
{
  attribute->start_index = (guint) start;
  attribute->end_index = (guint) end;
  pango_attr_list_insert (attributes, attribute);
}

/* What a visitor may type into a browser: it is read from left to right in every language, and a
 * line break in it would be read as a sign. */
static gboolean
is_address (const TomoTextRun *run)
{
  return run->style == TOMO_TEXT_LINK && g_str_has_prefix (run->text, "https://");
}

static void
style_address (PangoAttrList *attributes, const TomoTextRun *run, size_t start, size_t end)
{
  insert_attribute (attributes, pango_attr_family_new ("Noto Sans Mono, monospace"), start, end);
  if (g_utf8_strlen (run->text, -1) <= MAX_UNBROKEN_CHARS)
    insert_attribute (attributes, pango_attr_allow_breaks_new (FALSE), start, end);
}

/* Slanted letters do not exist in most scripts, so weight alone tells. */
static void
style_run (PangoAttrList *attributes, const TomoTextRun *run, size_t start, size_t end)
{
  switch (run->style)
    {
    case TOMO_TEXT_EM:
      insert_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_SEMIBOLD), start, end);
      break;
    case TOMO_TEXT_STRONG:
    case TOMO_TEXT_UI:
    case TOMO_TEXT_REPORT:
      insert_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
      break;
    case TOMO_TEXT_CODE:
      style_address (attributes, run, start, end);
      break;
    case TOMO_TEXT_TERM:
      insert_attribute (attributes, pango_attr_underline_new (PANGO_UNDERLINE_LOW), start, end);
      break;
    case TOMO_TEXT_LINK: /* a kiosk follows no links: the source stands below with its address */
      if (is_address (run))
        style_address (attributes, run, start, end);
      break;
    case TOMO_TEXT_PLAIN:
    default:
      break;
    }
}

static void
append_run (GString *string, const TomoTextRun *run, const char *language)
{
  if (run->style == TOMO_TEXT_REPORT)
    g_string_append (string, tomo_phrases_get_report (run->argument, language));
  else if (run->style == TOMO_TEXT_CODE || is_address (run))
    g_string_append_printf (string, "%s%s%s", LEFT_TO_RIGHT_ISOLATE, run->text,
                            POP_DIRECTIONAL_ISOLATE);
  else
    g_string_append (string, run->text);
}

/**
 * tomo_text_label_set_runs:
 * @label: a label
 * @text: a paragraph of an item
 * @language: the item's language
 *
 * Shows @text. Styles become attributes: nothing that comes from a pack is ever read as markup.
 * Reports are filled in the item's language, so that no sentence is half in another one.
 */
void
tomo_text_label_set_runs (GtkLabel *label, TomoText *text, const char *language)
{
  g_return_if_fail (GTK_IS_LABEL (label));
  g_return_if_fail (text != NULL);

  g_autoptr(GString) string = g_string_new (NULL);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  for (size_t i = 0; i < tomo_text_get_n_runs (text); i++)
    {
      TomoTextRun run = tomo_text_get_run (text, i);
      size_t start = string->len;
      append_run (string, &run, language);
      style_run (attributes, &run, start, string->len);
    }

  gtk_label_set_text (label, string->str);
  gtk_label_set_attributes (label, attributes);
  tomo_script_mark_content (GTK_WIDGET (label), tomo_text_get_recording (text));
}

static gboolean
is_chinese_or_japanese (gunichar letter)
{
  GUnicodeScript script = g_unichar_get_script (letter);

  return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA ||
         script == G_UNICODE_SCRIPT_KATAKANA;
}

/**
 * tomo_text_label_set_title:
 * @label: a label
 * @text: a heading, or the name of a thing
 *
 * Shows @text. Chinese and Japanese may go on in a new line behind nearly every letter; a title
 * with a single one in its last line looks like a mistake, so its end stays together.
 */
void
tomo_text_label_set_title (GtkLabel *label, const char *text)
{
  g_return_if_fail (GTK_IS_LABEL (label));
  g_return_if_fail (text != NULL);

  glong n_letters = g_utf8_strlen (text, -1);
  const char *end = g_utf8_offset_to_pointer (text, MAX (0, n_letters - N_LETTERS_TOGETHER));
  g_autoptr(PangoAttrList) attributes = NULL;

  if (is_chinese_or_japanese (g_utf8_get_char (end)))
    {
      attributes = pango_attr_list_new ();
      insert_attribute (attributes, pango_attr_allow_breaks_new (FALSE), (size_t) (end - text),
                        strlen (text));
    }
  gtk_label_set_text (label, text);
  gtk_label_set_attributes (label, attributes);
}

/**
 * tomo_text_label_set_part_language:
 * @label: a label whose text holds @part
 * @part: a name in another language
 * @language: (nullable): that language, or %NULL if nobody knows
 *
 * Draws @part with the letters of @language: the same character has one shape in Japanese and
 * another in Chinese. How the label runs and aligns stays as it is.
 */
void
tomo_text_label_set_part_language (GtkLabel *label, const char *part, const char *language)
{
  g_return_if_fail (GTK_IS_LABEL (label));
  g_return_if_fail (part != NULL);

  const char *text = gtk_label_get_text (label);
  const char *found = strstr (text, part);
  if (language == NULL || found == NULL)
    return;

  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();
  size_t start = (size_t) (found - text);
  insert_attribute (attributes, pango_attr_language_new (pango_language_from_string (language)),
                    start, start + strlen (part));
  gtk_label_set_attributes (label, attributes);
}

/**
 * tomo_text_label_dup_plain:
 * @text: a paragraph of an item
 * @language: the item's language
 *
 * Writes @text without styles, as a screen reader says it.
 *
 * Returns: (transfer full): the words
 */
char *
tomo_text_label_dup_plain (TomoText *text, const char *language)
{
  g_autoptr(GString) string = g_string_new (NULL);

  for (size_t i = 0; i < tomo_text_get_n_runs (text); i++)
    {
      TomoTextRun run = tomo_text_get_run (text, i);
      if (run.style == TOMO_TEXT_REPORT)
        g_string_append (string, tomo_phrases_get_report (run.argument, language));
      else
        g_string_append (string, run.text);
    }

  return g_string_free (g_steal_pointer (&string), FALSE);
}
