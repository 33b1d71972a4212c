/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "core/tomo-error.h"
#include "press/tomo-press-pack.h"

static void
print_built (TomoInvocation *self, const TomoBuiltPack *built, const char *output)
{
  json_t *files = json_array ();

  for (unsigned int i = 0; i < built->files->len; i++)
    {
      const TomoBuiltFile *file = g_ptr_array_index (built->files, i);
      size_t size = g_bytes_get_size (file->bytes);

      tomo_invocation_print (self, "%s (%" G_GSIZE_FORMAT " B)\n", file->path, size);
      json_array_append_new (
          files, json_pack ("{s:s, s:I}", "path", file->path, "bytes", (json_int_t) size));
    }

  if (tomo_invocation_wants_json (self))
    tomo_invocation_print_json (self, json_pack ("{s:s, s:i, s:s, s:o}", "pack", built->id,
                                                 "revision", (int) built->revision, "output",
                                                 output, "files", files));
  else
    json_decref (files);
}

/**
 * tomo_press_pack_build:
 * @self: a call
 * @error: return location for a #GError
 *
 * `pack build DIR -o OUT [--partner CC]`: writes what would be published, unsigned.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_pack_build (TomoInvocation *self, GError **error)
{
  g_autofree char *output = NULL;
  g_autofree char *partner = NULL;
  /* clang-format off */
  const GOptionEntry options[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      /* Translators: help of the option -o; OUT is the placeholder */
      N_("Write into the folder OUT (needed)"),
      /* Translators: stands for a folder name in the help of an option */
      N_("OUT") },
    { "partner", 0, 0, G_OPTION_ARG_STRING, &partner,
      /* Translators: help of the option --partner; the path is literal but for NAME and PACK */
      N_("Whose pack it is; else taken from partners/NAME/packs/PACK"),
      /* Translators: stands for the id of a partner, such as ‘jp’ */
      N_("PARTNER") },
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse_with_json (self, options, 1, 1, error))
    return TOMO_EXIT_USAGE;

  const char *folder = tomo_invocation_get_args (self)[0];
  g_autofree char *owner = tomo_press_pack_dup_partner (folder, partner);

  if (output == NULL || owner == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                           output == NULL ? "pack build: -o OUT is missing"
                                          : "pack build: --partner is missing, and the folder is "
                                            "not partners/NAME/packs/PACK");
      return TOMO_EXIT_USAGE;
    }

  g_autoptr(TomoBuiltPack) built = tomo_press_pack_build_into (self, folder, owner, output, error);
  if (built == NULL)
    return TOMO_EXIT_FAILED;

  print_built (self, built, output);
  return TOMO_EXIT_OK;
}
