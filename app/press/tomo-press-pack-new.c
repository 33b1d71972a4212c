/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "author/pack/tomo-pack-new.h"
#include "press/tomo-press-pack.h"

/**
 * tomo_press_pack_new:
 * @self: a call
 * @error: return location for a #GError
 *
 * `pack new DIR`: makes a pack to begin from, which passes `pack check`.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_pack_new (TomoInvocation *self, GError **error)
{
  if (!tomo_invocation_parse (self, NULL, 1, 1, error))
    return TOMO_EXIT_USAGE;

  const char *folder = tomo_invocation_get_args (self)[0];

  if (!tomo_pack_new_folder (folder, error))
    return TOMO_EXIT_FAILED;

  tomo_invocation_print (self,
                         /* Translators: both %s are the same folder; pack.xml and the command are
                          * literal */
                         _("%s/pack.xml is ready to be changed; check it with: tomopress "
                            "pack check %s"),
                         folder, folder);
  tomo_invocation_print (self, "\n");
  return TOMO_EXIT_OK;
}
