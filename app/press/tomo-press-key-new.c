/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "author/publish/tomo-private-key.h"
#include "author/publish/tomo-public-key-file.h"
#include "core/tomo-error.h"
#include "press/tomo-press-passphrase.h"
#include "press/tomo-press.h"

static gboolean
check_free (const char *path, GError **error)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
               "‘%s’ exists and is not overwritten; choose another name", path);
  return FALSE;
}

static TomoPrivateKey *
make_key (const char *path, const char *passphrase, GError **error)
{
  g_autoptr(TomoPrivateKey) key = tomo_private_key_generate (error);
  g_autofree char *public_path = g_strconcat (path, ".pub", NULL);

  if (key == NULL || !tomo_private_key_save (key, path, passphrase, error))
    return NULL;

  if (!tomo_public_key_file_write (public_path, tomo_private_key_get_public (key), error))
    {
      g_unlink (path);
      return NULL;
    }

  return g_steal_pointer (&key);
}

/**
 * tomo_press_key_new:
 * @self: a call of ‘key new’
 * @error: return location for a #GError
 *
 * Makes a key that signs, and beside it the public key that is handed out.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_key_new (TomoInvocation *self, GError **error)
{
  g_autofree char *passphrase_file = NULL;
  gboolean no_passphrase = FALSE;
  /* clang-format off */
  const GOptionEntry options[] = {
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &passphrase_file,
      /* Translators: help of the option --passphrase-file */
      N_("Take the passphrase from the first line of a file"),
      /* Translators: stands for the name of a file */
      N_("FILE") },
    { "no-passphrase", 0, 0, G_OPTION_ARG_NONE, &no_passphrase,
      /* Translators: help of the option --no-passphrase */
      N_("Leave the key unprotected, for demonstrations and for servers that sign by themselves"), NULL },
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse (self, options, 1, 1, error))
    return TOMO_EXIT_FAILED;

  const char *path = tomo_invocation_get_args (self)[0];
  g_autofree char *public_path = g_strconcat (path, ".pub", NULL);
  if (no_passphrase && passphrase_file != NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "--passphrase-file and --no-passphrase exclude each other");
      return TOMO_EXIT_FAILED;
    }
  if (!check_free (path, error) || !check_free (public_path, error))
    return TOMO_EXIT_FAILED;

  TomoPassphraseSource source = { .file = passphrase_file,
                                  .cancellable = tomo_invocation_get_cancellable (self) };
  char *passphrase = no_passphrase ? NULL : tomo_passphrase_ask_new (path, &source, error);
  if (!no_passphrase && passphrase == NULL)
    return TOMO_EXIT_FAILED;

  g_autoptr(TomoPrivateKey) key = make_key (path, passphrase, error);
  tomo_passphrase_free (passphrase);
  if (key == NULL)
    return TOMO_EXIT_FAILED;

  g_autofree char *id = tomo_public_key_dup_spec_id (tomo_private_key_get_public (key));
  /* Translators: after a key was made; the %s are a file name and a long number in hex */
  tomo_invocation_print (self, _("%s: made, key id %s"), path, id);
  tomo_invocation_print (self, "\n");
  /* Translators: after a key was made; the %s are the public and the private file */
  tomo_invocation_print (self, _("Next: send %s to the hub. Keep %s to yourself, with a copy."),
                         public_path, path);
  tomo_invocation_print (self, "\n");
  return TOMO_EXIT_OK;
}
