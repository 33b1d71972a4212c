/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/tomo-stage.h"
#include "tests/ui/tomo-trial.h"
#include "ui/tomo-age-mark.h"
#include "ui/tomo-attract-page.h"
#include "ui/tomo-slide.h"
#include "ui/tomo-style.h"

/* Screens as they are sold: pixels, and what a ruler says. */
static const struct
{
  const char *what;
  int width_px;
  int height_px;
  unsigned int width_mm;
} screens[] = {
  { "32 inches upright", 1080, 1920, 398 },
  { "22 inches", 1920, 1080, 476 },
  { "10 inches", 1024, 600, 222 },
  { "7 inches", 800, 480, 154 },
};

static void
hang_up (TomoStage *stage, size_t screen)
{
  g_autoptr(TomoKioskConfig) config = tomo_kiosk_config_new ();
  TomoGlass glass;

  config->screen_width_mm = screens[screen].width_mm;
  tomo_glass_init_for_kiosk (&glass, config, screens[screen].width_px, screens[screen].height_px, 0,
                             0);
  tomo_scene_set_glass (stage->scene, &glass);
  tomo_window_glass_changed (stage->window);
  tomo_stage_settle (stage);
}

static TomoStage *
new_kiosk (size_t screen)
{
  TomoStage *stage = tomo_stage_new (screens[screen].width_px, screens[screen].height_px);

  hang_up (stage, screen);
  return stage;
}

typedef struct
{
  TomoStage *stage;
  unsigned int n_buttons;
  double top_px; /* of the highest */
} Targets;

static void
check_target_cb (GtkWidget *widget, gpointer user_data)
{
  Targets *targets = user_data;
  const TomoGlass *glass = tomo_scene_get_glass (targets->stage->scene);
  graphene_rect_t bounds;

  if (!GTK_IS_BUTTON (widget) || !gtk_widget_get_mapped (widget))
    return;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (targets->stage->window), &bounds));
  int least_px =
      MAX (44, tomo_glass_mm_to_px (glass, gtk_widget_has_css_class (widget, "choice") ? 20 : 15));
  if (bounds.size.width < least_px || bounds.size.height < least_px)
    g_error ("‘%s’ is %g×%g px, less than %d", gtk_widget_get_name (widget), bounds.size.width,
             bounds.size.height, least_px);
  targets->n_buttons++;
  targets->top_px = MIN (targets->top_px, bounds.origin.y);
}

static Targets
check_targets (TomoStage *stage)
{
  Targets targets = { stage, 0, G_MAXDOUBLE };

  tomo_stage_foreach (GTK_WIDGET (stage->window), check_target_cb, &targets);
  g_assert_cmpuint (targets.n_buttons, >, 0);
  return targets;
}

static void
check_pages (TomoStage *stage)
{
  check_targets (stage);
  tomo_stage_activate (stage, "visit.begin", "s", "en");
  check_targets (stage);
  tomo_stage_activate (stage, "visit.topic", "s", "passwords");
  check_targets (stage);
  tomo_stage_activate (stage, "visit.back", NULL);
  tomo_stage_begin_round (stage, "jp", "hardest-to-guess", NULL);
  check_targets (stage);
  tomo_stage_activate (stage, "visit.help", NULL);
  check_targets (stage);
  tomo_window_show_warning (stage->window, 20);
  tomo_stage_settle (stage);
  check_targets (stage);
}

/* On each screen whatever is touched is large enough for a finger, by the ruler. */
static void
test_sizes_targets (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      g_autoptr(TomoStage) stage = new_kiosk (i);
      g_test_message ("%s", screens[i].what);
      check_pages (stage);
    }
}

/* So are the places in a picture and the numbers below it, each of which answers alike. */
static void
test_sizes_hotspot (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      g_autoptr(TomoStage) stage =
          tomo_stage_new_light_trial (screens[i].width_px, screens[i].height_px);
      g_autoptr(TomoRound) round = tomo_round_new (NULL);

      g_test_message ("%s", screens[i].what);
      hang_up (stage, i);
      tomo_stage_activate (stage, "visit.begin", "s", "en");
      tomo_round_add_question (round, "jp", TOMO_TRIAL_PACK, "hotspot");
      tomo_visit_set_round (stage->visit, round);
      tomo_visit_open (stage->visit, tomo_place_new (TOMO_PLACE_QUIZ));
      tomo_stage_settle (stage);
      g_assert_nonnull (tomo_stage_find (stage, "region-4"));
      check_targets (stage);
    }
}

