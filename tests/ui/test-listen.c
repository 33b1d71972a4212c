/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/content/tomo-media.h"
#include "core/content/tomo-sentences.h"
#include "tests/support/tomo-fixture.h"
#include "tests/ui/tomo-stage.h"
#include "tests/ui/tomo-trial.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-idle-warning.h"
#include "ui/tomo-script.h"

/* What is read aloud on which page, and what is offered where nothing could be. */

#define SHA256_OF_TONE_PLACE "@tone@"

/* A tip, a question whose every paragraph was recorded, and one whose prompt was not. */
#define ITEMS                                                                                      \
  "[('ask', {'kind': <'single'>, 'topic': <'scams'>, 'age': <'all'>, 'risk': <'low'>,"             \
  "  'title': <'P1'>, 'prompt': <@a(yss) [(0, 'P1', '')]>,"                                        \
  "  'choices': <@a(sba(yss)a(yss)) [('a', true, [(0, 'C1', '')], []),"                            \
  "   ('b', false, [(0, 'C2', '')], [(0, 'F2', '')])]>, 'explanation': <@a(yss) [(0, 'E1', '')]>," \
  "  'recordings': <[('choice-a', '@tone@'), ('choice-b', '@tone@'), ('explanation', '@tone@'),"   \
  "   ('feedback-b', '@tone@'), ('later', '@tone@'), ('prompt', '@tone@')]>}),"                    \
  " ('half', {'kind': <'true-false'>, 'topic': <'scams'>, 'age': <'all'>, 'risk': <'low'>,"        \
  "  'title': <'P2'>, 'prompt': <@a(yss) [(0, 'P2', '')]>,"                                        \
  "  'choices': <@a(sba(yss)a(yss)) [('true', true, [], []), ('false', false, [], [])]>,"          \
  "  'explanation': <@a(yss) [(0, 'E2', '')]>, 'recordings': <[('explanation', '@tone@')]>}),"     \
  " ('tip', {'kind': <'tip'>, 'topic': <'scams'>, 'age': <'all'>, 'risk': <'low'>,"                \
  "  'title': <'T'>, 'summary': <@a(yss) [(0, 'S', '')]>,"                                         \
  "  'steps': <[@a(yss) [(0, 'Do this.', '')]]>,"                                                  \
  "  'recordings': <[('step-1', '@tone@'), ('summary', '@tone@'), ('title', '@tone@')]>})]"

#define HEADER                                                                                     \
  "{'partner': <'jp'>, 'pack': <'basics'>, 'language': <'ja'>, 'source-language': <'ja'>,"         \
  " 'title': <'T'>, 'revision': <uint32 1>, 'verified-on': <'2026-11-20'>,"                        \
  " 'audio': <['@tone@']>}"

#define CAMPAIGN                                                                                   \
  "{'campaign': <'demo'>, 'name': <{'en': 'A small light'}>, 'languages': <['ja']>,"               \
  " 'url': <''>, 'accent': <'#1d6f6a'>, 'demo': <true>, 'audio': <%s>}"

#define PARTNERS "[('jp', {'name': <{'en': 'Japan'}>, 'territory': <'JP'>})]"

