/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

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
  char *topic;         /* (owned) (nullable) */
  char *partner;       /* (owned) (nullable) */
  char *pack;          /* (owned) (nullable) */
  char *item;          /* (owned) (nullable) */
  double scroll;       /* how far down the page is: 0 to 1 */
  char *focus;         /* (owned) (nullable): name of the widget that has the focus */
  unsigned int n_more; /* how often the visitor asked for more of a long list */
} TomoPlace;

TomoPlace *tomo_place_new (TomoPlaceKind kind);
TomoPlace *tomo_place_new_topic (const char *topic);
TomoPlace *tomo_place_new_first_aid (const char *what);
TomoPlace *
tomo_place_new_item (TomoPlaceKind kind, const char *partner, const char *pack, const char *item);
void tomo_place_free (TomoPlace *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoPlace, tomo_place_free)

G_END_DECLS
