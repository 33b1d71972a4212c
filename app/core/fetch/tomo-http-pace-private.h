/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* How long things may take; see tomo-http-pace.c for why. Settable for tests. */
typedef struct
{
  unsigned int connect_msecs;
  unsigned int window_msecs;
  unsigned int min_bytes_per_sec;
  unsigned int stall_msecs;
  unsigned int metadata_grace_msecs;
  unsigned int metadata_bytes_per_sec;
  unsigned int poll_msecs;
} TomoHttpLimits;

extern const TomoHttpLimits tomo_http_default_limits;

/* Keeps the speed of all transfers of a fetcher below a limit, and notices when it is too low. */
typedef struct
{
  TomoHttpLimits limits;

  uint64_t bytes_received; /* of files, for whoever asks */
  uint64_t line_bytes;     /* with what is sent around them */

  uint64_t bytes_per_sec; /* zero for no limit */
  double allowance;       /* in bytes; below zero if too many have come */
  uint64_t charged_bytes; /* of line_bytes */
  int64_t charged_usecs;
  uint64_t step_bytes; /* written since then; libcurl tells of line_bytes only afterwards */

  int64_t window_usecs; /* when it began; zero while nothing is asked for */
  uint64_t window_bytes;
  uint64_t n_answers;
} TomoHttpPace;

void tomo_http_pace_init (TomoHttpPace *self);
void tomo_http_pace_set_limit_rate (TomoHttpPace *self, uint64_t bytes_per_sec);
void tomo_http_pace_count_bytes (TomoHttpPace *self, uint64_t n_bytes);
void tomo_http_pace_count_answer (TomoHttpPace *self, uint64_t header_bytes);
unsigned int tomo_http_pace_get_max_active (const TomoHttpPace *self, unsigned int max_active);
unsigned int tomo_http_pace_get_buffer_bytes (const TomoHttpPace *self);
unsigned int tomo_http_pace_get_socket_bytes (const TomoHttpPace *self);
int64_t tomo_http_pace_get_pause_usecs (TomoHttpPace *self, int64_t now_usecs);
gboolean tomo_http_pace_is_exhausted (const TomoHttpPace *self);
void tomo_http_pace_rest (TomoHttpPace *self);
gboolean tomo_http_pace_is_too_slow (TomoHttpPace *self, int64_t now_usecs);
unsigned int tomo_http_pace_get_min_bytes_per_sec (const TomoHttpPace *self);
int64_t tomo_http_pace_get_metadata_usecs (const TomoHttpPace *self, size_t max_bytes);

G_END_DECLS
