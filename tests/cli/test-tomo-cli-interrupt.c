/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/tomo-cli-interrupt.h"

#include <signal.h>
#include <unistd.h>

/* Waits, for as long as it takes: a test that hangs is ended by who runs it. */
static void
wait_until_cancelled (GCancellable *cancellable)
{
  GPollFD fd = { 0 };

  g_assert_true (g_cancellable_make_pollfd (cancellable, &fd));
  g_assert_cmpint (g_poll (&fd, 1, -1), ==, 1);
  g_cancellable_release_fd (cancellable);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
}

/* Each of the two signals cancels. */
static void
test_interrupt_cancels (gconstpointer number)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(TomoCliInterrupt) interrupt = tomo_cli_interrupt_new (cancellable);

  g_assert_nonnull (interrupt);
  g_assert_cmpint (raise (GPOINTER_TO_INT (number)), ==, 0);
  wait_until_cancelled (cancellable);
}

/* Who did not hear the first one is killed by the second of its kind. */
static void
test_interrupt_second_kills (gconstpointer number)
{
  if (g_test_subprocess ())
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(TomoCliInterrupt) interrupt = tomo_cli_interrupt_new (cancellable);
      raise (GPOINTER_TO_INT (number));
      wait_until_cancelled (cancellable);
      raise (GPOINTER_TO_INT (number));
      _exit (0);
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
}

/* When nobody waits any more, nothing was cancelled, and the first signal kills again. */
static void
test_interrupt_over (void)
{
  for (unsigned int i = 0; i < 2; i++)
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      tomo_cli_interrupt_free (tomo_cli_interrupt_new (cancellable));
      g_assert_false (g_cancellable_is_cancelled (cancellable));
    }

  struct sigaction action;
  g_assert_cmpint (sigaction (SIGINT, NULL, &action), ==, 0);
  g_assert_true (action.sa_handler == SIG_DFL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_data_func ("/cli/interrupt/int", GINT_TO_POINTER (SIGINT), test_interrupt_cancels);
  g_test_add_data_func ("/cli/interrupt/term", GINT_TO_POINTER (SIGTERM), test_interrupt_cancels);
  g_test_add_data_func ("/cli/interrupt/second-int", GINT_TO_POINTER (SIGINT),
                        test_interrupt_second_kills);
  g_test_add_data_func ("/cli/interrupt/second-term", GINT_TO_POINTER (SIGTERM),
                        test_interrupt_second_kills);
  g_test_add_func ("/cli/interrupt/over", test_interrupt_over);
  return g_test_run ();
}
