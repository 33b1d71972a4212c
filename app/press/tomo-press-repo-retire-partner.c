/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "press/tomo-press-repo.h"
#include "press/tomo-press.h"

/**
 * tomo_press_repo_retire_partner:
 * @self: a call of ‘repo retire-partner’
 * @error: return location for a #GError
 *
 * Ends what a partner may publish; its packs leave the machines.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_repo_retire_partner (TomoInvocation *self, GError **error)
{
  g_autofree char *now = NULL;
  const GOptionEntry options[] = {
    TOMO_PRESS_NOW_OPTION (&now),
    { 0 },
  };

  if (!tomo_invocation_parse (self, options, 2, 2, error))
    return TOMO_EXIT_FAILED;

  const char *folder = tomo_invocation_get_args (self)[0];
  const char *partner = tomo_invocation_get_args (self)[1];
  g_autoptr(TomoRepository) repository =
      tomo_press_open_repository (folder, TOMO_REPOSITORY_WRITE, now, error);
  if (repository == NULL || !tomo_repository_retire_partner (repository, partner, error))
    return TOMO_EXIT_FAILED;

  tomo_invocation_print (self,
                         /* Translators: after ‘repo retire-partner’; %s is a partner such as jp */
                         _("%s: its packs leave the machines with the next publication"), partner);
  tomo_invocation_print (self, "\n");
  if (tomo_repository_has_partner_entry (repository, partner))
    {
      tomo_invocation_print (
          self,
          /* Translators: a hint after ‘repo retire-partner’; both %s are a partner such as jp */
          _("%s: the campaign file still names it; take [partner %s] out and stage it again"),
          partner, partner);
      tomo_invocation_print (self, "\n");
    }
  return tomo_press_print_drafts (self, repository, folder, NULL, error) ? TOMO_EXIT_OK
                                                                         : TOMO_EXIT_FAILED;
}
