/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ui/tomo-page.h"

G_BEGIN_DECLS

/* The one window. It follows the visit: builds the page for the place where the visitor is, and
 * builds it anew when the language or the layout changes. */
#define TOMO_TYPE_WINDOW (tomo_window_get_type ())
G_DECLARE_FINAL_TYPE (TomoWindow, tomo_window, TOMO, WINDOW, GtkWindow)

TomoWindow *tomo_window_new (TomoScene *scene);
void tomo_window_lock (TomoWindow *self);
gboolean tomo_window_is_locked (TomoWindow *self);
void tomo_window_glass_changed (TomoWindow *self);
void tomo_window_set_size (TomoWindow *self, int width_px, int height_px);
TomoScene *tomo_window_get_scene (TomoWindow *self);
TomoVisit *tomo_window_get_visit (TomoWindow *self);
TomoPage *tomo_window_get_page (TomoWindow *self);
void tomo_window_refresh (TomoWindow *self);
void tomo_window_take_library (TomoWindow *self, TomoLibrary *library);
void tomo_window_library_changed (TomoWindow *self);
void tomo_window_show_warning (TomoWindow *self, unsigned int seconds);
void tomo_window_hide_warning (TomoWindow *self);
void tomo_window_set_panel (TomoWindow *self, GtkWidget *panel);
void tomo_window_show_age (TomoWindow *self);
void tomo_window_update_age (TomoWindow *self);

G_END_DECLS
