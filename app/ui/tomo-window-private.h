/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-window.h"

G_BEGIN_DECLS

/* What the window and its actions share. */
TomoScene *tomo_window_get_scene (TomoWindow *self);
TomoPage *tomo_window_build_page (TomoScene *scene);
void tomo_window_save_place (TomoWindow *self);
void tomo_window_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
