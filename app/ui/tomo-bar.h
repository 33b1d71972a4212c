/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ui/tomo-scene.h"

G_BEGIN_DECLS

/* The bar at the foot of every page but the first: back, start again, language, text size,
 * contrast, lower, help. It stands below, where a child and a person in a wheelchair reach it. */
#define TOMO_TYPE_BAR (tomo_bar_get_type ())
G_DECLARE_FINAL_TYPE (TomoBar, tomo_bar, TOMO, BAR, GtkWidget)

GtkWidget *tomo_bar_new (TomoScene *scene);
void tomo_bar_lay_out (TomoBar *self, int width_px);
void tomo_bar_update (TomoBar *self);
void tomo_bar_grab_focus (TomoBar *self, const char *name);

G_END_DECLS
