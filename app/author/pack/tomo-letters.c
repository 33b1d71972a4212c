/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-letters.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

/* Between one of these and a letter there is no boundary since Unicode 15.1 (rule GB9c of UAX #29),
 * and for the last two since 16. Debian 12 has ICU 72, which still sees one: without this list the
 * same text would have more letters there than on Debian 13. */
static const gunichar conjoiners[] = {
  0x094d, /* Devanagari */
  0x09cd, /* Bengali */
  0x0acd, /* Gujarati */
  0x0b4d, /* Oriya */
  0x0c4d, /* Telugu */
  0x0d4d, /* Malayalam */
  0x1039, /* Myanmar */
  0x17d2, /* Khmer */
};
#define ZERO_WIDTH_JOINER 0x200d

static gboolean
is_conjoiner (gunichar c)
{
  for (size_t i = 0; i < G_N_ELEMENTS (conjoiners); i++)
    if (conjoiners[i] == c)
      return TRUE;

  return FALSE;
}

/* Whether the letters before and after @at are written as one. */
static gboolean
is_conjunct (const char *text, const char *at)
{
  const char *before = at > text ? g_utf8_prev_char (at) : text;

  if (before > text && g_utf8_get_char (before) == ZERO_WIDTH_JOINER)
    before = g_utf8_prev_char (before);

  return is_conjoiner (g_utf8_get_char (before)) && g_unichar_isalpha (g_utf8_get_char (at)) &&
         g_unichar_get_script (g_utf8_get_char (before)) ==
             g_unichar_get_script (g_utf8_get_char (at));
}

/**
 * tomo_letters_count:
 * @text: UTF-8
 *
 * Counts what a reader would: a letter with its accents, vowel signs and conjuncts is one, as is an
 * emoji of several parts, a space or a Chinese character.
 *
 * Returns: a number of letters
 */
unsigned int
tomo_letters_count (const char *text)
{
  g_return_val_if_fail (text != NULL, 0);

  unsigned int n_letters = 0;
  UErrorCode status = U_ZERO_ERROR;
  UText *utext = utext_openUTF8 (NULL, text, -1, &status);
  UBreakIterator *iterator = ubrk_open (UBRK_CHARACTER, "", NULL, 0, &status);

  if (U_SUCCESS (status))
    ubrk_setUText (iterator, utext, &status);
  for (int32_t at = U_SUCCESS (status) ? ubrk_next (iterator) : UBRK_DONE; at != UBRK_DONE;
       at = ubrk_next (iterator))
    n_letters += !is_conjunct (text, text + at);

  if (iterator != NULL)
    ubrk_close (iterator);
  if (utext != NULL)
    utext_close (utext);
  return n_letters;
}
