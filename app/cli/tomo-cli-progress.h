/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* How long a transfer still takes, for people: smoothed, and not changed for nothing. Knows no
 * clock; whoever calls says what time it is. */
typedef struct
{
  int64_t begun_usecs; /* zero before the first call */
  uint64_t begun_bytes;
  int64_t sample_usecs; /* when the rate was last looked at */
  uint64_t sample_bytes;
  double bytes_per_sec; /* zero while unknown */
  double shown_secs;    /* what was said last; negative for nothing */
  int64_t shown_usecs;  /* and when */
  int64_t drawn_usecs;  /* when the line was last written */
} TomoCliProgress;

int tomo_cli_progress_update (TomoCliProgress *self,
                              int64_t now_usecs,
                              uint64_t n_bytes,
                              uint64_t n_bytes_total);
gboolean tomo_cli_progress_is_due (TomoCliProgress *self, int64_t now_usecs);
char *tomo_cli_progress_dup_text (unsigned int n_done,
                                  unsigned int n_total,
                                  uint64_t n_bytes,
                                  uint64_t n_bytes_total,
                                  int secs_left);

G_END_DECLS
