/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "author/import/tomo-csv.h"
#include "author/pack/tomo-pack-folder.h"
#include "author/pack/tomo-pack-picture.h"
#include "author/pack/tomo-review-sheet.h"
#include "author/pack/tomo-source-file.h"
#include "core/tomo-error.h"
#include "press/tomo-press-pack.h"

/* A sheet of a pack of 1,000 items has about 2 MiB. */
#define SHEET_MAX_BYTES (16 * 1024 * 1024)

/* ---- Writing the sheet ---- */

static gboolean
write_text (const char *folder, const char *name, const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  return tomo_press_pack_write_file (path, bytes, error);
}

static gboolean
write_pictures (const TomoSourcePack *pack,
                const char *language,
                const char *output,
                GHashTable *pictures,
                TomoFindings *findings,
                GError **error)
{
  for (unsigned int i = 0; i < pack->pictures->len; i++)
    {
      const TomoSourcePicture *picture = g_ptr_array_index (pack->pictures, i);
      g_autofree char *name = g_strdup_printf ("pictures/%s.png", picture->id);
      g_autofree char *path = g_build_filename (output, name, NULL);
      g_autoptr(GBytes) png =
          tomo_pack_picture_render (pack, picture, language, NULL, findings, error);

      if (png == NULL || !tomo_press_pack_write_file (path, png, error))
        return FALSE;
      g_hash_table_insert (pictures, g_strdup (picture->id), g_steal_pointer (&name));
    }

  return TRUE;
}

static gboolean
write_sheet (const TomoSourcePack *pack,
             const TomoPackTranslation *translation,
             const char *output,
             TomoFindings *findings,
             GError **error)
{
  g_autoptr(GHashTable) pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *html_name = g_strconcat (translation->language->tag, ".html", NULL);
  g_autofree char *csv_name = g_strconcat (translation->language->tag, ".csv", NULL);

  if (!write_pictures (pack, translation->language->tag, output, pictures, findings, error))
    return FALSE;

  g_autofree char *html =
      tomo_review_sheet_to_html (pack, translation->catalog, translation->language, pictures);
  g_autofree char *csv = tomo_review_sheet_to_csv (pack, translation->catalog);

  return write_text (output, html_name, html, error) && write_text (output, csv_name, csv, error);
}

/* ---- Noting what was read ---- */

/* A sentence that stands twice in the pack is one message, and is read once. */
static char **
list_all_digests (const TomoSourcePack *pack, const TomoPackCatalog *catalog)
{
  g_autoptr(GStrvBuilder) digests = g_strv_builder_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (unsigned int i = 0; i < pack->texts->len; i++)
    {
      const TomoSourceText *text = g_ptr_array_index (pack->texts, i);
      const char *digest = tomo_pack_catalog_get_digest (catalog, text->context, text->msgid);

      if (digest != NULL && g_hash_table_add (seen, (gpointer) digest))
        g_strv_builder_add (digests, digest);
    }

  return g_strv_builder_end (digests);
}

/* The rows with a mark whose sentences are still as they were when the sheet was written. */
static char **
list_marked_digests (TomoInvocation *self,
                     const char *sheet,
                     const char *const *known,
                     GError **error)
{
  g_autoptr(GBytes) bytes = tomo_source_file_read (sheet, SHEET_MAX_BYTES, error);
  if (bytes == NULL)
    return NULL;

  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  const char *table = g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text;
  char separator = ',';
  g_autoptr(GPtrArray) rows =
      g_utf8_validate (table, -1, NULL) ? tomo_csv_read (table, &separator, error) : NULL;
  if (rows == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                             "this is not UTF-8; save the table as “CSV UTF-8”");
      g_prefix_error (error, "%s: ", sheet);
      return NULL;
    }

  g_autoptr(GStrvBuilder) digests = g_strv_builder_new ();
  for (unsigned int i = 1; i < rows->len; i++)
    {
      const TomoCsvRow *row = g_ptr_array_index (rows, i);
      const char *mark = row->cells->len > TOMO_REVIEW_SHEET_COLUMN_MARK
                             ? g_ptr_array_index (row->cells, TOMO_REVIEW_SHEET_COLUMN_MARK)
                             : "";
      const char *digest = g_ptr_array_index (row->cells, TOMO_REVIEW_SHEET_COLUMN_DIGEST);

      if (mark[0] == '\0')
        continue;
      if (g_strv_contains (known, digest))
        g_strv_builder_add (digests, digest);
      else
        tomo_invocation_print_error (
            self, "%s:%u: %s\n", sheet, row->line,
            /* Translators: about a row of a table that somebody filled in */
            _("this sentence has changed since the sheet was written; it must be read again"));
    }

  return g_strv_builder_end (digests);
}

