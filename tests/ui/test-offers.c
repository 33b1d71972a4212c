/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "tests/support/tomo-fixture.h"
#include "tests/ui/tomo-stage.h"
#include "ui/tomo-attract-page.h"
#include "ui/tomo-heading.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-operator-panel.h"
#include "ui/tomo-picture-view.h"

/* What is offered to a visitor, in which order, and what is not offered unasked. */

typedef struct
{
  const char *partner;
  const char *pack;
  unsigned int n_tips;
  gboolean is_sensitive;
} Pack;

/* One topic, ‘scams’, of three partners, the last of which speaks for the whole campaign; some of
 * it is sensitive, and a second topic, ‘sextortion’, is nothing else. */
static const Pack packs[] = {
  { "jp", "calm", 2, FALSE }, { "jp", "hard", 1, TRUE }, { "th", "calm", 3, FALSE },
  { "un", "calm", 2, FALSE }, { "un", "hard", 2, TRUE },
};

static const Pack many_packs[] = { { "jp", "calm", 60, FALSE } };

#define CAMPAIGN                                                                                   \
  "{'campaign': <'demo'>, 'name': <{'en': 'A small light'}>, 'languages': <['en']>,"               \
  " 'url': <''>, 'accent': <'#1d6f6a'>, 'demo': <true>}"

#define PARTNERS                                                                                   \
  "[('jp', {'name': <{'en': 'Japan'}>, 'territory': <'JP'>}),"                                     \
  " ('th', {'name': <{'en': 'Thailand'}>, 'territory': <'TH'>}),"                                  \
  " ('un', {'name': <{'en': 'Everybody'}>, 'territory': <'001'>})]"

static void
append_item (GString *items, const Pack *pack, const char *id, const char *kind, const char *rest)
{
  const char *topic =
      (pack->is_sensitive && g_str_equal (pack->partner, "un")) ? "sextortion" : "scams";

  g_string_append_printf (items,
                          "%s('%s', {'kind': <'%s'>, 'topic': <'%s'>, 'age': <'all'>,"
                          " 'risk': <'low'>, 'title': <'%s %s %s'>, %s})",
                          items->len > 1 ? ", " : "", id, kind, topic, pack->partner, pack->pack,
                          id, rest);
}

static void
write_pack (const char *folder, const Pack *pack)
{
  g_autoptr(GString) items = g_string_new ("[");
  g_autofree char *header = g_strdup_printf (
      "{'partner': <'%s'>, 'pack': <'%s'>, 'language': <'en'>, 'source-language': <'en'>,"
      " 'title': <'T'>, 'revision': <uint32 1>, 'verified-on': <'2026-11-20'>, 'sensitive': <%s>}",
      pack->partner, pack->pack, pack->is_sensitive ? "true" : "false");

  append_item (items, pack, "q", "true-false",
               "'prompt': <@a(yss) [(0, 'Is it so?', '')]>, 'choices': <@a(sba(yss)a(yss)) "
               "[('true', true, [], []), ('false', false, [], [])]>, "
               "'explanation': <@a(yss) [(0, 'It is.', '')]>");
  for (unsigned int i = 0; i < pack->n_tips; i++)
    {
      g_autofree char *id = g_strdup_printf ("t%02u", i);
      append_item (items, pack, id, "tip",
                   "'summary': <@a(yss) [(0, 'S', '')]>, 'steps': <[@a(yss) [(0, 'Do.', '')]]>");
    }
  g_string_append_c (items, ']');

  g_autoptr(GBytes) packed = tomo_fixture_compile_text (header, items->str);
  g_autofree char *path = g_strdup_printf ("%s/packs/%s/en.k1.gz", pack->partner, pack->pack);
  tomo_fixture_write_file (folder, path, packed);
}

static TomoStage *
new_stage (const Pack *these, size_t n_packs, const char *territory)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = tomo_fixture_dup_folder ();
  g_autoptr(GBytes) campaign = tomo_fixture_compile_text (CAMPAIGN, PARTNERS);
  g_autoptr(TomoKioskConfig) kiosk = tomo_kiosk_config_new ();

  tomo_fixture_write_file (folder, TOMO_CAMPAIGN_TARGET, campaign);
  for (size_t i = 0; i < n_packs; i++)
    write_pack (folder, &these[i]);
  g_autoptr(TomoLibrary) library = tomo_library_new_for_preview (folder, &error);
  g_assert_no_error (error);

  TomoStage *stage = tomo_stage_new_for_library (library, 1024, 600);
  stage->folder = g_steal_pointer (&folder);
  kiosk->territory = g_strdup (territory);
  tomo_scene_set_kiosk (stage->scene, kiosk);
  tomo_stage_activate (stage, "visit.begin", "s", "en");
  return stage;
}

