/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-program-catalog.h"

#include <string.h>

#include "author/pack/tomo-line-breaks.h"
#include "author/pack/tomo-po-file.h"
#include "author/pack/tomo-pseudo.h"
#include "core/content/tomo-language.h"
#include "core/tomo-error.h"

/* What is not shown but decides something (app/ui/tomo-phrases.c) has no pseudo-translation. */
#define SHAPE_CONTEXT "shape of a right answer"

static void
set_header (po_message_t header, const TomoLanguage *language)
{
  g_autofree char *text = g_strdup_printf ("Language: %s\n"
                                           "MIME-Version: 1.0\n"
                                           "Content-Type: text/plain; charset=UTF-8\n"
                                           "Content-Transfer-Encoding: 8bit\n"
                                           "Plural-Forms: nplurals=2; plural=(n != 1);\n",
                                           language->posix);

  po_message_set_msgstr (header, text);
  po_message_set_fuzzy (header, 0);
}

static void
translate_by_rule (po_message_t message, TomoPseudo pseudo)
{
  const char *singular = po_message_msgid (message);
  const char *plural = po_message_msgid_plural (message);
  TomoPseudoFlags flags = TOMO_PSEUDO_MARKUP;

  if (g_strcmp0 (po_message_msgctxt (message), SHAPE_CONTEXT) == 0)
    return;
  if (po_message_is_format (message, "c-format"))
    flags |= TOMO_PSEUDO_PRINTF;

  g_autofree char *one = tomo_pseudo_translate (pseudo, singular, flags);
  if (plural == NULL)
    {
      po_message_set_msgstr (message, one);
      return;
    }

  g_autofree char *many = tomo_pseudo_translate (pseudo, plural, flags);
  po_message_set_msgstr_plural (message, 0, one);
  po_message_set_msgstr_plural (message, 1, many);
}

static void
add_line_breaks (po_message_t message, const char *language)
{
  if (po_message_msgid_plural (message) == NULL)
    {
      g_autofree char *broken =
          tomo_line_breaks_add_to_string (language, po_message_msgstr (message));

      po_message_set_msgstr (message, broken);
      return;
    }

  for (int i = 0; po_message_msgstr_plural (message, i) != NULL; i++)
    {
      g_autofree char *broken =
          tomo_line_breaks_add_to_string (language, po_message_msgstr_plural (message, i));

      po_message_set_msgstr_plural (message, i, broken);
    }
}

static void
prepare (TomoPoFile *file, const TomoLanguage *language)
{
  TomoPseudo pseudo = TOMO_PSEUDO_ACCENTS;
  gboolean is_pseudo = tomo_pseudo_from_language (language->tag, &pseudo);
  po_message_iterator_t iterator = po_message_iterator (file, NULL);

  for (po_message_t message = po_next_message (iterator); message != NULL;
       message = po_next_message (iterator))
    {
      gboolean is_header =
          po_message_msgid (message)[0] == '\0' && po_message_msgctxt (message) == NULL;

      if (is_header && is_pseudo)
        set_header (message, language);
      else if (is_pseudo)
        translate_by_rule (message, pseudo);
      else if (!is_header)
        add_line_breaks (message, language->tag);
    }
  po_message_iterator_free (iterator);
}

/**
 * tomo_program_catalog_prepare:
 * @bytes: a PO file of the programs; for a language that is made by a rule, their template
 * @file: its name, for errors
 * @language: BCP 47 or POSIX
 * @error: return location for a #GError
 *
 * Makes the programs’ own catalogue ready for msgfmt: fills in the languages that are made by a
 * rule, and puts U+200B between the words of those that need it. Neither is ever kept beside the
 * translators’ files.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full): a PO file
 */
GBytes *
tomo_program_catalog_prepare (GBytes *bytes, const char *file, const char *language, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  const TomoLanguage *row = tomo_language_find (language);

  if (row == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "‘%s’ is not a known language",
                   language);
      return NULL;
    }

  g_autoptr(TomoPoFile) po_file = tomo_po_file_read (bytes, file, findings);
  if (po_file == NULL)
    {
      const TomoFinding *first = tomo_findings_get (findings, 0);

      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s:%u: %s", first->file,
                   first->line, first->message);
      return NULL;
    }

  prepare (po_file, row);
  return tomo_po_file_write (po_file, error);
}
