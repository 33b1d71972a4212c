/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/tomo-reading.h"

static const struct
{
  const char *language;
  const char *text;
  unsigned int secs;
} texts[] = {
  { "en", "", 0 },
  { "en", "one two three four", 3 }, /* eighty words a minute */
  { "en", "  one,  two three;\nfour  ", 3 },
  { "de", "Vier Wörter sind es", 3 },
  /* No blanks: two characters stand for a word, five where letters are alphabetic; marks above and
   * below letters do not count. */
  { "ja", "合言葉を大切に。", 3 },
  { "zh-Hans", "不要告诉别人密码", 3 },
  { "th", "กกกกกกกกกกกกกกกกกกกก", 3 },
  { "th", "กิกิกิกิกิกิกิกิกิกิกิกิกิกิกิกิกิกิกิกิ", 3 },
  { "ko", "네 낱말 입니다 여기", 3 },
};

/* A text takes as long as it takes at eighty words a minute, in every script. */
static void
test_reading_secs (void)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s: %s", texts[i].language, texts[i].text);
      g_assert_cmpuint (tomo_reading_count_secs (texts[i].text, texts[i].language), ==,
                        texts[i].secs);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/reading/secs", test_reading_secs);
  return g_test_run ();
}
