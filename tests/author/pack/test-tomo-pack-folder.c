/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "author/pack/tomo-pack-folder.h"
#include "core/tomo-error.h"
#include "tomo-pack-sample.h"

/* clang-format off */
/* The ten that people make most, by name. The last leaves no XML to look at further. */
static const struct
{
  const char *name;
  const char *file;
  const char *from;
  const char *to;
  const char *at;
  const char *part;
} common_mistakes[] = {
  { "no-title",
    "pack.xml", "<title comment=\"Short, please\">Make it long</title>", "",
    "<tip id=\"long-one\"", "this <tip> has no <title>; add one" },
  { "misspelt-element",
    "pack.xml", "<summary>", "<sumary>x</sumary><summary>", "<sumary>",
    "<sumary> is not known here; did you mean <summary>?" },
  { "misspelt-topic",
    "pack.xml", "topic=\"mfa\"", "topic=\"pasword\"", "topic=\"pasword\"",
    "did you mean “passwords”?" },
  { "id-twice",
    "pack.xml", "id=\"both\"", "id=\"hardest\"", "kind=\"multiple\"",
    "the id “hardest” is used already in line" },
  { "unknown-picture",
    "pack.xml", "picture=\"key\"", "picture=\"keys\"", "picture=\"keys\"",
    "there is no <picture id=\"keys\">; did you mean “key”?" },
  { "no-right-answer",
    "pack.xml", "<choice id=\"b\" correct=\"yes\"><text>river", "<choice id=\"b\"><text>river",
    "<question id=\"hardest\"", "0 choices are marked correct=\"yes\"; kind=\"single\" needs" },
  { "no-explanation",
    "pack.xml", "<explanation>No.</explanation>", "", "<question id=\"always-short\"",
    "this <question> has no <explanation>" },
  { "picture-missing",
    "pack.xml", "src=\"media/key.svg\"", "src=\"media/kee.svg\"", "media/kee.svg",
    "the picture media/kee.svg does not exist" },
  { "telephone-number",
    "pack.xml", "Too short.", "Call 03-1234-5678.", "Call 03",
    "looks like a telephone number" },
  { "bare-ampersand",
    "pack.xml", "<prompt>What helps?", "<prompt>What & why?", "What & why",
    "write &amp; instead" },
};