static char *
dup_filled (const char *pattern)
{
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  g_autofree char *sha256 = tomo_fixture_dup_sha256 (opus);
  g_autoptr(GString) text = g_string_new (pattern);

  g_string_replace (text, SHA256_OF_TONE_PLACE, sha256, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* All sentences of the program in Japanese, but @missing. */
static char *
dup_campaign (const char *const *missing)
{
  g_auto(GVariantBuilder) audio = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sss)"));
  size_t n_sentences = 0;
  const TomoSentence *sentences = tomo_sentences_list (&n_sentences);
  g_autofree char *sha256 = dup_filled (SHA256_OF_TONE_PLACE);

  for (size_t i = 0; missing != NULL && i < n_sentences; i++)
    if (!g_strv_contains (missing, sentences[i].text))
      g_variant_builder_add (&audio, "(sss)", "ja", sentences[i].text, sha256);

  g_autoptr(GVariant) list = g_variant_ref_sink (g_variant_builder_end (&audio));
  g_autofree char *text = g_variant_print (list, TRUE);
  return g_strdup_printf (CAMPAIGN, text);
}

static void
write_tone (const char *folder, const char *partner)
{
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  g_autofree char *sha256 = tomo_fixture_dup_sha256 (opus);
  g_autofree char *name = g_strconcat (sha256, TOMO_MEDIA_AUDIO, NULL);
  g_autofree char *path = tomo_media_dup_path (partner, name);

  tomo_fixture_write_file (folder, path, opus);
}

/* A loudspeaker that takes nothing: what is played plays until it is stopped. */
static void
set_up_sound (TomoStage *stage)
{
  g_autofree char *pipe = g_build_filename (stage->folder, "sink", NULL);
  g_autofree char *path = g_build_filename (stage->folder, "asound.conf", NULL);
  g_autofree char *config =
      g_strdup_printf ("pcm.nowhere { type null }\n"
                       "pcm.!default { type file slave.pcm \"nowhere\" file \"%s\" }\n",
                       pipe);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_true (g_file_set_contents (path, config, -1, NULL));
  g_setenv ("ALSA_CONFIG_PATH", path, TRUE);
}

/* @missing of %NULL: the campaign has recorded nothing at all. */
static TomoStage *
new_stage (const char *const *missing)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = tomo_fixture_dup_folder ();
  g_autofree char *header = dup_filled (HEADER);
  g_autofree char *items = dup_filled (ITEMS);
  g_autofree char *campaign_text = dup_campaign (missing);
  g_autoptr(GBytes) campaign = tomo_fixture_compile_text (campaign_text, PARTNERS);
  g_autoptr(GBytes) packed = tomo_fixture_compile_text (header, items);

  tomo_fixture_write_file (folder, TOMO_CAMPAIGN_TARGET, campaign);
  tomo_fixture_write_file (folder, "jp/packs/" TOMO_FIXTURE_PACK "/ja.k1.gz", packed);
  write_tone (folder, "jp");
  write_tone (folder, TOMO_CAMPAIGN_ROLE);
  g_autoptr(TomoLibrary) library = tomo_library_new_for_preview (folder, &error);
  g_assert_no_error (error);

  TomoStage *stage = tomo_stage_new_for_library (library, 1024, 600);
  stage->folder = g_steal_pointer (&folder);
  tomo_stage_activate (stage, "visit.begin", "s", "ja");
  return stage;
}

static GtkWidget *
find_shown (TomoStage *stage, const char *name)
{
  GtkWidget *widget = tomo_stage_find_under (GTK_WIDGET (stage->window), name);

  return widget != NULL && gtk_widget_get_mapped (widget) ? widget : NULL;
}

/* How many recordings would be heard; 0 where no button stands. */
static unsigned int
count_heard (TomoStage *stage)
{
  tomo_stage_settle (stage);
  GtkWidget *page = GTK_WIDGET (tomo_window_get_page (stage->window));
  g_autoptr(TomoScript) script =
      tomo_script_new (page, "ja", tomo_scene_get_campaign (stage->scene));
  unsigned int n_recordings = g_strv_length ((char **) tomo_script_get_recordings (script));

  g_assert_cmpint (find_shown (stage, "listen") != NULL, ==, n_recordings > 0);
  return n_recordings;
}

/* Where a campaign has recorded all of its sentences, every page is read: menus as a whole, without
 * what was filled with numbers and names; cards with their frame. */
