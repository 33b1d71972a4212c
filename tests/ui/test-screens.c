/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every page, filled with the hardest content, in seven languages on five screens and at the
 * largest text: tomo-layout-check.c says what must hold. The ordinary run takes some languages for
 * each screen; all of them with TOMO_TEST_LONG. */

#include "tests/ui/tomo-layout-check.h"
#include "tests/ui/tomo-trial.h"
#include "ui/tomo-operator-panel.h"

#define PARTNER "jp"
#define SENSITIVE_TIP "tip-sextortion"

typedef struct
{
  int width_px;
  int height_px;
  const char *languages; /* in the ordinary run; ‘+’ marks the largest text */
} Screen;

static const Screen screens[] = {
  { 1080, 1920, "en-XA ar+ my" }, { 1920, 1080, "en-XA+ ar-XB" }, { 3840, 2160, "my" },
  { 1024, 600, "my+ ja th" },     { 800, 480, "en-XA ar th+" },
};

static unsigned int n_defects = 0;

static void
look (TomoStage *stage, const char *page)
{
  n_defects += tomo_layout_check (stage, page);
}

static void
look_at_menus (TomoStage *stage, unsigned int text_size)
{
  static const char *const first_aid[] = { "money", "account", "threat", "clicked" };

  look (stage, "attract");
  tomo_stage_activate (stage, "visit.begin", "s", tomo_visit_get_language (stage->visit));
  tomo_visit_set_text_size (stage->visit, text_size);
  tomo_stage_settle (stage);
  look (stage, "home");
  tomo_stage_activate (stage, "visit.happened", NULL);
  look (stage, "happened");
  for (unsigned int i = 0; i < G_N_ELEMENTS (first_aid); i++)
    {
      tomo_stage_activate (stage, "visit.first-aid", "s", first_aid[i]);
      look (stage, "first aid");
      tomo_stage_activate (stage, "visit.back", NULL);
    }
  tomo_stage_activate (stage, "visit.home", NULL);
  tomo_stage_activate (stage, "visit.languages", NULL);
  look (stage, "languages");
  tomo_stage_activate (stage, "visit.back", NULL);
  tomo_stage_activate (stage, "visit.abroad", NULL);
  look (stage, "only in other languages");
  tomo_stage_activate (stage, "visit.help", NULL);
  look (stage, "help");
  tomo_stage_activate (stage, "visit.home", NULL);
  tomo_window_show_warning (stage->window, 20);
  tomo_stage_settle (stage);
  look (stage, "warning");
  tomo_window_hide_warning (stage->window);
}

static void
look_at_cards (TomoStage *stage)
{
  tomo_stage_activate (stage, "visit.topic", "s", "passwords");
  look (stage, "topic");
  tomo_stage_activate (stage, "visit.tip", "(sss)", PARTNER, TOMO_TRIAL_PACK, "tip-phishing");
  look (stage, "tip with a picture");
  tomo_stage_activate (stage, "visit.about", "(sss)", PARTNER, TOMO_TRIAL_PACK, "tip-phishing");
  look (stage, "about");
  tomo_stage_activate (stage, "visit.take", "(sss)", PARTNER, TOMO_TRIAL_PACK, "tip-phishing");
  g_assert_nonnull (tomo_stage_find (stage, "code"));
  look (stage, "a code to take home");
  tomo_stage_activate (stage, "visit.tip", "(sss)", PARTNER, TOMO_TRIAL_PACK, "tip-passwords");
  look (stage, "tip without a picture");
  tomo_stage_activate (stage, "visit.tip", "(sss)", PARTNER, TOMO_TRIAL_PACK, "no-such-tip");
  look (stage, "problem");
  tomo_stage_activate (stage, "visit.home", NULL);
}

/* Its address is too long for a code. */
static void
look_at_sensitive_card (TomoStage *stage)
{
  tomo_stage_activate (stage, "visit.topic", "s", "sextortion");
  look (stage, "topic with sensitive tips");
  tomo_stage_activate (stage, "visit.tip", "(sss)", PARTNER, TOMO_TRIAL_CARE_PACK, SENSITIVE_TIP);
  look (stage, "care");
  tomo_stage_press (stage, "open");
  look (stage, "sensitive tip");
  tomo_stage_activate (stage, "visit.take", "(sss)", PARTNER, TOMO_TRIAL_CARE_PACK, SENSITIVE_TIP);
  g_assert_null (tomo_stage_find_under (GTK_WIDGET (stage->window), "code"));
  look (stage, "a card to photograph");
  tomo_stage_activate (stage, "visit.home", NULL);
}

