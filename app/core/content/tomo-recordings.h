/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a campaign lets somebody read the program’s own sentences aloud: one recording for each
 * sentence and language. */
typedef struct _TomoRecordings TomoRecordings;

/* A sentence takes seconds; this is a minute at 64 kbit/s. */
#define TOMO_RECORDINGS_MAX_BYTES (512 * 1024)

typedef struct
{
  const char *language; /* BCP 47 */
  const char *sentence; /* in English, as the program has it */
  const char *sha256;
} TomoRecording;

size_t tomo_recordings_get_n (const TomoRecordings *self);
const TomoRecording *tomo_recordings_get (const TomoRecordings *self, size_t index);
GHashTable *tomo_recordings_list (const TomoRecordings *self, const char *language);

G_END_DECLS
