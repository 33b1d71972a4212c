/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "cli/tomo-cli.h"
#include "tests/author/pack/tomo-pack-sample.h"
#include "tests/press/tomo-press-call.h"
#include "tests/support/tomo-fixture.h"

static void
call_all (const char *folder, const TomoPressCall *calls, size_t n_calls)
{
  for (size_t i = 0; i < n_calls; i++)
    tomo_press_call (folder, &calls[i]);
}

static void
copy_sample (const char *folder, const char *name)
{
  g_autofree char *from =
      g_build_filename (g_getenv ("TOMO_SOURCE_ROOT"), "tests/data/quizzes", name, NULL);
  g_autofree char *to = g_build_filename (folder, name, NULL);
  g_autofree char *data = NULL;
  size_t size = 0;

  g_assert_true (g_file_get_contents (from, &data, &size, NULL));
  g_assert_true (g_file_set_contents (to, data, (gssize) size, NULL));
}

/* From the table to fill in to a pack without a mistake, in two commands. */
static void
test_import_template (void)
{
  static const TomoPressCall calls[] = {
    { "pack import --template quiz.csv", TOMO_EXIT_OK, "quiz.csv is ready to be filled in; *", "" },
    { "pack import --template quiz.csv", TOMO_EXIT_FAILED, "", "*quiz.csv exists already*" },
    { "pack import --format csv quiz.csv -o my-quiz", TOMO_EXIT_INVALID, "",
      "*quiz.csv: line 2: this question does not say what it is about; say it with --topic*"
      "passwords, mfa, *" },
    { "pack import --format csv quiz.csv -o my-quiz --topic passwords", TOMO_EXIT_OK,
      "my-quiz: 6 questions imported\n", "taken to be in English*--language\n" },
    { "pack check my-quiz", TOMO_EXIT_OK, "my-quiz: nothing to correct\n", "" },
    { "pack build my-quiz -o out --partner jp", TOMO_EXIT_OK, "*my-quiz/en.k1.gz*", "" },
  };
  g_autofree char *folder = tomo_fixture_dup_folder ();

  call_all (folder, calls, G_N_ELEMENTS (calls));
  tomo_fixture_remove_folder (folder);
}

/* Where each question names its topic nobody is asked for one; a topic that there is not is none.
 */
static void
test_import_topics (void)
{
  static const TomoPressCall calls[] = {
    { "pack import --format csv named.csv -o named --language en", TOMO_EXIT_OK,
      "named: 2 questions imported\n", "" },
    { "pack check named", TOMO_EXIT_OK, "named: nothing to correct\n", "" },
    { "pack import --format csv odd.csv -o odd --language en", TOMO_EXIT_INVALID, "",
      "note, line 3: the topic “cats” is not of the list*odd.csv: line 3: *--topic*" },
    { "pack import --format csv odd.csv -o odd --language en --topic wifi", TOMO_EXIT_OK,
      "odd: 2 questions imported\n", "note, line 3: the topic “cats” is not of the list*" },
  };
  g_autofree char *folder = tomo_fixture_dup_folder ();

  tomo_pack_sample_write (folder, "named.csv",
                          "question,choice 1,choice 2,right,topic,explanation\n"
                          "Which one?,a,b,1,mfa,Because.\nWhich other?,c,d,2,wifi,Because.\n");
  tomo_pack_sample_write (folder, "odd.csv",
                          "question,choice 1,choice 2,right,topic,explanation\n"
                          "Which one?,a,b,1,mfa,Because.\nWhich other?,c,d,2,cats,Because.\n");
  call_all (folder, calls, G_N_ELEMENTS (calls));
  tomo_fixture_remove_folder (folder);
}

