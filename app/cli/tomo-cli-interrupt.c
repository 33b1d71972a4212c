/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/tomo-cli-interrupt.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Commands block and do not iterate a main context, so a thread of its own waits for the signal.
 * GLib’s sources for signals would start a second one, which each sync would wait for. */

struct _TomoCliInterrupt
{
  GCancellable *cancellable; /* (owned) */
  GThread *thread;           /* (owned) */
  int is_over;               /* (atomic) */
};

static const int signals[] = { SIGINT, SIGTERM };

/* All that a handler may touch; -1 while nobody waits. */
static int event_fd = -1;

static void
wake (void)
{
  const uint64_t one = 1;
  ssize_t n_written = 0;

  do
    n_written = write (event_fd, &one, sizeof one);
  while (n_written < 0 && errno == EINTR);
}

static void
signal_cb (int number)
{
  int errno_value = errno;

  wake ();
  errno = errno_value;
}

static gpointer
wait_for_signal (gpointer input)
{
  TomoCliInterrupt *self = input;
  uint64_t n_wakes = 0;
  ssize_t n_read = 0;

  do
    n_read = read (event_fd, &n_wakes, sizeof n_wakes);
  while (n_read < 0 && errno == EINTR);

  if (!g_atomic_int_get (&self->is_over))
    g_cancellable_cancel (self->cancellable);
  return NULL;
}

/**
 * tomo_cli_interrupt_new:
 * @cancellable: what a signal cancels, from another thread
 *
 * Begins to wait for a signal. There may be only one of these at a time.
 *
 * Returns: (transfer full): what tomo_cli_interrupt_free() ends
 */
TomoCliInterrupt *
tomo_cli_interrupt_new (GCancellable *cancellable)
{
  /* The first one resets it, so that the second kills. */
  const struct sigaction action = { .sa_handler = signal_cb,
                                    .sa_flags = SA_RESTART | SA_RESETHAND };

  g_return_val_if_fail (G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (event_fd < 0, NULL);

  TomoCliInterrupt *self = g_new0 (TomoCliInterrupt, 1);
  self->cancellable = g_object_ref (cancellable);
  event_fd = eventfd (0, EFD_CLOEXEC);
  g_assert (event_fd >= 0); /* as with GLib: without it there is no way on */
  for (size_t i = 0; i < G_N_ELEMENTS (signals); i++)
    sigaction (signals[i], &action, NULL);
  self->thread = g_thread_new ("interrupt", wait_for_signal, self);
  return self;
}

/**
 * tomo_cli_interrupt_free:
 * @self: (transfer full): what waits
 *
 * Ends the waiting: from now on a signal kills.
 */
void
tomo_cli_interrupt_free (TomoCliInterrupt *self)
{
  for (size_t i = 0; i < G_N_ELEMENTS (signals); i++)
    signal (signals[i], SIG_DFL);
  g_atomic_int_set (&self->is_over, TRUE);
  wake ();
  g_thread_join (self->thread);
  close (event_fd);
  event_fd = -1;
  g_object_unref (self->cancellable);
  g_free (self);
}