static void
note_list_cb (GtkWidget *widget, gpointer user_data)
{
  GString *found = user_data;
  const char *name = gtk_widget_get_name (widget);

  if (g_str_has_prefix (name, "tip-"))
    g_string_append_printf (found, "%s ", name + strlen ("tip-"));
  else if (TOMO_IS_HEADING (widget) &&
           (strcmp (name, "common") == 0 || strcmp (name, "other-countries") == 0))
    g_string_append_printf (found, "[%s] ", name);
}

static char *
dup_list (TomoStage *stage)
{
  GString *found = g_string_new (NULL);

  tomo_stage_foreach (GTK_WIDGET (tomo_window_get_page (stage->window)), note_list_cb, found);
  return g_string_free (found, FALSE);
}

/* Within a topic the machine's own country comes first, then what is for every country, then advice
 * from others; sensitive tips at the end of each. A machine that does not know where it stands
 * tells no country from another. */
static void
test_offers_order (void)
{
  static const struct
  {
    const char *territory;
    const char *list;
  } vectors[] = {
    { "TH", "th-calm-t00 th-calm-t01 th-calm-t02 [common] un-calm-t00 un-calm-t01 "
            "[other-countries] jp-calm-t00 jp-calm-t01 jp-hard-t00 " },
    { "JP", "jp-calm-t00 jp-calm-t01 jp-hard-t00 [common] un-calm-t00 un-calm-t01 "
            "[other-countries] th-calm-t00 th-calm-t01 th-calm-t02 " },
    { "FR", "[common] un-calm-t00 un-calm-t01 [other-countries] jp-calm-t00 jp-calm-t01 "
            "th-calm-t00 th-calm-t01 th-calm-t02 jp-hard-t00 " },
    { NULL, "jp-calm-t00 jp-calm-t01 th-calm-t00 th-calm-t01 th-calm-t02 jp-hard-t00 [common] "
            "un-calm-t00 un-calm-t01 " },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(TomoStage) stage = new_stage (packs, G_N_ELEMENTS (packs), vectors[i].territory);
      g_test_message ("territory %s",
                      (vectors[i].territory != NULL) ? vectors[i].territory : "not known");
      tomo_stage_activate (stage, "visit.topic", "s", "scams");
      g_autofree char *list = dup_list (stage);
      g_assert_cmpstr (list, ==, vectors[i].list);
    }
}

static void
check_logo (TomoStage *stage, const char *name, gboolean has_logo)
{
  GtkWidget *logo = tomo_stage_find_under (GTK_WIDGET (stage->window), name);

  g_assert_true (gtk_widget_get_visible (logo) == has_logo);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (logo), GTK_ACCESSIBLE_ROLE_PRESENTATION);
  while (has_logo && !tomo_picture_view_is_loaded (TOMO_PICTURE_VIEW (logo)))
    g_main_context_iteration (NULL, TRUE);
}

/* The campaign's logo stands on the start screen and above every page; without one a lamp does. */
static void
test_offers_logo (void)
{
  g_autoptr(TomoStage) with = tomo_stage_new (1024, 600);
  g_autoptr(TomoStage) without = new_stage (packs, G_N_ELEMENTS (packs), NULL);

  check_logo (with, "attract-logo", TRUE);
  tomo_stage_activate (with, "visit.begin", "s", "en");
  check_logo (with, "logo", TRUE);
  g_assert_false (
      gtk_widget_get_visible (tomo_stage_find_under (GTK_WIDGET (with->window), "lamp")));
  tomo_visit_reset (with->visit);
  tomo_stage_settle (with);
  check_logo (with, "attract-logo", TRUE);

  check_logo (without, "logo", FALSE);
  g_assert_true (
      gtk_widget_get_visible (tomo_stage_find_under (GTK_WIDGET (without->window), "lamp")));
  tomo_visit_reset (without->visit);
  tomo_stage_settle (without);
  check_logo (without, "attract-logo", FALSE);
}