/* What is not imported has one line each, and its own exit code; the language is what was said. */
static void
test_import_partly (void)
{
  static const TomoPressCall calls[] = {
    { "pack import --format gift forms.gift -o forms --language fr --title Mots --topic mfa",
      TOMO_EXIT_PARTLY, "forms: 11 questions imported; 8 were not\n",
      "*not imported, line 35: short answer\n*" },
    { "pack check forms", TOMO_EXIT_OK, "forms: nothing to correct\n", "" },
    { "pack import --format moodle-xml messy.xml -o messy --topic mfa --json", TOMO_EXIT_PARTLY,
      "*\"imported\": 6*\"not-imported\": 4*\"line\": 60*", "" },
    { "pack import --format gift forms.gift -o messy --topic mfa", TOMO_EXIT_FAILED, "*",
      "*is not empty*" },
    { "pack import --format moodle-xml forms.gift -o other", TOMO_EXIT_INVALID, "",
      "*forms.gift: line 1: this is not well-formed XML*" },
    { "pack import --format gift absent.gift -o other", TOMO_EXIT_FAILED, "", "*absent.gift*" },
    { "pack import --format gift forms.gift -o Other --topic mfa", TOMO_EXIT_INVALID, "*",
      "*is not an id*" },
    { "pack import --format gift forms.gift -o other --topic cats", TOMO_EXIT_INVALID, "*",
      "*topic=\"cats\" is not known*" },
    { "pack import --format word forms.gift -o other", TOMO_EXIT_USAGE, "", "*--format word is*" },
    { "pack import --format gift forms.gift", TOMO_EXIT_USAGE, "", "*-o DIR is missing*" },
    { "pack import forms.gift -o other", TOMO_EXIT_USAGE, "", "*--format is missing*" },
    { "pack import --format gift forms.gift -o other --language xx-q", TOMO_EXIT_USAGE, "",
      "*--language xx-q is not known*" },
  };
  g_autofree char *folder = tomo_fixture_dup_folder ();
  g_autofree char *other = g_build_filename (folder, "other", NULL);

  copy_sample (folder, "forms.gift");
  copy_sample (folder, "messy.xml");
  call_all (folder, calls, G_N_ELEMENTS (calls));
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  tomo_fixture_remove_folder (folder);
}

/* What teachers take home: a file, or a folder of pages, in any language the pack has. */
static void
test_export (void)
{
  static const TomoPressCall calls[] = {
    { "pack export --format gift basics -o quiz.gift", TOMO_EXIT_OK,
      "quiz.gift: 3 items\nleft out: 1 tip, for which there is --format html\n", "" },
    { "pack export --format moodle-xml basics -o quiz.xml --language ja --json", TOMO_EXIT_OK,
      "*\"items\": 3*\"unfit\": 1*", "" },
    { "pack export --format html basics -o pages --language lo", TOMO_EXIT_OK,
      "pages: 2 items\nleft out: 2 items that are not translated completely\n", "" },
    { "pack import --format moodle-xml quiz.xml -o again --language ja --topic mfa", TOMO_EXIT_OK,
      "again: 3 questions imported\n", "" },
    { "pack export --format gift basics -o quiz.gift --language th", TOMO_EXIT_FAILED, "",
      "*no translation into th*" },
    { "pack export --format word basics -o quiz.doc", TOMO_EXIT_USAGE, "", "*--format word is*" },
    { "pack export basics -o quiz.doc", TOMO_EXIT_USAGE, "", "*--format is missing*" },
    { "pack export --format html basics", TOMO_EXIT_USAGE, "", "*-o OUT is missing*" },
    { "pack export --format html absent -o out", TOMO_EXIT_FAILED, "", "*absent/pack.xml*" },
  };
  g_autofree char *pack = tomo_pack_sample_dup_folder ();
  g_autofree char *folder = g_path_get_dirname (pack);
  g_autofree char *page = g_build_filename (folder, "pages", "quiz.html", NULL);

  call_all (folder, calls, G_N_ELEMENTS (calls));
  g_assert_true (g_file_test (page, G_FILE_TEST_IS_REGULAR));

  tomo_pack_sample_edit (pack, "pack.xml", "risk=\"high\"", "risk=\"huge\"");
  tomo_press_call (folder, &(TomoPressCall){ "pack export --format gift basics -o quiz.gift",
                                             TOMO_EXIT_INVALID, "", "*correct them first*" });
  tomo_pack_sample_remove (pack);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/press-import/template", test_import_template);
  g_test_add_func ("/press-import/topics", test_import_topics);
  g_test_add_func ("/press-import/partly", test_import_partly);
  g_test_add_func ("/press-import/export", test_export);
  return g_test_run ();
}
