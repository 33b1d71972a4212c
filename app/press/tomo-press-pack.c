/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "press/tomo-press-pack.h"

#include <errno.h>
#include <glib/gi18n.h>

#include "author/pack/tomo-vocabulary.h"
#include "core/tomo-error.h"

/**
 * tomo_press_pack_print_findings:
 * @self: a call
 * @findings: of a check
 *
 * Prints one line a finding on standard error, in the form that editors and terminals know:
 * “file:line: error: what is wrong”.
 */
void
tomo_press_pack_print_findings (TomoInvocation *self, TomoFindings *findings)
{
  for (size_t i = 0; i < tomo_findings_get_n (findings); i++)
    {
      const TomoFinding *finding = tomo_findings_get (findings, i);
      const char *level = finding->level == TOMO_FINDING_ERROR
                              /* Translators: begins a line about a mistake in a file */
                              ? _("error")
                              /* Translators: begins a line about a doubt about a file */
                              : _("warning");

      if (finding->line > 0)
        tomo_invocation_print_error (self, "%s:%u: %s: %s\n", finding->file, finding->line, level,
                                     finding->message);
      else
        tomo_invocation_print_error (self, "%s: %s: %s\n", finding->file, level, finding->message);
    }
}

/**
 * tomo_press_pack_findings_to_json:
 * @findings: of a check
 *
 * Returns: (transfer full): an array of objects with level, file, line and message
 */
json_t *
tomo_press_pack_findings_to_json (TomoFindings *findings)
{
  json_t *array = json_array ();

  for (size_t i = 0; i < tomo_findings_get_n (findings); i++)
    {
      const TomoFinding *finding = tomo_findings_get (findings, i);
      gboolean is_error = finding->level == TOMO_FINDING_ERROR;

      json_array_append_new (array,
                             json_pack ("{s:s, s:s, s:i, s:s}", "level",
                                        is_error ? "error" : "warning", "file", finding->file,
                                        "line", (int) finding->line, "message", finding->message));
    }

  return array;
}

/**
 * tomo_press_pack_write_file:
 * @path: of a file
 * @bytes: what it shall hold
 * @error: return location for a #GError
 *
 * Writes a file, with the folders above it, so that a reader sees the old or the new one.
 *
 * On failure this sets a #TomoError.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_press_pack_write_file (const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  size_t size = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      tomo_set_error_from_errno (error, errno, "cannot make the folder %s", folder);
      return FALSE;
    }
  if (!g_file_set_contents_full (path, data != NULL ? data : "", (gssize) size,
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0666, error))
    {
      tomo_error_convert (error);
      return FALSE;
    }

  return TRUE;
}

/**
 * tomo_press_pack_dup_partner:
 * @folder: of a pack
 * @partner: (nullable): what the user said
 *
 * Finds whose pack this is: what the user said, else the name in partners/NAME/packs/PACK.
 *
 * Returns: (transfer full) (nullable): a partner, or %NULL if there is no telling
 */
char *
tomo_press_pack_dup_partner (const char *folder, const char *partner)
{
  if (partner != NULL)
    return g_strdup (partner);

  g_autofree char *whole = g_canonicalize_filename (folder, NULL);
  g_autofree char *packs = g_path_get_dirname (whole);
  g_autofree char *packs_name = g_path_get_basename (packs);
  g_autofree char *owner = g_path_get_dirname (packs);
  g_autofree char *name = g_path_get_basename (owner);

  return g_str_equal (packs_name, "packs") && tomo_vocabulary_is_id (name) ? g_steal_pointer (&name)
                                                                           : NULL;
}

/**
 * tomo_press_pack_build_into:
 * @self: a call
 * @folder: of a pack
 * @partner: whose it is
 * @output: a folder
 * @error: return location for a #GError
 *
 * Builds a pack and writes its files, laid out as target paths, below @output. Nothing is written
 * unless all could be built; the compiled packs come after the pictures they name.
 *
 * On failure this sets a #TomoError; findings were printed.
 *
 * Returns: (transfer full): what was built
 */
TomoBuiltPack *
tomo_press_pack_build_into (TomoInvocation *self,
                            const char *folder,
                            const char *partner,
                            const char *output,
                            GError **error)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoBuiltPack) built =
      tomo_pack_build (folder, partner, findings, tomo_invocation_get_cancellable (self), error);

  tomo_press_pack_print_findings (self, findings);
  if (built == NULL)
    return NULL;

  /* Sorted by path, ‘media’ comes before ‘packs’. */
  for (unsigned int i = 0; i < built->files->len; i++)
    {
      const TomoBuiltFile *file = g_ptr_array_index (built->files, i);
      g_autofree char *path = g_build_filename (output, file->path, NULL);

      if (!tomo_press_pack_write_file (path, file->bytes, error))
        return NULL;
    }

  return g_steal_pointer (&built);
}