static const struct
{
  const char *file;
  const char *from;   /* what stands in the sample */
  const char *to;     /* what the author wrote instead */
  const char *at;     /* stands in the line that must be named; NULL: of the whole file */
  const char *part;   /* of the message */
} mistakes[] = {
  /* Lengths. */
  { "pack.xml", "<summary>", "<summary max-length=\"0\">", "<summary max",
    "max-length=\"0\" is not a number of letters; write a whole one from 1 to 9999" },
  { "pack.xml", "<title comment=\"Short, please\">", "<title max-length=\"11\">", "<title max",
    "longer than its own max-length (letters: 12, at most: 11)" },
  { "pack.xml", "<summary>", "<summary max-length=\"16\">", "<summary max",
    "longer than its own max-length (letters: 17, at most: 16)" },
  { "pack.xml", "<steps>", "<steps max-length=\"40\">", "<steps max",
    "<steps> has no attribute “max-length”" },
  /* Recordings. */
  { "pack.xml", "</steps>", "</steps><audio src=\"media/key.opus\"/>", "</steps>",
    "src=\"media/key.opus\" is not possible for recordings" },
  { "pack.xml", "</steps>", "</steps><audio src=\"media/../k.{lang}.opus\"/>", "</steps>",
    "is not possible for recordings" },
  { "pack.xml", "</explanation>", "</explanation><audio src=\"media/k.{lang}.opus\"/>",
    "</explanation>", "is not possible for the recordings of a question" },

  /* Elements and attributes. */
  { "pack.xml", "<steps>", "<steps>Do this:", "Do this:", "text stands directly in <steps>" },
  { "pack.xml", "A key.", "A <em>key</em>.", "<em>key",
    "<em> stands in <alt>, which takes plain text only" },
  { "pack.xml", "<em>four words</em>", "<em>four <strong>words</strong></em>", "<strong>words",
    "<strong> stands inside <em>" },
  { "pack.xml", "<em>four words</em>", "<b>four words</b>", "<b>four", "<b> is not known here" },
  { "pack.xml", "<em>four words</em>", "<em> </em>", "<em> </em>", "<em> is empty" },
  { "pack.xml", "<report kind=\"account\"/>", "<report kind=\"police\"/>", "police",
    "kind=\"police\" is not known" },
  { "pack.xml", "<report kind=\"account\"/>", "<report kind=\"account\">x</report>",
    "<report kind", "<report> has text in it" },
  { "pack.xml", "comment=\"Short", "commment=\"Short", "commment",
    "<title> has no attribute “commment”; did you mean “comment”?" },
  { "pack.xml", "<choice id=\"c\">", "<choice>", "<choice>", "<choice> lacks the attribute “id”" },
  { "pack.xml", "id=\"long-one\"", "id=\"Long one\"", "Long one", "is not an id" },
  { "pack.xml", "age=\"adult\"", "age=\"grown-up\"", "grown-up", "age=\"grown-up\" is not known" },
  { "pack.xml", "risk=\"high\"", "risk=\"hihg\"", "hihg", "did you mean “high”?" },
  { "pack.xml", "kind=\"multiple\"", "kind=\"order\"", "kind=\"order\"",
    "correct=\"yes\" says nothing in kind=\"order\"" },
  { "pack.xml", "kind=\"multiple\"", "kind=\"essay\"", "kind=\"essay\"",
    "kind=\"essay\" is not known" },
  { "pack.xml", "verified-on=\"2026-11-20\" topic", "verified-on=\"2026-02-30\" topic", "<pack ",
    "is not a day" },
  { "pack.xml", "revision=\"3\"", "revision=\"3b\"", "<pack ", "must be a whole number" },
  { "pack.xml", "xml:lang=\"en\"", "xml:lang=\"xx-nonsense\"", "<pack ", "is not a known language" },
  { "pack.xml", "xml:lang=\"en\"", "lang=\"en\"", "<pack ", "did you mean “xml:lang”?" },
  { "pack.xml", "fallback=\"th id\"", "fallback=\"th thai\"", "<pack ", "“thai” in “fallback”" },
  { "pack.xml", "id=\"basics\"", "id=\"basis\"", "<pack ", "its folder is named “basics”" },
  { "pack.xml", "<summary>Use", "<summary>Again.</summary><summary>Use", "Again.",
    "this <tip> has a second <summary>" },
  { "pack.xml", "<title>Why long passwords hold</title>", "<title> </title>", "<title> </title>",
    "<title> is empty" },

  /* What things mean together. */
  { "pack.xml", "<term ref=\"passphrase\">", "<term ref=\"passphrases\">", "passphrases\"",
    "there is no <term id=\"passphrases\">; did you mean “passphrase”?" },
  { "pack.xml", "<link ref=\"long-words\">", "<link ref=\"zzz\">", "zzz",
    "there is no <source id=\"zzz\"> in this pack" },
  { "pack.xml", "<choice id=\"c\">", "<choice id=\"b\">", "<text>Hope",
    "the id “b” is used already" },
  { "pack.xml", "<choice id=\"c\"><text>", "<choice id=\"c\" correct=\"no\"><text>tel 1441 ",
    "1441", "“1441” looks like a telephone number" },
  { "pack.xml", "answer=\"false\"", "", "kind=\"true-false\"",
    "needs answer=\"true\" or answer=\"false\"" },
  { "pack.xml", "<explanation>No.", "<choice id=\"a\"><text>x</text></choice><explanation>No.",
    "<text>x</text>", "has no <choice>; delete it" },
  { "pack.xml", "kind=\"multiple\"", "kind=\"single\"", "id=\"both\"", "2 choices are marked" },
  { "pack.xml", "<prompt>What helps?", "<prompt>Whom does <report kind=\"money\"/> help?",
    "Whom does", "<report> cannot stand in a <prompt>" },

  /* Addresses, numbers, placeholders. */
  { "pack.xml", "https://example.org/long-words", "http://example.org/long-words", "http://ex",
    "is not an address that visitors can be sent to" },
  { "pack.xml", "https://example.org/long-words", "javascript:alert(1)", "javascript:",
    "is not an address that visitors can be sent to" },
  { "pack.xml", "Too short.", "See https://example.org/.", "See https",
    "the address “https://example.org/.” stands in the text" },
  { "pack.xml", "Too short.", "Dial 110 now.", "Dial", "“110” looks like a telephone number" },
  { "pack.xml", "Too short.", "โทร ๐๒-๑๒๓-๔๕๖๗", "โทร", "looks like a telephone number" },
  { "pack.xml", "Too short.", "Hello {name}.", "{name}", "{name} is not a known placeholder" },

  { "pack.xml", "Too short.", "Too \x7fshort.", "Too \x7f", "U+007F" },
  { "pack.xml", "license=\"CC-BY-4.0\"", "license=\"ask me!\"", "<pack ", "not an SPDX expression" },

  /* XML itself. */
  { "pack.xml", "</steps>", "</stepz>", "</stepz>", "not well-formed XML" },
  { "pack.xml", "Too short.", "Too&nbsp;short.", "nbsp", "not well-formed XML" },
  { "pack.xml", "urn:tomoshibi:pack:1", "urn:tomoshibi:pack:9", "<pack ", "this is not a pack" },
  { "pack.xml", "Basics of", "Basics\xff of", "of the key", "not UTF-8" },

  /* Pictures and languages. */
  { "pack.xml", "src=\"media/key.svg\"", "src=\"../key.svg\"", "../key.svg",
    "src=\"../key.svg\" is not possible" },
  { "media/key.svg", "<circle", "<image href=\"/etc/passwd\"/><circle", "<image",
    "the picture contains <image>" },
  { "po/LINGUAS", "ja", "jp", "jp", "“jp” is not a known language" },
  { "po/LINGUAS", "ja", "ja ja", "ja ja", "“ja” is here twice" },
  { "po/LINGUAS", "ja", "en", "en\n", "is the language the pack is written in" },
};
/* clang-format on */

