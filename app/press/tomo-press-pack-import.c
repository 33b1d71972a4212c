/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "author/import/tomo-import.h"
#include "author/pack/tomo-vocabulary.h"
#include "core/content/tomo-language.h"
#include "core/tomo-error.h"
#include "press/tomo-press-pack.h"

/* What the user said; all owned. */
typedef struct
{
  char *format;
  char *output;
  char *language;
  char *title;
  char *topic;
  char *license;
  char *encoding;
  char *template;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->format);
  g_free (self->output);
  g_free (self->language);
  g_free (self->title);
  g_free (self->topic);
  g_free (self->license);
  g_free (self->encoding);
  g_free (self->template);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (TomoInvocation *self, Options *options, GError **error)
{
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options->format,
      /* Translators: help of the option --format; the three words are literal */
      N_("What FILE is: csv, gift or moodle-xml (needed)"),
      /* Translators: stands for the name of a file format in the help of an option */
      N_("FORMAT") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
      /* Translators: help of the option -o; DIR is the placeholder */
      N_("Make the pack DIR, which takes its id from it (needed)"),
      /* Translators: stands for the name of a folder */
      N_("DIR") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options->language,
      /* Translators: help of the option --language; en is literal */
      N_("What the questions are written in; en if not said"),
      /* Translators: stands for a language tag, such as pt-BR */
      N_("TAG") },
    { "title", 0, 0, G_OPTION_ARG_STRING, &options->title,
      /* Translators: help of the option --title */
      N_("Title of the pack; the name of the file if not said"),
      /* Translators: stands for the title of a pack */
      N_("TEXT") },
    { "topic", 0, 0, G_OPTION_ARG_STRING, &options->topic,
      /* Translators: help of the option --topic */
      N_("Topic of the questions that name none (needed if there are such)"),
      /* Translators: stands for a topic such as phishing in the help of an option */
      N_("TOPIC") },
    { "license", 0, 0, G_OPTION_ARG_STRING, &options->license,
      /* Translators: help of the option --license; SPDX and NOASSERTION are literal */
      N_("SPDX expression for the texts; NOASSERTION if not said"),
      /* Translators: stands for the name of a licence in the help of an option */
      N_("LICENSE") },
    { "encoding", 0, 0, G_OPTION_ARG_STRING, &options->encoding,
      /* Translators: help of the option --encoding; SHIFT_JIS is literal */
      N_("How the letters are written, such as SHIFT_JIS, if not UTF-8"),
      /* Translators: stands for the name of an encoding in the help of an option */
      N_("NAME") },
    { "template", 0, 0, G_OPTION_ARG_FILENAME, &options->template,
      /* Translators: help of the option --template */
      N_("Only write a table to fill in with a spreadsheet program"),
      /* Translators: stands for the name of a file */
      N_("FILE") },
    { 0 },
  };
  /* clang-format on */

  return tomo_invocation_parse_with_json (self, entries, 0, 1, error);
}

static TomoExit
write_template (TomoInvocation *self, const char *path, GError **error)
{
  g_autoptr(GBytes) bytes =
      g_bytes_new_static (tomo_import_template (), strlen (tomo_import_template ()));

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED, "%s exists already; choose another name",
                 path);
  else if (tomo_press_pack_write_file (path, bytes, error))
    {
      g_autofree char *ready = g_strdup_printf (
          /* Translators: %s is a file; the command is literal but for DIR and TOPIC */
          _("%s is ready to be filled in; then run: tomopress pack import --format csv %s -o DIR "
             "--topic TOPIC"),
          path, path);

      tomo_invocation_print (self, "%s", ready);
      tomo_invocation_print (self, "\n");
      return TOMO_EXIT_OK;
    }

  return TOMO_EXIT_FAILED;
}

/* One line for each question that is not there, and for each part of one. */
static void
print_findings (TomoInvocation *self, TomoFindings *findings)
{
  for (size_t i = 0; i < tomo_findings_get_n (findings); i++)
    {
      const TomoFinding *finding = tomo_findings_get (findings, i);

      if (finding->level == TOMO_FINDING_ERROR)
        tomo_invocation_print_error (self,
                                     /* Translators: a line of a file, and why the question there
                                      * was not imported, such as “short answer” */
                                     _("not imported, line %u: %s"), finding->line,
                                     finding->message);
      else if (finding->line > 0)
        tomo_invocation_print_error (self,
                                     /* Translators: a line of a file, and what of the question
                                      * there differs now, such as “a hint is left out” */
                                     _("note, line %u: %s"), finding->line, finding->message);
      else
        tomo_invocation_print_error (self, "%s", finding->message);
      tomo_invocation_print_error (self, "\n");
    }
}

