/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-scene.h"
#include "ui/tomo-window.h"

G_BEGIN_DECLS

/* Draws each card of a preview in each of its languages into a folder: LANGUAGE/ITEM.png, and of a
 * question LANGUAGE/ITEM-answered.png. */
#define TOMO_TYPE_SCREENS (tomo_screens_get_type ())
G_DECLARE_FINAL_TYPE (TomoScreens, tomo_screens, TOMO, SCREENS, GObject)

TomoScreens *
tomo_screens_new (TomoWindow *window, TomoScene *scene, const char *folder, const char *language);
void tomo_screens_start (TomoScreens *self);
const GError *tomo_screens_get_error (TomoScreens *self);

G_END_DECLS