/* Going on from tip to tip follows the same order, and comes upon nothing sensitive. */
static void
test_offers_next_tip (void)
{
  static const char *const expected[] = {
    "th/t01", "th/t02", "un/t00", "un/t01", "jp/t00", "jp/t01"
  };
  g_autoptr(TomoStage) stage = new_stage (packs, G_N_ELEMENTS (packs), "TH");

  tomo_stage_activate (stage, "visit.tip", "(sss)", "th", "calm", "t00");
  for (size_t i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      tomo_stage_press (stage, "next-tip");
      const TomoPlace *place = tomo_visit_get_place (stage->visit);
      g_autofree char *at = g_strdup_printf ("%s/%s", place->partner, place->item);
      g_assert_cmpstr (at, ==, expected[i]);
      g_assert_cmpint (place->kind, ==, TOMO_PLACE_TIP);
    }
  g_assert_null (tomo_stage_find_under (GTK_WIDGET (stage->window), "next-tip"));
}

/* A long list comes in parts, goes on where it ended, and is as long when the page is built anew.
 */
static void
test_offers_more (void)
{
  g_autoptr(TomoStage) stage = new_stage (many_packs, G_N_ELEMENTS (many_packs), "JP");

  tomo_stage_activate (stage, "visit.topic", "s", "scams");
  g_autofree char *first = dup_list (stage);
  g_assert_nonnull (strstr (first, "jp-calm-t23 "));
  g_assert_null (strstr (first, "jp-calm-t24 "));
  tomo_stage_press (stage, "more");
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (stage->window));
  g_assert_cmpstr (gtk_widget_get_name (focus), ==, "tip-jp-calm-t24");
  tomo_window_refresh (stage->window);
  tomo_stage_settle (stage);
  g_autofree char *second = dup_list (stage);
  g_assert_nonnull (strstr (second, "jp-calm-t47 "));
  tomo_stage_press (stage, "more");
  g_autofree char *all = dup_list (stage);
  g_assert_nonnull (strstr (all, "jp-calm-t59 "));
  g_assert_false (gtk_widget_get_visible (tomo_stage_find (stage, "more")));
}

static char *
dup_detail (TomoStage *stage, const char *tile)
{
  g_autofree char *name = NULL;
  GtkWidget *widget = tomo_stage_find (stage, tile);
  GtkWidget *detail = tomo_stage_find_under (widget, "detail");

  return g_strdup (gtk_widget_get_visible (detail) ? gtk_label_get_text (GTK_LABEL (detail)) : "");
}

/* Sensitive tips are not counted on any tile, and no round asks a sensitive question. */
static void
test_offers_sensitive_is_not_counted (void)
{
  g_autoptr(TomoStage) stage = new_stage (packs, G_N_ELEMENTS (packs), "JP");
  g_autofree char *scams = dup_detail (stage, "topic-scams");
  g_autofree char *sextortion = dup_detail (stage, "topic-sextortion");

  g_assert_cmpstr (scams, ==, "7 tips · 3 questions");
  g_assert_cmpstr (sextortion, ==, "");

  tomo_stage_press (stage, "quiz");
  TomoRound *round = tomo_visit_get_round (stage->visit);
  g_assert_cmpuint (tomo_round_get_n_questions (round), ==, 3);
  for (unsigned int i = 0; i < 3; i++)
    g_assert_cmpstr (tomo_round_get_pack (round, i), ==, "calm");
}

/* A topic with nothing but sensitive tips says where to get help, as each of its tips does; others
 * do not. A sensitive tip opens after one sentence, begins with where to get help, and going back
 * from it does not meet the sentence again. */