static TomoFindings *
check (const char *folder)
{
  TomoFindings *findings = tomo_findings_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoPackFolder) loaded = tomo_pack_folder_load (folder, findings, &error);

  g_assert_true ((loaded == NULL) == (error != NULL));
  if (error != NULL)
    g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  return findings;
}

/* Each of the ten is told with its file and line, what is wrong and what would be right. */
static void
test_folder_common (gconstpointer data)
{
  size_t i = GPOINTER_TO_SIZE (data);
  g_autofree char *folder = tomo_pack_sample_dup_folder ();

  tomo_pack_sample_edit (folder, common_mistakes[i].file, common_mistakes[i].from,
                         common_mistakes[i].to);
  unsigned int line =
      tomo_pack_sample_find_line (folder, common_mistakes[i].file, common_mistakes[i].at);
  g_autoptr(TomoFindings) findings = check (folder);

  tomo_pack_sample_assert_finding (findings, TOMO_FINDING_ERROR, folder, common_mistakes[i].file,
                                   line, common_mistakes[i].part);
  g_assert_cmpuint (tomo_findings_count_errors (findings), ==, 1);
  tomo_pack_sample_remove (folder);
}

/* Nobody has to correct one to be told the next. */
static void
test_folder_common_at_once (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();

  for (size_t i = 0; i < G_N_ELEMENTS (common_mistakes) - 1; i++)
    tomo_pack_sample_edit (folder, common_mistakes[i].file, common_mistakes[i].from,
                           common_mistakes[i].to);
  g_autoptr(TomoFindings) findings = check (folder);

  for (size_t i = 0; i < G_N_ELEMENTS (common_mistakes) - 1; i++)
    tomo_pack_sample_assert_finding (
        findings, TOMO_FINDING_ERROR, folder, common_mistakes[i].file,
        tomo_pack_sample_find_line (folder, common_mistakes[i].file, common_mistakes[i].at),
        common_mistakes[i].part);
  tomo_pack_sample_remove (folder);
}

