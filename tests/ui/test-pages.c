/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "tests/support/tomo-fixture.h"
#include "tests/ui/tomo-stage.h"
#include "tests/ui/tomo-trial.h"
#include "ui/tomo-heading.h"
#include "ui/tomo-choice-button.h"
#include "ui/tomo-operator-panel.h"
#include "ui/tomo-tip-page.h"

/* All languages on the two screens that the design is drawn for; on the others the two whose text
 * runs the other way and stands the highest. */
static const struct
{
  int width_px;
  int height_px;
  const char *languages[5];
} screens[] = {
  { 1080, 1920, { "en", "ja", "th", "ar" } },
  { 1024, 600, { "en", "ja", "th", "ar" } },
  { 1920, 1080, { "ar" } },
  { 800, 480, { "th" } },
};

/* After so many questions the visitor leaves the round. */
#define N_QUESTIONS 3

typedef struct
{
  TomoStage *stage;
  const char *page;
  unsigned int n_focusable;
} Look;

/* What a screen reader would say of @widget must not be the name of a class. */
static void
check_name (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  if (!GTK_IS_BUTTON (widget))
    return;
  /* From GTK 4.10 on a button with a text is named by the label in it. */
  g_assert_true (
      gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) ||
      gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY));
}

static void
check_label (GtkLabel *label)
{
  g_assert_cmpint (gtk_label_get_ellipsize (label), ==, PANGO_ELLIPSIZE_NONE);
  g_assert_false (gtk_label_get_selectable (label));
  g_assert_cmpint (pango_layout_get_unknown_glyphs_count (gtk_label_get_layout (label)), ==, 0);
}

static void
check_widget_cb (GtkWidget *widget, gpointer user_data)
{
  Look *look = user_data;
  GtkWidget *window = GTK_WIDGET (look->stage->window);
  graphene_rect_t bounds;

  g_assert_false (GTK_IS_EDITABLE (widget));
  check_name (widget);
  if (GTK_IS_LABEL (widget))
    check_label (GTK_LABEL (widget));
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_compute_bounds (widget, window, &bounds) ||
      bounds.size.width <= 0)
    return;
  if (bounds.origin.x < -1 ||
      bounds.origin.x + bounds.size.width > gtk_widget_get_width (window) + 1)
    g_error ("%s: %s ‘%s’ reaches from %.0f to %.0f, beyond the window", look->page,
             G_OBJECT_TYPE_NAME (widget), gtk_widget_get_name (widget), bounds.origin.x,
             bounds.origin.x + bounds.size.width);
  if (GTK_IS_BUTTON (widget))
    {
      g_assert_cmpfloat (bounds.size.height, >=, 44);
      g_assert_cmpfloat (bounds.size.width, >=, 44);
      look->n_focusable++;
    }
}

static void
look_at (TomoStage *stage, const char *page)
{
  Look look = { stage, page, 0 };
  gboolean is_rtl = strcmp (tomo_visit_get_language (stage->visit), "ar") == 0;

  g_test_message ("%s in %s", page, tomo_visit_get_language (stage->visit));
  g_assert_null (tomo_page_get_error (tomo_window_get_page (stage->window)));
  tomo_stage_foreach (GTK_WIDGET (stage->window), check_widget_cb, &look);
  g_assert_cmpuint (look.n_focusable, >, 0);
  g_assert_cmpint (gtk_widget_get_direction (GTK_WIDGET (tomo_window_get_page (stage->window))), ==,
                   is_rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
}

static void
look_at_quiz (TomoStage *stage)
{
  tomo_stage_activate (stage, "visit.quiz", "s", "");
  for (unsigned int i = 0; i < N_QUESTIONS; i++)
    {
      look_at (stage, "quiz");
      tomo_stage_press_choice (stage, 0);
      tomo_stage_press (stage, "check");
      look_at (stage, "answer");
      tomo_stage_press (stage, (i + 1 < N_QUESTIONS) ? "next" : "leave");
    }
  g_assert_cmpint (tomo_visit_get_place (stage->visit)->kind, ==, TOMO_PLACE_RESULT);
  look_at (stage, "result");
}

static void
walk (TomoStage *stage, const char *language)
{
  tomo_visit_reset (stage->visit);
  tomo_visit_set_language (stage->visit, language);
  tomo_stage_settle (stage);
  look_at (stage, "attract");
  tomo_stage_activate (stage, "visit.begin", "s", language);
  look_at (stage, "home");
  tomo_stage_activate (stage, "visit.topic", "s", "passwords");
  look_at (stage, "topic");
  tomo_stage_activate (stage, "visit.tip", "(sss)", "jp", "basics", "long-passphrase");
  look_at (stage, "tip");
  tomo_stage_activate (stage, "visit.about", "(sss)", "jp", "basics", "long-passphrase");
  look_at (stage, "about");
  tomo_stage_activate (stage, "visit.home", NULL);
  look_at_quiz (stage);
  tomo_stage_activate (stage, "visit.languages", NULL);
  look_at (stage, "languages");
  tomo_stage_activate (stage, "visit.back", NULL);
  tomo_stage_activate (stage, "visit.help", NULL);
  look_at (stage, "help");
  tomo_stage_activate (stage, "visit.back", NULL);
  tomo_visit_set_text_size (stage->visit, TOMO_N_TEXT_SIZES - 1);
  tomo_stage_settle (stage);
  look_at (stage, "result at the largest text");
}

/* Every page, in four languages and on four screens: all buttons have names and are large enough
 * to touch, nothing is cut short or wider than the window, no letter is missing from the fonts,
 * nothing can be typed into, and text runs in its direction. */
static void
test_pages_walk (void)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      g_autoptr(TomoStage) stage = tomo_stage_new (screens[i].width_px, screens[i].height_px);
      g_test_message ("%d×%d", screens[i].width_px, screens[i].height_px);
      for (unsigned int j = 0; screens[i].languages[j] != NULL; j++)
        walk (stage, screens[i].languages[j]);
    }
}