static void
test_offers_sensitive_opens_gently (void)
{
  g_autoptr(TomoStage) stage = new_stage (packs, G_N_ELEMENTS (packs), "JP");

  tomo_stage_press (stage, "topic-scams");
  g_assert_null (tomo_stage_find_under (GTK_WIDGET (stage->window), "help-card"));
  tomo_stage_press (stage, "back");
  tomo_stage_press (stage, "topic-sextortion");
  g_assert_nonnull (tomo_stage_find_under (GTK_WIDGET (stage->window), "help-card"));
  tomo_stage_press (stage, "tip-un-hard-t00");
  g_assert_cmpint (tomo_visit_get_place (stage->visit)->kind, ==, TOMO_PLACE_CARE);
  g_assert_null (tomo_stage_find_under (GTK_WIDGET (stage->window), "help-card"));

  tomo_stage_press (stage, "open");
  g_assert_cmpint (tomo_visit_get_place (stage->visit)->kind, ==, TOMO_PLACE_TIP);
  GtkWidget *help = tomo_stage_find (stage, "help-card");
  g_assert_true (TOMO_IS_HEADING (gtk_widget_get_prev_sibling (help)));
  g_assert_null (gtk_widget_get_prev_sibling (gtk_widget_get_prev_sibling (help)));
  g_assert_null (tomo_stage_find_under (GTK_WIDGET (stage->window), "next-tip"));
  g_assert_null (tomo_stage_find_under (GTK_WIDGET (tomo_window_get_page (stage->window)), "quiz"));

  tomo_stage_press (stage, "help-happened");
  g_assert_cmpint (tomo_visit_get_place (stage->visit)->kind, ==, TOMO_PLACE_HAPPENED);
  tomo_stage_press (stage, "back");
  tomo_stage_press (stage, "back");
  g_assert_cmpint (tomo_visit_get_place (stage->visit)->kind, ==, TOMO_PLACE_TOPIC);

  tomo_stage_press (stage, "tip-un-hard-t01");
  tomo_stage_press (stage, "care-back");
  g_assert_cmpint (tomo_visit_get_place (stage->visit)->kind, ==, TOMO_PLACE_TOPIC);
}

/* The start screen shows a tip in each language, never a sensitive one, and can be stopped. */
static void
test_offers_attract (void)
{
  g_autoptr(TomoStage) stage = new_stage (packs, G_N_ELEMENTS (packs), "JP");
  GtkSettings *settings = gtk_settings_get_default ();

  for (unsigned int day = 1; day <= 20; day++)
    {
      tomo_scene_set_day (stage->scene, day);
      tomo_visit_reset (stage->visit);
      tomo_stage_settle (stage);
      const char *teaser = gtk_label_get_text (GTK_LABEL (tomo_stage_find (stage, "teaser")));
      g_assert_nonnull (strstr (teaser, " calm t"));
    }

  /* Where the desktop asks for less motion nothing moves, and there is nothing to stop. */
  TomoAttractPage *page = TOMO_ATTRACT_PAGE (tomo_window_get_page (stage->window));
  g_assert_false (tomo_attract_page_is_moving (page));
  g_assert_false (gtk_widget_get_visible (tomo_stage_find (stage, "pause")));

  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  tomo_window_refresh (stage->window);
  tomo_stage_settle (stage);
  page = TOMO_ATTRACT_PAGE (tomo_window_get_page (stage->window));
  g_assert_true (tomo_attract_page_is_moving (page));
  tomo_attract_page_turn (page);
  tomo_stage_press (stage, "pause");
  g_assert_false (tomo_attract_page_is_moving (page));
  tomo_stage_press (stage, "pause");
  g_assert_true (tomo_attract_page_is_moving (page));
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
}

/* A wrong answer leads to a tip of its topic, a right one to none. */
static void
test_offers_read_next (void)
{
  g_autoptr(TomoStage) stage = new_stage (packs, G_N_ELEMENTS (packs), "TH");

  tomo_stage_press (stage, "quiz");
  for (unsigned int i = 0; i < 3; i++)
    {
      tomo_stage_press_choice (stage, (i == 0) ? 1 : 0);
      tomo_stage_press (stage, "check");
      tomo_stage_press (stage, "next");
    }
  g_assert_cmpint (tomo_visit_get_place (stage->visit)->kind, ==, TOMO_PLACE_RESULT);
  g_assert_null (tomo_stage_find_under (GTK_WIDGET (stage->window), "read-1"));
  tomo_stage_press (stage, "read-0");
  g_assert_cmpint (tomo_visit_get_place (stage->visit)->kind, ==, TOMO_PLACE_TIP);
  g_assert_cmpstr (tomo_visit_get_place (stage->visit)->partner, ==, "th");
}

