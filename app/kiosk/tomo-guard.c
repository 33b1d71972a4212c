/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "kiosk/tomo-guard.h"

#include "kiosk/tomo-operator.h"
#include "ui/tomo-operator-panel.h"

/* A corner is as large as a thumb, for who cannot look closely. */
#define CORNER_MM 25.0
#define MIN_CORNER_PX 64

/* GTK counts in halves of a second; with twice that a touch of a visitor is none. */
#define HOLD_FACTOR 2.0

/* An operator who was called away leaves no open door. */
#define PANEL_SECS 60

struct _TomoGuard
{
  GObject parent_instance;

  TomoWindow *window;   /* (nullable): lives as long as the guard, or goes first */
  TomoVisit *visit;     /* (owned) */
  TomoIdle *idle;       /* (owned) */
  GSource *idle_source; /* (owned) (nullable): while somebody is there */

  TomoOperator *keeper; /* (owned) */
  TomoIdleClock clock;
  gpointer clock_data;
  TomoOperatorPanel *panel;    /* (nullable): the window owns it */
  int64_t panel_touched_usecs; /* when the operator last did something */
};

G_DEFINE_TYPE (TomoGuard, tomo_guard, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_RESTART,
  SIGNAL_LEAVE,
} TomoGuardSignal;

static guint signals[SIGNAL_LEAVE + 1] = { 0 };

static void
stop_checking (TomoGuard *self)
{
  if (self->idle_source != NULL)
    g_source_destroy (self->idle_source);
  g_clear_pointer (&self->idle_source, g_source_unref);
}

static gboolean
check_cb (gpointer user_data)
{
  tomo_guard_check (user_data);
  return G_SOURCE_CONTINUE;
}

static void
start_checking (TomoGuard *self)
{
  if (self->idle_source != NULL)
    return;

  self->idle_source = g_timeout_source_new_seconds (1);
  g_source_set_name (self->idle_source, "tomo-guard-check");
  g_source_set_callback (self->idle_source, check_cb, self, NULL);
  g_source_attach (self->idle_source, NULL);
}

/* ---- The operator ---- */

static void
close_panel (TomoGuard *self)
{
  if (self->panel == NULL)
    return;

  self->panel = NULL;
  tomo_window_set_panel (self->window, NULL);
  tomo_idle_set_paused (self->idle, TOMO_IDLE_PAUSE_OPERATOR, FALSE);
  if (tomo_visit_get_place (self->visit)->kind == TOMO_PLACE_ATTRACT)
    stop_checking (self);
}

static void
pin_entered_cb (TomoGuard *self, const char *pin, TomoOperatorPanel *panel)
{
  if (tomo_operator_try_pin (self->keeper, pin))
    tomo_operator_panel_open (panel);
  else
    tomo_operator_panel_refuse (panel, tomo_operator_get_wait_secs (self->keeper));
}

static void
restart_cb (TomoGuard *self, TomoOperatorPanel *panel)
{
  close_panel (self);
  g_signal_emit (self, signals[SIGNAL_RESTART], 0);
}

static void
leave_cb (TomoGuard *self, TomoOperatorPanel *panel)
{
  close_panel (self);
  g_signal_emit (self, signals[SIGNAL_LEAVE], 0);
}

