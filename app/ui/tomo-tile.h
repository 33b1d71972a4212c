/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A large button with an icon or a picture, a title, and a line below it. */
#define TOMO_TYPE_TILE (tomo_tile_get_type ())
G_DECLARE_FINAL_TYPE (TomoTile, tomo_tile, TOMO, TILE, GtkButton)

GtkWidget *tomo_tile_new (const char *title);
void tomo_tile_set_icon (TomoTile *self, const char *icon_name);
void tomo_tile_set_picture (TomoTile *self, GBytes *png, double height_rem);
void tomo_tile_set_detail (TomoTile *self, const char *detail);
void tomo_tile_set_detail_language (TomoTile *self, const char *language);
void tomo_tile_add_mark (TomoTile *self, const char *mark);

G_END_DECLS
