/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Preloaded into a program, this lets its clock run TOMO_CLOCK_DAYS days ahead. How long something
 * takes is measured as before. */

#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define DAY_SECS (24 * 60 * 60)

int
clock_gettime (clockid_t id, struct timespec *out_time)
{
  long result = syscall (SYS_clock_gettime, id, out_time);
  const char *days = getenv ("TOMO_CLOCK_DAYS");

  if (result == 0 && days != NULL && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE))
    out_time->tv_sec += atoi (days) * DAY_SECS;
  return (int) result;
}

int
gettimeofday (struct timeval *restrict out_time, void *restrict zone)
{
  struct timespec now;
  int result = clock_gettime (CLOCK_REALTIME, &now);

  (void) zone;
  out_time->tv_sec = now.tv_sec;
  out_time->tv_usec = now.tv_nsec / 1000;
  return result;
}

time_t
time (time_t *out_time)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  if (out_time != NULL)
    *out_time = now.tv_sec;
  return now.tv_sec;
}