static void
open_panel (TomoGuard *self)
{
  if (self->panel != NULL)
    return;

  self->panel =
      TOMO_OPERATOR_PANEL (tomo_operator_panel_new (tomo_window_get_scene (self->window)));
  g_signal_connect_object (self->panel, "pin-entered", G_CALLBACK (pin_entered_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->panel, "restart", G_CALLBACK (restart_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->panel, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->panel, "closed", G_CALLBACK (close_panel), self,
                           G_CONNECT_SWAPPED);
  tomo_idle_set_paused (self->idle, TOMO_IDLE_PAUSE_OPERATOR, TRUE);
  self->panel_touched_usecs = self->clock (self->clock_data);
  tomo_window_set_panel (self->window, GTK_WIDGET (self->panel));
  if (tomo_operator_get_wait_secs (self->keeper) > 0)
    tomo_operator_panel_refuse (self->panel, tomo_operator_get_wait_secs (self->keeper));
  start_checking (self);
}

static TomoCorner
find_corner (TomoGuard *self, double x, double y)
{
  const TomoGlass *glass = tomo_scene_get_glass (tomo_window_get_scene (self->window));
  int size_px = MAX (MIN_CORNER_PX, tomo_glass_mm_to_px (glass, CORNER_MM));

  if (y > size_px)
    return TOMO_CORNER_NONE;
  if (x <= size_px)
    return TOMO_CORNER_TOP_LEFT;

  return (x >= gtk_widget_get_width (GTK_WIDGET (self->window)) - size_px) ? TOMO_CORNER_TOP_RIGHT
                                                                           : TOMO_CORNER_NONE;
}

static void
held_cb (GtkGestureLongPress *gesture, double x, double y, TomoGuard *self)
{
  TomoCorner corner = find_corner (self, x, y);

  /* What stands in the corner is not pressed. */
  if (corner != TOMO_CORNER_NONE)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (tomo_operator_hold (self->keeper, corner))
    open_panel (self);
}

static void
check_panel (TomoGuard *self)
{
  int64_t idle_usecs = self->clock (self->clock_data) - self->panel_touched_usecs;
  unsigned int wait_secs = tomo_operator_get_wait_secs (self->keeper);

  if (idle_usecs > (int64_t) PANEL_SECS * G_USEC_PER_SEC)
    close_panel (self);
  else if (!tomo_operator_panel_is_open (self->panel))
    tomo_operator_panel_set_wait (self->panel, wait_secs);
}

/* ---- The visitor ---- */

static void
touch (TomoGuard *self)
{
  tomo_idle_touch (self->idle);
  self->panel_touched_usecs = self->clock (self->clock_data);
}

static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, TomoGuard *self)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_BUTTON_RELEASE:
    case GDK_MOTION_NOTIFY:
    case GDK_PAD_BUTTON_PRESS:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
    case GDK_TOUCH_END:
    case GDK_TOUCH_UPDATE:
    case GDK_TOUCHPAD_PINCH:
    case GDK_TOUCHPAD_SWIPE:
      touch (self);
      break;
    case GDK_KEY_PRESS:
      touch (self);
      return tomo_guard_note_key (self, gdk_key_event_get_keyval (event));
    /* A window that comes and goes, or a hand that only leaves the keyboard, is nobody. */
    case GDK_DELETE:
    case GDK_DRAG_ENTER:
    case GDK_DRAG_LEAVE:
    case GDK_DRAG_MOTION:
    case GDK_DROP_START:
    case GDK_ENTER_NOTIFY:
    case GDK_EVENT_LAST:
    case GDK_FOCUS_CHANGE:
    case GDK_GRAB_BROKEN:
    case GDK_KEY_RELEASE:
    case GDK_LEAVE_NOTIFY:
    case GDK_PAD_BUTTON_RELEASE:
    case GDK_PAD_GROUP_MODE:
    case GDK_PAD_RING:
    case GDK_PAD_STRIP:
    case GDK_PROXIMITY_IN:
    case GDK_PROXIMITY_OUT:
    case GDK_TOUCH_CANCEL:
    case GDK_TOUCHPAD_HOLD:
    default:
      break;
    }

  return GDK_EVENT_PROPAGATE;
}

static void
look_at_page (TomoGuard *self)
{
  TomoPage *page = (self->window != NULL) ? tomo_window_get_page (self->window) : NULL;
  TomoIdlePageFlags flags = TOMO_IDLE_PAGE_USUAL;

  if (tomo_visit_get_text_size (self->visit) + 1 == TOMO_N_TEXT_SIZES)
    flags |= TOMO_IDLE_PAGE_LARGEST_TEXT;
  if (page != NULL && tomo_page_is_for_a_telephone (page))
    flags |= TOMO_IDLE_PAGE_TELEPHONE;
  tomo_idle_set_page (self->idle, (page != NULL) ? tomo_page_get_reading_secs (page) : 0, flags);
}

static void
moved_cb (TomoGuard *self, int move, TomoVisit *visit)
{
  if (tomo_visit_get_place (visit)->kind == TOMO_PLACE_ATTRACT)
    {
      if (self->panel == NULL)
        stop_checking (self);
      tomo_idle_stop (self->idle);
      return;
    }

  look_at_page (self);
  tomo_idle_start (self->idle);
  start_checking (self);
}

static void
listening_cb (TomoGuard *self, GParamSpec *pspec, TomoVisit *visit)
{
  tomo_idle_set_paused (self->idle, TOMO_IDLE_PAUSE_LISTENING, tomo_visit_is_listening (visit));
}

static void
tomo_guard_dispose (GObject *object)
{
  TomoGuard *self = TOMO_GUARD (object);

  stop_checking (self);
  g_clear_weak_pointer (&self->window);
  self->panel = NULL;
  g_clear_object (&self->keeper);
  g_clear_object (&self->idle);
  g_clear_object (&self->visit);

  G_OBJECT_CLASS (tomo_guard_parent_class)->dispose (object);
}

