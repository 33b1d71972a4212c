/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "author/pack/tomo-pack-update.h"
#include "core/tomo-error.h"
#include "press/tomo-press-pack.h"

static void
print_updated (TomoInvocation *self, const TomoUpdatedPo *updated)
{
  if (updated->is_new)
    /* Translators: %s is the name of a file that was made */
    tomo_invocation_print (self, _("%s: new"), updated->file);
  else if (updated->has_changed)
    /* Translators: %s is the name of a file that was changed */
    tomo_invocation_print (self, _("%s: updated"), updated->file);
  else
    /* Translators: %s is the name of a file that needed no change */
    tomo_invocation_print (self, _("%s: unchanged"), updated->file);
  tomo_invocation_print (self, "\n");
}

/**
 * tomo_press_pack_update_po:
 * @self: a call
 * @error: return location for a #GError
 *
 * `pack update-po DIR`: brings the translations of a pack up to its texts.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_pack_update_po (TomoInvocation *self, GError **error)
{
  if (!tomo_invocation_parse (self, NULL, 1, 1, error))
    return TOMO_EXIT_USAGE;

  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoSourcePack) pack =
      tomo_source_pack_load (tomo_invocation_get_args (self)[0], findings, error);
  g_autoptr(GPtrArray) updated = NULL;

  if (pack != NULL && tomo_findings_count_errors (findings) > 0)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s has mistakes; correct them first",
                 pack->file);
  else if (pack != NULL)
    updated = tomo_pack_update_po (pack, findings, tomo_invocation_get_cancellable (self), error);

  tomo_press_pack_print_findings (self, findings);
  for (unsigned int i = 0; updated != NULL && i < updated->len; i++)
    print_updated (self, g_ptr_array_index (updated, i));

  if (updated == NULL)
    return TOMO_EXIT_FAILED;
  return tomo_findings_count_errors (findings) > 0 ? TOMO_EXIT_INVALID : TOMO_EXIT_OK;
}