static gboolean
note (TomoInvocation *self,
      const TomoSourcePack *pack,
      const TomoPackTranslation *translation,
      const char *reader,
      const char *sheet,
      GError **error)
{
  g_auto(GStrv) known = list_all_digests (pack, translation->catalog);
  g_auto(GStrv) digests =
      sheet != NULL ? list_marked_digests (self, sheet, (const char *const *) known, error)
                    : g_strdupv (known);
  if (digests == NULL)
    return FALSE;

  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");
  g_autoptr(GError) load_error = NULL;
  g_autoptr(TomoReview) review = tomo_review_load (translation->file, &load_error);
  if (review == NULL)
    review = tomo_review_new ();

  if (!tomo_review_add (review, date, reader, (const char *const *) digests, error) ||
      !tomo_review_save (review, translation->file, error))
    return FALSE;

  unsigned int n_read = 0;
  for (size_t i = 0; known[i] != NULL; i++)
    n_read += tomo_review_find (review, known[i]) != NULL;
  tomo_invocation_print (self,
                         /* Translators: the first %s is the name of a file; the numbers count
                          * sentences of it that somebody has read, and all of them */
                         _("%s: %u of %u sentences have been read\n"), translation->file, n_read,
                         g_strv_length (known));
  return TRUE;
}

/* ---- The command ---- */

static const TomoPackTranslation *
find_translation (const TomoPackFolder *folder, const char *language, GError **error)
{
  const TomoLanguage *wanted = tomo_language_find (language);

  for (unsigned int i = 0; i < folder->translations->len; i++)
    {
      const TomoPackTranslation *translation = g_ptr_array_index (folder->translations, i);

      if (translation->language == wanted && translation->catalog != NULL)
        return translation;
    }

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
               "%s has no translation ‘%s’; po/LINGUAS names those there are",
               folder->source->folder, language);
  return NULL;
}

static TomoExit
review (TomoInvocation *self,
        const char *language,
        const char *output,
        const char *reader,
        const char *sheet,
        GError **error)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoPackFolder) folder =
      tomo_pack_folder_load (tomo_invocation_get_args (self)[0], findings, error);

  tomo_press_pack_print_findings (self, findings);
  if (folder == NULL)
    return TOMO_EXIT_INVALID;
  if (tomo_findings_count_errors (findings) > 0)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s has mistakes; correct them before somebody reads it",
                   folder->source->folder);
      return TOMO_EXIT_INVALID;
    }

  const TomoPackTranslation *translation = find_translation (folder, language, error);
  if (translation == NULL)
    return TOMO_EXIT_FAILED;

  gboolean done = output != NULL
                      ? write_sheet (folder->source, translation, output, findings, error)
                      : note (self, folder->source, translation, reader, sheet, error);
  return done ? TOMO_EXIT_OK : TOMO_EXIT_FAILED;
}

/**
 * tomo_press_pack_review:
 * @self: a call
 * @error: return location for a #GError
 *
 * `pack review DIR --language TAG -o OUT`: writes a sheet with both languages for somebody who
 * reads them. `pack review DIR --language TAG --reader NAME [--sheet FILE]`: notes that NAME has
 * read all of it, or what has a mark in FILE.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_pack_review (TomoInvocation *self, GError **error)
{
  g_autofree char *language = NULL;
  g_autofree char *output = NULL;
  g_autofree char *reader = NULL;
  g_autofree char *sheet = NULL;
  /* clang-format off */
  const GOptionEntry options[] = {
    { "language", 0, 0, G_OPTION_ARG_STRING, &language,
      /* Translators: help of the option --language */
      N_("The translation that is read"),
      /* Translators: stands for a language tag, such as pt-BR */
      N_("TAG") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      /* Translators: help of the option -o */
      N_("Write the sheet into DIR, as TAG.html and TAG.csv"),
      /* Translators: stands for the name of a folder in help on the command line */
      N_("DIR") },
    { "reader", 0, 0, G_OPTION_ARG_STRING, &reader,
      /* Translators: help of the option --reader */
      N_("Note that NAME has read all of it"),
      /* Translators: stands for the name of a person in the help of an option */
      N_("NAME") },
    { "sheet", 0, 0, G_OPTION_ARG_FILENAME, &sheet,
      /* Translators: help of the option --sheet */
      N_("Only the sentences that have a mark in the table FILE"),
      /* Translators: stands for a file name in the help of an option */
      N_("FILE") },
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse (self, options, 1, 1, error))
    return TOMO_EXIT_USAGE;
  if (language == NULL || (output == NULL) == (reader == NULL) || (sheet != NULL && reader == NULL))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "say what to do: --language TAG with -o DIR to write a sheet, or with "
                           "--reader NAME to note who has read it");
      return TOMO_EXIT_USAGE;
    }

  return review (self, language, output, reader, sheet, error);
}
