/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "author/pack/tomo-likeness.h"

/* The table of every textbook. */
static size_t
measure_common_slowly (const char *a, const char *b)
{
  size_t width = strlen (b) + 1;
  g_autofree size_t *table = g_new0 (size_t, (strlen (a) + 1) * width);

  for (size_t i = 1; a[i - 1] != '\0'; i++)
    for (size_t j = 1; b[j - 1] != '\0'; j++)
      table[i * width + j] = a[i - 1] == b[j - 1]
                                 ? table[(i - 1) * width + j - 1] + 1
                                 : MAX (table[(i - 1) * width + j], table[i * width + j - 1]);

  return table[(strlen (a) + 1) * width - 1];
}

static char *
dup_random_text (size_t length)
{
  char *text = g_malloc (length + 1);

  for (size_t i = 0; i < length; i++)
    text[i] = (char) "etaoin \xc3\xa9\xe6\x97\xa5"[g_test_rand_int_range (0, 12)];
  text[length] = '\0';
  return text;
}

/* It is the share that the longest common subsequence has, whatever the lengths, also across the
 * borders of machine words; what is not above “enough” may be 0 and nothing else. */
static void
test_likeness_measure (void)
{
  for (unsigned int i = 0; i < 400; i++)
    {
      g_autofree char *a = dup_random_text ((size_t) g_test_rand_int_range (1, 200));
      g_autofree char *b = dup_random_text ((size_t) g_test_rand_int_range (1, 200));
      g_autoptr(TomoLikeness) likeness = tomo_likeness_new (a);
      double expected =
          2 * (double) measure_common_slowly (a, b) / (double) (strlen (a) + strlen (b));
      double bounded = tomo_likeness_measure (likeness, b, 0.6);

      g_assert_cmpfloat_with_epsilon (tomo_likeness_measure (likeness, b, 0), expected, 1e-9);
      if (expected > 0.6 || bounded != 0)
        g_assert_cmpfloat_with_epsilon (bounded, expected, 1e-9);
    }
}

/* Texts without letters and texts beyond all cards are like themselves only, and quickly. */
static void
test_likeness_limits (void)
{
  g_autofree char *vast = g_strnfill (1000 * 1000, 'a');
  g_autofree char *other = g_strconcat (vast, "b", NULL);
  g_autoptr(TomoLikeness) of_vast = tomo_likeness_new (vast);
  g_autoptr(TomoLikeness) of_nothing = tomo_likeness_new ("");

  g_assert_cmpfloat (tomo_likeness_measure (of_vast, vast, 0), ==, 1);
  g_assert_cmpfloat (tomo_likeness_measure (of_vast, other, 0), ==, 0);
  g_assert_cmpfloat (tomo_likeness_measure (of_nothing, "", 0), ==, 1);
  g_assert_cmpfloat (tomo_likeness_measure (of_nothing, "a", 0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/likeness/measure", test_likeness_measure);
  g_test_add_func ("/likeness/limits", test_likeness_limits);
  return g_test_run ();
}
