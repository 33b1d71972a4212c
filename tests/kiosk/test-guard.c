/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/tomo-guard.h"
#include "tests/ui/tomo-stage.h"
#include "ui/tomo-operator-panel.h"

#define PIN "246813"
#define PIN_HASH                                                                                   \
  "pbkdf2-sha256$1000$000102030405060708090a0b0c0d0e0f$"                                           \
  "022c01f35c5cb03cc614589c007cf43d67629ac084ab884fc447dfc3d2867e39"

/* A locked window with its guard, on a clock that the test turns. */
typedef struct
{
  TomoStage *stage; /* (owned) */
  TomoGuard *guard; /* (owned) */
  int64_t now_usecs;
} Fixture;

static int64_t
read_clock (gpointer user_data)
{
  return ((Fixture *) user_data)->now_usecs;
}

static void
set_up (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(TomoKioskConfig) config = tomo_kiosk_config_new ();

  config->pin = g_strdup (PIN_HASH);
  fixture->stage = tomo_stage_new (1080, 1920);
  tomo_window_lock (fixture->stage->window);
  fixture->guard = tomo_guard_new (fixture->stage->window, config, read_clock, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer test_data)
{
  g_assert_finalize_object (fixture->guard);
  tomo_stage_free (fixture->stage);
}

static void
pass (Fixture *fixture, unsigned int secs)
{
  for (unsigned int i = 0; i < secs; i++)
    {
      fixture->now_usecs += G_USEC_PER_SEC;
      tomo_guard_check (fixture->guard);
    }
}

static GtkWidget *
find_warning (Fixture *fixture)
{
  return tomo_stage_find_under (GTK_WIDGET (fixture->stage->window), "stay");
}

/* A visitor who has gone leaves nothing: language, text size, contrast, stillness, the lowered
 * screen, answers and scroll are as they were; and before, the warning asked in that language. */
static void
test_guard_reset (Fixture *fixture, gconstpointer test_data)
{
  TomoVisit *visit = fixture->stage->visit;

  tomo_stage_activate (fixture->stage, "visit.begin", "s", "th");
  tomo_visit_set_text_size (visit, 1);
  tomo_visit_set_high_contrast (visit, TRUE);
  tomo_visit_set_still (visit, TRUE);
  tomo_visit_set_lowered (visit, TRUE);
  tomo_stage_activate (fixture->stage, "visit.quiz", "s", "");
  tomo_stage_answer (fixture->stage, 0);

  pass (fixture, 69);
  g_assert_null (find_warning (fixture));
  pass (fixture, 1);
  GtkWidget *warning = find_warning (fixture);
  g_assert_nonnull (warning);
  PangoContext *context = gtk_widget_get_pango_context (warning);
  g_assert_cmpstr (pango_language_to_string (pango_context_get_language (context)), ==, "th");
  pass (fixture, 19);
  g_assert_cmpint (tomo_visit_get_place (visit)->kind, ==, TOMO_PLACE_QUIZ);
  pass (fixture, 1);

  g_assert_null (find_warning (fixture));
  g_assert_cmpint (tomo_visit_get_place (visit)->kind, ==, TOMO_PLACE_ATTRACT);
  g_assert_cmpstr (tomo_visit_get_language (visit), ==, "en");
  g_assert_cmpuint (tomo_visit_get_text_size (visit), ==, 0);
  g_assert_false (tomo_visit_is_high_contrast (visit));
  g_assert_false (tomo_visit_is_still (visit));
  g_assert_false (tomo_visit_is_lowered (visit));
  g_assert_null (tomo_visit_get_round (visit));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (fixture->stage->window), "high-contrast"));
}

/* Menus end sooner than texts; the largest text has twice the time. */
static void
test_guard_pages (Fixture *fixture, gconstpointer test_data)
{
  tomo_stage_activate (fixture->stage, "visit.begin", "s", "en");
  pass (fixture, 39);
  g_assert_null (find_warning (fixture));
  pass (fixture, 1);
  g_assert_nonnull (find_warning (fixture));

  tomo_stage_press (fixture->stage, "stay");
  tomo_stage_activate (fixture->stage, "visit.first-aid", "s", "money");
  pass (fixture, 100);
  g_assert_null (find_warning (fixture));

  tomo_stage_activate (fixture->stage, "visit.home", NULL);
  tomo_visit_set_text_size (fixture->stage->visit, TOMO_N_TEXT_SIZES - 1);
  pass (fixture, 99);
  g_assert_null (find_warning (fixture));
  pass (fixture, 1);
  g_assert_nonnull (find_warning (fixture));
}