static void
check_words_cb (GtkWidget *widget, gpointer user_data)
{
  static const char *const names[] = { "pause", "attract-logo" };
  TomoStage *stage = user_data;
  GtkWidget *window = GTK_WIDGET (stage->window);
  graphene_rect_t other;
  graphene_rect_t words;

  if (!GTK_IS_LABEL (widget) || !gtk_widget_get_mapped (widget))
    return;

  g_assert_true (gtk_widget_compute_bounds (widget, window, &words));
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkWidget *ornament = tomo_stage_find_under (window, names[i]);
      if (!gtk_widget_get_child_visible (ornament))
        continue;
      g_assert_true (gtk_widget_compute_bounds (ornament, window, &other));
      if (graphene_rect_intersection (&other, &words, NULL))
        g_error ("‘%s’ lies over “%s”", names[i], gtk_label_get_text (GTK_LABEL (widget)));
    }
}

/* What stops the start screen never lies over its words, nor does the logo: long ones go without a
 * teaser, and then without the logo. */
static void
test_sizes_attract (void)
{
  /* There is something to stop only where something moves. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      g_autoptr(TomoStage) stage =
          tomo_stage_new_trial (screens[i].width_px, screens[i].height_px);

      g_test_message ("%s", screens[i].what);
      hang_up (stage, i);
      TomoAttractPage *page = TOMO_ATTRACT_PAGE (tomo_window_get_page (stage->window));
      GtkWidget *greetings =
          gtk_widget_get_ancestor (tomo_stage_find (stage, "teaser"), GTK_TYPE_STACK);
      g_object_set (greetings, "transition-duration", 0, NULL);
      for (size_t turn = 0; tomo_trial_languages ()[turn] != NULL; turn++)
        {
          tomo_attract_page_turn (page);
          tomo_stage_settle (stage);
          tomo_stage_foreach (greetings, check_words_cb, stage);
        }
    }
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

/* The largest text has letters that somebody with low vision can read from where people stand; a
 * panel that is too small for that has them as large as words can still be written in. */
static void
test_sizes_largest_text (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      g_autoptr(TomoStage) stage = new_kiosk (i);
      const TomoGlass *glass = tomo_scene_get_glass (stage->scene);

      g_test_message ("%s", screens[i].what);
      tomo_stage_activate (stage, "visit.begin", "s", "en");
      tomo_visit_set_text_size (stage->visit, TOMO_N_TEXT_SIZES - 1);
      tomo_stage_settle (stage);
      double rem_px = tomo_style_get_rem_px (GTK_WIDGET (stage->window));
      double capital_mm = rem_px * 1.125 * 0.714 / glass->px_per_mm;
      g_test_message ("a capital letter is %.1f mm high", capital_mm);
      if (screens[i].width_mm > 200)
        g_assert_cmpfloat (capital_mm, >=, 7.2);
      else
        g_assert_cmpfloat (rem_px * 14.5, >=, screens[i].height_px);
      check_targets (stage);
    }
}

static void
check_lowered (unsigned int bottom_mm)
{
  g_autoptr(TomoStage) stage = new_kiosk (0);
  TomoGlass glass = *tomo_scene_get_glass (stage->scene);

  g_test_message ("hung at %u mm", bottom_mm);
  glass.bottom_mm = bottom_mm;
  tomo_scene_set_glass (stage->scene, &glass);
  tomo_stage_activate (stage, "visit.begin", "s", "en");
  g_assert_true (gtk_widget_get_visible (tomo_stage_find (stage, "lower")));
  tomo_stage_press (stage, "lower");
  double limit_px = 1920 - (1200 - (int) bottom_mm) * glass.px_per_mm - 1.0;
  g_assert_cmpfloat (check_targets (stage).top_px, >=, limit_px);
  tomo_stage_activate (stage, "visit.topic", "s", "passwords");
  g_assert_cmpfloat (check_targets (stage).top_px, >=, limit_px);
  tomo_window_show_warning (stage->window, 20);
  tomo_stage_settle (stage);
  g_assert_cmpfloat (check_targets (stage).top_px, >=, limit_px);

  tomo_visit_reset (stage->visit);
  tomo_stage_settle (stage);
  g_assert_false (tomo_visit_is_lowered (stage->visit));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (stage->window), "landscape"));
}

/* A tall screen that was lowered has everything within reach, 1,200 mm above the floor, also the
 * question whether somebody is there, and takes the whole height again when the visitor has gone;
 * one that hangs high as well. */
static void
test_sizes_lowered (void)
{
  check_lowered (850);
  check_lowered (1100);
}

/* A screen that is low already is not lowered, nor is one on a desk. */
static void
test_sizes_not_lowered (void)
{
  g_autoptr(TomoStage) low = new_kiosk (2);
  g_autoptr(TomoStage) desk = tomo_stage_new (1080, 1920);

  tomo_stage_activate (low, "visit.begin", "s", "en");
  g_assert_false (gtk_widget_get_visible (tomo_stage_find (low, "lower")));
  tomo_stage_activate (desk, "visit.begin", "s", "en");
  g_assert_false (gtk_widget_get_visible (tomo_stage_find (desk, "lower")));
}

