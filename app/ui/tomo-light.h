/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The picture of the start screen: small lights in an arc, the last of which lights up the next. */
#define TOMO_TYPE_LIGHT (tomo_light_get_type ())
G_DECLARE_FINAL_TYPE (TomoLight, tomo_light, TOMO, LIGHT, GtkWidget)

int tomo_light_get_free_px (TomoLight *self);
void tomo_light_keep_below (TomoLight *self, int top_px);
void tomo_light_keep_above (TomoLight *self, int bottom_px);

G_END_DECLS
