/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "ui/tomo-round.h"

G_BEGIN_DECLS

/* Where a visitor can be. */
typedef enum
{
  TOMO_PLACE_ATTRACT,
  TOMO_PLACE_HOME,
  TOMO_PLACE_TOPIC, /* topic */
  TOMO_PLACE_TIP,   /* partner, pack, item */
  TOMO_PLACE_QUIZ,  /* the question is the round's */
  TOMO_PLACE_RESULT,
  TOMO_PLACE_ABOUT, /* partner, pack, item: who publishes a card, and how we know */
  TOMO_PLACE_LANGUAGES,
  TOMO_PLACE_HELP,
  TOMO_PLACE_ABROAD, /* what is not there in the visitor's language */
  TOMO_PLACE_HAPPENED,
  TOMO_PLACE_FIRST_AID, /* topic: what has happened */
  TOMO_PLACE_CARE,      /* partner, pack, item: one sentence before a sensitive tip */
  TOMO_PLACE_TAKE,      /* partner, pack, item: a card to take home */
} TomoPlaceKind;
#define TOMO_N_PLACE_KINDS (TOMO_PLACE_TAKE + 1)

/* A page of a visit, without a word of any language. */
typedef struct
{
  TomoPlaceKind kind;
  char *topic;   /* (owned) (nullable) */
  char *partner; /* (owned) (nullable) */
  char *pack;    /* (owned) (nullable) */
  char *item;    /* (owned) (nullable) */
  double scroll; /* how far down the page is: 0 to 1 */
  char *focus;   /* (owned) (nullable): name of the widget that has the focus */
  unsigned int n_more; /* how often the visitor asked for more of a long list */
} TomoPlace;

TomoPlace *tomo_place_new (TomoPlaceKind kind);
TomoPlace *tomo_place_new_topic (const char *topic);
TomoPlace *tomo_place_new_first_aid (const char *what);
TomoPlace *
tomo_place_new_item (TomoPlaceKind kind, const char *partner, const char *pack, const char *item);
void tomo_place_free (TomoPlace *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoPlace, tomo_place_free)

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
