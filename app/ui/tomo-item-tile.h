/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ui/tomo-scene.h"

G_BEGIN_DECLS

GtkWidget *
tomo_item_tile_new (TomoScene *scene, const TomoIndexEntry *entry, double picture_height_rem);

G_END_DECLS
