/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-visit.h"

G_BEGIN_DECLS

/* Reads aloud, through a process of its own for each sound: what a person recorded, or, where a
 * voice is good enough, what a synthesiser says. The visit knows whether somebody is listening and
 * how loud; both end with it. */
#define TOMO_TYPE_SPEAKER (tomo_speaker_get_type ())
G_DECLARE_FINAL_TYPE (TomoSpeaker, tomo_speaker, TOMO, SPEAKER, GObject)

TomoSpeaker *tomo_speaker_new (TomoVisit *visit);
gboolean tomo_speaker_can_play (TomoSpeaker *self);
gboolean tomo_speaker_is_heard (TomoSpeaker *self);
gboolean tomo_speaker_has_listener (TomoSpeaker *self);
void tomo_speaker_begin_aside (TomoSpeaker *self);
gboolean tomo_speaker_has_failed (TomoSpeaker *self);
gboolean tomo_speaker_can_say (TomoSpeaker *self, const char *language);
void tomo_speaker_play (TomoSpeaker *self, GBytes *opus);
void tomo_speaker_play_after (TomoSpeaker *self, GBytes *opus);
void tomo_speaker_say (TomoSpeaker *self, const char *text, const char *language);
void tomo_speaker_stop (TomoSpeaker *self);

G_END_DECLS
