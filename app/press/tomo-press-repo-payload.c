/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "core/tomo-error.h"
#include "press/tomo-press-repo.h"
#include "press/tomo-press.h"

static gboolean
write_payload (const char *path, GBytes *payload, GError **error)
{
  size_t size = 0;
  const char *data = g_bytes_get_data (payload, &size);

  if (g_file_set_contents (path, data, (gssize) size, error))
    return TRUE;

  tomo_error_convert (error);
  return FALSE;
}

/**
 * tomo_press_repo_payload:
 * @self: a call of ‘repo payload’
 * @error: return location for a #GError
 *
 * Writes out what is to be signed, for a machine without network or for a token.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_repo_payload (TomoInvocation *self, GError **error)
{
  g_autofree char *output = NULL;
  g_autofree char *now = NULL;
  /* clang-format off */
  const GOptionEntry options[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      /* Translators: help of the option --output of ‘repo payload’ */
      N_("Where to write the bytes to sign"),
      /* Translators: stands for the name of a file */
      N_("FILE") },
    TOMO_PRESS_NOW_OPTION (&now),
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse (self, options, 2, 2, error))
    return TOMO_EXIT_FAILED;
  if (output == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "repo payload: -o FILE is missing");
      return TOMO_EXIT_FAILED;
    }

  const char *folder = tomo_invocation_get_args (self)[0];
  const char *role = tomo_invocation_get_args (self)[1];
  g_autoptr(TomoRepository) repository =
      tomo_press_open_repository (folder, TOMO_REPOSITORY_READ, now, error);
  g_autoptr(GBytes) payload =
      repository != NULL ? tomo_repository_encode_payload (repository, role, error) : NULL;
  if (payload == NULL || !write_payload (output, payload, error) ||
      !tomo_press_print_payload (self, payload, output, error))
    return TOMO_EXIT_FAILED;

  tomo_press_print_next (self, "tomopress key sign KEY %s -o %s.sig", output, output);
  return TOMO_EXIT_OK;
}
