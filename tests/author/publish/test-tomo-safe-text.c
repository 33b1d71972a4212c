/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-safe-text.h"

/* Foreign text can be read on a terminal, and does nothing there. */
static void
test_safe_text_escape (void)
{
  static const struct
  {
    const char *text;
    const char *safe;
  } rows[] = {
    { "", "" },
    { "Make it long.", "Make it long." },
    { "長くする ยาว طويل", "長くする ยาว طويل" },
    { "two\nlines\r\n", "two\\u{000A}lines\\u{000D}\\u{000A}" },
    { "\033[2Jgone", "\\u{001B}[2Jgone" },
    { "\xc2\x9b"
      "2J",
      "\\u{009B}2J" },
    { "exe.\xe2\x80\xae"
      "gpj",
      "exe.\\u{202E}gpj" },
    { "\xe2\x81\xa6"
      "a\xe2\x81\xa9",
      "\\u{2066}a\\u{2069}" },
    { "ພາສາ\xe2\x80\x8b"
      "ລາວ",
      "ພາສາລາວ" },
    { "می\xe2\x80\x8c"
      "خواهم",
      "می\xe2\x80\x8c"
      "خواهم" },
    { "a\xf3\xa0\x81\xa1", "a\\u{E0061}" },
    { "bad\xff", "bad\xef\xbf\xbd" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *safe = tomo_safe_text_escape (rows[i].text);
      g_assert_cmpstr (safe, ==, rows[i].safe);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/safe-text/escape", test_safe_text_escape);
  return g_test_run ();
}
