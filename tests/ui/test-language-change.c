/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/tomo-stage.h"
#include "ui/tomo-heading.h"

static const char *const languages[] = { "en", "ja", "th", "ar" };

typedef void (*PairFunc) (TomoStage *stage, const char *from, const char *to);

static void
for_each_pair (PairFunc func)
{
  g_autoptr(TomoStage) stage = tomo_stage_new (800, 480);

  for (unsigned int i = 0; i < G_N_ELEMENTS (languages); i++)
    for (unsigned int j = 0; j < G_N_ELEMENTS (languages); j++)
      {
        if (i == j)
          continue;
        g_test_message ("%s to %s", languages[i], languages[j]);
        tomo_visit_reset (stage->visit);
        tomo_stage_activate (stage, "visit.begin", "s", languages[i]);
        func (stage, languages[i], languages[j]);
      }
}

/* What the item on the screen says in @language, from the library itself. */
static char *
dup_prompt (TomoStage *stage, const char *language)
{
  g_autoptr(GError) error = NULL;
  TomoRound *round = tomo_visit_get_round (stage->visit);
  unsigned int question = tomo_round_get_position (round);
  TomoIndexEntry entry = { 0 };
  g_autoptr(TomoIndex) index = tomo_library_load_index (stage->library, language, &error);
  g_assert_no_error (error);

  g_assert_true (tomo_index_find (index, tomo_round_get_partner (round, question),
                                  tomo_round_get_pack (round, question),
                                  tomo_round_get_item (round, question), &entry));
  return g_strdup (entry.title);
}

static void
assert_in_language (TomoStage *stage, const char *language)
{
  g_autofree char *prompt = dup_prompt (stage, language);
  GtkWidget *page = GTK_WIDGET (tomo_window_get_page (stage->window));
  GtkTextDirection direction =
      (g_strcmp0 (language, "ar") == 0) ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR;

  g_assert_cmpstr (tomo_heading_get_text (TOMO_HEADING (tomo_stage_find (stage, "prompt"))), ==,
                   prompt);
  g_assert_cmpint (gtk_widget_get_direction (page), ==, direction);
  g_assert_cmpint (gtk_widget_get_direction (tomo_stage_get_choice (stage, 0)), ==, direction);
}

static void
change_with_choice (TomoStage *stage, const char *from, const char *to)
{
  tomo_stage_begin_round (stage, "jp", "hardest-to-guess", "warning-signs");
  tomo_stage_press_choice (stage, 1);
  gtk_widget_grab_focus (tomo_stage_get_choice (stage, 2));
  assert_in_language (stage, from);

  tomo_stage_activate (stage, "visit.language", "s", to);
  assert_in_language (stage, to);
  for (unsigned int i = 0; i < 3; i++)
    g_assert_cmpint (
        gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (tomo_stage_get_choice (stage, i))), ==,
        i == 1);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (stage->window)) == tomo_stage_get_choice (stage, 2));
  g_assert_true (gtk_widget_get_sensitive (tomo_stage_find (stage, "check")));
}

/* Between choosing and checking, the language changes and the choice and the focus stay. */
static void
test_language_change_with_choice (void)
{
  for_each_pair (change_with_choice);
}

static void
change_with_answer (TomoStage *stage, const char *from, const char *to)
{
  tomo_stage_begin_round (stage, "jp", "hardest-to-guess", "warning-signs");
  tomo_stage_press_choice (stage, 0);
  tomo_stage_press (stage, "check");
  tomo_stage_press (stage, "next");
  tomo_stage_press_choice (stage, 0);
  tomo_stage_press (stage, "check");
  assert_in_language (stage, from);
  g_assert_cmpstr (gtk_widget_get_name (gtk_root_get_focus (GTK_ROOT (stage->window))), ==,
                   "verdict");

  tomo_stage_activate (stage, "visit.language", "s", to);
  TomoRound *round = tomo_visit_get_round (stage->visit);
  assert_in_language (stage, to);
  g_assert_cmpuint (tomo_round_get_position (round), ==, 1);
  g_assert_cmpuint (tomo_round_count_finished (round), ==, 2);
  g_assert_false (gtk_widget_get_sensitive (tomo_stage_get_choice (stage, 0)));
  g_assert_true (
      gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (tomo_stage_get_choice (stage, 0))));
  g_assert_cmpstr (gtk_widget_get_name (gtk_root_get_focus (GTK_ROOT (stage->window))), ==,
                   "verdict");
  g_assert_true (gtk_widget_get_visible (tomo_stage_find (stage, "next")));

  /* The second question was the last one: the round goes on to its result in the new language. */
  tomo_stage_press (stage, "next");
  g_assert_cmpint (tomo_visit_get_place (stage->visit)->kind, ==, TOMO_PLACE_RESULT);
}

/* After an answer, the language changes and the answer, what was said to it, and the place in the
 * round stay. */
static void
test_language_change_with_answer (void)
{
  for_each_pair (change_with_answer);
}

/* By way of the page with all languages one comes back to the same question. */
static void
test_language_change_by_page (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new (1024, 600);

  tomo_stage_activate (stage, "visit.begin", "s", "en");
  tomo_stage_begin_round (stage, "jp", "warning-signs", NULL);
  tomo_stage_press_choice (stage, 2);
  tomo_stage_press (stage, "language");
  tomo_stage_press (stage, "ar");
  assert_in_language (stage, "ar");
  g_assert_true (
      gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (tomo_stage_get_choice (stage, 2))));
}

/* A question that is not there in the new language is shown wholly in another, with that one's
 * direction, while the bar follows the visitor. */
static void
test_language_change_incomplete (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new (1024, 600);

  tomo_stage_activate (stage, "visit.begin", "s", "en");
  tomo_stage_begin_round (stage, "th", "warning-signs", NULL);
  tomo_stage_activate (stage, "visit.language", "s", "ar");

  g_assert_cmpint (gtk_widget_get_direction (tomo_stage_get_choice (stage, 0)), ==,
                   GTK_TEXT_DIR_LTR);
  g_assert_cmpint (gtk_widget_get_direction (tomo_stage_find (stage, "back")), ==,
                   GTK_TEXT_DIR_RTL);
}

/* A page that was scrolled stays where it was. */
static void
test_language_change_scroll (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new (800, 480);

  tomo_stage_activate (stage, "visit.begin", "s", "en");
  tomo_stage_activate (stage, "visit.tip", "(sss)", "jp", "basics", "long-passphrase");
  tomo_visit_get_place (stage->visit)->scroll = 0.6;
  tomo_page_restore_place (tomo_window_get_page (stage->window));
  tomo_stage_settle (stage);
  tomo_stage_activate (stage, "visit.language", "s", "ja");
  tomo_page_save_place (tomo_window_get_page (stage->window), tomo_visit_get_place (stage->visit));
  g_assert_cmpfloat_with_epsilon (tomo_visit_get_place (stage->visit)->scroll, 0.6, 0.02);
}

int
main (int argc, char **argv)
{
  tomo_stage_init (&argc, &argv);
  g_test_add_func ("/ui/language-change/with-choice", test_language_change_with_choice);
  g_test_add_func ("/ui/language-change/with-answer", test_language_change_with_answer);
  g_test_add_func ("/ui/language-change/by-page", test_language_change_by_page);
  g_test_add_func ("/ui/language-change/incomplete", test_language_change_incomplete);
  g_test_add_func ("/ui/language-change/scroll", test_language_change_scroll);
  return g_test_run ();
}
