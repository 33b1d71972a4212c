/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "author/pack/tomo-pack-folder.h"
#include "core/tomo-error.h"
#include "tests/author/import/tomo-outcome.h"
#include "tests/support/tomo-fixture.h"

#define HEADER "question,choice 1,choice 2,choice 3,right,explanation\n"

/* A table becomes questions of each kind, in every dialect of spreadsheet programs. */
static void
test_csv_kinds (void)
{
  static const struct
  {
    const char *text;
    const char *part; /* of the pack */
  } vectors[] = {
    { HEADER "Which?,one,two,,2,Because.\n", "<choice id=\"b\" correct=\"yes\">" },
    { HEADER "Which?,one,two,,B,Because.\n", "<choice id=\"b\" correct=\"yes\">" },
    { HEADER "Which?,one,two,,two,Because.\n", "<choice id=\"b\" correct=\"yes\">" },
    { HEADER "Which?,one,two,,2,Because.\n", "kind=\"single\"" },
    { HEADER "Which?,one,two,three,\"1, 3\",Because.\n", "kind=\"multiple\"" },
    { HEADER "Which?,one,two,three,1;3,Because.\n", "<choice id=\"c\" correct=\"yes\">" },
    { HEADER "So it is.,,,,TRUE,Because.\n", "kind=\"true-false\" answer=\"true\"" },
    { HEADER "So it is.,,,,FALSCH,Because.\n", "kind=\"true-false\" answer=\"false\"" },
    { HEADER "So it is.,,,,ИСТИНА,Because.\n", "kind=\"true-false\" answer=\"true\"" },
    { HEADER "How many?,,,,12 ± 2,Because.\n", "answer=\"12\" tolerance=\"2\"" },
    { HEADER "First?,one,two,three,order,Because.\n", "kind=\"order\"" },
    { HEADER "What?,a = x,b = y = z,,match,Because.\n", "<match>y = z</match>" },
    { HEADER "Which?,\"a \"\"b\"\", c\",two,,2,\"Line\none\"\n", "<text>a \"b\", c</text>" },
    { HEADER "Which?,\"a\",two,,2,\"Line\r\none\"\n", "<explanation>Line one</explanation>" },
    { "question;choice 1;choice 2;right\r\nWhich?;1,5;2;2\r\n", "<text>1,5</text>" },
    { "question\tAnswer A\tAnswer B\tCorrect answer\nWhich?\tone, a\ttwo\tA\n",
      "<text>one, a</text>" },
    { "sep=;\r\nQuestion;Option 1;Option 2;RIGHT\rWhich?;one;two;1\r", "<text>one</text>" },
    { "\xef\xbb\xbf" HEADER "Wie heißt er?,Jörg,Jürgen,,1,So.\n", "<text>Jörg</text>" },
    { HEADER "Is <b> & so?,a,b,,1,So.\n", "<prompt>Is &lt;b&gt; &amp; so?</prompt>" },
    { HEADER "Is www.examp1e.org right?,a,b,,1,So.\n", "<code>www.examp1e.org</code> right?" },
    { "id,question,choice 1,choice 2,right,feedback 1,feedback 2,topic,teacher note\n"
      "my-id,Which?,one,two,2,Not so.,,mfa,Ask first.\n",
      "<question id=\"my-id\" kind=\"single\" topic=\"mfa\">" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_test_message ("%s", vectors[i].text);
      g_auto(TomoOutcome) outcome = tomo_outcome_of_text (TOMO_IMPORT_CSV, vectors[i].text);
      tomo_outcome_assert_has (outcome.xml, vectors[i].part);
    }
}

/* What went wrong in a table is told with its line; broken quotes refuse all of it. */
static void
test_csv_mistakes (void)
{
  static const struct
  {
    const char *text;
    const char *failed; /* (nullable): the whole table, and why */
    const char *told;   /* (nullable): one question, and why */
  } vectors[] = {
    { HEADER "Which?,one,two,,2,So.\nAnd?,\"one,two,,1,So.\n", "line 3: the quote that opens",
      NULL },
    { HEADER "\"Which\"one?,a,b,,1,So.\n", "line 2: text stands behind the closing quote", NULL },
    { HEADER "\"Two\nlines\",\"a\"b,c,,1,So.\n", "line 3: text stands behind", NULL },
    { "one,two,three\n1,2,3\n", "line 1: the first row must name the columns", NULL },
    { "", "the table is empty", NULL },
    { HEADER, "there is no question", NULL },
    { HEADER "A,a,b,,1,So.\nB,a,b,,3,So.\n", NULL, "!3: “3” in the column “right” is no choice" },
    { HEADER "A,a,b,,1,So.\nB,2,1,,1,So.\n", NULL, "!3: “1” in the column “right” is no choice" },
    { HEADER "A,a,b,,1,So.\nB,a,b,,,So.\n", NULL, "!3: nothing stands in the column “right”" },
    { HEADER "A,a,b,,1,So.\nB,,,,maybe,So.\n", NULL, "!3: there is no choice, and “maybe”" },
    { HEADER "A,a,b,,1,So.\nB,a=b,c,,match,So.\n", NULL, "!3: “c” is no pair" },
    { HEADER "A,a,b,,1,So.\n,a,b,,1,So.\n", NULL, "!3: <prompt> is empty" },
    { HEADER "A,a,b,,1,So.\nB,a,b,,order,So.\n", NULL, "!3: a question of kind=\"order\" with 2" },
    { HEADER "A,a,b,,1,So.\nRing 03-1234-5678?,a,b,,1,So.\n", NULL, "!3: “03-1234-5678” looks" },
    { HEADER "A,a,b,,1,So.\nDear {name}?,a,b,,1,So.\n", NULL, "!3: {name} is not a known" },
    { HEADER "A,a,b,,1,\n", NULL, "2: there is no explanation" },
    { "question,choice 1,choice 2,right,points\nA,a,b,1,5\n", NULL, "1: the column “points”" },
    { "question,choice 1,choice 2,right,topic\nA,a,b,1,cats\n", NULL, "2: the topic “cats”" },
    { "question,choice 1,choice 2,right,feedback 1,feedback 2\nA,,,true,,So.\n", NULL,
      "2: “feedback 2” is left out" },
    { "question,choice 1,choice 2,right,feedback 1,feedback 2\nA,,,12,So.,\n", NULL,
      "2: “feedback 1” is left out" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_test_message ("%s", vectors[i].text);
      g_auto(TomoOutcome) outcome = tomo_outcome_of_text (TOMO_IMPORT_CSV, vectors[i].text);
      if (vectors[i].failed != NULL)
        tomo_outcome_assert_has (outcome.failed, vectors[i].failed);
      else
        tomo_outcome_assert_has (outcome.told, vectors[i].told);
      g_assert_true ((outcome.failed != NULL) == (vectors[i].failed != NULL));
    }
}

/* A file in any encoding of Excel's is read, and what was assumed is said. */
static void
test_encodings (void)
{
  static const struct
  {
    const char *encoding; /* of the bytes */
    const char *mark;
    const char *said;    /* (nullable): by the user */
    const char *assumed; /* (nullable) */
  } vectors[] = {
    { "UTF-8", "", NULL, NULL },
    { "UTF-8", "\xef\xbb\xbf", NULL, NULL },
    { "UTF-16LE", "\xff\xfe", NULL, NULL },
    { "UTF-16BE", "\xfe\xff", NULL, NULL },
    { "UTF-16LE", "", NULL, "UTF-16LE" },
    { "ISO-8859-1", "", NULL, "WINDOWS-1252" },
    { "IBM850", "", "IBM850", NULL },
  };
  static const char text[] = HEADER "Où est le café?,ici,là,,2,Voilà.\n";

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      size_t size = 0;
      g_autofree char *converted =
          g_convert (text, -1, vectors[i].encoding, "UTF-8", NULL, &size, NULL);
      g_autoptr(GByteArray) array = g_byte_array_new ();

      g_byte_array_append (array, (const guint8 *) vectors[i].mark,
                           (unsigned int) strlen (vectors[i].mark));
      g_byte_array_append (array, (const guint8 *) converted, (unsigned int) size);
      g_autoptr(GBytes) bytes = g_bytes_new (array->data, array->len);
      g_auto(TomoOutcome) outcome =
          tomo_outcome_of_bytes (TOMO_IMPORT_CSV, bytes, vectors[i].said);

      g_test_message ("%s", vectors[i].encoding);
      tomo_outcome_assert_has (outcome.xml, "<prompt>Où est le café?</prompt>");
      if (vectors[i].assumed != NULL)
        tomo_outcome_assert_has (outcome.told, vectors[i].assumed);
      else
        tomo_outcome_assert_lacks (outcome.told, "assumed");
    }

  g_autoptr(GBytes) zeros = g_bytes_new ("a\nb\0c", 5);
  g_auto(TomoOutcome) zero = tomo_outcome_of_bytes (TOMO_IMPORT_CSV, zeros, NULL);
  tomo_outcome_assert_has (zero.failed, "line 2: this is not a text file");
  g_auto(TomoOutcome) wrong = tomo_outcome_of_bytes (TOMO_IMPORT_CSV, zeros, "NONSENSE");
  g_assert_nonnull (wrong.failed);
}

/* Every form that GIFT has is understood, or named with its line. */
static void
test_gift_forms (void)
{
  static const char *const parts[] = {
    "<question id=\"strongest\" kind=\"single\">",
    "<!-- Category: $course$/Sécurité - - mots de passe -->",
    "<text>P@ssw0rd!</text>",
    "<question id=\"monthly\" kind=\"true-false\" answer=\"false\">",
    "<prompt>Change it <strong>every</strong> month.</prompt>",
    "By need, not by the calendar. No: only when it leaked. So it is.",
    "<prompt>Mahatma Gandhi's birthday is _____ in some month.</prompt>",
    "kind=\"number\" answer=\"3\" tolerance=\"2\"",
    "<explanation>A week. Right.</explanation>",
    "<text><em>An update</em></text>",
    "<prompt>Never open _____ attachments. Really{}!</prompt>",
    "<code>support@examp1e.org</code>",
  };
  static const char *const told[] = {
    "!33: essay\n",
    "!35: short answer\n",
    "!37: description\n",
    "!39: the answers that { opens are not closed by }\n",
    "41: an answer that belongs to nothing is left out\n",
    "!43: a formula\n",
    "!45: the answer 3.14 is not a whole number from 0\n",
    "!47: a picture in an answer\n",
    "!49: “03-1234-5678” looks like",
    "4: an answer that earned some of the points counts as wrong here\n",
    "20: a number that is wrong or partly right",
  };
  g_auto(TomoOutcome) outcome = tomo_outcome_of_sample (TOMO_IMPORT_GIFT, "forms.gift");

  tomo_outcome_assert_has_all (outcome.xml, parts, G_N_ELEMENTS (parts));
  tomo_outcome_assert_has_all (outcome.told, told, G_N_ELEMENTS (told));
}

/* Whatever is said to who answers, and has no place in a pack, is told by its line and its kind. */
static void
test_left_out_feedback (void)
{
  static const char xml[] =
      "<quiz>\n<question type=\"multichoice\"><name><text>c</text></name><questiontext "
      "format=\"html\"><text>Which?</text></questiontext>\n"
      "<correctfeedback><text>Well done, %s!</text></correctfeedback>"
      "<partiallycorrectfeedback><text>Nearly.</text></partiallycorrectfeedback>"
      "<incorrectfeedback><text>Alas.</text></incorrectfeedback>"
      "<hint><text>Look again.</text></hint>"
      "<answer fraction=\"100\"><text>a</text><feedback format=\"html\"><text><![CDATA[So <img "
      "src=\"x.png\">]]></text></feedback></answer><answer fraction=\"0\"><text>b</text></answer>"
      "</question>\n"
      "<question type=\"numerical\"><name><text>n</text></name><questiontext><text>How many?</text>"
      "</questiontext><answer fraction=\"100\"><text>12</text></answer><answer fraction=\"0\">"
      "<text>*</text><feedback><text>No.</text></feedback></answer></question></quiz>";
  static const char *const told[] = {
    "2: the text of <correctfeedback> is left out\n",
    "2: the text of <partiallycorrectfeedback> is left out\n",
    "2: the text of <incorrectfeedback> is left out\n",
    "2: a hint is left out\n",
    "2: a picture in the feedback is left out\n",
    "4: a number that is wrong or partly right, and its feedback, is left out\n",
  };
  g_auto(TomoOutcome) outcome = tomo_outcome_of_text (TOMO_IMPORT_MOODLE_XML, xml);

  tomo_outcome_assert_has_all (outcome.told, told, G_N_ELEMENTS (told));
  g_auto(TomoOutcome) gift =
      tomo_outcome_of_text (TOMO_IMPORT_GIFT, "\nHow many? {#=12 =%50%13#Nearly.}\n");
  tomo_outcome_assert_has (gift.told,
                           "2: a number that is wrong or partly right, and its feedback");
}

/* Names become ids that exist once, in whatever script they are written. */
static void
test_ids (void)
{
  static const char text[] = "::Ça va?::A {T}\n\n::ça, va::B {T}\n\n::パスワード::C {T}\n\n"
                             "::a-very-long-name-that-goes-on-and-on-and-never-ends::D {T}\n";
  g_auto(TomoOutcome) outcome = tomo_outcome_of_text (TOMO_IMPORT_GIFT, text);

  tomo_outcome_assert_has (outcome.xml, "<question id=\"ca-va\"");
  tomo_outcome_assert_has (outcome.xml, "<question id=\"ca-va-2\"");
  tomo_outcome_assert_has (outcome.xml, "<question id=\"question-3\"");
  tomo_outcome_assert_has (outcome.xml, "<question id=\"a-very-long-name-that-goes-on-and-on\"");
}

/* More questions than a pack can hold are told, one by one. */
static void
test_full (void)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (size_t i = 0; i < 1002; i++)
    g_string_append (text, "A {T}\n\n");
  g_auto(TomoOutcome) outcome = tomo_outcome_of_text (TOMO_IMPORT_GIFT, text->str);

  tomo_outcome_assert_has (outcome.xml, "id=\"question-1000\"");
  tomo_outcome_assert_lacks (outcome.xml, "id=\"question-1001\"");
  tomo_outcome_assert_has (outcome.told,
                           "!2001: the pack is full with 1000 questions; split the file\n");
  tomo_outcome_assert_has (outcome.told, "!2003: the pack is full");
}

