/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Limit of design.md section 7. */
#define TOMO_AUDIO_MAX_BYTES (4 * 1024 * 1024)
/* A card is read aloud in two minutes; ten are a mistake, or an attack on whoever waits behind. */
#define TOMO_AUDIO_MAX_SECS 600

gboolean tomo_audio_check (GBytes *opus, unsigned int *out_secs, GError **error);

G_END_DECLS
