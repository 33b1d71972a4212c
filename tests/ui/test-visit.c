/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <libglib-testing/signal-logger.h>

#include "ui/tomo-visit.h"

/* A visit goes forward and back, and from home back to where it began. */
static void
test_visit_way (void)
{
  g_autoptr(TomoVisit) visit = tomo_visit_new ("en");

  g_assert_cmpint (tomo_visit_get_place (visit)->kind, ==, TOMO_PLACE_ATTRACT);
  g_assert_false (tomo_visit_back (visit));
  tomo_visit_go_home (visit);
  tomo_visit_open (visit, tomo_place_new_topic ("passwords"));
  tomo_visit_open (visit, tomo_place_new_item (TOMO_PLACE_TIP, "jp", "basics", "a"));
  tomo_visit_replace (visit, tomo_place_new_item (TOMO_PLACE_TIP, "jp", "basics", "b"));
  g_assert_cmpstr (tomo_visit_get_place (visit)->item, ==, "b");
  g_assert_true (tomo_visit_back (visit));
  g_assert_cmpstr (tomo_visit_get_place (visit)->topic, ==, "passwords");
  g_assert_true (tomo_visit_back (visit));
  g_assert_cmpint (tomo_visit_get_place (visit)->kind, ==, TOMO_PLACE_HOME);
  g_assert_true (tomo_visit_back (visit));
  g_assert_cmpint (tomo_visit_get_place (visit)->kind, ==, TOMO_PLACE_ATTRACT);
}

/* The end of a visit leaves nothing of it behind. */
static void
test_visit_reset (void)
{
  g_autoptr(TomoVisit) visit = tomo_visit_new ("en");
  g_autoptr(TomoRound) round = tomo_round_new (NULL);

  tomo_visit_set_language (visit, "th");
  tomo_visit_set_text_size (visit, 2);
  tomo_visit_set_high_contrast (visit, TRUE);
  tomo_visit_set_still (visit, TRUE);
  tomo_visit_set_lowered (visit, TRUE);
  tomo_visit_set_listening (visit, TRUE);
  tomo_visit_go_home (visit);
  tomo_visit_set_round (visit, round);
  tomo_visit_open (visit, tomo_place_new (TOMO_PLACE_QUIZ));
  g_assert_cmpuint (tomo_visit_take_round_number (visit), ==, 0);

  tomo_visit_reset (visit);
  g_assert_cmpstr (tomo_visit_get_language (visit), ==, "en");
  g_assert_cmpuint (tomo_visit_get_text_size (visit), ==, 0);
  g_assert_false (tomo_visit_is_high_contrast (visit));
  g_assert_false (tomo_visit_is_still (visit));
  g_assert_false (tomo_visit_is_lowered (visit));
  g_assert_false (tomo_visit_is_listening (visit));
  g_assert_null (tomo_visit_get_round (visit));
  g_assert_cmpuint (tomo_visit_get_n_places (visit), ==, 1);
  g_assert_cmpuint (tomo_visit_take_round_number (visit), ==, 0);
}

/* Listeners hear of a change of language once, and only if it is a change. */
static void
test_visit_language_notify (void)
{
  g_autoptr(TomoVisit) visit = tomo_visit_new ("en");
  g_autoptr(GtSignalLogger) logger = gt_signal_logger_new ();
  gt_signal_logger_connect (logger, visit, "notify");

  tomo_visit_set_language (visit, "en");
  gt_signal_logger_assert_no_emissions (logger);
  tomo_visit_set_language (visit, "ar");
  gt_signal_logger_assert_notify_emission_pop (logger, visit, "language");
  gt_signal_logger_assert_no_emissions (logger);
}

/* A round keeps what was chosen and what came of it, and does not let an answer be changed. */
static void
test_round_answers (void)
{
  g_autoptr(TomoRound) round = tomo_round_new ("mfa");

  tomo_round_add_question (round, "jp", "basics", "one");
  tomo_round_add_question (round, "th", "basics", "two");
  g_assert_false (tomo_round_has_choice (round, 0));
  tomo_round_choose (round, 0, "b");
  tomo_round_choose (round, 0, "c");
  tomo_round_unchoose (round, 0, "c");
  g_assert_true (tomo_round_is_chosen (round, 0, "b"));
  g_assert_false (tomo_round_is_chosen (round, 0, "c"));
  g_assert_false (tomo_round_is_chosen (round, 1, "b"));

  tomo_round_finish_question (round, 0, TOMO_VERDICT_RIGHT);
  tomo_round_finish_question (round, 0, TOMO_VERDICT_WRONG);
  g_assert_true (tomo_round_is_right (round, 0));
  g_assert_cmpuint (tomo_round_count_finished (round), ==, 1);
  g_assert_cmpuint (tomo_round_count_right (round), ==, 1);
  g_assert_true (tomo_round_next (round));
  g_assert_false (tomo_round_next (round));
  g_assert_cmpuint (tomo_round_get_position (round), ==, 1);
  g_assert_cmpstr (tomo_round_get_partner (round, 1), ==, "th");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/ui/visit/way", test_visit_way);
  g_test_add_func ("/ui/visit/reset", test_visit_reset);
  g_test_add_func ("/ui/visit/language-notify", test_visit_language_notify);
  g_test_add_func ("/ui/round/answers", test_round_answers);
  return g_test_run ();
}