static void
test_listen_all (void)
{
  static const char *const nothing[] = { NULL };
  g_autoptr(TomoStage) stage = new_stage (nothing);

  /* Heading, “it has happened” with its detail, quiz of the day, one topic. */
  g_assert_cmpuint (count_heard (stage), ==, 5);
  tomo_stage_activate (stage, "visit.happened", NULL);
  g_assert_cmpuint (count_heard (stage), ==, 9);
  tomo_stage_activate (stage, "visit.first-aid", "s", "money");
  g_assert_cmpuint (count_heard (stage), ==, 6);
  tomo_stage_activate (stage, "visit.help", NULL);
  g_assert_cmpuint (count_heard (stage), >, 10);
  /* Topic, its one tip, quiz. */
  tomo_stage_activate (stage, "visit.topic", "s", "scams");
  g_assert_cmpuint (count_heard (stage), ==, 3);
  /* Title, summary, step; take it home, quiz. */
  tomo_stage_activate (stage, "visit.tip", "(sss)", "jp", TOMO_FIXTURE_PACK, "tip");
  g_assert_cmpuint (count_heard (stage), ==, 5);
  tomo_stage_activate (stage, "visit.take", "(sss)", "jp", TOMO_FIXTURE_PACK, "tip");
  g_assert_cmpuint (count_heard (stage), ==, 5);
  /* Facts without their values would say nothing. */
  tomo_stage_activate (stage, "visit.about", "(sss)", "jp", TOMO_FIXTURE_PACK, "tip");
  g_assert_cmpuint (count_heard (stage), ==, 0);
}

static void
check_only_cards (TomoStage *stage)
{
  g_assert_cmpuint (count_heard (stage), ==, 0);
  tomo_stage_activate (stage, "visit.topic", "s", "scams");
  g_assert_cmpuint (count_heard (stage), ==, 0);
  tomo_stage_activate (stage, "visit.tip", "(sss)", "jp", TOMO_FIXTURE_PACK, "tip");
  g_assert_cmpuint (count_heard (stage), ==, 3);
}

/* Where a campaign has recorded nothing, a card is read without its frame, and no menu is. */
static void
test_listen_card_only (void)
{
  g_autoptr(TomoStage) stage = new_stage (NULL);

  check_only_cards (stage);
}

/* One sentence that is missing silences the menus on which it stands, and no card. */
static void
test_listen_gap (void)
{
  static const char *const gap[] = { "Quiz on this topic", "Quiz of the day", NULL };
  g_autoptr(TomoStage) stage = new_stage (gap);

  check_only_cards (stage);
}

/* A question is read with its choices, and once it was answered with what was right. */
static void
test_listen_question (void)
{
  static const char *const nothing[] = { NULL };
  g_autoptr(TomoStage) stage = new_stage (nothing);

  /* Prompt, two choices, “check my answer”. */
  tomo_stage_begin_round (stage, "jp", "ask", NULL);
  g_assert_cmpuint (count_heard (stage), ==, 4);
  /* Prompt, verdict, explanation; two choices, what became of each, feedback; “see the result”. */
  tomo_stage_answer (stage, 1);
  tomo_stage_press (stage, "check");
  g_assert_cmpuint (count_heard (stage), ==, 9);
  tomo_stage_press (stage, "next");
  /* Words below the score, “your answers” with the prompt and “not right”, three buttons and
   * headings: no tip was recorded less. */
  g_assert_cmpuint (count_heard (stage), >, 6);

  /* The prompt has no recording. */
  tomo_stage_begin_round (stage, "jp", "half", NULL);
  g_assert_cmpuint (count_heard (stage), ==, 0);
}

/* An explanation says nothing without “that is right” or “not quite”: if nobody has recorded those,
 * the button goes with the answer. */
static void
test_listen_question_alone (void)
{
  g_autoptr(TomoStage) stage = new_stage (NULL);

  tomo_stage_begin_round (stage, "jp", "ask", NULL);
  g_assert_cmpuint (count_heard (stage), ==, 3);
  tomo_stage_answer (stage, 1);
  tomo_stage_press (stage, "check");
  g_assert_cmpuint (count_heard (stage), ==, 0);
}

/* A recording that is lost, or is another file by now, is told in the visitor’s language, to the
 * one at the keys as well; the page stays as it is, and another one can be heard. */
