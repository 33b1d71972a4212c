/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-scene.h"
#include "ui/tomo-window.h"

G_BEGIN_DECLS

/* Shows the card that a preview names, and takes the packs up again each time that is written:
 * whoever translates sees a sentence as soon as it is saved. */
#define TOMO_TYPE_PREVIEW_FOLLOWER (tomo_preview_follower_get_type ())
G_DECLARE_FINAL_TYPE (TomoPreviewFollower, tomo_preview_follower, TOMO, PREVIEW_FOLLOWER, GObject)

TomoPreviewFollower *
tomo_preview_follower_new (TomoWindow *window, TomoScene *scene, const char *folder);

G_END_DECLS
