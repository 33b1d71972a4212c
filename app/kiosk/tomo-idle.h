/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>
#include <stdint.h>

G_BEGIN_DECLS

/* The warning stands at least this long before the visit ends. */
#define TOMO_IDLE_WARNING_SECS 20
#define TOMO_IDLE_MENU_SECS 60 /* unless the configuration says otherwise */
#define TOMO_IDLE_MIN_READING_SECS 90

/* What a visitor looks at. */
typedef enum
{
  TOMO_IDLE_PAGE_USUAL = 0,
  TOMO_IDLE_PAGE_LARGEST_TEXT = 1 << 0,
  TOMO_IDLE_PAGE_TELEPHONE = 1 << 1, /* a code to photograph */
} TomoIdlePageFlags;

/* Why time does not count, although nobody touches anything. */
typedef enum
{
  TOMO_IDLE_PAUSE_LISTENING = 1 << 0, /* something is being read aloud */
  TOMO_IDLE_PAUSE_OPERATOR = 1 << 1,  /* an operator is at the panel */
} TomoIdlePause;

/* Decides when nobody is there any more. Knows no screen and no timer: whoever owns it asks. */
#define TOMO_TYPE_IDLE (tomo_idle_get_type ())
G_DECLARE_FINAL_TYPE (TomoIdle, tomo_idle, TOMO, IDLE, GObject)

/* Microseconds of a clock that never goes back. */
typedef int64_t (*TomoIdleClock) (gpointer user_data);

TomoIdle *tomo_idle_new (TomoIdleClock clock, gpointer user_data);
void tomo_idle_set_menu_secs (TomoIdle *self, unsigned int menu_secs);
void tomo_idle_set_page (TomoIdle *self, unsigned int reading_secs, TomoIdlePageFlags flags);
void tomo_idle_set_paused (TomoIdle *self, TomoIdlePause reason, gboolean is_paused);
unsigned int tomo_idle_get_timeout_secs (TomoIdle *self);
void tomo_idle_start (TomoIdle *self);
void tomo_idle_stop (TomoIdle *self);
void tomo_idle_touch (TomoIdle *self);
void tomo_idle_check (TomoIdle *self);

G_END_DECLS
