/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Tiles of one width in as many columns as fit, all tiles of a row equally high. */
#define TOMO_TYPE_TILE_GRID (tomo_tile_grid_get_type ())
G_DECLARE_FINAL_TYPE (TomoTileGrid, tomo_tile_grid, TOMO, TILE_GRID, GtkWidget)

GtkWidget *tomo_tile_grid_new (double min_tile_width_rem, unsigned int max_columns);
void tomo_tile_grid_append (TomoTileGrid *self, GtkWidget *tile);

G_END_DECLS
