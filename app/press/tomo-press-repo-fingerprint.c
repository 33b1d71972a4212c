/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "press/tomo-press-repo.h"
#include "press/tomo-press.h"

/**
 * tomo_press_repo_fingerprint:
 * @self: a call of ‘repo fingerprint’
 * @error: return location for a #GError
 *
 * Prints what organisers compare when a kiosk is first set up.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_repo_fingerprint (TomoInvocation *self, GError **error)
{
  g_autofree char *now = NULL;
  const GOptionEntry options[] = {
    TOMO_PRESS_NOW_OPTION (&now),
    { 0 },
  };

  if (!tomo_invocation_parse_with_json (self, options, 1, 1, error))
    return TOMO_EXIT_FAILED;

  g_autoptr(TomoRepository) repository = tomo_press_open_repository (
      tomo_invocation_get_args (self)[0], TOMO_REPOSITORY_READ, now, error);
  g_autofree char *fingerprint =
      repository != NULL ? tomo_repository_dup_fingerprint (repository, error) : NULL;
  if (fingerprint == NULL)
    return TOMO_EXIT_FAILED;

  tomo_invocation_print (self, "%s\n", fingerprint);
  if (tomo_invocation_wants_json (self))
    tomo_invocation_print_json (self, json_pack ("{s:s}", "fingerprint", fingerprint));
  return TOMO_EXIT_OK;
}
