/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/tomo-error.h"
#include "press/tomo-press-repo-request.h"
#include "press/tomo-press-repo.h"
#include "press/tomo-press.h"

/* A joint role takes the keys of its partners; any other is told its keys. */
static TomoSigners *
find_keys (TomoRepository *repository,
           const char *partner,
           char **key_files,
           int threshold,
           GError **error)
{
  if (strchr (partner, '-') != NULL && key_files == NULL && threshold >= 0)
    return tomo_repository_new_joint_keys (repository, partner, (unsigned int) threshold, error);

  if (key_files == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "repo add-partner: --key PUB is missing, once for each key");
      return NULL;
    }
  if (threshold == 0)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "repo add-partner: --threshold N is missing: how many of the keys must "
                           "sign, usually two of three");
      return NULL;
    }

  return tomo_press_load_public_keys (key_files, (unsigned int) MAX (threshold, 0), error);
}

static void
print_added (TomoInvocation *self, const char *partner, const TomoSigners *keys)
{
  tomo_invocation_print (
      self,
      /* Translators: after a partner was added: its code, its folder, and how many of how many
       * keys must sign; the count for the plural is the last number */
      ngettext ("%s: may publish under %s/, signed by %u of %u key",
                "%s: may publish under %s/, signed by %u of %u keys", keys->keys->len),
      partner, partner, keys->threshold, keys->keys->len);
  tomo_invocation_print (self, "\n");
}

/**
 * tomo_press_repo_add_partner:
 * @self: a call of ‘repo add-partner’
 * @error: return location for a #GError
 *
 * Lets a partner publish.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_repo_add_partner (TomoInvocation *self, GError **error)
{
  g_auto(GStrv) key_files = NULL;
  g_autofree char *now = NULL;
  g_auto(TomoPressRequest) request = { 0 };
  int threshold = 0;
  /* clang-format off */
  const GOptionEntry options[] = {
    { "key", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &key_files,
      /* Translators: help of the option --key of ‘repo add-partner’ */
      N_("A public key of the partner, usually three"),
      /* Translators: stands for the name of a public key file */
      N_("PUB") },
    { "threshold", 0, 0, G_OPTION_ARG_INT, &threshold,
      /* Translators: help of the option --threshold of ‘repo add-partner’ */
      N_("How many of the keys must sign, usually two"),
      /* Translators: stands for a number */
      N_("N") },
    { "request", 0, 0, G_OPTION_ARG_FILENAME, &request.file,
      /* Translators: help of the option --request of ‘repo add-partner’ */
      N_("What the partner mailed; it says all the rest"),
      /* Translators: stands for the name of a file */
      N_("FILE") },
    { "fingerprint", 0, 0, G_OPTION_ARG_STRING, &request.fingerprint,
      /* Translators: help of the option --fingerprint of ‘repo add-partner’ */
      N_("The fingerprint that the partner read out; then nothing is asked"),
      /* Translators: stands for 16 groups of four digits */
      N_("HEX") },
    { "yes", 0, 0, G_OPTION_ARG_NONE, &request.yes,
      /* Translators: help of the option --yes of ‘repo add-partner’ */
      N_("Do not ask whether the request is the partner’s"), NULL },
    TOMO_PRESS_NOW_OPTION (&now),
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse (self, options, 1, 2, error))
    return TOMO_EXIT_FAILED;
  if (request.file != NULL)
    {
      request.now = g_strdup (now);
      return tomo_press_repo_add_request (self, &request, error);
    }
  if (tomo_invocation_get_args (self)[1] == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "repo add-partner: give the partner's short name, or --request FILE");
      return TOMO_EXIT_FAILED;
    }

  const char *folder = tomo_invocation_get_args (self)[0];
  const char *partner = tomo_invocation_get_args (self)[1];
  g_autoptr(TomoRepository) repository =
      tomo_press_open_repository (folder, TOMO_REPOSITORY_WRITE, now, error);
  g_autoptr(TomoSigners) keys =
      repository != NULL ? find_keys (repository, partner, key_files, threshold, error) : NULL;

  if (keys == NULL || !tomo_repository_add_partner (repository, partner, keys, error) ||
      !tomo_press_name_keys (repository, keys, key_files, error))
    return TOMO_EXIT_FAILED;

  print_added (self, partner, keys);
  if (!tomo_repository_has_partner_entry (repository, partner))
    {
      tomo_invocation_print (
          self,
          /* Translators: a warning; both %s are the code of a partner, such as jp */
          _("%s: the campaign file does not name it yet; add [partner %s]"), partner, partner);
      tomo_invocation_print (self, "\n");
      tomo_press_print_next (self, "tomopress repo stage %s campaign CAMPAIGN-FILE", folder);
      return TOMO_EXIT_OK;
    }

  tomo_press_print_next (self, "tomopress repo stage %s %s PACKDIR…", folder, partner);
  return TOMO_EXIT_OK;
}
