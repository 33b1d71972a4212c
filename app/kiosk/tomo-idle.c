/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "kiosk/tomo-idle.h"

struct _TomoIdle
{
  GObject parent_instance;

  TomoIdleClock clock;
  gpointer clock_data;
  int64_t touched_usecs;
  unsigned int menu_secs;
  unsigned int timeout_secs;
  unsigned int pauses; /* a set of TomoIdlePause */
  gboolean is_running;
  gboolean is_warning;
};

G_DEFINE_TYPE (TomoIdle, tomo_idle, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_WARNED,
  SIGNAL_RESUMED,
  SIGNAL_EXPIRED,
} TomoIdleSignal;

static guint signals[SIGNAL_EXPIRED + 1] = { 0 };

static void
tomo_idle_class_init (TomoIdleClass *klass)
{
  /**
   * TomoIdle::warned:
   * @self: an idle watch
   * @seconds: how long there is to touch the screen
   *
   * Nobody has touched the screen for long. Emitted at each check until somebody does.
   */
  signals[SIGNAL_WARNED] = g_signal_new ("warned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  /**
   * TomoIdle::resumed:
   * @self: an idle watch
   *
   * Somebody touched the screen after a warning.
   */
  signals[SIGNAL_RESUMED] = g_signal_new ("resumed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * TomoIdle::expired:
   * @self: an idle watch
   *
   * The visitor has gone. The watch has stopped.
   */
  signals[SIGNAL_EXPIRED] = g_signal_new ("expired", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tomo_idle_init (TomoIdle *self)
{
  self->menu_secs = TOMO_IDLE_MENU_SECS;
  self->timeout_secs = TOMO_IDLE_MENU_SECS;
}

/**
 * tomo_idle_new:
 * @clock: the clock to read
 * @user_data: for @clock
 *
 * Returns: (transfer full): a watch that does not run yet
 */
TomoIdle *
tomo_idle_new (TomoIdleClock clock, gpointer user_data)
{
  g_return_val_if_fail (clock != NULL, NULL);

  TomoIdle *self = g_object_new (TOMO_TYPE_IDLE, NULL);
  self->clock = clock;
  self->clock_data = user_data;
  return self;
}

/**
 * tomo_idle_set_menu_secs:
 * @self: a watch
 * @menu_secs: how long a menu may stand; more than the warning does
 *
 * Changes the time of menus, and of texts that would be given less.
 */
void
tomo_idle_set_menu_secs (TomoIdle *self, unsigned int menu_secs)
{
  g_return_if_fail (TOMO_IS_IDLE (self));
  g_return_if_fail (menu_secs > TOMO_IDLE_WARNING_SECS);

  self->menu_secs = menu_secs;
  self->timeout_secs = menu_secs;
}

/**
 * tomo_idle_set_page:
 * @self: a watch
 * @reading_secs: how long the page takes to read; zero for a menu
 * @flags: what makes it take longer
 *
 * Says what the visitor looks at. May be said again at any moment: time that has passed counts.
 */
void
tomo_idle_set_page (TomoIdle *self, unsigned int reading_secs, TomoIdlePageFlags flags)
{
  g_return_if_fail (TOMO_IS_IDLE (self));

  self->timeout_secs = self->menu_secs;
  if (reading_secs > 0)
    self->timeout_secs = MAX (MAX (TOMO_IDLE_MIN_READING_SECS, self->menu_secs), reading_secs);
  if (flags != TOMO_IDLE_PAGE_USUAL)
    self->timeout_secs *= 2;
}

/**
 * tomo_idle_set_paused:
 * @self: a watch
 * @reason: why
 * @is_paused: whether it is so now
 *
 * Stops the clock for as long as there is a reason to. Then the whole time is given again.
 */
void
tomo_idle_set_paused (TomoIdle *self, TomoIdlePause reason, gboolean is_paused)
{
  g_return_if_fail (TOMO_IS_IDLE (self));

  unsigned int pauses =
      is_paused ? (self->pauses | reason) : (self->pauses & ~(unsigned int) reason);
  if (pauses == self->pauses)
    return;

  self->pauses = pauses;
  tomo_idle_touch (self);
}

unsigned int
tomo_idle_get_timeout_secs (TomoIdle *self)
{
  g_return_val_if_fail (TOMO_IS_IDLE (self), 0);
  return self->timeout_secs;
}

/**
 * tomo_idle_start:
 * @self: a watch
 *
 * A visit has begun.
 */
void
tomo_idle_start (TomoIdle *self)
{
  g_return_if_fail (TOMO_IS_IDLE (self));

  self->is_running = TRUE;
  tomo_idle_touch (self);
}

/**
 * tomo_idle_stop:
 * @self: a watch
 *
 * The visit has ended: nobody is expected.
 */
void
tomo_idle_stop (TomoIdle *self)
{
  g_return_if_fail (TOMO_IS_IDLE (self));

  self->is_running = FALSE;
  self->is_warning = FALSE;
}

static void
resume (TomoIdle *self)
{
  self->is_warning = FALSE;
  g_signal_emit (self, signals[SIGNAL_RESUMED], 0);
}

/**
 * tomo_idle_touch:
 * @self: a watch
 *
 * Somebody is there. After a warning this gives the whole time again, as often as needed.
 */
void
tomo_idle_touch (TomoIdle *self)
{
  g_return_if_fail (TOMO_IS_IDLE (self));

  self->touched_usecs = self->clock (self->clock_data);
  if (self->is_warning)
    resume (self);
}

/**
 * tomo_idle_check:
 * @self: a watch
 *
 * Looks at the clock. To be called about once a second. A visit never ends without a warning that
 * stood for its full time, even if the machine slept in between.
 */
void
tomo_idle_check (TomoIdle *self)
{
  g_return_if_fail (TOMO_IS_IDLE (self));

  if (!self->is_running || self->pauses != 0)
    return;

  int64_t now_usecs = self->clock (self->clock_data);
  int64_t idle_secs = (now_usecs - self->touched_usecs) / G_USEC_PER_SEC;
  int64_t left_secs = (int64_t) self->timeout_secs - idle_secs;
  if (left_secs > TOMO_IDLE_WARNING_SECS)
    {
      /* The page has got longer under the warning: an answer was explained, letters grew. */
      if (self->is_warning)
        resume (self);
      return;
    }

  if (!self->is_warning)
    {
      self->is_warning = TRUE;
      left_secs = TOMO_IDLE_WARNING_SECS;
      self->touched_usecs =
          now_usecs - ((int64_t) self->timeout_secs - TOMO_IDLE_WARNING_SECS) * G_USEC_PER_SEC;
    }
  if (left_secs > 0)
    {
      g_signal_emit (self, signals[SIGNAL_WARNED], 0, (guint) left_secs);
      return;
    }

  tomo_idle_stop (self);
  g_signal_emit (self, signals[SIGNAL_EXPIRED], 0);
}
