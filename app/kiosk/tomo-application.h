/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "kiosk/tomo-options.h"
#include "ui/tomo-window.h"

G_BEGIN_DECLS

#define TOMO_TYPE_APPLICATION (tomo_application_get_type ())
G_DECLARE_FINAL_TYPE (TomoApplication, tomo_application, TOMO, APPLICATION, GtkApplication)

TomoApplication *tomo_application_new (TomoOptions *options);
const GError *tomo_application_get_error (TomoApplication *self);

G_END_DECLS