/* A keyboard begins on home where somebody in need would. */
static void
test_offers_first_focus (void)
{
  g_autoptr(TomoStage) stage = new_stage (packs, G_N_ELEMENTS (packs), "TH");
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (stage->window));

  g_assert_cmpstr (gtk_widget_get_name (focus), ==, "happened");
}

/* Languages stand in the operator's order, or the campaign's; those that have too little in them
 * are left out, unless all of them have; a locked one is alone. What the campaign lacks is no
 * choice, and locks nothing. */
static void
test_offers_languages (void)
{
  static const struct
  {
    const char *wished;
    const char *locked;
    const char *offered; /* NULL: not known */
    const char *expected;
  } vectors[] = {
    { NULL, NULL, NULL, "en ja th ar id vi" },
    { NULL, NULL, "en ja ar", "en ja ar" },
    { "ar th ja", NULL, "en ja ar", "ar ja" },
    { NULL, NULL, "", "en ja th ar id vi" },
    { "th", NULL, "en", "th" },
    { NULL, "th", "en", "th" },
    { "en ja", "th", "en", "th" },
    { NULL, "th-TH", "en", "th" },
    { NULL, "ko", "en ja", "en ja" },
    { "ko", NULL, "en ja", "en ja" },
    { "ko ja", NULL, "en ja", "ja" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *folder = tomo_fixture_dup_folder ();
      g_autoptr(TomoStore) store = tomo_store_new (folder);
      g_autoptr(TomoVisit) visit = tomo_visit_new ("en");
      g_autoptr(TomoScene) scene = tomo_scene_new (visit);
      g_autoptr(TomoKioskConfig) kiosk = tomo_kiosk_config_new ();
      g_auto(GStrv) offered =
          (vectors[i].offered != NULL) ? g_strsplit (vectors[i].offered, " ", -1) : NULL;

      tomo_fixture_fill_store_offering (store, (const char *const *) offered);
      g_autoptr(TomoLibrary) library = tomo_library_new (store, TOMO_FIXTURE_CAMPAIGN);
      g_assert_true (tomo_library_reload (library, NULL, &error));
      tomo_scene_set_library (scene, library);
      tomo_scene_set_shows_unfinished (scene, TRUE);
      if (vectors[i].wished != NULL)
        kiosk->languages = g_strsplit (vectors[i].wished, " ", -1);
      kiosk->language = g_strdup (vectors[i].locked);
      tomo_scene_set_kiosk (scene, kiosk);
      g_auto(GStrv) languages = tomo_scene_dup_languages (scene);
      g_autofree char *joined = g_strjoinv (" ", languages);
      g_assert_cmpstr (joined, ==, vectors[i].expected);
      g_assert_cmpint (tomo_scene_lacks_locked_language (scene), ==,
                       g_strcmp0 (vectors[i].locked, "ko") == 0);
      tomo_fixture_remove_folder (folder);
    }
}

static TomoStage *
new_locked_stage (const char *tag)
{
  const char *const wished[] = { tag, NULL };
  TomoStage *stage = tomo_stage_new_empty (1024, 600);
  g_autoptr(TomoKioskConfig) kiosk = tomo_kiosk_config_new ();

  kiosk->language = g_strdup (tag);
  tomo_scene_set_kiosk (stage->scene, kiosk);
  tomo_scene_set_wished_languages (stage->scene, wished);
  tomo_window_take_library (stage->window, NULL);
  g_assert_cmpstr (tomo_visit_get_language (stage->visit), ==, tag);
  g_assert_nonnull (tomo_stage_find (stage, "command"));
  return stage;
}

static void
count_words_cb (GtkWidget *widget, gpointer user_data)
{
  unsigned int *n_found = user_data;

  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), "한국어"))
    (*n_found)++;
}

static unsigned int
count_korean_facts (TomoStage *stage)
{
  GtkWidget *panel = tomo_operator_panel_new (stage->scene);
  unsigned int n_found = 0;

  tomo_window_set_panel (stage->window, panel);
  tomo_operator_panel_open (TOMO_OPERATOR_PANEL (panel));
  tomo_stage_settle (stage);
  tomo_stage_foreach (panel, count_words_cb, &n_found);
  tomo_window_set_panel (stage->window, NULL);
  return n_found;
}

/* Whoever stands before a machine that is locked to what its campaign lacks gets what there is, and
 * the operator is told; nobody is asked to add a campaign. */
