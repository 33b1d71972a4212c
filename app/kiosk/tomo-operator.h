/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "kiosk/tomo-idle.h"

G_BEGIN_DECLS

/* Where a finger was held. */
typedef enum
{
  TOMO_CORNER_NONE,
  TOMO_CORNER_TOP_LEFT,
  TOMO_CORNER_TOP_RIGHT,
} TomoCorner;

/* Keys of the keypad that count. */
typedef enum
{
  TOMO_OPERATOR_KEY_OTHER,
  TOMO_OPERATOR_KEY_HELP,
  TOMO_OPERATOR_KEY_BACK,
} TomoOperatorKey;

/* Knows an operator from a visitor: by signs that no visitor gives by chance, and by the PIN. Knows
 * no screen. */
#define TOMO_TYPE_OPERATOR (tomo_operator_get_type ())
G_DECLARE_FINAL_TYPE (TomoOperator, tomo_operator, TOMO, OPERATOR, GObject)

TomoOperator *tomo_operator_new (const char *pin_hash, TomoIdleClock clock, gpointer user_data);
void tomo_operator_remember (TomoOperator *self, const char *note);
gboolean tomo_operator_hold (TomoOperator *self, TomoCorner corner);
gboolean tomo_operator_press (TomoOperator *self, TomoOperatorKey key);
unsigned int tomo_operator_get_wait_secs (TomoOperator *self);
gboolean tomo_operator_try_pin (TomoOperator *self, const char *pin);

G_END_DECLS
