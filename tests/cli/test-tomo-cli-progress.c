/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/tomo-cli-progress.h"

#include <string.h>

#include "cli/tomo-cli-text.h"

#define MSEC ((int64_t) 1000)

/* Nothing is said before there is something to say it from. */
static void
test_progress_begins_silent (void)
{
  TomoCliProgress progress = { 0 };
  int64_t now = G_USEC_PER_SEC;

  for (int64_t msecs = 0; msecs < 2000; msecs += 100)
    g_assert_cmpint (
        tomo_cli_progress_update (&progress, now + msecs * MSEC, (uint64_t) msecs * 100, 1000000),
        ==, -1);
  g_assert_cmpint (tomo_cli_progress_update (&progress, now + 2100 * MSEC, 210000, 1000000), >, 0);

  /* Without a total there is nothing to divide. */
  TomoCliProgress endless = { 0 };
  for (int64_t msecs = 0; msecs < 9000; msecs += 100)
    g_assert_cmpint (
        tomo_cli_progress_update (&endless, now + msecs * MSEC, (uint64_t) msecs * 100, 0), ==, -1);
}

/* At a steady rate the time left only goes down, by small steps, and never reaches zero. */
static void
test_progress_steady (void)
{
  TomoCliProgress progress = { 0 };
  int before = -1;

  for (int64_t msecs = 0; msecs < 40000; msecs += 100)
    {
      /* Files come in bursts of five. */
      uint64_t n_bytes = (uint64_t) (msecs / 500) * 500 * 100;
      int left =
          tomo_cli_progress_update (&progress, G_USEC_PER_SEC + msecs * MSEC, n_bytes, 40000 * 100);
      if (left < 0)
        continue;
      g_assert_cmpint (left, >=, 1);
      g_assert_cmpint (left, <=, 60);
      if (before > 0)
        {
          g_assert_cmpint (left, <=, before);
          g_assert_cmpint (before - left, <=, 10);
        }
      before = left;
    }

  g_assert_cmpint (before, <=, 3);
}

/* A line that stands still promises nothing; one that goes on speaks again. */
static void
test_progress_stalls (void)
{
  TomoCliProgress progress = { 0 };
  int64_t now = G_USEC_PER_SEC;
  int left = 0;

  for (int64_t msecs = 0; msecs <= 5000; msecs += 100)
    left =
        tomo_cli_progress_update (&progress, now + msecs * MSEC, (uint64_t) msecs * 100, 1000000);
  g_assert_cmpint (left, >, 0);
  int lively = left;

  for (int64_t msecs = 5000; msecs <= 65000; msecs += 100)
    left = tomo_cli_progress_update (&progress, now + msecs * MSEC, 500000, 1000000);
  g_assert_true (left == -1 || left > 10 * lively);

  for (int64_t msecs = 0; msecs <= 20000; msecs += 100)
    left = tomo_cli_progress_update (&progress, now + (65000 + msecs) * MSEC,
                                     500000 + (uint64_t) msecs * 10, 1000000);
  g_assert_cmpint (left, >, 0);
}

/* The line is not written more often than anybody reads. */
static void
test_progress_is_due (void)
{
  TomoCliProgress progress = { 0 };
  unsigned int n_drawn = 0;

  for (int64_t msecs = 0; msecs < 10000; msecs++)
    n_drawn += tomo_cli_progress_is_due (&progress, G_USEC_PER_SEC + msecs * MSEC) ? 1 : 0;
  g_assert_cmpuint (n_drawn, ==, 100);
}

