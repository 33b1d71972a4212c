/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks whether somebody is still there. */
#define TOMO_TYPE_IDLE_WARNING (tomo_idle_warning_get_type ())
G_DECLARE_FINAL_TYPE (TomoIdleWarning, tomo_idle_warning, TOMO, IDLE_WARNING, GtkWidget)

GtkWidget *tomo_idle_warning_new (void);
void tomo_idle_warning_set_seconds (TomoIdleWarning *self, unsigned int seconds);

G_END_DECLS