static void
test_listen_lost (void)
{
  static const char *const broken[] = { NULL, "OggS and then nothing" };

  for (size_t i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr(TomoStage) stage = new_stage (NULL);
      g_autofree char *name = dup_filled ("jp/media/@tone@" TOMO_MEDIA_AUDIO);
      g_autofree char *path = g_build_filename (stage->folder, name, NULL);

      tomo_stage_activate (stage, "visit.tip", "(sss)", "jp", TOMO_FIXTURE_PACK, "tip");
      tomo_stage_settle (stage);
      g_assert_nonnull (find_shown (stage, "listen"));
      g_assert_null (find_shown (stage, "silence"));
      if (broken[i] != NULL)
        g_assert_true (g_file_set_contents (path, broken[i], -1, NULL));
      else
        g_assert_cmpint (g_unlink (path), ==, 0);
      gtk_widget_grab_focus (find_shown (stage, "listen"));
      tomo_stage_press (stage, "listen");
      tomo_stage_settle (stage);

      g_assert_false (tomo_visit_is_listening (stage->visit));
      g_assert_null (find_shown (stage, "listen"));
      GtkWidget *silence = find_shown (stage, "silence");
      g_assert_nonnull (silence);
      g_assert_true (gtk_root_get_focus (GTK_ROOT (stage->window)) == silence);

      write_tone (stage->folder, "jp");
      tomo_stage_begin_round (stage, "jp", "ask", NULL);
      g_assert_nonnull (find_shown (stage, "listen"));
      g_assert_null (find_shown (stage, "silence"));
    }
}

/* Who has listened, and perhaps does not see, also hears the question whether somebody is there. It
 * does not stop the clock as listening does; who has not listened is left in peace. */
static void
test_listen_warning (void)
{
  static const char *const nothing[] = { NULL };
  g_autoptr(TomoStage) stage = new_stage (nothing);
  TomoSpeaker *speaker = tomo_scene_get_speaker (stage->scene);

  set_up_sound (stage);
  tomo_window_show_warning (stage->window, 20);
  g_assert_false (tomo_speaker_is_heard (speaker));
  tomo_window_hide_warning (stage->window);

  tomo_stage_press (stage, "listen");
  g_assert_true (tomo_visit_is_listening (stage->visit));
  tomo_stage_press (stage, "listen");
  g_assert_false (tomo_speaker_is_heard (speaker));
  tomo_window_show_warning (stage->window, 20);
  g_assert_true (tomo_speaker_is_heard (speaker));
  g_assert_false (tomo_visit_is_listening (stage->visit));
  tomo_window_hide_warning (stage->window);
  g_assert_false (tomo_speaker_is_heard (speaker));

  /* The next visitor has not asked for anything. */
  tomo_visit_reset (stage->visit);
  tomo_stage_activate (stage, "visit.begin", "s", "ja");
  tomo_window_show_warning (stage->window, 20);
  g_assert_false (tomo_speaker_is_heard (speaker));
}

/* While a page is read its line is busy and its button says how to end it; it takes the focus,
 * and the page after it begins in silence. */
static void
test_listen_states (void)
{
  static const char *const nothing[] = { NULL };
  g_autoptr(TomoStage) stage = new_stage (nothing);
  GtkWidget *listen = find_shown (stage, "listen");
  GtkWidget *line = gtk_widget_get_parent (listen);

  set_up_sound (stage);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (listen)), ==,
                   GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_test_accessible_assert_property (listen, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       tomo_i18n_lookup ("ja", NULL, "Listen"));
  gtk_test_accessible_assert_state (line, GTK_ACCESSIBLE_STATE_BUSY, FALSE);
  g_assert_null (find_shown (stage, "quieter"));
  g_assert_true (gtk_widget_grab_focus (listen));
  tomo_stage_press (stage, "listen");
  gtk_test_accessible_assert_property (listen, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       tomo_i18n_lookup ("ja", NULL, "Stop"));
  gtk_test_accessible_assert_state (line, GTK_ACCESSIBLE_STATE_BUSY, TRUE);
  g_assert_nonnull (tomo_stage_find (stage, "quieter"));
  g_assert_nonnull (tomo_stage_find (stage, "louder"));

  tomo_stage_begin_round (stage, "jp", "ask", NULL);
  g_assert_false (tomo_visit_is_listening (stage->visit));
  tomo_stage_press (stage, "listen");
  g_assert_true (tomo_visit_is_listening (stage->visit));
  tomo_stage_answer (stage, 0);
  g_assert_true (tomo_visit_is_listening (stage->visit));
  tomo_stage_press (stage, "check");
  g_assert_false (tomo_visit_is_listening (stage->visit));
}

