/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Keeps its one child from getting wider than is good to read, and in the middle. */
#define TOMO_TYPE_CLAMP (tomo_clamp_get_type ())
G_DECLARE_FINAL_TYPE (TomoClamp, tomo_clamp, TOMO, CLAMP, GtkWidget)

GtkWidget *tomo_clamp_new (double max_width_rem);
void tomo_clamp_set_child (TomoClamp *self, GtkWidget *child);

G_END_DECLS