/* Choices are radio buttons where one is right, check boxes where several are, and say whether
 * they are chosen. */
static void
test_pages_choice_roles (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new (1024, 600);

  tomo_stage_activate (stage, "visit.begin", "s", "en");
  tomo_stage_begin_round (stage, "jp", "hardest-to-guess", "warning-signs");
  GtkWidget *first = tomo_stage_get_choice (stage, 0);
  GtkWidget *second = tomo_stage_get_choice (stage, 1);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (first), GTK_ACCESSIBLE_ROLE_RADIO);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (first), GTK_ACCESSIBLE_STATE_CHECKED,
                                    GTK_ACCESSIBLE_TRISTATE_FALSE);
  tomo_stage_press_choice (stage, 0);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (first), GTK_ACCESSIBLE_STATE_CHECKED,
                                    GTK_ACCESSIBLE_TRISTATE_TRUE);
  tomo_stage_press_choice (stage, 1);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (first), GTK_ACCESSIBLE_STATE_CHECKED,
                                    GTK_ACCESSIBLE_TRISTATE_FALSE);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (second), GTK_ACCESSIBLE_STATE_CHECKED,
                                    GTK_ACCESSIBLE_TRISTATE_TRUE);
  tomo_stage_press (stage, "check");
  tomo_stage_press (stage, "next");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (tomo_stage_get_choice (stage, 0)),
                                   GTK_ACCESSIBLE_ROLE_CHECKBOX);
}

/* After an answer the focus is on the word that says what came of it. */
static void
test_pages_focus_after_answer (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new (1080, 1920);

  tomo_stage_activate (stage, "visit.begin", "s", "en");
  tomo_stage_begin_round (stage, "jp", "hardest-to-guess", NULL);
  tomo_stage_press_choice (stage, 0);
  tomo_stage_press (stage, "check");
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (stage->window));
  g_assert_cmpstr (gtk_widget_get_name (focus), ==, "verdict");
}

/* A machine without content says so, calmly, and shows the campaign when it arrives. */
static void
test_pages_empty (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new_empty (1024, 600);

  g_assert_nonnull (tomo_stage_find (stage, "command"));
  g_autoptr(TomoStage) full = tomo_stage_new (800, 480);
  tomo_window_take_library (stage->window, full->library);
  tomo_stage_settle (stage);
  g_assert_nonnull (tomo_stage_find (stage, "th"));
  tomo_window_take_library (stage->window, NULL);
}

