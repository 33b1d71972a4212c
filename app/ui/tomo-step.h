/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *tomo_step_new (size_t number, GtkLabel **out_words);

G_END_DECLS
