/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-fingerprint.h"
#include "core/tomo-error.h"

#define SHA256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* What is printed can be typed again, however people write it down. */
static void
test_fingerprint_parse (void)
{
  static const struct
  {
    const char *text;
    gboolean is_good;
  } rows[] = {
    { SHA256, TRUE },
    { "  0123 4567 89AB CDEF 0123-4567-89ab-cdef 01:23:45:67:89:AB:CD:EF 0123456789abcdef\n",
      TRUE },
    { "", FALSE },
    { "0123", FALSE },
    { SHA256 "0", FALSE },
    { "x" SHA256, FALSE },
  };
  g_autofree char *printed = tomo_fingerprint_format (SHA256);
  g_autofree char *again = tomo_fingerprint_parse (printed, NULL);

  g_assert_true (g_str_has_prefix (printed, "0123 4567 89AB CDEF 0123 "));
  g_assert_cmpstr (again, ==, SHA256);
  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *parsed = tomo_fingerprint_parse (rows[i].text, &error);

      g_test_message ("‘%s’", rows[i].text);
      if (rows[i].is_good)
        g_assert_cmpstr (parsed, ==, SHA256);
      else
        g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
    }
}

/* Two groups are the least that counts as having compared. */
static void
test_fingerprint_begins_with (void)
{
  static const struct
  {
    const char *typed;
    gboolean matches;
  } rows[] = {
    { "0123 4567", TRUE },  { "01234567", TRUE }, { "0123 4567 89ab", TRUE },
    { SHA256, TRUE },       { "0123", FALSE },    { "0123 456", FALSE },
    { "0123 4568", FALSE }, { "", FALSE },        { "yes", FALSE },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("‘%s’", rows[i].typed);
      g_assert_cmpint (tomo_fingerprint_begins_with (SHA256, rows[i].typed), ==, rows[i].matches);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/fingerprint/parse", test_fingerprint_parse);
  g_test_add_func ("/fingerprint/begins-with", test_fingerprint_begins_with);
  return g_test_run ();
}
