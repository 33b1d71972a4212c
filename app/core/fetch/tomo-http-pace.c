/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/fetch/tomo-http-pace-private.h"

/* How slow is too slow. A kiosk on a GPRS line has some 2 kB a second for everything, shared by up
 * to a hundred transfers: any one of them may stand still for minutes while its neighbours move,
 * so that a least speed for each, which is what libcurl offers, would either cut a healthy line or
 * let a tar pit hold us. So there are four rules:
 *
 * - A connection, TLS included, is there within 15 seconds: six round trips of GPRS and a chain of
 *   certificates need 9.
 * - All transfers together bring 500 bytes a second, counted over windows of 30 seconds in which
 *   something was asked for all the time; an answer counts for 1000 bytes, because on a satellite
 *   many small files are slow as well. Otherwise the run is over, and another mirror may be tried.
 *   A mirror that drips just above that is no worse than such a line.
 * - A connection that carries one transfer only (HTTP/1) and brings nothing for a minute while
 *   others do has died on the way, as those behind an address translator do. It is opened anew,
 *   and goes on where it was.
 * - Metadata is done within a minute and one second for each 4 kB of its limit. The limits are
 *   many times what any real file has, and small: a timestamp that drips is over after 64 seconds,
 *   the largest snapshot after nine minutes. For targets the signed length is the limit, and real
 *   files have just that: here only the other rules hold.
 *
 * All this is looked after once a second when nothing comes in; cancelling wakes a run at once. */
const TomoHttpLimits tomo_http_default_limits = {
  .connect_msecs = 15 * 1000,
  .window_msecs = 30 * 1000,
  .min_bytes_per_sec = 500,
  .stall_msecs = 60 * 1000,
  .metadata_grace_msecs = 60 * 1000,
  .metadata_bytes_per_sec = 4000,
  .poll_msecs = 1000,
};

/* What an answer counts for, whatever is in it. */
#define ANSWER_BYTES 1000

/* What one transfer is worth having with a limit of speed. */
#define STEP_BYTES (16 * 1024)

/* What libcurl reads at once at least, and what it does if nobody tells it. */
#define MIN_BUFFER_BYTES 1024
#define MAX_BUFFER_BYTES (16 * 1024)

/* So many bytes the kernel takes in for one connection before the server has to wait. Fewer than
 * this, and TCP gets slower than the limit. */
#define MIN_SOCKET_BYTES (32 * 1024)

/**
 * tomo_http_pace_init: (skip)
 * @self: a pace to be filled in
 *
 * Starts without a limit of speed, and with the limits of time that suit the slowest real lines.
 */
void
tomo_http_pace_init (TomoHttpPace *self)
{
  *self = (TomoHttpPace){ .limits = tomo_http_default_limits };
}

/**
 * tomo_http_pace_set_limit_rate: (skip)
 * @self: a pace
 * @bytes_per_sec: how fast at most, zero for no limit
 *
 * Sets the limit of speed for everything that comes from now on.
 */
void
tomo_http_pace_set_limit_rate (TomoHttpPace *self, uint64_t bytes_per_sec)
{
  self->bytes_per_sec = bytes_per_sec;
  self->allowance = 0;
  self->charged_bytes = self->line_bytes;
  self->charged_usecs = 0;
}

/**
 * tomo_http_pace_count_bytes: (skip)
 * @self: a pace
 * @n_bytes: how many
 *
 * Counts bytes of a file that have come.
 */
void
tomo_http_pace_count_bytes (TomoHttpPace *self, uint64_t n_bytes)
{
  self->bytes_received += n_bytes;
  self->line_bytes += n_bytes;
}

/**
 * tomo_http_pace_count_answer: (skip)
 * @self: a pace
 * @header_bytes: what the question and the headers of the answer needed
 *
 * Counts an answer that has come to its end, whatever it was.
 */
void
tomo_http_pace_count_answer (TomoHttpPace *self, uint64_t header_bytes)
{
  self->line_bytes += header_bytes;
  self->n_answers++;
}

/**
 * tomo_http_pace_get_max_active: (skip)
 * @self: a pace
 * @max_active: how many transfers at once the server can take
 *
 * With a limit of speed fewer transfers run at once: each brings a buffer before anybody looks at
 * the clock.
 *
 * Returns: how many transfers may run
 */
unsigned int
tomo_http_pace_get_max_active (const TomoHttpPace *self, unsigned int max_active)
{
  if (self->bytes_per_sec == 0)
    return max_active;
  return (unsigned int) CLAMP (self->bytes_per_sec / STEP_BYTES, 1, max_active);
}

/**
 * tomo_http_pace_get_buffer_bytes: (skip)
 * @self: a pace
 *
 * Gives how many bytes a transfer may bring before anybody looks at the clock: with a limit of
 * speed, all of them together no more than a tenth of a second allows.
 *
 * Returns: a number of bytes
 */
unsigned int
tomo_http_pace_get_buffer_bytes (const TomoHttpPace *self)
{
  if (self->bytes_per_sec == 0)
    return MAX_BUFFER_BYTES;

  uint64_t n_active = MAX (self->bytes_per_sec / STEP_BYTES, 1);
  return (unsigned int) CLAMP (self->bytes_per_sec / 10 / n_active, MIN_BUFFER_BYTES,
                               MAX_BUFFER_BYTES);
}