static void
look_at_operator_panel (TomoStage *stage)
{
  GtkWidget *panel = tomo_operator_panel_new (stage->scene);

  tomo_window_set_panel (stage->window, panel);
  tomo_stage_settle (stage);
  look (stage, "PIN");
  tomo_operator_panel_refuse (TOMO_OPERATOR_PANEL (panel), 30);
  tomo_stage_settle (stage);
  look (stage, "refused PIN");
  tomo_operator_panel_open (TOMO_OPERATOR_PANEL (panel));
  tomo_stage_settle (stage);
  look (stage, "operator");
  tomo_window_set_panel (stage->window, NULL);
  tomo_stage_settle (stage);
}

static void
look_at_questions (TomoStage *stage)
{
  for (unsigned int i = 0; tomo_trial_kinds ()[i] != NULL; i++)
    {
      const char *kind = tomo_trial_kinds ()[i];
      g_autofree char *answered = g_strconcat (kind, ", answered", NULL);
      g_autoptr(TomoRound) round = tomo_round_new (NULL);
      tomo_round_add_question (round, PARTNER, TOMO_TRIAL_PACK, kind);
      tomo_visit_set_round (stage->visit, round);
      tomo_visit_open (stage->visit, tomo_place_new (TOMO_PLACE_QUIZ));
      tomo_stage_settle (stage);
      look (stage, kind);
      tomo_stage_answer (stage, i);
      tomo_stage_press (stage, "check");
      look (stage, answered);
    }
  tomo_stage_press (stage, "next");
  look (stage, "result");
}

static void
walk (TomoStage *stage, const char *language, unsigned int text_size)
{
  g_test_message ("%s, text size %u", language, text_size);
  tomo_visit_reset (stage->visit);
  tomo_visit_set_language (stage->visit, language);
  tomo_stage_settle (stage);
  look_at_menus (stage, text_size);
  look_at_cards (stage);
  look_at_sensitive_card (stage);
  look_at_operator_panel (stage);
  look_at_questions (stage);
}

static void
walk_some (TomoStage *stage, const Screen *screen)
{
  g_auto(GStrv) languages = g_strsplit (screen->languages, " ", -1);

  for (unsigned int i = 0; languages[i] != NULL; i++)
    {
      gboolean is_large = g_str_has_suffix (languages[i], "+");
      g_autofree char *language = g_strdelimit (g_strdup (languages[i]), "+", '\0');
      walk (stage, language, is_large ? TOMO_N_TEXT_SIZES - 1 : 0);
    }
}

static void
walk_all (TomoStage *stage)
{
  for (unsigned int i = 0; tomo_trial_languages ()[i] != NULL; i++)
    for (unsigned int size = 0; size < TOMO_N_TEXT_SIZES; size++)
      walk (stage, tomo_trial_languages ()[i], size);
}

/* On each screen nothing is cut short, broken, hidden, outside or the wrong way round. */
static void
test_screens (const void *data)
{
  const Screen *screen = data;
  g_autoptr(TomoStage) stage = tomo_stage_new_trial (screen->width_px, screen->height_px);

  n_defects = 0;
  if (g_getenv ("TOMO_TEST_LONG") != NULL)
    walk_all (stage);
  else
    walk_some (stage, screen);
  if (n_defects > 0)
    g_test_fail_printf ("%u things are wrong", n_defects);
}

/* So it is on a machine that has no campaign yet, at each size of the text. */
static void
test_screens_empty (const void *data)
{
  const Screen *screen = data;
  g_autoptr(TomoStage) stage = tomo_stage_new_empty (screen->width_px, screen->height_px);

  n_defects = 0;
  for (unsigned int size = 0; size < TOMO_N_TEXT_SIZES; size++)
    {
      tomo_visit_set_text_size (stage->visit, size);
      tomo_stage_settle (stage);
      look (stage, "empty");
    }
  if (n_defects > 0)
    g_test_fail_printf ("%u things are wrong", n_defects);
}

int
main (int argc, char **argv)
{
  tomo_stage_init (&argc, &argv);
  for (unsigned int i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/ui/screens/%dx%d", screens[i].width_px, screens[i].height_px);
      g_autofree char *empty_path = g_strconcat (path, "/empty", NULL);
      g_test_add_data_func (path, &screens[i], test_screens);
      g_test_add_data_func (empty_path, &screens[i], test_screens_empty);
    }
  return g_test_run ();
}
