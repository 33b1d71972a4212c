/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "author/export/tomo-export.h"
#include "author/export/tomo-words.h"
#include "author/import/tomo-import-private.h"
#include "author/import/tomo-quiz-pack.h"
#include "author/import/tomo-quiz-text.h"
#include "core/tomo-error.h"
#include "tests/author/pack/tomo-pack-sample.h"
#include "tests/support/tomo-fixture.h"

#define N_QUIZZES 15
#define N_QUESTIONS 12

static const TomoImportOptions options = { NULL, "en", "Title / of it", "phishing", "CC-BY-4.0" };

static const char *
pick (const char *const *words, size_t n_words)
{
  return words[g_test_rand_int_range (0, (gint32) n_words)];
}

/* A text with whatever means something in GIFT, XML or HTML. */
static char *
new_text (gboolean is_plain)
{
  static const char *const words[] = {
    "one",  "two:", "a=b",    "#tag",    "{",          "}",   "~tilde", "back\\slash",
    "->",   "//",   "%50%",   "[html]",  "&",          "<b>", "x > y",  "\"quoted\"",
    "it’s", "été",  "日本語", "العربية", "&amp;",      "::",  "=",      "100",
    "T",    "F",    "'",      "####",    "$CATEGORY:", "]]>", "1",      "\\n",
  };
  static const TomoTextStyle styles[] = { TOMO_TEXT_EM, TOMO_TEXT_STRONG, TOMO_TEXT_CODE,
                                          TOMO_TEXT_UI };
  TomoQuizText *text = tomo_quiz_text_new ();

  for (int n = g_test_rand_int_range (1, 6); n > 0; n--)
    {
      TomoTextStyle style =
          is_plain || g_test_rand_bit () ? TOMO_TEXT_PLAIN : styles[g_test_rand_int_range (0, 4)];

      tomo_quiz_text_add (text, style, "", pick (words, G_N_ELEMENTS (words)));
      tomo_quiz_text_add (text, TOMO_TEXT_PLAIN, "", " ");
    }

  return tomo_quiz_text_free_to_markup (text);
}

/* Answers that can be told apart. */
static TomoQuizAnswer *
add_answer (TomoQuizQuestion *question, unsigned int index)
{
  g_autofree char *text = new_text (FALSE);
  TomoQuizAnswer *answer =
      tomo_quiz_question_add_answer (question, g_strdup_printf ("%s %u", text, index));

  if (question->kind == TOMO_ITEM_MATCH)
    {
      g_autofree char *match = new_text (TRUE);
      answer->match = g_strdup_printf ("%s %u", match, index);
    }
  else if (question->kind != TOMO_ITEM_ORDER && g_test_rand_bit ())
    answer->feedback = new_text (FALSE);

  return answer;
}

