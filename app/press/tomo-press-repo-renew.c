/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "press/tomo-press-repo.h"
#include "press/tomo-press.h"

/**
 * tomo_press_repo_renew:
 * @self: a call of ‘repo renew’
 * @error: return location for a #GError
 *
 * Drafts a role's file again, with a later date of expiry.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_repo_renew (TomoInvocation *self, GError **error)
{
  g_autofree char *now = NULL;
  const GOptionEntry options[] = {
    TOMO_PRESS_NOW_OPTION (&now),
    { 0 },
  };

  if (!tomo_invocation_parse (self, options, 2, 2, error))
    return TOMO_EXIT_FAILED;

  const char *folder = tomo_invocation_get_args (self)[0];
  const char *role = tomo_invocation_get_args (self)[1];
  g_autoptr(TomoRepository) repository =
      tomo_press_open_repository (folder, TOMO_REPOSITORY_WRITE, now, error);

  if (repository == NULL || !tomo_repository_renew (repository, role, error) ||
      !tomo_press_print_drafts (self, repository, folder, role, error))
    return TOMO_EXIT_FAILED;

  return TOMO_EXIT_OK;
}
