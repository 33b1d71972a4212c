/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TOMO_PIN_MIN_DIGITS 6
#define TOMO_PIN_MAX_DIGITS 12

/* The operator's PIN as the configuration keeps it. */
gboolean tomo_pin_is_valid (const char *pin);
char *tomo_pin_dup_hash (const char *pin, GError **error);
gboolean tomo_pin_is_hash (const char *hash);
gboolean tomo_pin_matches (const char *pin, const char *hash);

G_END_DECLS
