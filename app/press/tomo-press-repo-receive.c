/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "core/tomo-error.h"
#include "press/tomo-press-repo.h"
#include "press/tomo-press-submission.h"
#include "press/tomo-press.h"

static gboolean
check_complete (TomoSubmission *submission, TomoSigners *keys, const char *path, GError **error)
{
  unsigned int n_signed =
      tomo_role_file_count_signatures (tomo_submission_get_file (submission), keys);
  if (n_signed >= keys->threshold)
    return TRUE;

  g_autofree char *missing = tomo_press_dup_missing (submission, keys);
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
               "‘%s’ has %u of %u signatures; %u more must come from the keys %s (tomopress "
               "countersign)",
               path, n_signed, keys->threshold, keys->threshold - n_signed, missing);
  return FALSE;
}

/**
 * tomo_press_repo_receive:
 * @self: a call of ‘repo receive’
 * @error: return location for a #GError
 *
 * `repo receive DIR FILE`: takes in what a partner has signed, to be published next.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_repo_receive (TomoInvocation *self, GError **error)
{
  g_autofree char *now = NULL;
  const GOptionEntry options[] = { TOMO_PRESS_NOW_OPTION (&now), { 0 } };

  if (!tomo_invocation_parse (self, options, 2, 2, error))
    return TOMO_EXIT_FAILED;

  const char *folder = tomo_invocation_get_args (self)[0];
  const char *path = tomo_invocation_get_args (self)[1];
  g_autoptr(TomoRepository) repository =
      tomo_press_open_repository (folder, TOMO_REPOSITORY_WRITE, now, error);
  g_autoptr(TomoSubmission) submission =
      repository != NULL ? tomo_press_read_submission (path, error) : NULL;
  g_autoptr(TomoSigners) keys = NULL;
  if (submission == NULL || !tomo_submission_check (submission, repository, &keys, error) ||
      !check_complete (submission, keys, path, error) ||
      !tomo_submission_stage (submission, repository, error))
    return TOMO_EXIT_FAILED;

  tomo_press_print_submission_signers (self, submission, keys);
  return tomo_press_print_drafts (self, repository, folder, NULL, error) ? TOMO_EXIT_OK
                                                                         : TOMO_EXIT_FAILED;
}
