/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <gtk/gtk.h>
#include <libintl.h>
#include <locale.h>

#include "tests/support/tomo-fixture.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-phrases.h"

/* Catalogues of two languages, so that this test does not hang on what translators wrote. */
static const struct
{
  const char *language;
  const char *po;
} catalogs[] = {
  { "ja", "msgid \"Back\"\nmsgstr \"戻る\"\n"
          "msgctxt \"topic\"\nmsgid \"Passwords\"\nmsgstr \"パスワード\"\n"
          "msgctxt \"whom to tell\"\nmsgid \"your bank\"\nmsgstr \"取引先の銀行\"\n"
          "msgctxt \"month in a date\"\nmsgid \"November\"\nmsgstr \"11月\"\n"
          "msgctxt \"date\"\nmsgid \"{day} {month} {year}\"\n"
          "msgstr \"{year}年{month}{day}日\"\n"
          "msgctxt \"shape of a right answer\"\nmsgid \"check\"\nmsgstr \"circle\"\n" },
  { "th", "msgid \"Back\"\nmsgstr \"กลับ\"\n"
          "msgctxt \"month in a date\"\nmsgid \"November\"\nmsgstr \"พฤศจิกายน\"\n"
          "msgctxt \"date\"\nmsgid \"{day} {month} {year}\"\n"
          "msgstr \"{day} {month} {buddhist-year}\"\n" },
  { "ar", "msgid \"Back\"\nmsgstr \"رجوع\"\n" },
};

static const char po_header[] =
    "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n";

static void
compile_catalogs (const char *root)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (catalogs); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *folder =
          g_build_filename (root, "po", catalogs[i].language, "LC_MESSAGES", NULL);
      g_autofree char *mo = g_build_filename (folder, "tomoshibi.mo", NULL);
      g_autofree char *po = g_build_filename (folder, "tomoshibi.po", NULL);
      g_autofree char *text = g_strconcat (po_header, catalogs[i].po, NULL);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      g_file_set_contents (po, text, -1, &error);
      g_assert_no_error (error);
      g_autoptr(GSubprocess) msgfmt =
          g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "msgfmt", "-c", "-o", mo, po, NULL);
      g_assert_no_error (error);
      g_subprocess_wait_check (msgfmt, NULL, &error);
      g_assert_no_error (error);
    }
}

/* The private locale of this build, beside our own catalogues. */
static void
link_locale (const char *root)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *built = g_build_filename (g_getenv ("TOMO_BUILD_ROOT"), "po", "locale", NULL);
  g_autofree char *linked = g_build_filename (root, "po", "locale", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (linked);

  g_file_make_symbolic_link (file, built, NULL, &error);
  g_assert_no_error (error);
}