static TomoQuizQuestion *
new_question (unsigned int index)
{
  TomoQuizQuestion *question = tomo_quiz_question_new (index + 1);
  static const TomoItemKind kinds[] = { TOMO_ITEM_SINGLE, TOMO_ITEM_MULTIPLE, TOMO_ITEM_TRUE_FALSE,
                                        TOMO_ITEM_ORDER,  TOMO_ITEM_MATCH,    TOMO_ITEM_NUMBER };
  unsigned int n_answers = (unsigned int) g_test_rand_int_range (3, 7);

  question->kind = kinds[g_test_rand_int_range (0, G_N_ELEMENTS (kinds))];
  question->name = g_strdup_printf ("id-%u", index);
  question->prompt = new_text (FALSE);
  question->explanation = new_text (FALSE);
  if (question->kind == TOMO_ITEM_TRUE_FALSE)
    question->answer = g_strdup (g_test_rand_bit () ? "true" : "false");
  else if (question->kind == TOMO_ITEM_NUMBER)
    {
      question->answer = g_strdup_printf ("%d", g_test_rand_int_range (0, 999999999));
      if (g_test_rand_bit ())
        question->tolerance = g_strdup_printf ("%d", g_test_rand_int_range (1, 100));
    }
  else
    for (unsigned int i = 0; i < n_answers; i++)
      {
        TomoQuizAnswer *answer = add_answer (question, i);

        answer->is_correct = question->kind == TOMO_ITEM_MULTIPLE && (i == 0 || g_test_rand_bit ());
      }
  if (question->kind == TOMO_ITEM_SINGLE)
    ((TomoQuizAnswer *) g_ptr_array_index (question->answers,
                                           (unsigned int) g_test_rand_int_range (0, 3)))
        ->is_correct = TRUE;

  return question;
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static void
assert_same_question (const TomoQuizQuestion *before, const TomoQuizQuestion *after)
{
  g_assert_cmpstr (tomo_item_kind_to_string (after->kind), ==,
                   tomo_item_kind_to_string (before->kind));
  g_assert_cmpstr (after->name, ==, before->name);
  g_assert_cmpstr (after->prompt, ==, before->prompt);
  g_assert_cmpstr (after->explanation, ==, before->explanation);
  g_assert_cmpstr (after->answer, ==, before->answer);
  g_assert_cmpstr (after->tolerance, ==, before->tolerance);
  g_assert_cmpuint (after->answers->len, ==, before->answers->len);

  for (unsigned int i = 0; i < before->answers->len; i++)
    {
      const TomoQuizAnswer *one = g_ptr_array_index (before->answers, i);
      const TomoQuizAnswer *other = g_ptr_array_index (after->answers, i);

      g_assert_cmpstr (other->text, ==, one->text);
      g_assert_cmpstr (or_empty (other->match), ==, or_empty (one->match));
      g_assert_cmpstr (or_empty (other->feedback), ==, or_empty (one->feedback));
      g_assert_cmpint (other->is_correct, ==, one->is_correct);
    }
}

static TomoQuiz *
send_round (const char *folder, TomoExportFormat out, TomoImportFormat in, TomoFindings *findings)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoPackFolder) loaded = tomo_pack_folder_load (folder, findings, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tomo_findings_count_errors (findings), ==, 0);

  g_autoptr(TomoExported) exported =
      tomo_export (out, loaded, loaded->source->language, findings, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (exported->files->len, ==, 1);

  const TomoExportFile *file = g_ptr_array_index (exported->files, 0);
  TomoQuiz *quiz =
      tomo_import_read (in, g_bytes_ref (file->bytes), "round", NULL, findings, &error);
  g_assert_no_error (error);
  return quiz;
}

/* Whatever the texts: import(export(x)) has the kinds, right answers, feedback, explanations, ids
 * and the order of x. */
static void
test_export_round (void)
{
  static const struct
  {
    TomoExportFormat out;
    TomoImportFormat in;
  } ways[] = { { TOMO_EXPORT_GIFT, TOMO_IMPORT_GIFT },
               { TOMO_EXPORT_MOODLE_XML, TOMO_IMPORT_MOODLE_XML } };

  for (unsigned int n = 0; n < N_QUIZZES; n++)
    {
      g_autofree char *above = tomo_fixture_dup_folder ();
      g_autofree char *folder = g_build_filename (above, "round", NULL);
      g_autoptr(TomoFindings) findings = tomo_findings_new ();
      g_autoptr(TomoQuiz) quiz = tomo_quiz_new ("made", findings);
      g_autoptr(GError) error = NULL;

      for (unsigned int i = 0; i < N_QUESTIONS; i++)
        tomo_quiz_take (quiz, new_question (i));
      g_assert_true (tomo_quiz_pack_write (quiz, folder, &options, &error));
      g_assert_no_error (error);
      /* Digits in a row may look like a telephone number, which the check refuses. */
      g_assert_cmpuint (quiz->questions->len, >, N_QUESTIONS / 2);

      for (size_t way = 0; way < G_N_ELEMENTS (ways); way++)
        {
          g_autoptr(TomoFindings) told = tomo_findings_new ();
          g_autoptr(TomoQuiz) back = send_round (folder, ways[way].out, ways[way].in, told);

          g_assert_cmpuint (tomo_findings_get_n (told), ==, 0);
          g_assert_cmpuint (back->questions->len, ==, quiz->questions->len);
          for (unsigned int i = 0; i < quiz->questions->len; i++)
            assert_same_question (g_ptr_array_index (quiz->questions, i),
                                  g_ptr_array_index (back->questions, i));
        }
      tomo_fixture_remove_folder (above);
    }
}

static char *
export_one (const char *folder, TomoExportFormat format, const char *language, const char *name)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoPackFolder) loaded = tomo_pack_folder_load (folder, findings, &error);
  g_autoptr(TomoExported) exported = tomo_export (format, loaded, language, findings, &error);

  g_assert_no_error (error);
  for (unsigned int i = 0; i < exported->files->len; i++)
    {
      const TomoExportFile *file = g_ptr_array_index (exported->files, i);

      if (g_str_equal (file->name, name))
        return g_strndup (g_bytes_get_data (file->bytes, NULL), g_bytes_get_size (file->bytes));
    }

  g_assert_not_reached ();
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) != NULL)
    return;

  g_test_message ("There is no “%s” in: %s", part, text);
  g_test_fail ();
}

