/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/author/import/tomo-outcome.h"

#include <string.h>

#include "author/import/tomo-quiz-pack.h"

const TomoImportOptions tomo_outcome_options = { NULL, "en", "Title", "phishing", "CC-BY-4.0" };

void
tomo_outcome_clear (TomoOutcome *self)
{
  g_free (self->xml);
  g_free (self->told);
  g_free (self->failed);
}

static char *
dup_told (TomoFindings *findings)
{
  GString *told = g_string_new (NULL);

  for (size_t i = 0; i < tomo_findings_get_n (findings); i++)
    {
      const TomoFinding *finding = tomo_findings_get (findings, i);

      g_string_append_printf (told, "%s%u: %s\n", finding->level == TOMO_FINDING_ERROR ? "!" : "",
                              finding->line, finding->message);
    }

  return g_string_free (told, FALSE);
}

TomoOutcome
tomo_outcome_of_bytes (TomoImportFormat format, GBytes *bytes, const char *encoding)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) xml = NULL;
  g_autoptr(TomoQuiz) quiz =
      tomo_import_read (format, g_bytes_ref (bytes), "quiz", encoding, findings, &error);
  TomoOutcome outcome = { NULL, NULL, NULL };

  if (quiz != NULL)
    xml = tomo_quiz_pack_compose (quiz, "my-pack", &tomo_outcome_options, &error);
  g_assert_true ((xml == NULL) == (error != NULL));

  if (xml != NULL)
    outcome.xml = g_strndup (g_bytes_get_data (xml, NULL), g_bytes_get_size (xml));
  else
    outcome.failed = g_strdup (error->message);
  outcome.told = dup_told (findings);
  return outcome;
}

TomoOutcome
tomo_outcome_of_text (TomoImportFormat format, const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  return tomo_outcome_of_bytes (format, bytes, NULL);
}

TomoOutcome
tomo_outcome_of_sample (TomoImportFormat format, const char *name)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("TOMO_SOURCE_ROOT"), "tests/data/quizzes", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return tomo_outcome_of_text (format, text);
}

void
tomo_outcome_assert_has (const char *text, const char *part)
{
  if (text != NULL && strstr (text, part) != NULL)
    return;

  g_test_message ("There is no “%s” in: %s", part, text != NULL ? text : "(nothing)");
  g_test_fail ();
}

void
tomo_outcome_assert_has_all (const char *text, const char *const *parts, size_t n_parts)
{
  for (size_t i = 0; i < n_parts; i++)
    tomo_outcome_assert_has (text, parts[i]);
}

void
tomo_outcome_assert_lacks (const char *text, const char *part)
{
  if (text == NULL || strstr (text, part) == NULL)
    return;

  g_test_message ("There is “%s” in: %s", part, text);
  g_test_fail ();
}
