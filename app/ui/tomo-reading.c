/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-reading.h"

#include "core/content/tomo-language.h"

/* Slow readers are given their time. Where words are not written apart, characters stand for them.
 */
#define WORDS_A_MINUTE 80

static const struct
{
  const char *script;
  unsigned int characters_a_word;
} unspaced[] = {
  { "Jpan", 2 }, { "Hans", 2 }, { "Hant", 2 }, { "Thai", 5 },
  { "Laoo", 5 }, { "Khmr", 5 }, { "Mymr", 5 },
};

/* Zero where blanks are between words. */
static unsigned int
get_characters_a_word (const char *language)
{
  const TomoLanguage *row = tomo_language_find (language);

  for (unsigned int i = 0; row != NULL && i < G_N_ELEMENTS (unspaced); i++)
    {
      if (g_str_equal (row->script, unspaced[i].script))
        return unspaced[i].characters_a_word;
    }

  return 0;
}

static unsigned int
count_words (const char *text, unsigned int characters_a_word)
{
  unsigned int n_words = 0;
  unsigned int n_characters = 0;
  gboolean is_in_word = FALSE;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gboolean is_letter =
          g_unichar_isgraph (g_utf8_get_char (c)) && !g_unichar_ismark (g_utf8_get_char (c));
      if (is_letter)
        n_characters++;
      if (is_letter && !is_in_word)
        n_words++;
      is_in_word = g_unichar_isgraph (g_utf8_get_char (c));
    }

  return (characters_a_word == 0) ? n_words
                                  : (n_characters + characters_a_word - 1) / characters_a_word;
}

/**
 * tomo_reading_count_secs:
 * @text: what is to be read
 * @language: its language
 *
 * Returns: how many seconds that takes at eighty words a minute
 */
unsigned int
tomo_reading_count_secs (const char *text, const char *language)
{
  return count_words (text, get_characters_a_word (language)) * 60 / WORDS_A_MINUTE;
}

static unsigned int
count_widget_words (GtkWidget *widget)
{
  unsigned int n_words = 0;

  if (!gtk_widget_get_visible (widget))
    return 0;

  if (GTK_IS_LABEL (widget))
    {
      PangoLanguage *language = pango_context_get_language (gtk_widget_get_pango_context (widget));
      return count_words (gtk_label_get_text (GTK_LABEL (widget)),
                          get_characters_a_word (pango_language_to_string (language)));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_words += count_widget_words (child);

  return n_words;
}

/**
 * tomo_reading_count_widget_secs:
 * @widget: a widget whose language was set
 *
 * Returns: how many seconds it takes to read every label that stands on @widget
 */
unsigned int
tomo_reading_count_widget_secs (GtkWidget *widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), 0);
  return count_widget_words (widget) * 60 / WORDS_A_MINUTE;
}
