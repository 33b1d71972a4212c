/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "author/pack/tomo-pack-catalog.h"
#include "core/tomo-error.h"
#include "tomo-pack-sample.h"

/* clang-format off */
static const struct
{
  const char *from; /* what stands in ja.po of the sample */
  const char *to;   /* what is there instead */
  const char *at;   /* stands in the line that must be named; NULL: in the first line */
  const char *part; /* of the message */
} mistakes[] = {
  { "<em>四つの言葉</em>", "四つの言葉", "msgid \"Take <em>four", "the translation lacks <em>" },
  { "パスフレーズ\"", "<em>パスフレーズ</em>\"", "msgid \"passphrase\"",
    "the translation adds <em>, which the original does not have" },
  { "<em>四つの言葉</em>", "<strong>四つの言葉</strong>", "msgid \"Take <em>four",
    "the translation adds <strong>" },
  { "<link ref=\\\"long-words\\\">その", "<link ref=\\\"other\\\">その", "msgid \"Read <link",
    "it is “long-words” in the original, “other” here" },
  { "<report kind=\\\"account\\\"/>に", "<report kind=\\\"money\\\"/>に", "msgid \"Tell <report",
    "it is “account” in the original, “money” here" },
  { "<report kind=\\\"account\\\"/>に", "警察に", "msgid \"Tell <report",
    "the translation lacks <report>" },
  { "<link ref=\\\"long-words\\\">その", "<link href=\\\"javascript:x()\\\">その",
    "msgid \"Read <link", "<link> has no attribute “href”" },
  { "<em>四つの言葉</em>", "<em>四つの言葉", "msgid \"Take <em>four", "not well-formed XML" },
  { "<em>四つの言葉</em>", "<em>四つの言葉</em></t><t>", "msgid \"Take <em>four",
    "not well-formed XML" },
  { "&amp;それ", "& それ", "msgid \"Take <em>four", "write &amp; instead" },
  { "いいえ。", "いいえ &nbsp;", "msgid \"No.\"", "not well-formed XML" },
  { "いいえ。", "https://evil.example/", "msgid \"No.\"", "adds the address" },
  { "いいえ。", "javascript:alert(1)", "msgid \"No.\"", "adds the address" },
  { "いいえ。", "１１０番に", "msgid \"No.\"", "the translation adds the number 110" },
  { "いいえ。", "いい{name}え。", "msgid \"No.\"", "the translation adds {name}" },
  { "いいえ。", "   ", "msgid \"No.\"", "the translation is empty" },
  { "いいえ。", "いい\xe2\x80\x8bえ。", "いい\xe2\x80\x8bえ", "U+200B" },
  { "いいえ。", "いい\xe2\x80\xaeえ。", "msgid \"No.\"", "U+202E" },
  { "\"Language: ja\\n\"", "\"Language: ko\\n\"", NULL, "“Language” is “ko” in the header" },
  { "\"Language: ja\\n\"\n", "", NULL, "the header lacks “Language”" },
  { "charset=UTF-8", "charset=ISO-8859-1", "charset=ISO-8859-1",
    "msgconv --to-code=UTF-8 -o " },
  { "いいえ。", "caf\xe9", "caf\xe9", "this is not UTF-8" },
  { "msgid \"No.\"", "msgid \"Hope\"", "msgid \"Hope\"\nmsgstr \"希望\"", "cannot be read as a PO file" },
  { "msgid \"No.\"\n", "msgid No.\n", "msgid No.", "cannot be read as a PO file" },
  { "msgid \"No.\"\nmsgstr", "msgid \"No.\"\nmsgid_plural \"Noes.\"\nmsgstr[0]",
    "msgstr[0]", "has a msgid_plural" },
};
/* clang-format on */

static TomoPackCatalog *
load (const char *folder, TomoFindings *findings)
{
  g_autofree char *file = g_build_filename (folder, "po", "ja.po", NULL);
  g_autoptr(GError) error = NULL;
  TomoPackCatalog *catalog = tomo_pack_catalog_load (file, "ja", findings, &error);

  g_assert_true ((catalog == NULL) == (error != NULL));
  if (error != NULL)
    g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  return catalog;
}

/* The line of @at; for a message, that of its translation. */
static unsigned int
find_line (const char *folder, const char *at)
{
  unsigned int line = tomo_pack_sample_find_line (folder, "po/ja.po", at);
  gboolean is_message = g_str_has_prefix (at, "msgid \"") && strchr (at, '\n') == NULL;

  return is_message ? line + 1 : line;
}

/* Each mistake in a PO file is told with its line and what would be right. */
static void
test_catalog_mistakes (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_test_message ("Mistake: %s", mistakes[i].part);
      g_autofree char *folder = tomo_pack_sample_dup_folder ();
      tomo_pack_sample_edit (folder, "po/ja.po", mistakes[i].from, mistakes[i].to);

      unsigned int line = mistakes[i].at != NULL ? find_line (folder, mistakes[i].at) : 1;
      g_autoptr(TomoFindings) findings = tomo_findings_new ();
      g_autoptr(TomoPackCatalog) catalog = load (folder, findings);
      tomo_pack_sample_assert_finding (findings, TOMO_FINDING_ERROR, folder, "po/ja.po", line,
                                       mistakes[i].part);
      tomo_pack_sample_remove (folder);
    }
}