/* With nothing but “next” a keypad sees all of a long page, from one end to the other, before the
 * focus leaves it; and with “previous” all of it again. */
static void
test_sizes_next (void)
{
  g_autoptr(TomoStage) stage = new_kiosk (3);

  tomo_stage_activate (stage, "visit.begin", "s", "en");
  tomo_visit_set_text_size (stage->visit, TOMO_N_TEXT_SIZES - 1);
  tomo_stage_activate (stage, "visit.help", NULL);
  GtkScrolledWindow *scroller = tomo_page_get_scroller (tomo_window_get_page (stage->window));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scroller);
  double page = gtk_adjustment_get_page_size (adjustment);
  double seen = page;
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), >, 3.0 * page);

  for (unsigned int i = 0; i < 40; i++)
    {
      g_signal_emit_by_name (stage->window, "move-focus", GTK_DIR_TAB_FORWARD);
      tomo_stage_settle (stage);
      if (!gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (stage->window)),
                                   GTK_WIDGET (scroller)))
        break;
      double value = gtk_adjustment_get_value (adjustment);
      g_assert_cmpfloat (value, <=, seen + 1.0);
      seen = value + page;
    }
  g_assert_cmpfloat (seen, >=, gtk_adjustment_get_upper (adjustment) - 16.0);

  g_signal_emit_by_name (stage->window, "move-focus", GTK_DIR_TAB_BACKWARD);
  tomo_stage_settle (stage);
  for (unsigned int i = 0; i < 40 && gtk_adjustment_get_value (adjustment) > 0.0; i++)
    {
      double before = gtk_adjustment_get_value (adjustment);
      g_signal_emit_by_name (stage->window, "move-focus", GTK_DIR_TAB_BACKWARD);
      tomo_stage_settle (stage);
      g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >=, before - page - 1.0);
    }
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), <=, 16.0);
}

/* A visitor who asked for it sees nothing slide; the next one does again. */
static void
test_sizes_still (void)
{
  /* Other tests do without motion; this one is about it. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  g_autoptr(TomoStage) stage = tomo_stage_new (1024, 600);
  TomoSlide *slide =
      TOMO_SLIDE (gtk_widget_get_parent (GTK_WIDGET (tomo_window_get_page (stage->window))));
  gboolean is_animated = TRUE;

  tomo_stage_activate (stage, "visit.begin", "s", "en");
  tomo_visit_set_still (stage->visit, TRUE);
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (slide)), "gtk-enable-animations", &is_animated,
                NULL);
  g_assert_false (is_animated);
  tomo_visit_open (stage->visit, tomo_place_new_topic ("passwords"));
  g_assert_false (tomo_slide_is_moving (slide));
  tomo_visit_reset (stage->visit);
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (slide)), "gtk-enable-animations", &is_animated,
                NULL);
  g_assert_true (is_animated);
  g_clear_pointer (&stage, tomo_stage_free);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

/* One dot is a week, two are a month, three are more; a clock that was set back is no matter. */
static void
test_sizes_age (void)
{
  const int64_t day_secs = 24 * 60 * 60;

  g_assert_cmpuint (tomo_age_mark_count_dots (-day_secs), ==, 1);
  g_assert_cmpuint (tomo_age_mark_count_dots (0), ==, 1);
  g_assert_cmpuint (tomo_age_mark_count_dots (7 * day_secs), ==, 1);
  g_assert_cmpuint (tomo_age_mark_count_dots (7 * day_secs + 1), ==, 2);
  g_assert_cmpuint (tomo_age_mark_count_dots (30 * day_secs), ==, 2);
  g_assert_cmpuint (tomo_age_mark_count_dots (31 * day_secs), ==, 3);
}

int
main (int argc, char **argv)
{
  tomo_stage_init (&argc, &argv);
  g_test_add_func ("/ui/sizes/targets", test_sizes_targets);
  g_test_add_func ("/ui/sizes/hotspot", test_sizes_hotspot);
  g_test_add_func ("/ui/sizes/attract", test_sizes_attract);
  g_test_add_func ("/ui/sizes/largest-text", test_sizes_largest_text);
  g_test_add_func ("/ui/sizes/lowered", test_sizes_lowered);
  g_test_add_func ("/ui/sizes/not-lowered", test_sizes_not_lowered);
  g_test_add_func ("/ui/sizes/next", test_sizes_next);
  g_test_add_func ("/ui/sizes/still", test_sizes_still);
  g_test_add_func ("/ui/sizes/age", test_sizes_age);
  return g_test_run ();
}
