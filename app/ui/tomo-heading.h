/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/content/tomo-text.h"

G_BEGIN_DECLS

/* A heading that can have the focus, so that a screen reader says where one has come to. (A label
 * takes the focus only when its text can be selected, which a kiosk must not allow.) */
#define TOMO_TYPE_HEADING (tomo_heading_get_type ())
G_DECLARE_FINAL_TYPE (TomoHeading, tomo_heading, TOMO, HEADING, GtkWidget)

void tomo_heading_set_text (TomoHeading *self, const char *text);
void tomo_heading_set_runs (TomoHeading *self, TomoText *text, const char *language);
const char *tomo_heading_get_text (TomoHeading *self);

G_END_DECLS
