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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/error/convert", test_error_convert);
  g_test_add_func ("/error/errno", test_error_errno);
  return g_test_run ();
}
