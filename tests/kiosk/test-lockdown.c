/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/tomo-lockdown.h"
#include "tests/ui/tomo-stage.h"

/* Finds the controller that lockdown put on @window. */
static GtkEventController *
find_controller (GtkWidget *window, const char *name)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (window);

  for (unsigned int i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);
      if (g_strcmp0 (gtk_event_controller_get_name (controller), name) == 0)
        return controller;
    }

  g_assert_not_reached ();
}

static gboolean
press_key (GtkWidget *window, guint keyval, GdkModifierType state)
{
  gboolean is_swallowed = FALSE;
  GtkEventController *controller = find_controller (window, "tomo-lockdown-keys");

  g_assert_cmpint (gtk_event_controller_get_propagation_phase (controller), ==, GTK_PHASE_CAPTURE);
  g_signal_emit_by_name (controller, "key-pressed", keyval, 0u, state, &is_swallowed);
  return is_swallowed;
}

static const struct
{
  guint keyval;
  GdkModifierType state;
  gboolean is_swallowed;
} keys[] = {
  { GDK_KEY_d, GDK_CONTROL_MASK | GDK_SHIFT_MASK, TRUE }, /* the inspector */
  { GDK_KEY_i, GDK_CONTROL_MASK | GDK_SHIFT_MASK, TRUE },
  { GDK_KEY_q, GDK_CONTROL_MASK, TRUE },
  { GDK_KEY_F4, GDK_ALT_MASK, TRUE },
  { GDK_KEY_Escape, GDK_ALT_MASK, TRUE },
  { GDK_KEY_Tab, GDK_SUPER_MASK, TRUE },
  { GDK_KEY_Super_L, 0, TRUE },
  { GDK_KEY_F10, GDK_SHIFT_MASK, TRUE }, /* a context menu */
  { GDK_KEY_F1, GDK_CONTROL_MASK, TRUE },
  { GDK_KEY_F11, 0, TRUE },
  { GDK_KEY_Menu, 0, TRUE },
  { GDK_KEY_Print, 0, TRUE },
  /* What a visitor with a keypad needs goes through. */
  { GDK_KEY_Tab, 0, FALSE },
  { GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK, FALSE },
  { GDK_KEY_Return, 0, FALSE },
  { GDK_KEY_space, 0, FALSE },
  { GDK_KEY_Escape, 0, FALSE },
  { GDK_KEY_Back, 0, FALSE },
  { GDK_KEY_F1, 0, FALSE },
  { GDK_KEY_Help, 0, FALSE },
  { GDK_KEY_Down, 0, FALSE },
};

/* No key leads out, and every key that a visitor needs still works. */
static void
test_lockdown_keys (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new (1024, 600);

  tomo_lockdown_apply (GTK_WINDOW (stage->window));
  for (unsigned int i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_test_message ("%s with %x", gdk_keyval_name (keys[i].keyval), keys[i].state);
      g_assert_cmpint (press_key (GTK_WIDGET (stage->window), keys[i].keyval, keys[i].state), ==,
                       keys[i].is_swallowed);
    }
}

/* A locked window neither closes nor opens the inspector; one that is not locked would close. */
static void
test_lockdown_window (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new (1024, 600);
  gboolean is_handled = FALSE;

  g_assert_false (tomo_window_is_locked (stage->window));
  tomo_window_lock (stage->window);
  g_assert_true (tomo_window_is_locked (stage->window));
  g_signal_emit_by_name (stage->window, "enable-debugging", FALSE, &is_handled);
  g_assert_true (is_handled);
  gtk_window_close (GTK_WINDOW (stage->window));
  tomo_stage_settle (stage);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (stage->window)));
  is_handled = FALSE;
  g_signal_emit_by_name (stage->window, "close-request", &is_handled);
  g_assert_true (is_handled);
}

/* Escape goes back, as far as the start, and never out. */
static void
test_lockdown_escape (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new (1024, 600);

  tomo_window_lock (stage->window);
  tomo_stage_activate (stage, "visit.begin", "s", "en");
  tomo_stage_activate (stage, "visit.topic", "s", "passwords");
  for (unsigned int i = 0; i < 5; i++)
    tomo_stage_activate (stage, "visit.back", NULL);
  g_assert_cmpint (tomo_visit_get_place (stage->visit)->kind, ==, TOMO_PLACE_ATTRACT);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (stage->window)));
}

/* New content waits until the visitor has gone; the warning goes with the visit. */
static void
test_lockdown_between_visitors (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new (1024, 600);

  tomo_window_lock (stage->window);
  tomo_stage_activate (stage, "visit.begin", "s", "th");
  uint64_t generation = tomo_library_get_generation (stage->library);
  tomo_stage_publish (stage);
  tomo_window_library_changed (stage->window);
  g_assert_cmpuint (tomo_library_get_generation (stage->library), ==, generation);
  tomo_window_show_warning (stage->window, 20);
  tomo_stage_settle (stage);
  g_assert_nonnull (tomo_stage_find (stage, "stay"));

  tomo_visit_reset (stage->visit);
  tomo_stage_settle (stage);
  g_assert_cmpuint (tomo_library_get_generation (stage->library), >, generation);
  g_assert_null (tomo_stage_find_under (GTK_WIDGET (stage->window), "stay"));
  g_assert_cmpstr (tomo_visit_get_language (stage->visit), ==, "en");
}

/* Where a teacher has fixed the language, no button and no page offers another. */
static void
test_lockdown_language (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new (1024, 600);
  g_autoptr(TomoKioskConfig) config = tomo_kiosk_config_new ();

  config->language = g_strdup ("th");
  tomo_scene_set_kiosk (stage->scene, config);
  tomo_stage_activate (stage, "visit.begin", "s", "th");
  g_assert_false (gtk_widget_get_visible (tomo_stage_find (stage, "language")));
  tomo_stage_activate (stage, "visit.languages", NULL);
  g_assert_null (tomo_stage_find_under (GTK_WIDGET (stage->window), "ja"));
  tomo_stage_activate (stage, "visit.language", "s", "ja");
  g_assert_cmpstr (tomo_visit_get_language (stage->visit), ==, "th");
}

/* Variables that would open GTK up are gone before it starts. */
static void
test_lockdown_environment (void)
{
  g_setenv ("GTK_DEBUG", "interactive", TRUE);
  tomo_lockdown_clean_environment ();
  g_assert_null (g_getenv ("GTK_DEBUG"));
}

int
main (int argc, char **argv)
{
  tomo_stage_init (&argc, &argv);
  g_test_add_func ("/kiosk/lockdown/keys", test_lockdown_keys);
  g_test_add_func ("/kiosk/lockdown/window", test_lockdown_window);
  g_test_add_func ("/kiosk/lockdown/escape", test_lockdown_escape);
  g_test_add_func ("/kiosk/lockdown/between-visitors", test_lockdown_between_visitors);
  g_test_add_func ("/kiosk/lockdown/language", test_lockdown_language);
  g_test_add_func ("/kiosk/lockdown/environment", test_lockdown_environment);
  return g_test_run ();
}
