/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/tomo-cli-text.h"

#include <stdio.h>
#include <string.h>

/* What moves the cursor, rings, or turns the line around, is no text. */
static gboolean
is_harmless (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  /* The joiners that Persian and Indic words need. */
  if (type == G_UNICODE_FORMAT)
    return c == 0x200c || c == 0x200d;

  return type != G_UNICODE_CONTROL && type != G_UNICODE_SURROGATE &&
         type != G_UNICODE_LINE_SEPARATOR && type != G_UNICODE_PARAGRAPH_SEPARATOR;
}

/**
 * tomo_cli_text_escape:
 * @text: foreign text: a file name from a stick, what a server said
 *
 * Makes one line of @text that does nothing to a terminal: control characters and what is no UTF-8
 * become `\xNN`, other invisible ones `\u{N}`.
 *
 * Returns: (transfer full): valid UTF-8 without control characters
 */
char *
tomo_cli_text_escape (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  GString *escaped = g_string_new (NULL);

  while (*text != '\0')
    {
      gunichar c = g_utf8_get_char_validated (text, -1);
      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          g_string_append_printf (escaped, "\\x%02x", (unsigned char) *text);
          text++;
          continue;
        }

      if (is_harmless (c))
        g_string_append_unichar (escaped, c);
      else if (c < 0x80)
        g_string_append_printf (escaped, "\\x%02x", c);
      else
        g_string_append_printf (escaped, "\\u{%x}", c);
      text = g_utf8_next_char (text);
    }

  return g_string_free (escaped, FALSE);
}

static size_t
count_columns (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;

  return g_unichar_iswide (c) ? 2 : 1;
}

/**
 * tomo_cli_text_measure:
 * @text: one line of UTF-8
 *
 * Counts the columns that @text takes on a terminal: a Japanese letter takes two, a vowel sign of
 * Thai none.
 *
 * Returns: the number of columns
 */
size_t
tomo_cli_text_measure (const char *text)
{
  g_return_val_if_fail (text != NULL, 0);

  size_t n_columns = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    n_columns += count_columns (g_utf8_get_char (text));

  return n_columns;
}

/**
 * tomo_cli_text_fit:
 * @text: one line of UTF-8
 * @columns: how wide it may be
 *
 * Cuts @text so that it does not wrap: a line that wraps cannot be overwritten. A Japanese letter
 * takes two columns.
 *
 * Returns: (transfer full): the first part of @text
 */
char *
tomo_cli_text_fit (const char *text, size_t columns)
{
  g_return_val_if_fail (text != NULL, NULL);

  const char *end = text;

  for (size_t used = 0; *end != '\0'; end = g_utf8_next_char (end))
    {
      used += count_columns (g_utf8_get_char (end));
      if (used > columns)
        break;
    }

  return g_strndup (text, (size_t) (end - text));
}

/**
 * tomo_cli_text_print_error:
 * @line: one line, with or without its end
 *
 * Prints @line on standard error, the one place where errors reach a terminal. They name what a
 * stick, a server or a partner said.
 */
void
tomo_cli_text_print_error (const char *line)
{
  size_t length = strlen (line);
  gboolean ends = length > 0 && line[length - 1] == '\n';
  g_autofree char *text = g_strndup (line, ends ? length - 1 : length);
  g_autofree char *escaped = tomo_cli_text_escape (text);

  fprintf (stderr, "%s%s", escaped, ends ? "\n" : "");
}
