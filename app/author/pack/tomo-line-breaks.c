/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-line-breaks.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#define ZERO_WIDTH_SPACE "\xe2\x80\x8b"

/* Written without spaces, and Pango on the kiosk cannot find the words: measured, a Lao paragraph
 * had not one place to break. Thai is not here, because Pango has libthai. */
static const char *const languages[] = { "lo", "km", "my", NULL };

/**
 * tomo_line_breaks_are_needed:
 * @language: BCP 47
 *
 * Returns: %TRUE if texts of @language need marks where a line may break
 */
gboolean
tomo_line_breaks_are_needed (const char *language)
{
  g_auto(GStrv) subtags = g_strsplit (language, "-", 2);

  return subtags[0] != NULL && g_strv_contains (languages, subtags[0]);
}

/* Letters whose words only a dictionary can find. Between any others Pango knows the way. */
static gboolean
needs_dictionary (gunichar c)
{
  return u_getIntPropertyValue ((UChar32) c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;
}

/* Byte offsets in @text, ascending. */
static GArray *
find_breaks (const char *language, const char *text)
{
  GArray *breaks = g_array_new (FALSE, FALSE, sizeof (size_t));
  UErrorCode status = U_ZERO_ERROR;
  UText *utext = utext_openUTF8 (NULL, text, -1, &status);
  UBreakIterator *iterator = ubrk_open (UBRK_LINE, language, NULL, 0, &status);

  if (U_SUCCESS (status))
    ubrk_setUText (iterator, utext, &status);
  for (int32_t at = U_SUCCESS (status) ? ubrk_next (iterator) : UBRK_DONE; at != UBRK_DONE;
       at = ubrk_next (iterator))
    {
      size_t offset = (size_t) at;

      if (text[offset] != '\0' &&
          needs_dictionary (g_utf8_get_char (g_utf8_prev_char (text + offset))) &&
          needs_dictionary (g_utf8_get_char (text + offset)))
        g_array_append_val (breaks, offset);
    }

  if (iterator != NULL)
    ubrk_close (iterator);
  if (utext != NULL)
    utext_close (utext);
  return breaks;
}

/* The part of @breaks that falls into the piece from @start on goes into its text. A break at its
 * end belongs to it, one at its start to the piece before, unless that is fixed. */
static char *
dup_with_breaks (const char *text, size_t start, gboolean takes_start, const GArray *breaks)
{
  GString *result = g_string_new (NULL);
  size_t length = strlen (text);
  size_t done = 0;

  for (unsigned int i = 0; i < breaks->len; i++)
    {
      size_t offset = g_array_index (breaks, size_t, i);

      if (offset < start || offset > start + length || (offset == start && !takes_start))
        continue;
      g_string_append_len (result, text + done, (gssize) (offset - start - done));
      g_string_append (result, ZERO_WIDTH_SPACE);
      done = offset - start;
    }
  g_string_append (result, text + done);

  return g_string_free (result, FALSE);
}

/**
 * tomo_line_breaks_add:
 * @language: BCP 47
 * @pieces: (array length=n_pieces): of one paragraph
 * @n_pieces: how many
 *
 * Puts U+200B between the words of languages that need it, looking at the paragraph as a whole:
 * what stands in bold is often half of a compound. Does nothing for other languages.
 */
void
tomo_line_breaks_add (const char *language, TomoLinePiece *pieces, size_t n_pieces)
{
  if (!tomo_line_breaks_are_needed (language))
    return;

  g_autoptr(GString) whole = g_string_new (NULL);
  for (size_t i = 0; i < n_pieces; i++)
    g_string_append (whole, pieces[i].text);

  g_autoptr(GArray) breaks = find_breaks (language, whole->str);
  size_t start = 0;

  for (size_t i = 0; i < n_pieces; i++)
    {
      size_t length = strlen (pieces[i].text);
      gboolean takes_start = i > 0 && pieces[i - 1].is_fixed;

      if (!pieces[i].is_fixed && length > 0)
        {
          char *marked = dup_with_breaks (pieces[i].text, start, takes_start, breaks);

          g_free (pieces[i].text);
          pieces[i].text = marked;
        }
      start += length;
    }
}

/**
 * tomo_line_breaks_add_to_string:
 * @language: BCP 47
 * @text: a text without markup
 *
 * Does for one string what tomo_line_breaks_add() does for a paragraph.
 *
 * Returns: (transfer full): @text, perhaps with U+200B in it
 */
char *
tomo_line_breaks_add_to_string (const char *language, const char *text)
{
  TomoLinePiece piece = { g_strdup (text), FALSE };

  tomo_line_breaks_add (language, &piece, 1);
  return piece.text;
}