/* ---- The list of what can be recorded ---- */

/* What the walk below does not come upon, and why. */
static const char *const not_met[] = {
  /* Problems that this content does not have. */
  "This page cannot be shown at the moment.",
  "This card is damaged on this machine. It will be fetched again.",
  "There is no connection at the moment. Everything else works on.",
  "This card was not signed properly, so it is not shown.",
  "This card is waiting for a newer version.",
  "Something is being brought up to date. Please try again in a moment.",
  "There is no room left on this machine.",
  "This card needs a newer version of the program.",
  "This was stopped.",
  /* Sensitive cards, tall screens, more countries and more tips than there are here. */
  "Where to get help",
  "Tell somebody you trust today: your family, a teacher, a doctor, or the police. You are not to "
  "blame, and there is a way out.",
  "Everything lower down, within easy reach",
  "For every country",
  "Advice from other countries",
  "More tips",
  /* Cards that are too long for one photograph; tests/ui/test-take.c turns them. */
  "Next photograph",
  "First photograph",
  NULL,
};

/* What has a number, a name or a date in it; all names of this content are “Within an hour”. */
static gboolean
is_filled (const char *text)
{
  return g_regex_match_simple ("[0-9·]|^(Source|Written and signed by|What belongs to it): |"
                               "^Within an hour|^English|https:",
                               text, 0, 0);
}

static void
note_sentences (const char *page, GStrv sentences, GHashTable *met)
{
  g_assert_cmpuint (g_strv_length (sentences), >, 0);
  for (size_t i = 0; sentences[i] != NULL; i++)
    {
      const TomoSentence *sentence = tomo_sentences_find (sentences[i]);
      if (sentence != NULL)
        g_hash_table_add (met, (char *) sentence->text);
      else if (!is_filled (sentences[i]))
        {
          g_test_message ("%s says “%s”", page, sentences[i]);
          g_test_fail ();
        }
    }
}

static void
note (TomoStage *stage, GHashTable *met)
{
  tomo_stage_settle (stage);
  GtkWidget *page = GTK_WIDGET (tomo_window_get_page (stage->window));
  g_autoptr(TomoScript) script = tomo_script_new (page, "en", NULL);
  g_auto(GStrv) sentences = tomo_script_dup_sentences (script);

  note_sentences (G_OBJECT_TYPE_NAME (page), sentences, met);
}

static void
note_warning (TomoStage *stage, GHashTable *met)
{
  tomo_window_show_warning (stage->window, 20);
  GtkWidget *warning = tomo_stage_find (stage, "stay");
  while (!TOMO_IS_IDLE_WARNING (warning))
    warning = gtk_widget_get_parent (warning);
  g_autoptr(TomoScript) script = tomo_script_new (warning, "en", NULL);
  g_auto(GStrv) sentences = tomo_script_dup_sentences (script);
  note_sentences ("the warning", sentences, met);
  tomo_window_hide_warning (stage->window);
}

static void
note_menus (TomoStage *stage, GHashTable *met)
{
  static const char *const first_aid[] = { "money", "account", "threat", "clicked" };
  static const char *const actions[] = { "visit.home", "visit.happened", "visit.help",
                                         "visit.languages", "visit.abroad" };

  for (size_t i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      tomo_stage_activate (stage, actions[i], NULL);
      note (stage, met);
    }
  for (size_t i = 0; i < G_N_ELEMENTS (first_aid); i++)
    {
      tomo_stage_activate (stage, "visit.first-aid", "s", first_aid[i]);
      note (stage, met);
    }
  for (size_t i = 0; tomo_topics ()[i] != NULL; i++)
    {
      tomo_stage_activate (stage, "visit.topic", "s", tomo_topics ()[i]);
      note (stage, met);
    }
}

