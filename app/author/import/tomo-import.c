/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/import/tomo-import.h"

#include <glib/gi18n-lib.h>

#include "author/import/tomo-foreign-text.h"
#include "author/import/tomo-import-private.h"
#include "author/import/tomo-quiz-pack.h"
#include "author/pack/tomo-source-file.h"
#include "core/tomo-error.h"

static const char *const format_names[] = {
  [TOMO_IMPORT_CSV] = "csv",
  [TOMO_IMPORT_GIFT] = "gift",
  [TOMO_IMPORT_MOODLE_XML] = "moodle-xml",
};
G_STATIC_ASSERT (G_N_ELEMENTS (format_names) == TOMO_N_IMPORT_FORMATS);

/**
 * tomo_import_format_from_string:
 * @string: a word
 * @out_format: (out): what it names
 *
 * Returns: %TRUE if @string names a format
 */
gboolean
tomo_import_format_from_string (const char *string, TomoImportFormat *out_format)
{
  for (size_t i = 0; i < G_N_ELEMENTS (format_names); i++)
    if (g_str_equal (format_names[i], string))
      {
        *out_format = (TomoImportFormat) i;
        return TRUE;
      }

  return FALSE;
}

/**
 * tomo_import_read:
 * @format: what @bytes are
 * @bytes: (transfer full): a foreign file; the caller has held it against a limit
 * @file: its name, for findings
 * @encoding: (nullable): what the user says it is in
 * @findings: where what cannot be taken is told
 * @error: return location for a #GError
 *
 * Reads a foreign file.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, with the number of the line.
 *
 * Returns: (transfer full): its questions, perhaps none
 */
TomoQuiz *
tomo_import_read (TomoImportFormat format,
                  GBytes *bytes,
                  const char *file,
                  const char *encoding,
                  TomoFindings *findings,
                  GError **error)
{
  g_autoptr(TomoQuiz) quiz = tomo_quiz_new (file, findings);
  const char *assumed = NULL;
  size_t size = 0;
  g_autofree char *text = tomo_foreign_text_decode (bytes, encoding, &size, &assumed, error);
  gboolean is_read = FALSE;

  if (text != NULL && format == TOMO_IMPORT_CSV)
    is_read = tomo_import_csv (quiz, text, error);
  else if (text != NULL && format == TOMO_IMPORT_GIFT)
    is_read = tomo_import_gift (quiz, text, error);
  else if (text != NULL)
    is_read = tomo_import_moodle (quiz, text, size, error);

  if (!is_read)
    {
      g_prefix_error (error, "%s: ", file);
      return NULL;
    }
  if (assumed != NULL)
    tomo_quiz_note (quiz, 0,
                    /* Translators: %s is the name of an encoding such as WINDOWS-1252; --encoding
                     * is literal */
                    _("the file does not say how its letters are written; %s was assumed; if they "
                       "are wrong, say it with --encoding"),
                    assumed);

  return g_steal_pointer (&quiz);
}

/**
 * tomo_import_file:
 * @format: what @file is
 * @file: a foreign file
 * @folder: of the pack: does not exist yet, or is empty; its name becomes the id
 * @options: what no foreign quiz says
 * @findings: where what cannot be taken is told: questions as errors, the rest as warnings
 * @out_result: (out): what came of it
 * @error: return location for a #GError
 *
 * Turns a foreign quiz into a pack that passes `pack check`.
 *
 * On failure this sets a #TomoError; no folder was made unless the disk failed.
 *
 * Returns: %TRUE if there is a pack, even if not all questions are in it
 */
gboolean
tomo_import_file (TomoImportFormat format,
                  const char *file,
                  const char *folder,
                  const TomoImportOptions *options,
                  TomoFindings *findings,
                  TomoImport *out_result,
                  GError **error)
{
  g_return_val_if_fail (file != NULL && folder != NULL, FALSE);
  g_return_val_if_fail (options != NULL && out_result != NULL, FALSE);

  GBytes *bytes = tomo_source_file_read (file, TOMO_FOREIGN_MAX_BYTES, error);

  if (bytes == NULL)
    return FALSE;

  g_autoptr(TomoQuiz) quiz =
      tomo_import_read (format, bytes, file, options->encoding, findings, error);
  if (quiz == NULL)
    return FALSE;

  gboolean is_written = tomo_quiz_pack_write (quiz, folder, options, error);

  out_result->n_questions = quiz->questions->len;
  out_result->n_refused = quiz->n_refused;
  return is_written;
}
