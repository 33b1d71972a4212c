/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOMO_TYPE_ICON (tomo_icon_get_type ())
G_DECLARE_FINAL_TYPE (TomoIcon, tomo_icon, TOMO, ICON, GObject)

GdkPaintable *tomo_icon_new (const char *name);
GtkWidget *tomo_icon_image_new (const char *name);
void tomo_icon_show (GtkImage *image, const char *name);

G_END_DECLS