/**
 * tomo_http_pace_get_socket_bytes: (skip)
 * @self: a pace
 *
 * Gives how much the kernel may take in while we keep away from the line. What it takes in has
 * used up the line already, so with a limit of speed that is a quarter of a second’s worth.
 *
 * Returns: a number of bytes, zero for what the kernel thinks best
 */
unsigned int
tomo_http_pace_get_socket_bytes (const TomoHttpPace *self)
{
  if (self->bytes_per_sec == 0)
    return 0;
  return (unsigned int) CLAMP (self->bytes_per_sec / 4, MIN_SOCKET_BYTES, 4 * 1024 * 1024);
}

/**
 * tomo_http_pace_get_pause_usecs: (skip)
 * @self: a pace
 * @now_usecs: the monotonic time
 *
 * Charges what has come since the last call, and tells how long to keep away from the line. While
 * we do, the buffers fill up and the server waits, however many transfers there are and whatever
 * protocol carries them.
 *
 * Returns: how long to pause, zero if nothing is to be paid off
 */
int64_t
tomo_http_pace_get_pause_usecs (TomoHttpPace *self, int64_t now_usecs)
{
  if (self->bytes_per_sec == 0)
    return 0;

  double rate = (double) self->bytes_per_sec / G_USEC_PER_SEC;
  if (self->charged_usecs != 0)
    self->allowance += rate * (double) (now_usecs - self->charged_usecs);
  /* Time in which nothing was asked for is not saved up. */
  self->allowance = MIN (self->allowance, (double) self->bytes_per_sec / 10);
  self->allowance -= (double) (self->line_bytes - self->charged_bytes);
  self->charged_bytes = self->line_bytes;
  self->charged_usecs = now_usecs;
  self->step_bytes = 0;

  return self->allowance >= 0 ? 0 : (int64_t) (-self->allowance / rate) + 1;
}

/**
 * tomo_http_pace_is_exhausted: (skip)
 * @self: a pace
 *
 * Tells whether more has come since the last look at the clock than the limit of speed allows.
 *
 * Returns: %TRUE if nothing more is to be read now
 */
gboolean
tomo_http_pace_is_exhausted (const TomoHttpPace *self)
{
  return self->bytes_per_sec > 0 &&
         (double) self->step_bytes > MAX (self->allowance, (double) MIN_BUFFER_BYTES);
}

/**
 * tomo_http_pace_rest: (skip)
 * @self: a pace
 *
 * Says that nothing is being asked for, so that nobody can be too slow.
 */
void
tomo_http_pace_rest (TomoHttpPace *self)
{
  self->window_usecs = 0;
}

/**
 * tomo_http_pace_get_min_bytes_per_sec: (skip)
 * @self: a pace
 *
 * Gives what all transfers together have to bring. Who asks for a trickle must not be cut off for
 * it.
 *
 * Returns: a number of bytes a second
 */
unsigned int
tomo_http_pace_get_min_bytes_per_sec (const TomoHttpPace *self)
{
  if (self->bytes_per_sec == 0)
    return self->limits.min_bytes_per_sec;
  return (unsigned int) MIN ((uint64_t) self->limits.min_bytes_per_sec, self->bytes_per_sec / 2);
}

/**
 * tomo_http_pace_is_too_slow: (skip)
 * @self: a pace
 * @now_usecs: the monotonic time
 *
 * Looks at the window that ends now, if one does. To be called while something is being asked for.
 *
 * Returns: %TRUE if too little has come in it
 */
gboolean
tomo_http_pace_is_too_slow (TomoHttpPace *self, int64_t now_usecs)
{
  int64_t window_usecs = (int64_t) self->limits.window_msecs * 1000;
  gboolean has_begun = self->window_usecs != 0;

  if (has_begun && now_usecs < self->window_usecs + window_usecs)
    return FALSE;

  uint64_t wanted = (uint64_t) tomo_http_pace_get_min_bytes_per_sec (self) *
                    (uint64_t) self->limits.window_msecs / 1000;
  uint64_t come = self->bytes_received + self->n_answers * ANSWER_BYTES;
  gboolean is_too_slow = has_begun && come - self->window_bytes < wanted;
  self->window_usecs = now_usecs;
  self->window_bytes = come;
  return is_too_slow;
}

/**
 * tomo_http_pace_get_metadata_usecs: (skip)
 * @self: a pace
 * @max_bytes: the limit of a file of metadata
 *
 * Gives how long such a file may take, all attempts together.
 *
 * Returns: a number of microseconds
 */
int64_t
tomo_http_pace_get_metadata_usecs (const TomoHttpPace *self, size_t max_bytes)
{
  uint64_t rate = self->limits.metadata_bytes_per_sec;

  if (self->bytes_per_sec > 0)
    rate = MAX (MIN (rate, self->bytes_per_sec / 2), 1);
  return (int64_t) self->limits.metadata_grace_msecs * 1000 +
         (int64_t) MIN ((uint64_t) max_bytes * G_USEC_PER_SEC / rate, (uint64_t) G_MAXINT32 * 1000);
}
