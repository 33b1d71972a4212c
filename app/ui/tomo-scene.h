/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/tomo-config.h"
#include "core/tomo-library.h"
#include "ui/tomo-glass.h"
#include "ui/tomo-layout.h"
#include "ui/tomo-speaker.h"
#include "ui/tomo-visit.h"

G_BEGIN_DECLS

/* Where a card comes from, seen from this machine; the nearest first. */
typedef enum
{
  TOMO_ORIGIN_OWN,    /* its own country, or a country where the machine knows of none */
  TOMO_ORIGIN_COMMON, /* the campaign as a whole */
  TOMO_ORIGIN_ABROAD,
} TomoOrigin;
#define TOMO_N_ORIGINS (TOMO_ORIGIN_ABROAD + 1)

/* What every page is made from: the library, the index of the visitor's language, the visit, the
 * layout, and the glass that all of it is seen on. */
#define TOMO_TYPE_SCENE (tomo_scene_get_type ())
G_DECLARE_FINAL_TYPE (TomoScene, tomo_scene, TOMO, SCENE, GObject)

TomoScene *tomo_scene_new (TomoVisit *visit);
TomoVisit *tomo_scene_get_visit (TomoScene *self);
TomoSpeaker *tomo_scene_get_speaker (TomoScene *self);
TomoLibrary *tomo_scene_get_library (TomoScene *self);
void tomo_scene_set_library (TomoScene *self, TomoLibrary *library);
TomoCampaign *tomo_scene_get_campaign (TomoScene *self);
char **tomo_scene_dup_languages (TomoScene *self);
gboolean tomo_scene_lacks_locked_language (TomoScene *self);
void tomo_scene_set_wished_languages (TomoScene *self, const char *const *wished);
char *tomo_scene_dup_default_language (TomoScene *self);
void tomo_scene_set_shows_unfinished (TomoScene *self, gboolean shows_unfinished);
TomoOrigin tomo_scene_get_origin (TomoScene *self, const char *partner);
const TomoKioskConfig *tomo_scene_get_kiosk (TomoScene *self);
void tomo_scene_set_kiosk (TomoScene *self, const TomoKioskConfig *kiosk);
TomoIndex *tomo_scene_get_index (TomoScene *self);
gboolean tomo_scene_load_index (TomoScene *self, GError **error);
gboolean tomo_scene_has_content (TomoScene *self);
TomoItem *tomo_scene_load_item (TomoScene *self,
                                const char *partner,
                                const char *pack,
                                const char *item,
                                TomoIndexEntry *out_entry,
                                TomoPack **out_pack,
                                GError **error);
TomoLayout tomo_scene_get_layout (TomoScene *self);
void tomo_scene_set_layout (TomoScene *self, TomoLayout layout);
gboolean tomo_scene_can_be_lowered (TomoScene *self);
void tomo_scene_set_height (TomoScene *self, int height_px);
double tomo_scene_get_width_rem (TomoScene *self);
void tomo_scene_set_width_rem (TomoScene *self, double width_rem);
const TomoGlass *tomo_scene_get_glass (TomoScene *self);
void tomo_scene_set_glass (TomoScene *self, const TomoGlass *glass);
uint32_t tomo_scene_get_day (TomoScene *self);
void tomo_scene_set_day (TomoScene *self, uint32_t day);

G_END_DECLS
