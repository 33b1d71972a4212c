/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "author/publish/tomo-public-key-file.h"
#include "core/tomo-error.h"
#include "press/tomo-press-repo.h"
#include "press/tomo-press.h"

/* RSA with 8192 bits, the most that clients accept, makes 1024. */
#define MAX_SIGNATURE_BYTES 4096

static GBytes *
read_signature (const char *path, GError **error)
{
  char *data = NULL;
  size_t size = 0;

  if (!g_file_get_contents (path, &data, &size, error))
    {
      tomo_error_convert (error);
      return NULL;
    }

  g_autoptr(GBytes) bytes = g_bytes_new_take (data, size);
  if (size > 0 && size <= MAX_SIGNATURE_BYTES)
    return g_steal_pointer (&bytes);

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "‘%s’ has %" G_GSIZE_FORMAT " bytes, which is no signature", path, size);
  return NULL;
}

static gboolean
attach (TomoRepository *repository,
        const char *role,
        const char *key_file,
        const char *signature_file,
        GError **error)
{
  g_autoptr(TomoPublicKey) key = tomo_public_key_file_read (key_file, error);
  g_autoptr(GBytes) signature = key != NULL ? read_signature (signature_file, error) : NULL;

  if (signature == NULL)
    return FALSE;
  if (tomo_repository_attach (repository, role, key, signature, error))
    return TRUE;

  g_prefix_error (error, "‘%s’: ", signature_file);
  return FALSE;
}

/**
 * tomo_press_repo_attach:
 * @self: a call of ‘repo attach’
 * @error: return location for a #GError
 *
 * Takes a signature back that was made elsewhere.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_repo_attach (TomoInvocation *self, GError **error)
{
  g_autofree char *signature = NULL;
  g_autofree char *key = NULL;
  g_autofree char *now = NULL;
  /* clang-format off */
  const GOptionEntry options[] = {
    { "signature", 0, 0, G_OPTION_ARG_FILENAME, &signature,
      /* Translators: help of the option --signature of ‘repo attach’ */
      N_("What ‘key sign’, openssl or a token made of the payload"),
      /* Translators: stands for the name of a file */
      N_("FILE") },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &key,
      /* Translators: help of the option --key of ‘repo attach’; PEM and DER are kinds of files */
      N_("The public key of the signer: a .pub file, PEM or DER"),
      /* Translators: stands for the name of a public key file */
      N_("PUB") },
    TOMO_PRESS_NOW_OPTION (&now),
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse (self, options, 2, 2, error))
    return TOMO_EXIT_FAILED;
  if (signature == NULL || key == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "repo attach: --%s is missing",
                   signature == NULL ? "signature FILE" : "key PUB");
      return TOMO_EXIT_FAILED;
    }

  const char *folder = tomo_invocation_get_args (self)[0];
  const char *role = tomo_invocation_get_args (self)[1];
  g_autoptr(TomoRepository) repository =
      tomo_press_open_repository (folder, TOMO_REPOSITORY_WRITE, now, error);

  if (repository == NULL || !attach (repository, role, key, signature, error) ||
      !tomo_press_print_drafts (self, repository, folder, role, error))
    return TOMO_EXIT_FAILED;

  return TOMO_EXIT_OK;
}
