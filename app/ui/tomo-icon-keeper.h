/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void tomo_icon_keeper_keep (GtkWidget *widget);

G_END_DECLS
