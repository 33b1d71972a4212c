/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-compiled-private.h"

#include <string.h>

#include "core/tomo-error.h"

/* Shorter and longer than what is looked at in one piece, so that a character falls across two. */
#define N_PLACES_FEW 3
#define N_PLACES_MANY 19

static void
assert_verdict (gunichar character, size_t place, size_t n_places)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) string = g_string_new (NULL);

  for (size_t i = 0; i < place; i++)
    g_string_append_c (string, 'a');
  g_string_append_unichar (string, character);
  for (size_t i = place; i < n_places; i++)
    g_string_append_c (string, 'z');

  gboolean is_control =
      (character < ' ' && character != '\n') || (character >= 0x7f && character < 0xa0);
  gboolean is_good = tomo_compiled_check_string (string->str, "key", "where", &error);
  g_assert_cmpint (is_good, ==, !is_control);
  if (is_good)
    {
      g_assert_no_error (error);
      return;
    }

  g_autofree char *name =
      g_strdup_printf ("where: ‘key’ holds the control character U+%04X", character);
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_cmpstr (error->message, ==, name);
}

/* Wherever it stands, a control character other than a line feed is found, and nothing else is
 * taken for one. */
static void
test_compiled_control_characters (void)
{
  for (gunichar character = 1; character <= 0x10ffff; character++)
    {
      if (!g_unichar_validate (character))
        continue;
      /* All bytes that a character can begin or end with are in the first ones. */
      gboolean is_each = character < 0x900;
      for (size_t place = 0; place <= (is_each ? N_PLACES_MANY : 1); place++)
        assert_verdict (character, place, N_PLACES_MANY);
      for (size_t place = 0; place <= (is_each ? N_PLACES_FEW : 0); place++)
        assert_verdict (character, place, N_PLACES_FEW);
    }
}

/* A string may be 64 KiB long, and no longer. */
static void
test_compiled_long_string (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *string = g_strnfill (64 * 1024 + 1, 'a');

  g_assert_false (tomo_compiled_check_string (string, "key", "where", &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "longer than 65536 bytes"));
  g_clear_error (&error);
  g_assert_true (tomo_compiled_check_string (string + 1, "key", "where", &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/compiled/control-characters", test_compiled_control_characters);
  g_test_add_func ("/compiled/long-string", test_compiled_long_string);
  return g_test_run ();
}