/* Who listens is there. */
static void
test_guard_listening (Fixture *fixture, gconstpointer test_data)
{
  tomo_stage_activate (fixture->stage, "visit.begin", "s", "en");
  tomo_visit_set_listening (fixture->stage->visit, TRUE);
  pass (fixture, 1000);
  g_assert_null (find_warning (fixture));
  tomo_visit_set_listening (fixture->stage->visit, FALSE);
  pass (fixture, 60);
  g_assert_cmpint (tomo_visit_get_place (fixture->stage->visit)->kind, ==, TOMO_PLACE_ATTRACT);
}

static void
press_keys (Fixture *fixture)
{
  for (unsigned int i = 0; i < 9; i++)
    tomo_guard_note_key (fixture->guard, (i / 3 == 1) ? GDK_KEY_Escape : GDK_KEY_F1);
  tomo_stage_settle (fixture->stage);
}

static void
restart_cb (TomoGuard *guard, gboolean *has_restarted)
{
  *has_restarted = TRUE;
}

/* The panel asks for the PIN, counts the time after wrong ones, and restarts after the right one.
 */
static void
test_guard_panel (Fixture *fixture, gconstpointer test_data)
{
  gboolean has_restarted = FALSE;

  g_signal_connect (fixture->guard, "restart", G_CALLBACK (restart_cb), &has_restarted);
  press_keys (fixture);
  GtkWidget *panel = tomo_stage_find (fixture->stage, "operator");
  for (unsigned int i = 0; i < 3; i++)
    {
      for (unsigned int digit = 0; digit < 6; digit++)
        tomo_stage_press (fixture->stage, "pin-9");
      tomo_stage_press (fixture->stage, "pin-enter");
    }
  g_assert_false (gtk_widget_is_sensitive (tomo_stage_find (fixture->stage, "pin-1")));
  pass (fixture, 10);
  g_assert_true (gtk_widget_is_sensitive (tomo_stage_find (fixture->stage, "pin-1")));

  for (const char *digit = PIN; *digit != '\0'; digit++)
    {
      g_autofree char *name = g_strdup_printf ("pin-%c", *digit);
      tomo_stage_press (fixture->stage, name);
    }
  tomo_stage_press (fixture->stage, "pin-enter");
  g_assert_true (tomo_operator_panel_is_open (TOMO_OPERATOR_PANEL (panel)));
  tomo_stage_press (fixture->stage, "operator-restart");
  g_assert_true (has_restarted);
}

/* An operator who is called away leaves no open door, and a visitor’s time stands still meanwhile.
 */
static void
test_guard_panel_closes (Fixture *fixture, gconstpointer test_data)
{
  tomo_stage_activate (fixture->stage, "visit.begin", "s", "ar");
  press_keys (fixture);
  pass (fixture, 60);
  g_assert_nonnull (tomo_stage_find (fixture->stage, "operator"));
  g_assert_null (find_warning (fixture));
  pass (fixture, 1);
  tomo_stage_settle (fixture->stage);
  g_assert_null (tomo_stage_find_under (GTK_WIDGET (fixture->stage->window), "operator"));
  g_assert_cmpstr (tomo_visit_get_language (fixture->stage->visit), ==, "ar");
  pass (fixture, 40);
  g_assert_nonnull (find_warning (fixture));
}

/* A generation that arrives while somebody reads is taken up when the visit has run out. */
static void
test_guard_generation (Fixture *fixture, gconstpointer test_data)
{
  TomoLibrary *library = fixture->stage->library;

  tomo_stage_activate (fixture->stage, "visit.begin", "s", "en");
  uint64_t generation = tomo_library_get_generation (library);
  tomo_stage_publish (fixture->stage);
  tomo_window_library_changed (fixture->stage->window);
  pass (fixture, 59);
  g_assert_cmpuint (tomo_library_get_generation (library), ==, generation);
  pass (fixture, 1);
  g_assert_cmpuint (tomo_library_get_generation (library), >, generation);
}

int
main (int argc, char **argv)
{
  tomo_stage_init (&argc, &argv);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/kiosk/guard/reset", test_guard_reset);
  ADD ("/kiosk/guard/pages", test_guard_pages);
  ADD ("/kiosk/guard/listening", test_guard_listening);
  ADD ("/kiosk/guard/panel", test_guard_panel);
  ADD ("/kiosk/guard/panel-closes", test_guard_panel_closes);
  ADD ("/kiosk/guard/generation", test_guard_generation);
  return g_test_run ();
}