/* The words change with the language, in one process, there and back. */
static void
test_i18n_switch (void)
{
  static const char *const words[][2] = { { "ja", "戻る" }, { "th", "กลับ" },  { "en", "Back" },
                                          { "ar", "رجوع" }, { "ja", "戻る" }, { "en", "Back" },
                                          { "vi", "Back" } };

  for (unsigned int i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_test_message ("%s", words[i][0]);
      tomo_i18n_set_language (words[i][0]);
      g_assert_cmpstr (_("Back"), ==, words[i][1]);
      g_assert_cmpint (gtk_widget_get_default_direction (), ==,
                       (i == 3) ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
    }
}

/* Another language can be asked at any moment without changing the current one. */
static void
test_i18n_lookup (void)
{
  tomo_i18n_set_language ("th");
  for (unsigned int i = 0; i < 2; i++)
    {
      g_assert_cmpstr (tomo_i18n_lookup ("ja", NULL, "Back"), ==, "戻る");
      g_assert_cmpstr (tomo_i18n_lookup ("ja", "topic", "Passwords"), ==, "パスワード");
      g_assert_cmpstr (tomo_i18n_lookup ("en", NULL, "Back"), ==, "Back");
      g_assert_cmpstr (_("Back"), ==, "กลับ");
    }
}

/* GTK has started, and the category by which gettext translates is still ours; numbers are plain.
 */
static void
test_i18n_messages_after_gtk (void)
{
  g_assert_cmpstr (setlocale (LC_MESSAGES, NULL), ==, "en_US.UTF-8");
  g_assert_cmpstr (setlocale (LC_NUMERIC, NULL), ==, "C");
  g_assert_null (g_getenv ("LOCPATH"));
}

/* The program knows which languages it speaks. */
static void
test_i18n_languages (void)
{
  const char *const *languages = tomo_i18n_get_languages ();

  g_assert_cmpstr (languages[0], ==, "en");
  g_assert_true (g_strv_contains (languages, "ja"));
  g_assert_true (g_strv_contains (languages, "ar"));
  g_assert_false (g_strv_contains (languages, "vi"));
}

/* A date is written as the language writes it, and what is no date is left alone. */
static void
test_phrases_date (void)
{
  static const char *const dates[][3] = {
    { "2026-11-20", "en", "20\u00a0November\u00a02026" },
    { "2026-11-20", "ja", "2026年11月20日" },
    { "2026-11-20", "th", "20\u00a0พฤศจิกายน\u00a02569" },
    { "2026-02-30", "en", "2026-02-30" },
    { "soon", "ja", "soon" },
  };

  tomo_i18n_set_language ("en");
  for (unsigned int i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *date = tomo_phrases_dup_date (dates[i][0], dates[i][1]);
      g_test_message ("%s in %s", dates[i][0], dates[i][1]);
      g_assert_cmpstr (date, ==, dates[i][2]);
    }
}

/* Whom to tell is said in the language of the item, not in the visitor's. */
static void
test_phrases_report (void)
{
  tomo_i18n_set_language ("th");
  g_assert_cmpstr (tomo_phrases_get_report ("money", "ja"), ==, "取引先の銀行");
  g_assert_cmpstr (tomo_phrases_get_report ("money", "en"), ==, "your bank");
  g_assert_cmpstr (tomo_phrases_get_report ("no-such-kind", "en"), ==, "the police");
}

/* A right answer has the shape that means right where the language is spoken. */
static void
test_phrases_shape (void)
{
  tomo_i18n_set_language ("ja");
  g_assert_cmpstr (tomo_phrases_get_verdict_icon (TOMO_VERDICT_RIGHT), ==, "tomo-right-symbolic");
  tomo_i18n_set_language ("en");
  g_assert_cmpstr (tomo_phrases_get_verdict_icon (TOMO_VERDICT_RIGHT), ==, "tomo-check-symbolic");
}

/* Right, partly right and wrong have three shapes, in every language. */
static void
test_phrases_shapes_differ (void)
{
  const char *const *languages = tomo_i18n_get_languages ();

  for (unsigned int i = 0; languages[i] != NULL; i++)
    {
      tomo_i18n_set_language (languages[i]);
      const char *right = tomo_phrases_get_verdict_icon (TOMO_VERDICT_RIGHT);
      const char *partly = tomo_phrases_get_verdict_icon (TOMO_VERDICT_PARTLY);
      const char *wrong = tomo_phrases_get_verdict_icon (TOMO_VERDICT_WRONG);
      g_assert_cmpstr (right, !=, partly);
      g_assert_cmpstr (partly, !=, wrong);
      g_assert_cmpstr (wrong, !=, right);
    }
}

/* What a screen reader says in one line is joined as the language writes it, and no sentence ends
 * twice. */
static void
test_phrases_joined (void)
{
  static const struct
  {
    const char *language;
    const char *line;
    const char *part;
    const char *sentence;
  } vectors[] = {
    { "en", "One", "One, two", "One. two" },
    { "en", "One.", "One., two", "One. two" },
    { "en", "", ", two", ". two" },
    { "ar", "One", "One، two", "One. two" },
    { "fa", "One", "One، two", "One. two" },
    { "ja", "One", "One、two", "One。two" },
    { "ja", "One。", "One。、two", "One。two" },
    { "zh-Hans", "One", "One，two", "One。two" },
    { "th", "One", "One two", "One two" },
    { "hi", "One।", "One।, two", "One। two" },
    { "xx", "One", "One, two", "One. two" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GString) part = g_string_new (vectors[i].line);
      g_autoptr(GString) sentence = g_string_new (vectors[i].line);
      g_test_message ("%s: %s", vectors[i].language, vectors[i].line);
      tomo_phrases_append_part (part, "two", vectors[i].language);
      tomo_phrases_append_sentence (sentence, "two", vectors[i].language);
      g_assert_cmpstr (part->str, ==, vectors[i].part);
      g_assert_cmpstr (sentence->str, ==, vectors[i].sentence);
    }
}

/* A value of the other direction is isolated; one of the same, or digits, are left as they are. */
static void
test_i18n_fill (void)
{
  tomo_i18n_set_language ("ar");
  g_autofree char *mixed = tomo_i18n_fill ("{a} {b} {c}", "a", "Thai", "b", "5", "c", "رجوع", NULL);
  g_assert_cmpstr (mixed, ==, "\xe2\x81\xa8Thai\xe2\x81\xa9 5 رجوع");
  tomo_i18n_set_language ("en");
  g_autofree char *plain = tomo_i18n_fill ("{b} of {a}, {b}", "a", "x", "b", "5", NULL);
  g_assert_cmpstr (plain, ==, "5 of x, 5");
}

int
main (int argc, char **argv)
{
  g_autofree char *root = tomo_fixture_dup_folder ();

  compile_catalogs (root);
  link_locale (root);
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_setenv ("TOMO_BUILD_ROOT", root, TRUE);
  g_assert_true (tomo_i18n_init ());
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/i18n/switch", test_i18n_switch);
  g_test_add_func ("/ui/i18n/lookup", test_i18n_lookup);
  g_test_add_func ("/ui/i18n/messages-after-gtk", test_i18n_messages_after_gtk);
  g_test_add_func ("/ui/i18n/languages", test_i18n_languages);
  g_test_add_func ("/ui/i18n/fill", test_i18n_fill);
  g_test_add_func ("/ui/phrases/date", test_phrases_date);
  g_test_add_func ("/ui/phrases/report", test_phrases_report);
  g_test_add_func ("/ui/phrases/shape", test_phrases_shape);
  g_test_add_func ("/ui/phrases/shapes-differ", test_phrases_shapes_differ);
  g_test_add_func ("/ui/phrases/joined", test_phrases_joined);
  int status = g_test_run ();
  tomo_fixture_remove_folder (root);
  return status;
}
