/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/press/tomo-press-call.h"

#include <sys/wait.h>

static void
assert_matches (const char *what, const char *pattern, const char *text)
{
  if (pattern == NULL || g_pattern_match_simple (pattern, text))
    return;

  g_test_message ("%s was: %s", what, text);
  g_test_message ("and not: %s", pattern);
  g_test_fail ();
}

/* Runs the program in @folder, away from any terminal. */
void
tomo_press_call (const char *folder, const TomoPressCall *call)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_auto(GStrv) words = g_strsplit (call->command, " ", -1);
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  int wait_status = 0;

  /* A new session has no terminal, so that nothing waits for a passphrase. */
  g_ptr_array_add (argv, g_strdup ("setsid"));
  g_ptr_array_add (argv, g_strdup ("-w"));
  g_ptr_array_add (
      argv, g_build_filename (g_getenv ("TOMO_BUILD_ROOT"), "app", "press", "tomopress", NULL));
  for (size_t i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, g_strdup (words[i]));
  g_ptr_array_add (argv, NULL);

  g_test_message ("$ tomopress %s", call->command);
  g_spawn_sync (folder, (char **) argv->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err,
                &wait_status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (wait_status));
  if (WEXITSTATUS (wait_status) != call->status)
    g_test_message ("%s%s", out, err);
  g_assert_cmpint (WEXITSTATUS (wait_status), ==, call->status);
  assert_matches ("standard output", call->out, out);
  assert_matches ("standard error", call->err, err);
}
