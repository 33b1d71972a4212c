/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "kiosk/tomo-lockdown.h"

#define SWALLOWED_MODIFIERS                                                                        \
  (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_HYPER_MASK | GDK_META_MASK)

/**
 * tomo_lockdown_clean_environment:
 *
 * Forgets variables by which a session could open GTK's inspector, load modules, or change how
 * the program looks. To be called before GTK is initialised.
 */
void
tomo_lockdown_clean_environment (void)
{
  static const char *const names[] = { "GTK_DEBUG", "GTK_MODULES",    "GTK_PATH",
                                       "GTK_THEME", "GTK_EXE_PREFIX", "GTK_DATA_PREFIX" };

  for (unsigned int i = 0; i < G_N_ELEMENTS (names); i++)
    g_unsetenv (names[i]);
}

/* Keys that act without a modifier: menus, full screen, pictures of the screen. */
static gboolean
is_function_key (guint keyval)
{
  return (keyval >= GDK_KEY_F2 && keyval <= GDK_KEY_F35) || keyval == GDK_KEY_Menu ||
         keyval == GDK_KEY_Print || keyval == GDK_KEY_Super_L || keyval == GDK_KEY_Super_R;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                gpointer user_data)
{
  return (state & SWALLOWED_MODIFIERS) != 0 || is_function_key (keyval);
}

static void
secondary_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

/**
 * tomo_lockdown_apply:
 * @window: a window
 *
 * Swallows every key that could lead a visitor out of @window, and every touch that opens a
 * context menu, before any widget sees them.
 */
void
tomo_lockdown_apply (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_name (keys, "tomo-lockdown-keys");
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), NULL);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);

  GtkGesture *menus = gtk_gesture_click_new ();
  gtk_event_controller_set_name (GTK_EVENT_CONTROLLER (menus), "tomo-lockdown-menus");
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (menus), GTK_PHASE_CAPTURE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menus), GDK_BUTTON_SECONDARY);
  g_signal_connect (menus, "pressed", G_CALLBACK (secondary_pressed_cb), NULL);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (menus));
}

/**
 * tomo_lockdown_hide_cursor:
 * @window: a window
 *
 * For touch screens, where a pointer in the middle of the picture points at nothing.
 */
void
tomo_lockdown_hide_cursor (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (window), "none");
}
