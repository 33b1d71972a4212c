/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/tomo-cli-progress.h"

#include <glib/gi18n.h>

/* Nothing is foretold from less than this. */
#define MIN_SECS 2.0
/* The rate forgets in about this time; a burst of small files is shorter. */
#define SMOOTHING_SECS 5.0
#define SAMPLE_SECS 0.25
/* Slower than this is a stall, and nobody knows how long it lasts. */
#define MIN_BYTES_PER_SEC 16.0
/* A new estimate replaces the one that is counted down when it is off by this much. */
#define TOLERANCE 0.25
#define TOLERANCE_SECS 3.0
/* Twenty lines a second are more than anybody reads, and slow over a serial line. */
#define DRAW_USECS (G_USEC_PER_SEC / 10)
#define MAX_SECS (24 * 60 * 60)

static double
secs_between (int64_t from_usecs, int64_t to_usecs)
{
  return (double) (to_usecs - from_usecs) / G_USEC_PER_SEC;
}

static void
sample_rate (TomoCliProgress *self, int64_t now_usecs, uint64_t n_bytes)
{
  double elapsed = secs_between (self->sample_usecs, now_usecs);
  if (elapsed < SAMPLE_SECS)
    return;

  double whole = secs_between (self->begun_usecs, now_usecs);
  double rate =
      n_bytes > self->sample_bytes ? (double) (n_bytes - self->sample_bytes) / elapsed : 0;
  double weight = elapsed / (SMOOTHING_SECS + elapsed);
  /* The first burst says little; until enough is known the average of all is the best guess. */
  if (whole < SMOOTHING_SECS)
    self->bytes_per_sec =
        n_bytes > self->begun_bytes ? (double) (n_bytes - self->begun_bytes) / whole : 0;
  else
    self->bytes_per_sec += weight * (rate - self->bytes_per_sec);

  self->sample_usecs = now_usecs;
  self->sample_bytes = n_bytes;
}

/* Seconds one by one only at the end; a count that jumps about is worse than a coarse one. */
static int
round_secs (double secs)
{
  int step = secs < 10 ? 1 : secs < 60 ? 5 : 60;

  return ((int) (secs / step) + 1) * step;
}

/**
 * tomo_cli_progress_update:
 * @self: begins as zeros
 * @now_usecs: a time that only goes forward, such as g_get_monotonic_time()
 * @n_bytes: how many have come
 * @n_bytes_total: of how many; zero while it is not known
 *
 * Estimates how long the rest takes.
 *
 * Returns: seconds, at least 1 and rounded up, or -1 while nothing can be said
 */
int
tomo_cli_progress_update (TomoCliProgress *self,
                          int64_t now_usecs,
                          uint64_t n_bytes,
                          uint64_t n_bytes_total)
{
  if (self->begun_usecs == 0)
    {
      self->begun_usecs = now_usecs;
      self->sample_usecs = now_usecs;
      self->begun_bytes = n_bytes;
      self->sample_bytes = n_bytes;
      self->shown_secs = -1;
    }
  sample_rate (self, now_usecs, n_bytes);

  if (n_bytes_total <= n_bytes || self->bytes_per_sec < MIN_BYTES_PER_SEC ||
      secs_between (self->begun_usecs, now_usecs) < MIN_SECS)
    {
      self->shown_secs = -1;
      return -1;
    }

  double estimate = (double) (n_bytes_total - n_bytes) / self->bytes_per_sec;
  double counted = MAX (self->shown_secs - secs_between (self->shown_usecs, now_usecs), 0);
  double tolerance = MAX (TOLERANCE_SECS, TOLERANCE * counted);
  if (self->shown_secs < 0 || ABS (estimate - counted) > tolerance)
    counted = estimate;
  self->shown_secs = counted;
  self->shown_usecs = now_usecs;

  return counted > MAX_SECS ? -1 : round_secs (counted);
}

/**
 * tomo_cli_progress_is_due:
 * @self: what tomo_cli_progress_update() keeps
 * @now_usecs: the time
 *
 * Returns: %TRUE if the line may be written again; it counts as written then
 */
gboolean
tomo_cli_progress_is_due (TomoCliProgress *self, int64_t now_usecs)
{
  if (self->drawn_usecs != 0 && now_usecs - self->drawn_usecs < DRAW_USECS)
    return FALSE;

  self->drawn_usecs = now_usecs;
  return TRUE;
}

static char *
dup_time_left (int secs)
{
  if (secs < 60)
    /* Translators: end of a line of progress, such as “8 s left”; keep it short */
    return g_strdup_printf (ngettext ("%d s left", "%d s left", (unsigned long) secs), secs);

  int minutes = secs / 60;
  /* Translators: end of a line of progress, such as “3 min left”; keep it short */
  return g_strdup_printf (ngettext ("%d min left", "%d min left", (unsigned long) minutes),
                          minutes);
}

/**
 * tomo_cli_progress_dup_text:
 * @n_done: files that are through
 * @n_total: of how many
 * @n_bytes: bytes that are through
 * @n_bytes_total: of how many; zero while it is not known
 * @secs_left: what tomo_cli_progress_update() gave
 *
 * Returns: (transfer full): one line, what matters most first
 */
char *
tomo_cli_progress_dup_text (unsigned int n_done,
                            unsigned int n_total,
                            uint64_t n_bytes,
                            uint64_t n_bytes_total,
                            int secs_left)
{
  g_autofree char *size = g_format_size (n_bytes);
  g_autofree char *total = g_format_size (n_bytes_total);
  g_autofree char *files = g_strdup_printf (
      /* Translators: progress: files done and files in all */
      ngettext ("%u of %u file", "%u of %u files", n_total), n_done, n_total);

  if (n_bytes_total == 0)
    return g_strdup_printf ("%s, %s", files, size);
  if (secs_left < 0)
    return g_strdup_printf ("%s, %s / %s", files, size, total);

  g_autofree char *left = dup_time_left (secs_left);
  return g_strdup_printf ("%s, %s / %s, %s", files, size, total, left);
}