/* The pack that is written passes the check; a used folder is left alone, and nothing is written
 * for a quiz without a question. */
static void
test_file (void)
{
  g_autofree char *above = tomo_fixture_dup_folder ();
  g_autofree char *folder = g_build_filename (above, "cafe", NULL);
  g_autofree char *other = g_build_filename (above, "other", NULL);
  g_autofree char *empty = g_build_filename (above, "empty.gift", NULL);
  g_autofree char *file =
      g_build_filename (g_getenv ("TOMO_SOURCE_ROOT"), "tests/data/quizzes/messy.xml", NULL);
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoFindings) checked = tomo_findings_new ();
  g_autoptr(GError) error = NULL;
  TomoImport result = { 0, 0 };

  g_assert_true (tomo_import_file (TOMO_IMPORT_MOODLE_XML, file, folder, &tomo_outcome_options,
                                   findings, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.n_questions, ==, 6);
  g_assert_cmpuint (result.n_refused, ==, 4);

  g_autoptr(TomoPackFolder) loaded = tomo_pack_folder_load (folder, checked, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tomo_findings_get_n (checked), ==, 0);
  g_assert_cmpuint (loaded->source->pictures->len, ==, 1);

  g_assert_false (tomo_import_file (TOMO_IMPORT_MOODLE_XML, file, folder, &tomo_outcome_options,
                                    findings, &result, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (empty, "Nothing {}\n", -1, NULL));
  g_assert_false (tomo_import_file (TOMO_IMPORT_GIFT, empty, other, &tomo_outcome_options, findings,
                                    &result, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  tomo_fixture_remove_folder (above);
}

/* The table to begin from is the one of the tree, and becomes a pack as it is. */
static void
test_template (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("TOMO_SOURCE_ROOT"), "content/quiz-template.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, tomo_import_template ());

  g_auto(TomoOutcome) outcome = tomo_outcome_of_text (TOMO_IMPORT_CSV, text);
  g_assert_cmpstr (outcome.told, ==, "");
  tomo_outcome_assert_has (outcome.xml, "kind=\"single\"");
  tomo_outcome_assert_has (outcome.xml, "kind=\"multiple\"");
  tomo_outcome_assert_has (outcome.xml, "kind=\"true-false\"");
  tomo_outcome_assert_has (outcome.xml, "kind=\"number\"");
  tomo_outcome_assert_has (outcome.xml, "kind=\"order\"");
  tomo_outcome_assert_has (outcome.xml, "kind=\"match\"");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/csv/kinds", test_csv_kinds);
  g_test_add_func ("/import/csv/mistakes", test_csv_mistakes);
  g_test_add_func ("/import/encodings", test_encodings);
  g_test_add_func ("/import/gift/forms", test_gift_forms);
  g_test_add_func ("/import/left-out-feedback", test_left_out_feedback);
  g_test_add_func ("/import/ids", test_ids);
  g_test_add_func ("/import/full", test_full);
  g_test_add_func ("/import/file", test_file);
  g_test_add_func ("/import/template", test_template);
  return g_test_run ();
}
