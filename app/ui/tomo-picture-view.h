/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A picture from a pack or of the campaign, decoded away from the main thread once its header was
 * found harmless. */
#define TOMO_TYPE_PICTURE_VIEW (tomo_picture_view_get_type ())
G_DECLARE_FINAL_TYPE (TomoPictureView, tomo_picture_view, TOMO, PICTURE_VIEW, GtkWidget)

GtkWidget *tomo_picture_view_new (void);
gboolean
tomo_picture_view_load (TomoPictureView *self, GBytes *png, const char *alt, GError **error);
gboolean tomo_picture_view_show_ornament (TomoPictureView *self, GBytes *png);
void tomo_picture_view_get_drawn_area (TomoPictureView *self, GdkRectangle *out_area);
gboolean tomo_picture_view_is_loaded (TomoPictureView *self);

G_END_DECLS
