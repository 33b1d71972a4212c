/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/* The most that is decoded at once: one packet of Opus, 120 ms. */
#define TOMO_SOUND_MAX_FRAMES 5760
#define TOMO_SOUND_MAX_CHANNELS 2

/* Samples out of a file: a recording (Ogg Opus), or what a synthesiser writes (WAV). */
typedef struct _TomoSound TomoSound;

TomoSound *tomo_sound_open (int fd, GError **error);
void tomo_sound_free (TomoSound *self);
unsigned int tomo_sound_get_rate (TomoSound *self);
unsigned int tomo_sound_get_n_channels (TomoSound *self);
gssize tomo_sound_read (TomoSound *self, int16_t *samples, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoSound, tomo_sound_free)

G_END_DECLS
