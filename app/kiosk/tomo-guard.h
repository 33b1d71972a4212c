/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/tomo-config.h"
#include "kiosk/tomo-idle.h"
#include "ui/tomo-window.h"

G_BEGIN_DECLS

/* Stands beside one locked window: sees every touch and key, notices when a visitor has gone, and
 * lets an operator in. */
#define TOMO_TYPE_GUARD (tomo_guard_get_type ())
G_DECLARE_FINAL_TYPE (TomoGuard, tomo_guard, TOMO, GUARD, GObject)

TomoGuard *tomo_guard_new (TomoWindow *window,
                           const TomoKioskConfig *config,
                           TomoIdleClock clock,
                           gpointer user_data);
gboolean tomo_guard_note_key (TomoGuard *self, guint keyval);
void tomo_guard_remember_wrong_pins (TomoGuard *self, const char *note);
void tomo_guard_check (TomoGuard *self);

G_END_DECLS
