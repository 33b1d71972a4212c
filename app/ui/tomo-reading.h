/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

unsigned int tomo_reading_count_secs (const char *text, const char *language);
unsigned int tomo_reading_count_widget_secs (GtkWidget *widget);

G_END_DECLS
