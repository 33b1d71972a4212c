/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "kiosk/tomo-guard.h"

struct _TomoGuard
{
  GObject parent_instance;

  TomoWindow *window;   /* (nullable): lives as long as the guard, or goes first */
  TomoVisit *visit;     /* (owned) */
  TomoIdle *idle;       /* (owned) */
  GSource *idle_source; /* (owned) (nullable): while somebody is visiting */
};

G_DEFINE_TYPE (TomoGuard, tomo_guard, G_TYPE_OBJECT)

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

static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, TomoGuard *self)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_BUTTON_RELEASE:
    case GDK_KEY_PRESS:
    case GDK_MOTION_NOTIFY:
    case GDK_PAD_BUTTON_PRESS:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
    case GDK_TOUCH_END:
    case GDK_TOUCH_UPDATE:
    case GDK_TOUCHPAD_PINCH:
    case GDK_TOUCHPAD_SWIPE:
      tomo_idle_touch (self->idle);
      break;
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
  g_clear_object (&self->idle);
  g_clear_object (&self->visit);

  G_OBJECT_CLASS (tomo_guard_parent_class)->dispose (object);
}

static void
tomo_guard_class_init (TomoGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tomo_guard_dispose;
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

/**
 * tomo_guard_new:
 * @window: a window
 * @config: how long to wait
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
  watch_idle (self);
  return self;
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

  look_at_page (self);
  tomo_idle_check (self->idle);
}