/* The sample is without a mistake, and each mistake is told with its file, line and remedy. */
static void
test_folder_mistakes (void)
{
  g_autofree char *clean = tomo_pack_sample_dup_folder ();
  g_autoptr(TomoFindings) none = check (clean);
  tomo_pack_sample_assert_no_errors (none);
  g_assert_cmpuint (tomo_findings_get_n (none), ==, 0);
  tomo_pack_sample_remove (clean);

  for (size_t i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_test_message ("Mistake: %s", mistakes[i].part);
      g_autofree char *folder = tomo_pack_sample_dup_folder ();
      tomo_pack_sample_edit (folder, mistakes[i].file, mistakes[i].from, mistakes[i].to);

      unsigned int line =
          mistakes[i].at != NULL
              ? tomo_pack_sample_find_line (folder, mistakes[i].file, mistakes[i].at)
              : 0;
      g_autoptr(TomoFindings) findings = check (folder);
      tomo_pack_sample_assert_finding (findings, TOMO_FINDING_ERROR, folder, mistakes[i].file, line,
                                       mistakes[i].part);
      tomo_pack_sample_remove (folder);
    }
}

/* All mistakes are told at once, in the order of the lines, those of translations behind. */
static void
test_folder_all_at_once (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  tomo_pack_sample_edit (folder, "pack.xml", "risk=\"high\"", "risk=\"huge\"");
  tomo_pack_sample_edit (folder, "pack.xml", "A key.", "");
  tomo_pack_sample_edit (folder, "pack.xml", "topic=\"passwords\"", "topic=\"password\"");
  tomo_pack_sample_edit (folder, "po/ja.po", "<em>四つの言葉</em>", "四つの言葉");

  g_autoptr(TomoFindings) findings = check (folder);
  size_t n_in_pack = 0;
  unsigned int last_line = 0;

  for (size_t i = 0; i < tomo_findings_get_n (findings); i++)
    {
      const TomoFinding *finding = tomo_findings_get (findings, i);

      if (!g_str_has_suffix (finding->file, "pack.xml"))
        break;
      g_assert_cmpuint (finding->line, >=, last_line);
      last_line = finding->line;
      n_in_pack++;
    }
  g_assert_cmpuint (n_in_pack, ==, 3);
  tomo_pack_sample_assert_finding (findings, TOMO_FINDING_ERROR, folder, "po/ja.po", 0,
                                   "the translation lacks <em>");
  tomo_pack_sample_remove (folder);
}

/* What is defined and not used, listed and not there, or there and not listed, is a warning. */
static void
test_folder_warnings (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  tomo_pack_sample_edit (folder, "pack.xml", " picture=\"key\"", "");
  tomo_pack_sample_edit (folder, "pack.xml", "Use a <term ref=\"passphrase\">passphrase</term>.",
                         "Use words.");
  tomo_pack_sample_edit (folder, "po/LINGUAS", "lo", "th");

  g_autoptr(TomoFindings) findings = check (folder);
  tomo_pack_sample_assert_no_errors (findings);
  tomo_pack_sample_assert_finding (findings, TOMO_FINDING_WARNING, folder, "pack.xml", 0,
                                   "<picture id=\"key\"> is never used");
  tomo_pack_sample_assert_finding (findings, TOMO_FINDING_WARNING, folder, "pack.xml", 0,
                                   "<term id=\"passphrase\"> is never used");
  tomo_pack_sample_assert_finding (findings, TOMO_FINDING_WARNING, folder, "po/th.po", 0,
                                   "does not exist");
  tomo_pack_sample_assert_finding (findings, TOMO_FINDING_WARNING, folder, "po/lo.po", 0,
                                   "add its language to LINGUAS");
  tomo_pack_sample_assert_finding (findings, TOMO_FINDING_WARNING, folder, "po/ja.po", 0,
                                   "run: tomopress pack update-po");
  tomo_pack_sample_remove (folder);
}

