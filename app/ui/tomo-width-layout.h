/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOMO_TYPE_WIDTH_LAYOUT (tomo_width_layout_get_type ())
G_DECLARE_FINAL_TYPE (TomoWidthLayout, tomo_width_layout, TOMO, WIDTH_LAYOUT, GtkLayoutManager)

GtkLayoutManager *tomo_width_layout_new (void);

G_END_DECLS
