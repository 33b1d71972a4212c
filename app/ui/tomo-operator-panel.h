/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ui/tomo-scene.h"

G_BEGIN_DECLS

/* Lies over everything, for operators: asks for the PIN on keys of its own, then says what is shown
 * here and offers to start again or to leave. */
#define TOMO_TYPE_OPERATOR_PANEL (tomo_operator_panel_get_type ())
G_DECLARE_FINAL_TYPE (TomoOperatorPanel, tomo_operator_panel, TOMO, OPERATOR_PANEL, GtkWidget)

GtkWidget *tomo_operator_panel_new (TomoScene *scene);
gboolean tomo_operator_panel_is_open (TomoOperatorPanel *self);
void tomo_operator_panel_refuse (TomoOperatorPanel *self, unsigned int wait_secs);
void tomo_operator_panel_set_wait (TomoOperatorPanel *self, unsigned int wait_secs);
void tomo_operator_panel_open (TomoOperatorPanel *self);

G_END_DECLS