/* No entity is ever expanded: a document type is refused at its first word, in every disguise. */
static void
test_folder_entities (void)
{
  static const char laughs[] =
      "<!DOCTYPE pack [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
      "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>\n<pack>&c;</pack>";
  static const char *const bombs[] = {
    laughs,
    "<!DOCTYPE pack [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><pack>&x;</pack>",
    "<!DOCTYPE pack SYSTEM \"http://127.0.0.1:9/pack.dtd\"><pack/>",
    "<?xml version=\"1.0\" encoding=\"UTF-7\"?><!DOCTYPE pack><pack/>",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bombs); i++)
    {
      g_autofree char *folder = tomo_pack_sample_dup_folder ();
      tomo_pack_sample_write (folder, "pack.xml", bombs[i]);

      g_autoptr(TomoFindings) findings = check (folder);
      g_assert_cmpuint (tomo_findings_get_n (findings), ==, 1);
      tomo_pack_sample_assert_finding (findings, TOMO_FINDING_ERROR, folder, "pack.xml", 1,
                                       "<!DOCTYPE …> is not allowed");
      tomo_pack_sample_remove (folder);
    }
}

/* Too large, too deep, a link to elsewhere, and nothing at all are errors with a name. */
static void
test_folder_refuses (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autofree char *path = g_build_filename (folder, "pack.xml", NULL);
  g_autofree char *large = g_strnfill (TOMO_SOURCE_PACK_MAX_BYTES + 1, ' ');
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GError) error = NULL;

  tomo_pack_sample_write (folder, "pack.xml", large);
  g_assert_null (tomo_pack_folder_load (folder, findings, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_clear_error (&error);

  g_autoptr(GString) deep = g_string_new (NULL);
  for (size_t i = 0; i < 5000; i++)
    g_string_append (deep, "<pack xmlns=\"urn:tomoshibi:pack:1\">");
  tomo_pack_sample_write (folder, "pack.xml", deep->str);
  g_assert_null (tomo_pack_folder_load (folder, findings, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_clear_error (&error);

  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_assert_true (g_file_delete (file, NULL, NULL));
  g_assert_null (tomo_pack_folder_load (folder, findings, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (g_file_make_symbolic_link (file, "/etc/hostname", NULL, NULL));
  g_assert_null (tomo_pack_folder_load (folder, findings, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  tomo_pack_sample_remove (folder);
}

/* A picture over its limit is named with the limit. */
static void
test_folder_large_picture (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autofree char *large = g_strnfill (513 * 1024, ' ');
  tomo_pack_sample_write (folder, "media/key.svg", large);

  g_autoptr(TomoFindings) findings = check (folder);
  tomo_pack_sample_assert_finding (
      findings, TOMO_FINDING_ERROR, folder, "pack.xml",
      tomo_pack_sample_find_line (folder, "pack.xml", "<picture id=\"key\""), "512 KiB");
  tomo_pack_sample_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (common_mistakes); i++)
    {
      g_autofree char *path = g_strconcat ("/pack-folder/common/", common_mistakes[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_folder_common);
    }
  g_test_add_func ("/pack-folder/common-at-once", test_folder_common_at_once);
  g_test_add_func ("/pack-folder/mistakes", test_folder_mistakes);
  g_test_add_func ("/pack-folder/all-at-once", test_folder_all_at_once);
  g_test_add_func ("/pack-folder/warnings", test_folder_warnings);
  g_test_add_func ("/pack-folder/entities", test_folder_entities);
  g_test_add_func ("/pack-folder/refuses", test_folder_refuses);
  g_test_add_func ("/pack-folder/large-picture", test_folder_large_picture);
  return g_test_run ();
}
