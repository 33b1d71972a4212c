/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One call of tomopress as a user types it, and what must come of it. */
typedef struct
{
  const char *command; /* words separated by spaces */
  int status;
  const char *out; /* (nullable): glob over standard output */
  const char *err; /* (nullable): glob over standard error */
} TomoPressCall;

void tomo_press_call (const char *folder, const TomoPressCall *call);

G_END_DECLS