/* The programs' placeholders must survive translation, whichever the closed list has. */
static void
test_catalog_lost_placeholder (void)
{
  static const char text[] = "msgid \"\"\n"
                             "msgstr \"\"\n"
                             "\"Language: ja\\n\"\n"
                             "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
                             "\"X-Reviewed: no\\n\"\n"
                             "\n"
                             "msgid \"Hello {name} and <code>{code}</code>\"\n"
                             "msgstr \"<code>{x}</code>\"\n";
  g_autoptr(GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoPackCatalog) catalog = tomo_pack_catalog_new (bytes, "po/ja.po", "ja", findings);

  g_assert_nonnull (catalog);
  g_assert_cmpuint (tomo_findings_get_n (findings), ==, 1);
  g_assert_cmpuint (tomo_findings_get (findings, 0)->line, ==, 8);
  g_assert_nonnull (
      strstr (tomo_findings_get (findings, 0)->message, "the translation lacks {name}"));
}

/* Ready, fuzzy and missing are told apart; contexts do not mix. */
static void
test_catalog_states (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  tomo_pack_sample_edit (folder, "po/ja.po", "msgid \"Hope\"\nmsgstr \"希望\"",
                         "msgid \"Hope\"\nmsgstr \"\"");
  tomo_pack_sample_edit (folder, "po/ja.po", "msgid \"Luck\"", "#, fuzzy\nmsgid \"Luck\"");

  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoPackCatalog) catalog = load (folder, findings);
  tomo_pack_sample_assert_no_errors (findings);
  g_assert_cmpuint (tomo_pack_catalog_get_n_messages (catalog), ==, 21);
  g_assert_cmpint (tomo_pack_catalog_get_state (catalog, NULL, "Hope"), ==,
                   TOMO_TRANSLATION_MISSING);
  g_assert_cmpint (tomo_pack_catalog_get_state (catalog, NULL, "Luck"), ==, TOMO_TRANSLATION_FUZZY);
  g_assert_null (tomo_pack_catalog_lookup (catalog, NULL, "Luck"));
  g_assert_cmpint (tomo_pack_catalog_get_state (catalog, "noun", "Length"), ==,
                   TOMO_TRANSLATION_READY);
  g_assert_false (tomo_pack_catalog_has (catalog, NULL, "Length"));
  g_assert_cmpint (tomo_pack_catalog_get_state (catalog, NULL, "Nobody wrote this"), ==,
                   TOMO_TRANSLATION_MISSING);

  const TomoFragment *fragment =
      tomo_pack_catalog_lookup (catalog, NULL, "Tap <ui>Save</ui>, <strong>always</strong>.");
  g_assert_nonnull (fragment);
  g_autofree char *markup = tomo_fragment_to_markup (fragment);
  g_assert_cmpstr (markup, ==, "<strong>いつも</strong><ui>保存</ui>を押します。");
  tomo_pack_sample_remove (folder);
}

/* The record beside the file says what was read, and nothing else does: not a header without a
 * record, and not the record of an older sentence. */
static void
test_catalog_reviewed (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autofree char *record = g_build_filename (folder, "po", "ja.review", NULL);
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoPackCatalog) read_catalog = load (folder, findings);
  g_assert_true (tomo_pack_catalog_is_reviewed (read_catalog));
  g_assert_cmpuint (tomo_findings_get_n (findings), ==, 0);

  tomo_pack_sample_edit (folder, "po/ja.po", "いいえ。", "いえ。");
  g_autoptr(TomoPackCatalog) changed = load (folder, findings);
  g_assert_false (tomo_pack_catalog_is_reviewed (changed));
  g_assert_cmpuint (tomo_findings_get_n (findings), ==, 0);

  g_assert_cmpint (g_unlink (record), ==, 0);
  g_autoptr(TomoPackCatalog) claimed = load (folder, findings);
  g_assert_false (tomo_pack_catalog_is_reviewed (claimed));
  tomo_pack_sample_assert_finding (findings, TOMO_FINDING_WARNING, folder, "po/ja.po", 1,
                                   "po/ja.review");
  tomo_pack_sample_remove (folder);
}

/* A file without a header, and one that is no file, are told and do not crash. */
static void
test_catalog_strange_files (void)
{
  static const char *const texts[] = { "",
                                       "\n",
                                       "msgid \"x\"\nmsgstr \"y\"\n",
                                       "msgid \"",
                                       "#~ msgid \"a\"\n",
                                       "domain \"b\"\nmsgid \"x\"\n" };

  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr(TomoFindings) findings = tomo_findings_new ();
      g_autoptr(TomoPackCatalog) catalog =
          tomo_pack_catalog_new (bytes, "po/ja.po", "ja", findings);

      g_test_message ("Text %s", texts[i]);
      g_assert_cmpuint (tomo_findings_count_errors (findings), >, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/pack-catalog/mistakes", test_catalog_mistakes);
  g_test_add_func ("/pack-catalog/lost-placeholder", test_catalog_lost_placeholder);
  g_test_add_func ("/pack-catalog/states", test_catalog_states);
  g_test_add_func ("/pack-catalog/reviewed", test_catalog_reviewed);
  g_test_add_func ("/pack-catalog/strange-files", test_catalog_strange_files);
  return g_test_run ();
}
