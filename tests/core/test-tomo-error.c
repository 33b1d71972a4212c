/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-error.h"

#include <errno.h>
#include <gio/gio.h>

/* Foreign errors become ours once, with their message kept. */
static void
test_error_convert (void)
{
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "disk x");
  tomo_error_convert (&error);
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NO_SPACE);
  g_assert_cmpstr (error->message, ==, "disk x");
  g_assert_cmpstr (tomo_error_get_id (error), ==, "no-space");
}

/* A full quota is a full disk; the message names the thing and the system's reason. */
static void
test_error_errno (void)
{
  g_autoptr(GError) error = NULL;
  tomo_set_error_from_errno (&error, EDQUOT, "writing %s", "x");
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NO_SPACE);
  g_assert_true (g_str_has_prefix (error->message, "writing x: "));
}

/* What somebody else chose the name of moves no cursor, ends no line and turns no text round; what
 * is merely foreign stays readable. */
static void
test_error_escape_message (void)
{
  static const struct
  {
    const char *message;
    const char *escaped;
  } vectors[] = {
    { "plain ‘日本’ ok", "plain ‘日本’ ok" },
    { "a\033[2Jb", "a\\x{1b}[2Jb" },
    { "a\nok: fine", "a\\x{a}ok: fine" },
    { "a\x7f\xc2\x9b"
      "b",
      "a\\x{7f}\\x{9b}b" },
    { "a\xe2\x80\xae"
      "b",
      "a\\x{202e}b" },
    { "a\xff"
      "b",
      "a\xef\xbf\xbd"
      "b" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error =
          g_error_new_literal (TOMO_ERROR, TOMO_ERROR_FAILED, vectors[i].message);
      tomo_error_escape_message (error);
      g_assert_cmpstr (error->message, ==, vectors[i].escaped);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/error/convert", test_error_convert);
  g_test_add_func ("/error/errno", test_error_errno);
  g_test_add_func ("/error/escape-message", test_error_escape_message);
  return g_test_run ();
}
