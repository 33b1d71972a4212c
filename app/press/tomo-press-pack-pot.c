/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "author/pack/tomo-pack-template.h"
#include "core/tomo-error.h"
#include "press/tomo-press-pack.h"

static char *
dup_output (const TomoSourcePack *pack, const char *output)
{
  if (output != NULL)
    return g_strdup (output);

  g_autofree char *name = g_strconcat (pack->id, ".pot", NULL);
  return g_build_filename (pack->folder, "po", name, NULL);
}

static gboolean
write_template (TomoInvocation *self,
                const TomoSourcePack *pack,
                const char *output,
                GError **error)
{
  g_autoptr(GBytes) bytes = tomo_pack_template_new (pack, error);
  g_autofree char *path = dup_output (pack, output);

  if (bytes == NULL)
    return FALSE;
  if (!g_str_equal (path, "-"))
    return tomo_press_pack_write_file (path, bytes, error);

  tomo_invocation_print (self, "%.*s", (int) g_bytes_get_size (bytes),
                         (const char *) g_bytes_get_data (bytes, NULL));
  return TRUE;
}

/**
 * tomo_press_pack_pot:
 * @self: a call
 * @error: return location for a #GError
 *
 * `pack pot DIR [-o FILE]`: writes the template that translations begin from.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_pack_pot (TomoInvocation *self, GError **error)
{
  g_autofree char *output = NULL;
  /* clang-format off */
  const GOptionEntry options[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      /* Translators: help of the option -o; “-” and DIR/po/PACK.pot are literal */
      N_("Write to FILE, or “-” for standard output, not to DIR/po/PACK.pot"),
      /* Translators: stands for a file name in the help of an option */
      N_("FILE") },
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse (self, options, 1, 1, error))
    return TOMO_EXIT_USAGE;

  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoSourcePack) pack =
      tomo_source_pack_load (tomo_invocation_get_args (self)[0], findings, error);

  tomo_press_pack_print_findings (self, findings);
  if (pack == NULL)
    return TOMO_EXIT_INVALID;
  if (tomo_findings_count_errors (findings) > 0)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s has mistakes; correct them first", pack->file);
      return TOMO_EXIT_INVALID;
    }

  return write_template (self, pack, output, error) ? TOMO_EXIT_OK : TOMO_EXIT_FAILED;
}
