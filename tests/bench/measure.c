/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs one program and says what it cost, on file descriptor 3:
 *
 *   measure PROGRAM [ARGUMENT]…    wall_usecs user_usecs system_usecs peak_kib exit_code
 *
 * A program of its own, because the peak that the kernel keeps for a child begins with the size of
 * what started it: a script's interpreter would be counted in. */

#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#define REPORT_FD 3

extern char **environ;

static int64_t
now_usecs (void)
{
  struct timespec now;
  clock_gettime (CLOCK_MONOTONIC, &now);
  return (int64_t) now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int64_t
usecs_of (struct timeval time)
{
  return (int64_t) time.tv_sec * 1000000 + time.tv_usec;
}

int
main (int argc, char **argv)
{
  if (argc < 2)
    {
      fprintf (stderr, "usage: measure PROGRAM [ARGUMENT]…\n");
      return 2;
    }

  pid_t child = 0;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_addclose (&actions, REPORT_FD);

  int64_t begun = now_usecs ();
  if (posix_spawnp (&child, argv[1], &actions, NULL, argv + 1, environ) != 0)
    {
      perror (argv[1]);
      return 1;
    }
  posix_spawn_file_actions_destroy (&actions);

  int status = 0;
  struct rusage usage;
  if (wait4 (child, &status, 0, &usage) != child)
    {
      perror ("wait4");
      return 1;
    }
  int64_t wall = now_usecs () - begun;

  dprintf (REPORT_FD, "%lld %lld %lld %ld %d\n", (long long) wall,
           (long long) usecs_of (usage.ru_utime), (long long) usecs_of (usage.ru_stime),
           usage.ru_maxrss, WIFEXITED (status) ? WEXITSTATUS (status) : -WTERMSIG (status));
  return 0;
}
