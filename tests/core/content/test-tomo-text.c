/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-text.h"

static TomoText *
parse_text (const char *runs)
{
  g_autoptr(GError) error = NULL;
  /* Floating in GLib 2.74 and not in 2.84. */
  g_autoptr(GVariant) variant = g_variant_take_ref (
      g_variant_parse (G_VARIANT_TYPE (TOMO_TEXT_VARIANT_TYPE), runs, NULL, NULL, &error));
  g_assert_no_error (error);

  return tomo_text_new (variant);
}

/* Runs come back as they were put in, and joined they are the plain text. */
static void
test_text_runs (void)
{
  g_autoptr(TomoText) text =
      parse_text ("[(0, 'Never ', ''), (2, 'pay', ''), (6, ' here', 'https://example.org')]");

  g_assert_cmpuint (tomo_text_get_n_runs (text), ==, 3);
  g_assert_false (tomo_text_is_empty (text));
  TomoTextRun run = tomo_text_get_run (text, 1);
  g_assert_cmpint (run.style, ==, TOMO_TEXT_STRONG);
  g_assert_cmpstr (run.text, ==, "pay");
  g_assert_cmpstr (run.argument, ==, "");
  g_assert_cmpstr (tomo_text_get_run (text, 2).argument, ==, "https://example.org");

  g_autofree char *plain = tomo_text_dup_plain (text);
  g_assert_cmpstr (plain, ==, "Never pay here");
}

/* A style of a later version is shown plain. */
static void
test_text_unknown_style (void)
{
  g_autoptr(TomoText) text = parse_text ("[(8, 'a', ''), (255, 'b', 'c')]");

  for (size_t i = 0; i < tomo_text_get_n_runs (text); i++)
    g_assert_cmpint (tomo_text_get_run (text, i).style, ==, TOMO_TEXT_PLAIN);
}

/* A paragraph without runs is empty, and lives as long as somebody holds it. */
static void
test_text_empty (void)
{
  TomoText *text = parse_text ("[]");
  g_autoptr(TomoText) again = tomo_text_ref (text);
  tomo_text_unref (text);

  g_assert_true (tomo_text_is_empty (again));
  g_autofree char *plain = tomo_text_dup_plain (again);
  g_assert_cmpstr (plain, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/text/runs", test_text_runs);
  g_test_add_func ("/text/unknown-style", test_text_unknown_style);
  g_test_add_func ("/text/empty", test_text_empty);
  return g_test_run ();
}
