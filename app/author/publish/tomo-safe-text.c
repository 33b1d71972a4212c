/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-safe-text.h"

/* A place to break a line, which our own build writes into Lao, Khmer and Burmese. */
#define ZERO_WIDTH_SPACE 0x200b

/* Joiners belong to the spelling of Persian and of the scripts of India. */
static gboolean
is_shown (gunichar c)
{
  return c == 0x200c || c == 0x200d || (g_unichar_isprint (c) && !(c >= 0xe0000 && c <= 0xe0fff));
}

/**
 * tomo_safe_text_escape:
 * @text: foreign text
 *
 * Spells out what has an effect and no form: control characters, changes of direction, tags.
 *
 * Returns: (transfer full): UTF-8 of one line, such as ‘a\u{202E}b’
 */
char *
tomo_safe_text_escape (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *safe = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      if (is_shown (c))
        g_string_append_unichar (safe, c);
      else if (c != ZERO_WIDTH_SPACE)
        g_string_append_printf (safe, "\\u{%04X}", c);
    }

  return g_string_free (safe, FALSE);
}
