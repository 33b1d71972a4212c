/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/tomo-options.h"

static TomoOptions *
parse (const char *line, GError **error)
{
  g_auto(GStrv) arguments = g_strsplit (line, " ", -1);
  return tomo_options_parse (arguments, error);
}

/* Every option arrives where it belongs. */
static void
test_options_all (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoOptions) options =
      parse ("tomoshibi --kiosk --no-cursor --store /s --campaign c --language th --size 1024x600",
             &error);

  g_assert_no_error (error);
  g_assert_true (options->is_kiosk && options->hides_cursor);
  g_assert_cmpstr (options->store, ==, "/s");
  g_assert_cmpstr (options->campaign, ==, "c");
  g_assert_cmpstr (options->language, ==, "th");
  g_assert_null (options->preview);
  g_assert_cmpint (options->width_px, ==, 1024);
  g_assert_cmpint (options->height_px, ==, 600);
}

static const struct
{
  const char *line;
  int code;
} mistakes[] = {
  { "tomoshibi --no-such-option", G_OPTION_ERROR_UNKNOWN_OPTION },
  { "tomoshibi something", G_OPTION_ERROR_UNKNOWN_OPTION },
  { "tomoshibi --kiosk --preview /p", G_OPTION_ERROR_BAD_VALUE },
  { "tomoshibi --language klingon", G_OPTION_ERROR_BAD_VALUE },
  { "tomoshibi --size large", G_OPTION_ERROR_BAD_VALUE },
  { "tomoshibi --size 1024x600x2", G_OPTION_ERROR_BAD_VALUE },
  { "tomoshibi --size 10x10", G_OPTION_ERROR_BAD_VALUE },
  { "tomoshibi --store", G_OPTION_ERROR_BAD_VALUE },
};

/* A mistake is named and gives nothing else. */
static void
test_options_mistakes (void)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("%s", mistakes[i].line);
      g_assert_null (parse (mistakes[i].line, &error));
      g_assert_error (error, G_OPTION_ERROR, mistakes[i].code);
    }
}

/* The version names the libraries, for bug reports, and the languages that visitors are offered. */
static void
test_options_version (void)
{
  g_autofree char *version = tomo_options_dup_version ();

  g_assert_nonnull (g_strstr_len (version, -1, "GTK 4."));
  g_assert_nonnull (g_strstr_len (version, -1, "OpenSSL 3"));
  g_assert_nonnull (g_strstr_len (version, -1, "\nlanguages: en"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/kiosk/options/all", test_options_all);
  g_test_add_func ("/kiosk/options/mistakes", test_options_mistakes);
  g_test_add_func ("/kiosk/options/version", test_options_version);
  return g_test_run ();
}
