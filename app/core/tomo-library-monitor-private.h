/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/store/tomo-store.h"

G_BEGIN_DECLS

/* Watches `current` of one campaign, from before the campaign has a folder. */
#define TOMO_TYPE_LIBRARY_MONITOR (tomo_library_monitor_get_type ())
G_DECLARE_FINAL_TYPE (TomoLibraryMonitor, tomo_library_monitor, TOMO, LIBRARY_MONITOR, GObject)

typedef void (*TomoLibraryMonitorFunc) (gpointer user_data);

TomoLibraryMonitor *tomo_library_monitor_new (TomoStore *store,
                                              const char *campaign,
                                              TomoLibraryMonitorFunc func,
                                              gpointer user_data);

G_END_DECLS
