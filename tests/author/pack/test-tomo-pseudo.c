/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-pseudo.h"

#include <string.h>

/* What must come through comes through; letters change, and texts grow and get brackets. */
static void
test_pseudo_accents (void)
{
  static const struct
  {
    const char *text;
    TomoPseudoFlags flags;
    const char *translation;
  } vectors[] = {
    { "", TOMO_PSEUDO_PLAIN, "" },
    { "Back", TOMO_PSEUDO_PLAIN, "[Ɓåçķ]" },
    { "Read more", TOMO_PSEUDO_PLAIN, "[Ŕéåđ ɱöŕé öñé]" },
    { "{tips} · {questions}", TOMO_PSEUDO_PLAIN, "[{tips} · {questions}]" },
    { "50 %s %-10s", TOMO_PSEUDO_PRINTF, "[50 %s %-10s]" },
    { "a <em>b</em> &amp; c", TOMO_PSEUDO_MARKUP, "[å <em>ƀ</em> &amp; ç öñé]" },
    { "\nHelp\n", TOMO_PSEUDO_PLAIN, "\n[Ĥéļþ]\n" },
    { "a { b } < c", TOMO_PSEUDO_MARKUP, "[å { ƀ } < ç öñé]" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *translation =
          tomo_pseudo_translate (TOMO_PSEUDO_ACCENTS, vectors[i].text, vectors[i].flags);

      g_test_message ("%s", vectors[i].text);
      g_assert_cmpstr (translation, ==, vectors[i].translation);
    }
}

/* A paragraph grows by two fifths, give or take a word. */
static void
test_pseudo_expansion (void)
{
  static const char text[] =
      "Whoever hurries you wants you not to think, so take your time and ask "
      "somebody you know before you press anything.";
  g_autofree char *translation =
      tomo_pseudo_translate (TOMO_PSEUDO_ACCENTS, text, TOMO_PSEUDO_PLAIN);
  long n_letters = g_utf8_strlen (text, -1);
  long n_grown = g_utf8_strlen (translation, -1);

  g_assert_cmpint (n_grown * 100, >=, n_letters * 140);
  g_assert_cmpint (n_grown * 100, <=, n_letters * 147);
}

/* Each word is turned by itself, so that lines still break in the order of reading. */
static void
test_pseudo_mirrored (void)
{
  g_autofree char *translation =
      tomo_pseudo_translate (TOMO_PSEUDO_MIRRORED, "By {name}, <em>now</em>", TOMO_PSEUDO_MARKUP);

  g_assert_cmpstr (translation, ==,
                   "\u200f\u202eBy\u202c\u200f {name}\u200f\u202e,\u202c\u200f "
                   "<em>\u200f\u202enow\u202c\u200f</em>");
}

/* Only the two languages that are made by a rule are. */
static void
test_pseudo_languages (void)
{
  TomoPseudo pseudo = TOMO_PSEUDO_MIRRORED;

  g_assert_true (tomo_pseudo_from_language ("en-xa", &pseudo));
  g_assert_cmpint (pseudo, ==, TOMO_PSEUDO_ACCENTS);
  g_assert_true (tomo_pseudo_from_language ("ar-XB", &pseudo));
  g_assert_cmpint (pseudo, ==, TOMO_PSEUDO_MIRRORED);
  g_assert_false (tomo_pseudo_from_language ("ar", &pseudo));
  g_assert_false (tomo_pseudo_from_language ("en", &pseudo));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/pseudo/accents", test_pseudo_accents);
  g_test_add_func ("/pseudo/expansion", test_pseudo_expansion);
  g_test_add_func ("/pseudo/mirrored", test_pseudo_mirrored);
  g_test_add_func ("/pseudo/languages", test_pseudo_languages);
  return g_test_run ();
}
