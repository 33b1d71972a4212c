/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "author/publish/tomo-new-file.h"
#include "author/publish/tomo-private-key.h"
#include "core/tomo-error.h"
#include "press/tomo-press-passphrase.h"
#include "press/tomo-press-repo.h"
#include "press/tomo-press.h"

static GBytes *
read_payload (const char *path, GError **error)
{
  char *data = NULL;
  size_t size = 0;

  if (g_file_get_contents (path, &data, &size, error))
    return g_bytes_new_take (data, size);

  tomo_error_convert (error);
  return NULL;
}

static gboolean
sign (const char *key_path,
      GBytes *payload,
      const char *output,
      TomoPassphraseSource *source,
      GError **error)
{
  g_autoptr(TomoPrivateKey) key =
      tomo_private_key_load (key_path, tomo_passphrase_ask, source, error);
  g_autoptr(GBytes) signature = key != NULL ? tomo_private_key_sign (key, payload, error) : NULL;
  if (signature == NULL)
    return FALSE;

  size_t size = 0;
  const void *data = g_bytes_get_data (signature, &size);
  return tomo_new_file_write (output, data, size, 0644, error);
}

/**
 * tomo_press_key_sign:
 * @self: a call of ‘key sign’
 * @error: return location for a #GError
 *
 * Signs what ‘repo payload’ wrote, on a machine that has nothing else of the repository.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_key_sign (TomoInvocation *self, GError **error)
{
  g_autofree char *output = NULL;
  g_autofree char *passphrase_file = NULL;
  /* clang-format off */
  const GOptionEntry options[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      /* Translators: help of the option --output of ‘key sign’ */
      N_("Where to write the signature"),
      /* Translators: stands for the name of a file */
      N_("FILE") },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &passphrase_file,
      /* Translators: help of the option --passphrase-file */
      N_("Take the passphrase from the first line of a file"),
      /* Translators: stands for the name of a file */
      N_("FILE") },
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse (self, options, 2, 2, error))
    return TOMO_EXIT_FAILED;
  if (output == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "key sign: -o FILE is missing");
      return TOMO_EXIT_FAILED;
    }

  const char *key_path = tomo_invocation_get_args (self)[0];
  const char *path = tomo_invocation_get_args (self)[1];
  TomoPassphraseSource source = { .file = passphrase_file,
                                  .cancellable = tomo_invocation_get_cancellable (self) };
  g_autoptr(GBytes) payload = read_payload (path, error);

  /* First what is signed, then the passphrase. */
  if (payload == NULL || !tomo_press_print_payload (self, payload, path, error) ||
      !sign (key_path, payload, output, &source, error))
    return TOMO_EXIT_FAILED;

  tomo_press_print_next (self, "tomopress repo attach DIR ROLE --signature %s --key %s.pub", output,
                         key_path);
  return TOMO_EXIT_OK;
}
