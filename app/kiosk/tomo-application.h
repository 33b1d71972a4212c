/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "kiosk/tomo-options.h"
#include "ui/tomo-window.h"

G_BEGIN_DECLS

/* How the program came to its end. */
typedef enum
{
  TOMO_ENDING_USUAL,
  TOMO_ENDING_RESTART, /* an operator wants it to begin anew */
  TOMO_ENDING_LEFT,    /* an operator wants the machine for something else */
} TomoEnding;

#define TOMO_TYPE_APPLICATION (tomo_application_get_type ())
G_DECLARE_FINAL_TYPE (TomoApplication, tomo_application, TOMO, APPLICATION, GtkApplication)

TomoApplication *tomo_application_new (TomoOptions *options);
const GError *tomo_application_get_error (TomoApplication *self);
TomoEnding tomo_application_get_ending (TomoApplication *self);

G_END_DECLS
