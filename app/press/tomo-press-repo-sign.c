/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "core/tomo-error.h"
#include "press/tomo-press-repo.h"
#include "press/tomo-press.h"

static gboolean
sign_with_all (TomoRepository *repository,
               const char *role,
               GPtrArray *keys,
               char **paths,
               GError **error)
{
  for (unsigned int i = 0; i < keys->len; i++)
    if (!tomo_repository_sign (repository, role, g_ptr_array_index (keys, i), error))
      {
        g_prefix_error (error, "‘%s’: ", paths[i]);
        return FALSE;
      }

  return TRUE;
}

/**
 * tomo_press_repo_sign:
 * @self: a call of ‘repo sign’
 * @error: return location for a #GError
 *
 * Signs a draft.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_repo_sign (TomoInvocation *self, GError **error)
{
  g_auto(GStrv) key_files = NULL;
  g_auto(GStrv) passphrase_files = NULL;
  g_autofree char *now = NULL;
  /* clang-format off */
  const GOptionEntry options[] = {
    { "key", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &key_files,
      /* Translators: help of the option --key of ‘repo sign’ */
      N_("A private key to sign with; may be given several times"),
      /* Translators: stands for the name of a private key file */
      N_("KEY") },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &passphrase_files,
      /* Translators: help of the option --passphrase-file of ‘repo sign’ */
      N_("Take the passphrase from a file; once for all keys, or once for each"),
      /* Translators: stands for the name of a file */
      N_("FILE") },
    TOMO_PRESS_NOW_OPTION (&now),
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse (self, options, 2, 2, error))
    return TOMO_EXIT_FAILED;
  if (key_files == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "repo sign: --key KEY is missing");
      return TOMO_EXIT_FAILED;
    }

  const char *folder = tomo_invocation_get_args (self)[0];
  const char *role = tomo_invocation_get_args (self)[1];
  g_autoptr(GPtrArray) keys =
      tomo_press_load_private_keys (self, key_files, passphrase_files, error);
  g_autoptr(TomoRepository) repository =
      keys != NULL ? tomo_press_open_repository (folder, TOMO_REPOSITORY_WRITE, now, error) : NULL;

  if (repository == NULL || !sign_with_all (repository, role, keys, key_files, error) ||
      !tomo_press_print_drafts (self, repository, folder, role, error))
    return TOMO_EXIT_FAILED;

  return TOMO_EXIT_OK;
}
