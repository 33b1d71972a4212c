/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *tomo_language_button_new (const char *tag, const char *action);

G_END_DECLS