static void
note_place (TomoStage *stage, GHashTable *met, TomoPlaceKind kind, const char *item)
{
  tomo_visit_open (stage->visit, tomo_place_new_item (kind, "jp", TOMO_TRIAL_PACK, item));
  note (stage, met);
}

/* Gives the @nth answer, and ends the round with it. */
static void
note_question (TomoStage *stage, GHashTable *met, const char *kind, unsigned int nth)
{
  g_autoptr(TomoRound) round = tomo_round_new (NULL);

  g_test_message ("%s, answer %u", kind, nth);
  tomo_round_add_question (round, "jp", TOMO_TRIAL_PACK, kind);
  tomo_round_add_question (round, "jp", TOMO_TRIAL_PACK, "true-false");
  tomo_visit_set_round (stage->visit, round);
  tomo_visit_open (stage->visit, tomo_place_new (TOMO_PLACE_QUIZ));
  note (stage, met);
  tomo_stage_answer (stage, nth);
  tomo_stage_press (stage, "check");
  note (stage, met);
  tomo_stage_press (stage, "next");
  note (stage, met);
  tomo_stage_answer (stage, nth % 2);
  tomo_stage_press (stage, "check");
  note (stage, met);
  tomo_stage_press (stage, "next");
  note (stage, met);
}

/* Whatever the program says on a page, and is not filled with numbers or names, is on the list of
 * what a campaign can have read aloud; and nothing is on the list that no page says. */
static void
test_listen_sentences (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new_light_trial (1024, 600);
  g_autoptr(GHashTable) met = g_hash_table_new (g_str_hash, g_str_equal);
  size_t n_sentences = 0;
  const TomoSentence *sentences = tomo_sentences_list (&n_sentences);

  tomo_stage_activate (stage, "visit.begin", "s", "en");
  note_menus (stage, met);
  note_warning (stage, met);
  note_place (stage, met, TOMO_PLACE_TIP, "tip-phishing");
  note_place (stage, met, TOMO_PLACE_TIP, "nothing");
  note_place (stage, met, TOMO_PLACE_CARE, "tip-phishing");
  note_place (stage, met, TOMO_PLACE_TAKE, "tip-phishing");
  for (size_t i = 0; tomo_trial_kinds ()[i] != NULL; i++)
    for (unsigned int nth = 0; nth < 2; nth++)
      note_question (stage, met, tomo_trial_kinds ()[i], nth);

  /* A campaign without an address has cards photographed. */
  g_autoptr(TomoStage) plain = new_stage (NULL);
  tomo_stage_activate (plain, "visit.begin", "s", "en");
  tomo_stage_activate (plain, "visit.take", "(sss)", "jp", TOMO_FIXTURE_PACK, "tip");
  note (plain, met);

  for (size_t i = 0; i < n_sentences; i++)
    if (!g_hash_table_contains (met, sentences[i].text) &&
        !g_strv_contains (not_met, sentences[i].text))
      {
        g_test_message ("no page says “%s”", sentences[i].text);
        g_test_fail ();
      }
}

int
main (int argc, char **argv)
{
  tomo_stage_init (&argc, &argv);

  g_test_add_func ("/listen/all", test_listen_all);
  g_test_add_func ("/listen/card-only", test_listen_card_only);
  g_test_add_func ("/listen/gap", test_listen_gap);
  g_test_add_func ("/listen/question", test_listen_question);
  g_test_add_func ("/listen/question-alone", test_listen_question_alone);
  g_test_add_func ("/listen/lost", test_listen_lost);
  g_test_add_func ("/listen/warning", test_listen_warning);
  g_test_add_func ("/listen/states", test_listen_states);
  g_test_add_func ("/listen/sentences", test_listen_sentences);

  return g_test_run ();
}
