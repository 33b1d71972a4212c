/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "author/pack/tomo-line-breaks.h"

#define ZWSP "\xe2\x80\x8b"

/* The three languages get marks between words, and only there; without the marks the text is what
 * it was. */
static void
test_line_breaks_languages (void)
{
  static const struct
  {
    const char *language;
    const char *text;
    const char *marked;
  } vectors[] = {
    { "lo", "ສະບາຍດີເພື່ອນ", "ສະບາຍດີ" ZWSP "ເພື່ອນ" },
    { "km", "សួស្តីពិភពលោក", "សួស្តី" ZWSP "ពិភពលោក" },
    { "my", "မင်္ဂလာပါကမ္ဘာ", NULL },
    { "my", "a b.", "a b." },
    { "th", "สวัสดีชาวโลก", "สวัสดีชาวโลก" },
    { "ja", "長いパスワード", "長いパスワード" },
    { "lo", "", "" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *marked =
          tomo_line_breaks_add_to_string (vectors[i].language, vectors[i].text);
      g_auto(GStrv) words = g_strsplit (marked, ZWSP, -1);
      g_autofree char *without = g_strjoinv ("", words);

      g_test_message ("%s: %s", vectors[i].language, marked);
      g_assert_cmpstr (without, ==, vectors[i].text);
      if (vectors[i].marked != NULL)
        g_assert_cmpstr (marked, ==, vectors[i].marked);
      else
        g_assert_cmpuint (g_strv_length (words), >, 1);
    }
}

/* No mark beside a space, a Latin letter, or at either end. */
static void
test_line_breaks_borders (void)
{
  g_autofree char *marked = tomo_line_breaks_add_to_string ("lo", "ເພື່ອນ ABC ເພື່ອນ (ເພື່ອນ)");

  g_assert_cmpstr (marked, ==, "ເພື່ອນ ABC ເພື່ອນ (ເພື່ອນ)");
}

/* Words are found across the pieces of a paragraph, and code is not touched. */
static void
test_line_breaks_pieces (void)
{
  TomoLinePiece pieces[] = {
    { g_strdup ("ສະບາຍດີ"), FALSE },
    { g_strdup ("ເພື່ອນ"), FALSE },
    { g_strdup ("ສະບາຍດີ"), TRUE },
    { g_strdup ("ເພື່ອນ"), FALSE },
  };

  tomo_line_breaks_add ("lo", pieces, G_N_ELEMENTS (pieces));
  g_assert_cmpstr (pieces[0].text, ==, "ສະບາຍດີ" ZWSP);
  g_assert_cmpstr (pieces[1].text, ==, "ເພື່ອນ" ZWSP);
  g_assert_cmpstr (pieces[2].text, ==, "ສະບາຍດີ");
  g_assert_cmpstr (pieces[3].text, ==, ZWSP "ເພື່ອນ");
  for (size_t i = 0; i < G_N_ELEMENTS (pieces); i++)
    g_free (pieces[i].text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/line-breaks/languages", test_line_breaks_languages);
  g_test_add_func ("/line-breaks/borders", test_line_breaks_borders);
  g_test_add_func ("/line-breaks/pieces", test_line_breaks_pieces);
  return g_test_run ();
}