static void
print_result (TomoInvocation *self,
              const char *folder,
              const TomoImport *result,
              TomoFindings *findings)
{
  if (tomo_invocation_wants_json (self))
    tomo_invocation_print_json (self, json_pack ("{s:s, s:i, s:i, s:o}", "pack", folder, "imported",
                                                 (int) result->n_questions, "not-imported",
                                                 (int) result->n_refused, "findings",
                                                 tomo_press_pack_findings_to_json (findings)));

  g_autofree char *imported = g_strdup_printf (
      /* Translators: %s is a folder, %u counts questions */
      ngettext ("%s: %u question imported", "%s: %u questions imported", result->n_questions),
      folder, result->n_questions);

  tomo_invocation_print (self, "%s", imported);
  if (result->n_refused > 0)
    {
      tomo_invocation_print (self, "; ");
      /* Translators: stands behind “…: 12 questions imported; ” */
      tomo_invocation_print (self, ngettext ("%u was not", "%u were not", result->n_refused),
                             result->n_refused);
    }
  tomo_invocation_print (self, "\n");
}

static TomoExit
import (TomoInvocation *self,
        TomoImportFormat format,
        const char *file,
        const Options *options,
        GError **error)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autofree char *name = g_path_get_basename (file);
  char *dot = strrchr (name, '.');
  TomoImport result = { 0, 0 };

  if (dot != NULL && dot != name)
    *dot = '\0';
  g_autofree char *title = g_utf8_make_valid (options->title != NULL ? options->title : name, -1);
  const TomoImportOptions wanted = {
    options->encoding, options->language != NULL ? options->language : "en",        title,
    options->topic,    options->license != NULL ? options->license : "NOASSERTION",
  };

  if (options->language == NULL)
    tomo_findings_add (findings, TOMO_FINDING_WARNING, file, 0, "%s",
                       /* Translators: about a file with questions; --language is literal */
                       _("taken to be in English, as nobody said; if it is in another language, "
                          "import it again with --language"));
  gboolean is_done =
      tomo_import_file (format, file, options->output, &wanted, findings, &result, error);
  if (!tomo_invocation_wants_json (self) || !is_done)
    print_findings (self, findings);
  if (!is_done)
    return TOMO_EXIT_FAILED;

  print_result (self, options->output, &result, findings);
  return result.n_refused > 0 ? TOMO_EXIT_PARTLY : TOMO_EXIT_OK;
}

/**
 * tomo_press_pack_import:
 * @self: a call
 * @error: return location for a #GError
 *
 * `pack import --format csv|gift|moodle-xml FILE -o DIR`: turns a foreign quiz into a pack, and
 * names all of it that has no place in one. `pack import --template FILE` writes a table to fill
 * in.
 *
 * Returns: %TOMO_EXIT_PARTLY if some questions were not imported
 */
TomoExit
tomo_press_pack_import (TomoInvocation *self, GError **error)
{
  g_auto(Options) options = { NULL };
  TomoImportFormat format = TOMO_IMPORT_CSV;

  if (!parse (self, &options, error))
    return TOMO_EXIT_USAGE;

  const char *file = tomo_invocation_get_args (self)[0];
  if (options.template != NULL && file == NULL)
    return write_template (self, options.template, error);

  if (file == NULL || options.output == NULL || options.format == NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "pack import: %s is missing",
                 file == NULL             ? "the file"
                 : options.output == NULL ? "-o DIR"
                                          : "--format");
  else if (!tomo_import_format_from_string (options.format, &format))
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 "pack import: --format %s is not known; there are csv, gift and moodle-xml",
                 options.format);
  else if (options.language != NULL && tomo_language_find (options.language) == NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 "pack import: --language %s is not known; write a tag such as en or zh-Hans",
                 options.language);
  else
    return import (self, format, file, &options, error);

  return TOMO_EXIT_USAGE;
}
