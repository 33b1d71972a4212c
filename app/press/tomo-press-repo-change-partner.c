/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "core/tomo-error.h"
#include "press/tomo-press-repo.h"
#include "press/tomo-press.h"

static gboolean
change (TomoRepository *repository,
        const char *partner,
        char **key_files,
        int threshold,
        GError **error)
{
  g_autoptr(TomoSigners) before = tomo_repository_load_keys (repository, partner, error);
  if (before == NULL)
    return FALSE;

  unsigned int wanted = threshold > 0 ? (unsigned int) threshold : before->threshold;
  if (key_files == NULL)
    {
      before->threshold = wanted;
      return tomo_repository_set_keys (repository, partner, before, error);
    }

  g_autoptr(TomoSigners) keys = tomo_press_load_public_keys (key_files, wanted, error);
  return keys != NULL && tomo_repository_set_keys (repository, partner, keys, error) &&
         tomo_press_name_keys (repository, keys, key_files, error);
}

/**
 * tomo_press_repo_change_partner:
 * @self: a call of ‘repo change-partner’
 * @error: return location for a #GError
 *
 * Replaces all keys of a partner.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_repo_change_partner (TomoInvocation *self, GError **error)
{
  g_auto(GStrv) key_files = NULL;
  g_autofree char *now = NULL;
  int threshold = 0;
  /* clang-format off */
  const GOptionEntry options[] = {
    { "key", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &key_files,
      /* Translators: help of the option --key of ‘repo change-partner’ */
      N_("A public key of the partner; those given replace all it had"),
      /* Translators: stands for the name of a public key file */
      N_("PUB") },
    { "threshold", 0, 0, G_OPTION_ARG_INT, &threshold,
      /* Translators: help of the option --threshold of ‘repo change-partner’ */
      N_("How many of the keys must sign (default: as before)"),
      /* Translators: stands for a number */
      N_("N") },
    TOMO_PRESS_NOW_OPTION (&now),
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse (self, options, 2, 2, error))
    return TOMO_EXIT_FAILED;
  if (key_files == NULL && threshold <= 0)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "repo change-partner: give --key PUB, once for each key, or "
                           "--threshold N");
      return TOMO_EXIT_FAILED;
    }

  const char *folder = tomo_invocation_get_args (self)[0];
  const char *partner = tomo_invocation_get_args (self)[1];
  g_autoptr(TomoRepository) repository =
      tomo_press_open_repository (folder, TOMO_REPOSITORY_WRITE, now, error);

  if (repository == NULL || !change (repository, partner, key_files, threshold, error) ||
      !tomo_press_print_change (self, repository, folder, partner, error))
    return TOMO_EXIT_FAILED;

  return TOMO_EXIT_OK;
}
