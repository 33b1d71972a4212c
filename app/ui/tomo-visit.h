/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "ui/tomo-place.h"
#include "ui/tomo-round.h"

G_BEGIN_DECLS

/* How the last step of a visit went: pages slide that way. */
typedef enum
{
  TOMO_MOVE_FORWARD,
  TOMO_MOVE_BACK,
  TOMO_MOVE_RESET,
} TomoMove;

#define TOMO_N_TEXT_SIZES 3
/* Volume goes from 1 to this, and begins in the middle. */
#define TOMO_MAX_VOLUME 5U
#define TOMO_USUAL_VOLUME 3U

/* Everything that is known about the person in front of the screen, and nothing else: all of it
 * goes when the visit ends. Any page can be built from it, in any language, at any moment. */
#define TOMO_TYPE_VISIT (tomo_visit_get_type ())
G_DECLARE_FINAL_TYPE (TomoVisit, tomo_visit, TOMO, VISIT, GObject)

TomoVisit *tomo_visit_new (const char *default_language);
const char *tomo_visit_get_language (TomoVisit *self);
void tomo_visit_set_default_language (TomoVisit *self, const char *language);
void tomo_visit_set_language (TomoVisit *self, const char *language);
unsigned int tomo_visit_get_text_size (TomoVisit *self);
void tomo_visit_set_text_size (TomoVisit *self, unsigned int text_size);
gboolean tomo_visit_is_high_contrast (TomoVisit *self);
void tomo_visit_set_high_contrast (TomoVisit *self, gboolean is_high_contrast);
gboolean tomo_visit_is_still (TomoVisit *self);
void tomo_visit_set_still (TomoVisit *self, gboolean is_still);
gboolean tomo_visit_is_lowered (TomoVisit *self);
void tomo_visit_set_lowered (TomoVisit *self, gboolean is_lowered);
gboolean tomo_visit_is_listening (TomoVisit *self);
void tomo_visit_set_listening (TomoVisit *self, gboolean is_listening);
unsigned int tomo_visit_get_volume (TomoVisit *self);
void tomo_visit_set_volume (TomoVisit *self, unsigned int volume);

TomoPlace *tomo_visit_get_place (TomoVisit *self);
unsigned int tomo_visit_get_n_places (TomoVisit *self);
void tomo_visit_open (TomoVisit *self, TomoPlace *place);
void tomo_visit_replace (TomoVisit *self, TomoPlace *place);
gboolean tomo_visit_back (TomoVisit *self);
void tomo_visit_go_home (TomoVisit *self);
void tomo_visit_reset (TomoVisit *self);

TomoRound *tomo_visit_get_round (TomoVisit *self);
void tomo_visit_set_round (TomoVisit *self, TomoRound *round);
unsigned int tomo_visit_take_round_number (TomoVisit *self);

G_END_DECLS
