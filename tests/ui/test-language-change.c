/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/tomo-stage.h"
#include "tests/ui/tomo-trial.h"
#include "ui/tomo-answers.h"
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

/* ---- Every kind of question, in every state ---- */

typedef enum
{
  STATE_UNTOUCHED,
  STATE_BEGUN, /* some of the answer is there */
  STATE_GIVEN,
  STATE_EXPLAINED,
  STATE_RESULT,
  N_STATES,
} State;

static const char *const state_names[] = {
  [STATE_UNTOUCHED] = "untouched", [STATE_BEGUN] = "begun",   [STATE_GIVEN] = "given",
  [STATE_EXPLAINED] = "explained", [STATE_RESULT] = "result",
};
G_STATIC_ASSERT (G_N_ELEMENTS (state_names) == N_STATES);

static void
begin_answer (TomoStage *stage, const char *kind)
{
  if (g_str_equal (kind, "number"))
    tomo_stage_press (stage, "key-1");
  else
    tomo_stage_press_choice (stage, g_str_equal (kind, "match") ? 5 : 1);
}

static void
bring_to_state (TomoStage *stage, const char *kind, State state)
{
  g_autoptr(TomoRound) round = tomo_round_new (NULL);

  tomo_round_add_question (round, "jp", TOMO_TRIAL_PACK, kind);
  tomo_visit_set_round (stage->visit, round);
  tomo_visit_open (stage->visit, tomo_place_new (TOMO_PLACE_QUIZ));
  tomo_stage_settle (stage);
  if (state == STATE_BEGUN)
    begin_answer (stage, kind);
  if (state >= STATE_GIVEN)
    tomo_stage_answer (stage, 1);
  if (state >= STATE_EXPLAINED)
    tomo_stage_press (stage, "check");
  if (state >= STATE_RESULT)
    tomo_stage_press (stage, "next");
}

/* All that a visitor has done, as ids: what must be the same before and after. */
static char *
dup_done (TomoStage *stage)
{
  TomoRound *round = tomo_visit_get_round (stage->visit);
  const char *const *answer = tomo_round_get_answer (round, 0);
  g_autofree char *chosen = (answer != NULL) ? g_strjoinv (" ", (char **) answer) : g_strdup ("");
  TomoPlaceKind kind = tomo_visit_get_place (stage->visit)->kind;
  gboolean is_asked = kind == TOMO_PLACE_QUIZ;

  return g_strdup_printf (
      "place %d, position %u, answer %s, finished %d, right %d, check %d, next %d", kind,
      tomo_round_get_position (round), chosen, tomo_round_is_finished (round, 0),
      tomo_round_is_right (round, 0),
      is_asked && gtk_widget_get_sensitive (tomo_stage_find (stage, "check")),
      is_asked && gtk_widget_get_visible (tomo_stage_find (stage, "next")));
}

/* What the screen shows of it: which choices are down, and what was typed. */
static char *
dup_shown (TomoStage *stage)
{
  GString *shown = g_string_new (NULL);
  GtkWidget *typed = tomo_stage_find_under (GTK_WIDGET (stage->window), "typed");
  static const char *const ids[] = { "a", "b", "c", "d", "true", "false" };

  for (unsigned int i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *name = g_strconcat ("choice-", ids[i], NULL);
      GtkWidget *choice = tomo_stage_find_under (GTK_WIDGET (stage->window), name);
      if (choice != NULL)
        g_string_append_printf (shown, "%s %d ", ids[i],
                                gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (choice)));
    }
  if (typed != NULL && !gtk_widget_has_css_class (typed, "told"))
    g_string_append (shown, gtk_label_get_text (GTK_LABEL (typed)));
  return g_string_free (shown, FALSE);
}

static void
change_in_state (TomoStage *stage, const char *kind, State state)
{
  static const char *const others[] = { "ja", "ar", "th", "en" };

  g_test_message ("%s, %s", kind, state_names[state]);
  tomo_visit_reset (stage->visit);
  tomo_stage_activate (stage, "visit.begin", "s", "en");
  bring_to_state (stage, kind, state);
  g_autofree char *done = dup_done (stage);
  g_autofree char *shown = dup_shown (stage);
  for (unsigned int i = 0; i < G_N_ELEMENTS (others); i++)
    {
      tomo_stage_activate (stage, "visit.language", "s", others[i]);
      g_autofree char *done_then = dup_done (stage);
      g_autofree char *shown_then = dup_shown (stage);
      g_assert_cmpstr (done_then, ==, done);
      g_assert_cmpstr (shown_then, ==, shown);
      g_assert_cmpint (gtk_widget_get_direction (GTK_WIDGET (tomo_window_get_page (stage->window))),
                       ==, g_str_equal (others[i], "ar") ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
    }
}

/* Whatever kind of question, whatever has been done to it: another language changes the words and
 * the direction, and nothing else. */
static void
test_language_change_every_state (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new_light_trial (800, 480);

  for (unsigned int i = 0; tomo_trial_kinds ()[i] != NULL; i++)
    for (unsigned int state = 0; state < N_STATES; state++)
      change_in_state (stage, tomo_trial_kinds ()[i], (State) state);
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
  g_test_add_func ("/ui/language-change/every-state", test_language_change_every_state);
  g_test_add_func ("/ui/language-change/by-page", test_language_change_by_page);
  g_test_add_func ("/ui/language-change/incomplete", test_language_change_incomplete);
  g_test_add_func ("/ui/language-change/scroll", test_language_change_scroll);
  return g_test_run ();
}