/* A pack of ours goes out with what other programs do not have, and comes back with it. */
static void
test_export_sample (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autofree char *gift = export_one (folder, TOMO_EXPORT_GIFT, "en", "");
  g_autofree char *moodle = export_one (folder, TOMO_EXPORT_MOODLE_XML, "ja", "");
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoQuiz) back = send_round (folder, TOMO_EXPORT_GIFT, TOMO_IMPORT_GIFT, findings);
  const TomoQuizQuestion *first = g_ptr_array_index (back->questions, 0);
  const TomoQuizQuestion *last = g_ptr_array_index (back->questions, 2);

  assert_has (gift, "::hardest::[html]Which is <em>hardest</em> to guess? {");
  assert_has (gift, "\t=river lamp eleven\n");
  assert_has (moodle, "<idnumber>hardest</idnumber>");
  assert_has (moodle, "短すぎます。");
  g_assert_cmpstr (first->explanation, ==, "Tell <report kind=\"account\"/> at once.");
  g_assert_cmpstr (last->explanation, ==, "Tap <ui>Save</ui>, <strong>always</strong>.");
  tomo_pack_sample_remove (folder);
}

/* A page names its language and direction, has the program’s words in that language, and nothing
 * from elsewhere. */
static void
test_export_html (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autofree char *quiz = export_one (folder, TOMO_EXPORT_HTML, "ja", "quiz.html");
  g_autofree char *tip = export_one (folder, TOMO_EXPORT_HTML, "en", "tip-long-one.html");
  g_autofree char *index = export_one (folder, TOMO_EXPORT_HTML, "en", "index.html");

  assert_has (quiz, "<html lang=\"ja\" dir=\"ltr\">");
  assert_has (quiz, "<li>正しい</li>");
  assert_has (quiz, "そのサービスのサポート窓口");
  assert_has (quiz, "<section class=\"answers\"");
  assert_has (tip, "<img src=\"data:image/png;base64,");
  assert_has (tip, "alt=\"A key.\"");
  assert_has (tip, "<dfn title=\"Several words used as one password.\">passphrase</dfn>");
  assert_has (tip, "<a href=\"https://example.org/long-words\">");
  assert_has (tip, "<p class=\"mark\">Sample</p>");
  assert_has (index, "<a href=\"tip-long-one.html\">");
  g_assert_null (strstr (quiz, "src=\"http"));
  tomo_pack_sample_remove (folder);
}

/* What is not complete in a language stays away; a language that is not there is an error. */
static void
test_export_language (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoPackFolder) loaded = tomo_pack_folder_load (folder, findings, &error);
  g_autoptr(TomoExported) lao = tomo_export (TOMO_EXPORT_HTML, loaded, "lo", findings, &error);

  g_assert_no_error (error);
  g_assert_true (lao->is_draft);
  g_assert_cmpuint (lao->n_items, ==, 2);
  g_assert_cmpuint (lao->n_incomplete, ==, 2);

  g_assert_null (tomo_export (TOMO_EXPORT_GIFT, loaded, "th", findings, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (tomo_export (TOMO_EXPORT_GIFT, loaded, "xx-nonsense", findings, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  tomo_pack_sample_remove (folder);
}

/* The words of another language end with the object, and the user’s own are back. */
static void
test_words (void)
{
  g_autofree char *before = g_strdup (tomo_words_get ("answer", "True"));

  for (unsigned int i = 0; i < 3; i++)
    {
      g_autoptr(TomoWords) words = tomo_words_new ("ja");
      g_assert_cmpstr (tomo_words_get ("answer", "True"), ==, "正しい");
      g_assert_cmpstr (tomo_words_get (NULL, "No such message"), ==, "No such message");
      g_assert_cmpstr (tomo_words_get ("answer", "No such message"), ==, "No such message");
    }
  g_assert_cmpstr (tomo_words_get ("answer", "True"), ==, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/export/round", test_export_round);
  g_test_add_func ("/export/sample", test_export_sample);
  g_test_add_func ("/export/html", test_export_html);
  g_test_add_func ("/export/language", test_export_language);
  g_test_add_func ("/export/words", test_words);
  return g_test_run ();
}