static void
tomo_guard_class_init (TomoGuardClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tomo_guard_dispose;

  /**
   * TomoGuard::restart:
   * @self: a guard
   *
   * An operator wants the program to begin anew.
   */
  signals[SIGNAL_RESTART] =
      g_signal_new ("restart", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * TomoGuard::leave:
   * @self: a guard
   *
   * An operator wants the machine for something else.
   */
  signals[SIGNAL_LEAVE] =
      g_signal_new ("leave", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tomo_guard_init (TomoGuard *self)
{
}

static void
watch_idle (TomoGuard *self)
{
  g_signal_connect_object (self->idle, "warned", G_CALLBACK (tomo_window_show_warning),
                           self->window, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->idle, "resumed", G_CALLBACK (tomo_window_hide_warning),
                           self->window, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->idle, "expired", G_CALLBACK (tomo_visit_reset), self->visit,
                           G_CONNECT_SWAPPED);
  /* After the window, so that its page is the new one. */
  g_signal_connect_object (self->visit, "moved", G_CALLBACK (moved_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->visit, "notify::listening", G_CALLBACK (listening_cb), self,
                           G_CONNECT_SWAPPED);

  /* Pointer, touch and keys of all kinds pass here first. */
  GtkEventController *events = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_name (events, "tomo-guard-events");
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (event_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->window), events);
}

static void
watch_corners (TomoGuard *self)
{
  GtkGesture *hold = gtk_gesture_long_press_new ();

  gtk_event_controller_set_name (GTK_EVENT_CONTROLLER (hold), "tomo-guard-corners");
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (hold), GTK_PHASE_CAPTURE);
  gtk_gesture_long_press_set_delay_factor (GTK_GESTURE_LONG_PRESS (hold), HOLD_FACTOR);
  g_signal_connect_object (hold, "pressed", G_CALLBACK (held_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->window), GTK_EVENT_CONTROLLER (hold));
}

/**
 * tomo_guard_new:
 * @window: a window
 * @config: how long to wait, and the operator's PIN
 * @clock: the clock to read
 * @user_data: for @clock
 *
 * Returns: (transfer full): a guard beside @window
 */
TomoGuard *
tomo_guard_new (TomoWindow *window,
                const TomoKioskConfig *config,
                TomoIdleClock clock,
                gpointer user_data)
{
  g_return_val_if_fail (TOMO_IS_WINDOW (window), NULL);

  TomoGuard *self = g_object_new (TOMO_TYPE_GUARD, NULL);
  g_set_weak_pointer (&self->window, window);
  self->visit = g_object_ref (tomo_window_get_visit (window));
  self->idle = tomo_idle_new (clock, user_data);
  tomo_idle_set_menu_secs (self->idle, config->idle_secs);
  self->clock = clock;
  self->clock_data = user_data;
  self->keeper = tomo_operator_new (config->pin, clock, user_data);
  watch_idle (self);
  watch_corners (self);
  return self;
}

/**
 * tomo_guard_remember_wrong_pins:
 * @self: a guard
 * @note: name of a file, as tomo_operator_remember() wants it
 */
void
tomo_guard_remember_wrong_pins (TomoGuard *self, const char *note)
{
  g_return_if_fail (TOMO_IS_GUARD (self));

  tomo_operator_remember (self->keeper, note);
}

/**
 * tomo_guard_check:
 * @self: a guard
 *
 * Looks at the page and at the clock. A timer does this once a second while somebody is visiting:
 * a page may have got longer since it was opened.
 */
void
tomo_guard_check (TomoGuard *self)
{
  g_return_if_fail (TOMO_IS_GUARD (self));

  if (self->panel != NULL)
    check_panel (self);
  look_at_page (self);
  tomo_idle_check (self->idle);
}

/**
 * tomo_guard_note_key:
 * @self: a guard
 * @keyval: a key that was pressed, before any widget has seen it
 *
 * Opens the panel if that was the last of the operator's keys. That key does nothing else.
 *
 * Returns: %GDK_EVENT_STOP if the panel has opened
 */
gboolean
tomo_guard_note_key (TomoGuard *self, guint keyval)
{
  g_return_val_if_fail (TOMO_IS_GUARD (self), GDK_EVENT_PROPAGATE);

  TomoOperatorKey key = TOMO_OPERATOR_KEY_OTHER;

  if (keyval == GDK_KEY_F1 || keyval == GDK_KEY_Help)
    key = TOMO_OPERATOR_KEY_HELP;
  else if (keyval == GDK_KEY_Escape || keyval == GDK_KEY_Back)
    key = TOMO_OPERATOR_KEY_BACK;
  if (!tomo_operator_press (self->keeper, key))
    return GDK_EVENT_PROPAGATE;

  open_panel (self);
  return GDK_EVENT_STOP;
}
