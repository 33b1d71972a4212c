/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

G_BEGIN_DECLS

/* The loudspeaker of this machine: ALSA’s device ‘default’. With PulseAudio or PipeWire that is
 * them, on a bare kiosk it is the card itself. */
typedef struct _TomoOutput TomoOutput;

TomoOutput *tomo_output_open (unsigned int rate, unsigned int n_channels, GError **error);
gboolean
tomo_output_write (TomoOutput *self, const int16_t *samples, size_t n_frames, GError **error);
void tomo_output_drain (TomoOutput *self);
void tomo_output_close (TomoOutput *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoOutput, tomo_output_close)

G_END_DECLS
