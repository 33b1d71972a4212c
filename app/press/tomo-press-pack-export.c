/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "author/export/tomo-export.h"
#include "core/tomo-error.h"
#include "press/tomo-press-pack.h"

static gboolean
write_files (const TomoExported *exported, const char *output, GError **error)
{
  for (unsigned int i = 0; i < exported->files->len; i++)
    {
      const TomoExportFile *file = g_ptr_array_index (exported->files, i);
      g_autofree char *path =
          file->name[0] != '\0' ? g_build_filename (output, file->name, NULL) : g_strdup (output);

      if (!tomo_press_pack_write_file (path, file->bytes, error))
        return FALSE;
    }

  return TRUE;
}

static void
print_result (TomoInvocation *self, const char *output, const TomoExported *exported)
{
  g_autofree char *done = g_strdup_printf (
      /* Translators: %s is a file or folder, %u counts tips and questions */
      ngettext ("%s: %u item", "%s: %u items", exported->n_items), output, exported->n_items);
  g_autofree char *incomplete = g_strdup_printf (
      /* Translators: counts tips and questions whose translation is not complete */
      ngettext ("left out: %u item that is not translated completely",
                "left out: %u items that are not translated completely", exported->n_incomplete),
      exported->n_incomplete);
  g_autofree char *unfit = g_strdup_printf (
      /* Translators: counts tips that have no place in a file of questions; --format is literal */
      ngettext ("left out: %u tip, for which there is --format html",
                "left out: %u tips, for which there is --format html", exported->n_unfit),
      exported->n_unfit);

  if (tomo_invocation_wants_json (self))
    tomo_invocation_print_json (
        self, json_pack ("{s:s, s:i, s:i, s:i, s:b}", "output", output, "items",
                         (int) exported->n_items, "incomplete", (int) exported->n_incomplete,
                         "unfit", (int) exported->n_unfit, "draft", (int) exported->is_draft));
  tomo_invocation_print (self, "%s\n", done);
  if (exported->n_incomplete > 0)
    tomo_invocation_print (self, "%s\n", incomplete);
  if (exported->n_unfit > 0)
    tomo_invocation_print (self, "%s\n", unfit);
}

static TomoExit export(TomoInvocation *self,
                       TomoExportFormat format,
                       const char *output,
                       const char *language,
                       GError **error)
{
  const char *folder = tomo_invocation_get_args (self)[0];
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoPackFolder) loaded = tomo_pack_folder_load (folder, findings, error);

  if (loaded == NULL || tomo_findings_count_errors (findings) > 0)
    {
      tomo_press_pack_print_findings (self, findings);
      if (loaded != NULL)
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                     "%s has mistakes; correct them first", folder);
      return TOMO_EXIT_FAILED;
    }

  const char *wanted = language != NULL ? language : loaded->source->language;
  g_autoptr(TomoExported) exported = tomo_export (format, loaded, wanted, findings, error);
  if (exported == NULL || !write_files (exported, output, error))
    return TOMO_EXIT_FAILED;

  print_result (self, output, exported);
  return TOMO_EXIT_OK;
}

/**
 * tomo_press_pack_export:
 * @self: a call
 * @error: return location for a #GError
 *
 * `pack export --format gift|moodle-xml|html DIR -o OUT [--language TAG]`: writes what teachers
 * take home. OUT is a file, or a folder for pages.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_pack_export (TomoInvocation *self, GError **error)
{
  g_autofree char *format_name = NULL;
  g_autofree char *output = NULL;
  g_autofree char *language = NULL;
  TomoExportFormat format = TOMO_EXPORT_HTML;
  /* clang-format off */
  const GOptionEntry options[] = {
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format_name,
      /* Translators: help of the option --format; the three words are literal */
      N_("What to write: gift, moodle-xml or html (needed)"),
      /* Translators: stands for the name of a file format in the help of an option */
      N_("FORMAT") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      /* Translators: help of the option -o; html is literal */
      N_("Write this file, or for html this folder (needed)"),
      /* Translators: stands for a folder name in the help of an option */
      N_("OUT") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &language,
      /* Translators: help of the option --language */
      N_("In this language of the pack; that of its source if not said"),
      /* Translators: stands for a language tag, such as pt-BR */
      N_("TAG") },
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse_with_json (self, options, 1, 1, error))
    return TOMO_EXIT_USAGE;
  if (output != NULL && format_name != NULL &&
      tomo_export_format_from_string (format_name, &format))
    return export(self, format, output, language, error);

  if (output == NULL || format_name == NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "pack export: %s is missing",
                 output == NULL ? "-o OUT" : "--format");
  else
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 "pack export: --format %s is not known; there are gift, moodle-xml and html",
                 format_name);
  return TOMO_EXIT_USAGE;
}