static void
append_words_cb (GtkWidget *widget, gpointer user_data)
{
  GString *words = user_data;

  if (GTK_IS_LABEL (widget))
    g_string_append_printf (words, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
}

static char *
dup_words (GtkWidget *widget)
{
  GString *words = g_string_new (NULL);

  tomo_stage_foreach (widget, append_words_cb, words);
  return g_string_free (words, FALSE);
}

static char *
dup_operators_words (TomoStage *stage)
{
  GtkWidget *panel = tomo_operator_panel_new (stage->scene);

  tomo_window_set_panel (stage->window, panel);
  tomo_operator_panel_open (TOMO_OPERATOR_PANEL (panel));
  tomo_stage_settle (stage);
  char *words = dup_words (panel);
  tomo_window_set_panel (stage->window, NULL);
  return words;
}

static void
expire (TomoStage *stage, int64_t now_secs)
{
  tomo_library_set_now_secs (stage->library, now_secs);
  tomo_window_library_changed (stage->window);
  tomo_stage_settle (stage);
}

/* What expires while somebody reads stays until that visitor has gone; then it is nowhere, the
 * operator is told whose it was, and where nothing is left the page asks for a sync, not for a
 * campaign. */
static void
test_pages_expired (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = tomo_fixture_dup_folder ();
  g_autoptr(TomoStore) store = tomo_store_new (folder);
  tomo_fixture_fill_store_expiring (store, 1000, 2000);
  g_autoptr(TomoLibrary) library = tomo_library_new (store, TOMO_FIXTURE_CAMPAIGN);
  tomo_library_set_expired_content (library, TOMO_EXPIRED_CONTENT_HIDE);
  tomo_library_set_now_secs (library, 999);
  g_assert_true (tomo_library_reload (library, NULL, &error));
  g_autoptr(TomoStage) stage = tomo_stage_new_for_library (library, 1024, 600);
  stage->folder = g_steal_pointer (&folder);

  g_autofree char *calm = dup_operators_words (stage);
  g_assert_null (strstr (calm, "Expired and hidden"));
  tomo_stage_activate (stage, "visit.begin", "s", "en");
  tomo_stage_activate (stage, "visit.tip", "(sss)", "jp", TOMO_FIXTURE_PACK, "strange-message");
  expire (stage, 1000);
  g_assert_true (TOMO_IS_TIP_PAGE (tomo_window_get_page (stage->window)));

  tomo_visit_reset (stage->visit);
  tomo_stage_activate (stage, "visit.begin", "s", "en");
  g_autofree char *partly = dup_operators_words (stage);
  g_assert_nonnull (strstr (partly, "Expired and hidden"));
  g_autofree char *home = dup_words (GTK_WIDGET (tomo_window_get_page (stage->window)));
  g_assert_nonnull (strstr (home, "Written and signed by"));
  g_assert_null (strstr (home, "Japan"));
  tomo_stage_activate (stage, "visit.tip", "(sss)", "jp", TOMO_FIXTURE_PACK, "strange-message");
  g_assert_false (TOMO_IS_TIP_PAGE (tomo_window_get_page (stage->window)));
  tomo_stage_activate (stage, "visit.tip", "(sss)", "th", TOMO_FIXTURE_PACK, "strange-message");
  g_assert_true (TOMO_IS_TIP_PAGE (tomo_window_get_page (stage->window)));

  expire (stage, 2000);
  tomo_visit_reset (stage->visit);
  tomo_stage_settle (stage);
  g_autofree char *nothing = dup_words (GTK_WIDGET (tomo_window_get_page (stage->window)));
  g_assert_nonnull (strstr (nothing, "too old to be shown"));
  g_assert_null (strstr (nothing, "campaign add"));

  expire (stage, 999);
  g_assert_nonnull (tomo_stage_find (stage, "th"));
}

/* An item that has gone meanwhile gives one sentence and a way on, not an empty page. */
static void
test_pages_problem (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new (1024, 600);

  tomo_stage_activate (stage, "visit.begin", "s", "en");
  tomo_stage_activate (stage, "visit.tip", "(sss)", "jp", "basics", "gone");
  g_assert_cmpstr (tomo_heading_get_text (TOMO_HEADING (tomo_stage_find (stage, "words"))), ==,
                   "This card is no longer here.");
  tomo_stage_press (stage, "home");
  g_assert_cmpint (tomo_visit_get_place (stage->visit)->kind, ==, TOMO_PLACE_HOME);
}

static void
find_words_cb (GtkWidget *widget, gpointer user_data)
{
  if (gtk_widget_has_css_class (widget, "review-word"))
    g_ptr_array_add (user_data, widget);
}

/* An answer that was called partly right is not called wrong in the result. */
static void
test_pages_partly_right (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new_light_trial (1080, 1920);
  g_autoptr(TomoRound) round = tomo_round_new (NULL);
  g_autoptr(GPtrArray) words = g_ptr_array_new ();

  tomo_stage_activate (stage, "visit.begin", "s", "en");
  tomo_round_add_question (round, "jp", TOMO_TRIAL_PACK, "multiple");
  tomo_visit_set_round (stage->visit, round);
  tomo_visit_open (stage->visit, tomo_place_new (TOMO_PLACE_QUIZ));
  tomo_stage_settle (stage);
  tomo_stage_press (stage, "choice-b");
  tomo_stage_press (stage, "check");
  g_assert_cmpint (tomo_round_get_verdict (round, 0), ==, TOMO_VERDICT_PARTLY);
  tomo_stage_press (stage, "next");

  g_assert_cmpint (tomo_visit_get_place (stage->visit)->kind, ==, TOMO_PLACE_RESULT);
  tomo_stage_foreach (GTK_WIDGET (tomo_window_get_page (stage->window)), find_words_cb, words);
  g_assert_cmpuint (words->len, ==, 1);
  g_assert_cmpstr (gtk_label_get_text (g_ptr_array_index (words, 0)), ==, "Partly right");
}

int
main (int argc, char **argv)
{
  tomo_stage_init (&argc, &argv);
  g_test_add_func ("/ui/pages/walk", test_pages_walk);
  g_test_add_func ("/ui/pages/choice-roles", test_pages_choice_roles);
  g_test_add_func ("/ui/pages/focus-after-answer", test_pages_focus_after_answer);
  g_test_add_func ("/ui/pages/empty", test_pages_empty);
  g_test_add_func ("/ui/pages/expired", test_pages_expired);
  g_test_add_func ("/ui/pages/problem", test_pages_problem);
  g_test_add_func ("/ui/pages/partly-right", test_pages_partly_right);
  return g_test_run ();
}
