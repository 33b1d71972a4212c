/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-target-path.h"

#include "core/tomo-error.h"

#define HEX64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* The paths of design.md pass; nothing passes that a file system or a URL could take otherwise. */
static void
test_target_path_check (void)
{
  static const struct
  {
    const char *path;
    gboolean is_good;
  } vectors[] = {
    { "jp/packs/accounts/ja.k1.gz", TRUE },
    { "jp/packs/accounts/zh-hant.k1.gz", TRUE },
    { "jp/media/" HEX64 ".png", TRUE },
    { "jp-th/notices/2026-11.ja.k1.gz", TRUE },
    { "jp/contact/ja.k1.gz", TRUE },
    { "campaign/campaign.k1.gz", TRUE },
    { "a/b", TRUE },
    { "jp/" HEX64, TRUE },
    { "jp/com10/x", TRUE },
    { "jp/console/x", TRUE },
    { "", FALSE },
    { "/", FALSE },
    { "jp", FALSE },
    { "jp/", FALSE },
    { "/jp/x", FALSE },
    { "jp//x", FALSE },
    { "a/b/c/d/e", FALSE },
    { "jp/../x", FALSE },
    { "jp/./x", FALSE },
    { "jp/a..b", FALSE },
    { "jp/.a", FALSE },
    { "jp/a.", FALSE },
    { "jp/-a", FALSE },
    { "jp/a-", FALSE },
    { "jp/A", FALSE },
    { "jp/a b", FALSE },
    { "jp/a%2fb", FALSE },
    { "jp/a\\b", FALSE },
    { "jp/a:b", FALSE },
    { "jp/a\nb", FALSE },
    { "jp/\xc3\xa9", FALSE },
    { "jp/con", FALSE },
    { "jp/nul.k1.gz", FALSE },
    { "aux/x", FALSE },
    { "jp/prn.tar.gz", FALSE },
    { "jp/com0", FALSE },
    { "jp/lpt9.png", FALSE },
    { "jp/" HEX64 "a", FALSE },
    { "jp/packs/" HEX64 ".png", FALSE },
    { "jp/media/x/" HEX64 ".png", FALSE },
    { "jp/media/" HEX64 HEX64, FALSE },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      gboolean is_good = tomo_target_path_check (vectors[i].path, &error);

      g_autofree char *shown = g_strescape (vectors[i].path, NULL);
      g_test_message ("‘%s’", shown);
      g_assert_cmpint (is_good, ==, vectors[i].is_good);
      if (is_good)
        g_assert_no_error (error);
      else
        g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
    }
}

/* Stars and question marks stay within their component, and brackets are ordinary characters. */
static void
test_target_path_matches (void)
{
  static const struct
  {
    const char *pattern;
    const char *path;
    gboolean matches;
  } vectors[] = {
    { "jp/*", "jp/a", TRUE },
    { "jp/*", "jp/", TRUE },
    { "jp/*", "jp/a/b", FALSE },
    { "jp/*", "th/a", FALSE },
    { "jp/*/*", "jp/a/b", TRUE },
    { "jp/*/*", "jp/a", FALSE },
    { "*", "a", TRUE },
    { "*", "", TRUE },
    { "*", "a/b", FALSE },
    { "*/*", "a/b", TRUE },
    { "**", "abc", TRUE },
    { "**", "a/b", FALSE },
    { "a*b*c", "aXbXbc", TRUE },
    { "a*b*c", "aXbX/bc", FALSE },
    { "*/b/*", "a/b/c", TRUE },
    { "*b/c", "abb/c", TRUE },
    { "*b/c", "ab/bb/c", FALSE },
    { "?", "a", TRUE },
    { "?", "", FALSE },
    { "?", "/", FALSE },
    { "a?b", "a/b", FALSE },
    { "?", "\xe7\x81\xaf", TRUE },
    { "??", "\xe7\x81\xaf", FALSE },
    { "*??", "\xe7\x81\xaf", FALSE },
    { "*?", "\xe7\x81\xaf", TRUE },
    { "a?", "a?", TRUE },
    { "[ab]", "a", FALSE },
    { "[ab]", "[ab]", TRUE },
    { "a\\*", "a\\b", TRUE },
    { "", "", TRUE },
    { "", "a", FALSE },
    { "a", "", FALSE },
    { "foo.tgz", "foo.tgz", TRUE },
    { "foo-version-?.tgz", "foo-version-a.tgz", TRUE },
    { "*.tgz", "targets/foo.tgz", FALSE },
    { "\\*", "*", FALSE },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_test_message ("‘%s’ and ‘%s’", vectors[i].pattern, vectors[i].path);
      g_assert_cmpint (tomo_target_path_matches (vectors[i].pattern, vectors[i].path), ==,
                       vectors[i].matches);
    }
}

/* A pattern made to be slow is not: the work is bounded by the product of the lengths. Were it not,
 * this would not end. */
static void
test_target_path_matches_slow (void)
{
  g_autofree char *path = g_strnfill (4000, 'a');
  g_autoptr(GString) pattern = g_string_new (NULL);

  for (int i = 0; i < 1000; i++)
    g_string_append (pattern, "*a");
  g_string_append (pattern, "b");

  g_assert_false (tomo_target_path_matches (pattern->str, path));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/target-path/check", test_target_path_check);
  g_test_add_func ("/target-path/matches", test_target_path_matches);
  g_test_add_func ("/target-path/matches-slow", test_target_path_matches_slow);
  return g_test_run ();
}
