/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What has just happened to somebody. The words are in English, as the catalogues of translations
 * and the recordings of a campaign know them; the screen translates them. */
typedef enum
{
  TOMO_FIRST_AID_MONEY,
  TOMO_FIRST_AID_ACCOUNT,
  TOMO_FIRST_AID_THREAT,
  TOMO_FIRST_AID_CLICKED,
} TomoFirstAid;
#define TOMO_N_FIRST_AIDS (TOMO_FIRST_AID_CLICKED + 1)

/* More steps nobody takes in whose money is on its way. */
#define TOMO_FIRST_AID_MAX_STEPS 4

const char *tomo_first_aid_get_id (TomoFirstAid self);
TomoFirstAid tomo_first_aid_from_id (const char *id);
const char *tomo_first_aid_get_title (TomoFirstAid self);
const char *tomo_first_aid_get_detail (TomoFirstAid self);
const char *tomo_first_aid_get_step (TomoFirstAid self, size_t index);
const char *tomo_first_aid_get_comfort (TomoFirstAid self);

G_END_DECLS
