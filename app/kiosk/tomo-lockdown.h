/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void tomo_lockdown_clean_environment (void);
void tomo_lockdown_apply (GtkWindow *window);
void tomo_lockdown_hide_cursor (GtkWindow *window);

G_END_DECLS