static void
test_offers_locked_in_vain (void)
{
  g_autoptr(TomoStage) stage = new_locked_stage ("ko");
  g_autoptr(TomoStage) full = tomo_stage_new (800, 480);

  g_assert_cmpuint (count_korean_facts (stage), ==, 0);
  tomo_window_take_library (stage->window, full->library);
  tomo_stage_settle (stage);
  g_assert_true (TOMO_IS_ATTRACT_PAGE (tomo_window_get_page (stage->window)));
  g_assert_nonnull (tomo_stage_find (stage, "th"));
  g_assert_nonnull (tomo_stage_find (stage, "ja"));
  g_assert_cmpstr (tomo_visit_get_language (stage->visit), ==, "en");
  g_assert_cmpuint (count_korean_facts (stage), ==, 1);

  tomo_window_take_library (stage->window, NULL);
  g_assert_cmpstr (tomo_visit_get_language (stage->visit), ==, "ko");
}

/* A lock holds as soon as its language has come. */
static void
test_offers_locked_later (void)
{
  g_autoptr(TomoStage) stage = new_locked_stage ("th");
  g_autoptr(TomoStage) full = tomo_stage_new (800, 480);

  tomo_window_take_library (stage->window, full->library);
  tomo_stage_settle (stage);
  g_assert_nonnull (tomo_stage_find (stage, "th"));
  g_assert_null (tomo_stage_find_under (GTK_WIDGET (stage->window), "ja"));
  g_assert_cmpstr (tomo_visit_get_language (stage->visit), ==, "th");
  tomo_window_take_library (stage->window, NULL);
}

/* A visitor is offered no language in which the window would be half in English. */
static void
test_offers_whole (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = tomo_fixture_dup_folder ();
  g_autoptr(TomoStore) store = tomo_store_new (folder);
  g_autoptr(TomoVisit) visit = tomo_visit_new ("en");
  g_autoptr(TomoScene) scene = tomo_scene_new (visit);

  g_assert_true (tomo_i18n_is_whole ("en"));
  g_assert_true (tomo_i18n_is_whole ("en-GB"));
  g_assert_false (tomo_i18n_is_whole ("is"));
  g_assert_false (tomo_i18n_is_whole ("xx-nonsense"));

  tomo_fixture_fill_store (store);
  g_autoptr(TomoLibrary) library = tomo_library_new (store, TOMO_FIXTURE_CAMPAIGN);
  g_assert_true (tomo_library_reload (library, NULL, &error));
  tomo_scene_set_library (scene, library);
  g_auto(GStrv) languages = tomo_scene_dup_languages (scene);
  for (unsigned int i = 0; languages[i] != NULL; i++)
    g_assert_true (tomo_i18n_is_whole (languages[i]));
  for (unsigned int i = 0; tomo_library_get_languages (library)[i] != NULL; i++)
    {
      const char *tag = tomo_library_get_languages (library)[i];
      g_assert_cmpint (g_strv_contains ((const char *const *) languages, tag), ==,
                       tomo_i18n_is_whole (tag));
    }
  tomo_fixture_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  tomo_stage_init (&argc, &argv);
  g_test_add_func ("/ui/offers/order", test_offers_order);
  g_test_add_func ("/ui/offers/logo", test_offers_logo);
  g_test_add_func ("/ui/offers/next-tip", test_offers_next_tip);
  g_test_add_func ("/ui/offers/more", test_offers_more);
  g_test_add_func ("/ui/offers/sensitive-is-not-counted", test_offers_sensitive_is_not_counted);
  g_test_add_func ("/ui/offers/sensitive-opens-gently", test_offers_sensitive_opens_gently);
  g_test_add_func ("/ui/offers/attract", test_offers_attract);
  g_test_add_func ("/ui/offers/read-next", test_offers_read_next);
  g_test_add_func ("/ui/offers/first-focus", test_offers_first_focus);
  g_test_add_func ("/ui/offers/languages", test_offers_languages);
  g_test_add_func ("/ui/offers/locked-in-vain", test_offers_locked_in_vain);
  g_test_add_func ("/ui/offers/locked-later", test_offers_locked_later);
  g_test_add_func ("/ui/offers/whole", test_offers_whole);
  return g_test_run ();
}