/* What is known is in the line, and nothing else. */
static void
test_progress_text (void)
{
  static const struct
  {
    uint64_t n_bytes_total;
    int secs_left;
    const char *text;
  } table[] = {
    { 0, -1, "3 of 20 files, 1.5 MB" },
    { 6000000, -1, "3 of 20 files, 1.5 MB / 6.0 MB" },
    { 6000000, 8, "3 of 20 files, 1.5 MB / 6.0 MB, 8 s left" },
    { 6000000, 180, "3 of 20 files, 1.5 MB / 6.0 MB, 3 min left" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text =
          tomo_cli_progress_dup_text (3, 20, 1500000, table[i].n_bytes_total, table[i].secs_left);
      g_autofree char *plain = g_strdup (text);
      /* GLib puts a blank between number and unit that does not break. */
      g_auto(GStrv) words = g_strsplit (plain, "\xc2\xa0", -1);
      g_autofree char *joined = g_strjoinv (" ", words);
      g_assert_cmpstr (joined, ==, table[i].text);
    }
}

/* What comes from a stick or a server cannot move the cursor, ring, or turn the line around. */
static void
test_text_escape (void)
{
  static const struct
  {
    const char *text;
    const char *escaped;
  } table[] = {
    { "plain ‘text’", "plain ‘text’" },
    { "", "" },
    { "a\033[2Jb", "a\\x1b[2Jb" },
    { "a\nb\rc\td", "a\\x0ab\\x0dc\\x09d" },
    { "a\x7f", "a\\x7f" },
    { "\xff\xfe", "\\xff\\xfe" },
    { "caf\xc3", "caf\\xc3" },
    { "\xc2\x9b"
      "31m",
      "\\u{9b}31m" },
    { "gpj.\xe2\x80\xae"
      "exe",
      "gpj.\\u{202e}exe" },
    { "\xe2\x80\xa8", "\\u{2028}" },
    { "می‌روم", "می‌روم" },
    { "日本語", "日本語" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("Vector %" G_GSIZE_FORMAT, i);
      g_autofree char *escaped = tomo_cli_text_escape (table[i].text);
      g_assert_cmpstr (escaped, ==, table[i].escaped);
    }
}

/* A line is cut where the terminal ends, counted in columns and not in letters. */
static void
test_text_fit (void)
{
  static const struct
  {
    const char *text;
    size_t columns;
    const char *fitted;
  } table[] = {
    { "abcdef", 10, "abcdef" }, { "abcdef", 6, "abcdef" }, { "abcdef", 5, "abcde" },
    { "abcdef", 0, "" },        { "日本語", 6, "日本語" }, { "日本語", 5, "日本" },
    { "日本語", 4, "日本" },    { "é́́x", 2, "é́́x" },         { "é́́x", 1, "é́́" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("Vector %" G_GSIZE_FORMAT, i);
      g_autofree char *fitted = tomo_cli_text_fit (table[i].text, table[i].columns);
      g_assert_cmpstr (fitted, ==, table[i].fitted);
      g_assert_cmpuint (tomo_cli_text_measure (fitted), <=, table[i].columns);
    }
}

/* Columns are counted as a terminal fills them, whatever the bytes. */
static void
test_text_measure (void)
{
  g_assert_cmpuint (tomo_cli_text_measure (""), ==, 0);
  g_assert_cmpuint (tomo_cli_text_measure ("DIR [ROLE…]"), ==, 11);
  g_assert_cmpuint (tomo_cli_text_measure ("ПАПКА"), ==, 5);
  g_assert_cmpuint (tomo_cli_text_measure ("公開"), ==, 4);
  g_assert_cmpuint (tomo_cli_text_measure ("ที่นี่"), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/cli/progress/begins-silent", test_progress_begins_silent);
  g_test_add_func ("/cli/progress/steady", test_progress_steady);
  g_test_add_func ("/cli/progress/stalls", test_progress_stalls);
  g_test_add_func ("/cli/progress/is-due", test_progress_is_due);
  g_test_add_func ("/cli/progress/text", test_progress_text);
  g_test_add_func ("/cli/text/escape", test_text_escape);
  g_test_add_func ("/cli/text/fit", test_text_fit);
  g_test_add_func ("/cli/text/measure", test_text_measure);
  return g_test_run ();
}
