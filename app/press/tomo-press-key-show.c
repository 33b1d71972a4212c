/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "author/publish/tomo-private-key.h"
#include "author/publish/tomo-public-key-file.h"
#include "core/tomo-error.h"
#include "press/tomo-press-passphrase.h"
#include "press/tomo-press.h"

/* A public key is JSON, or PEM or DER that says so; all else is taken for a private one. */
static gboolean
is_public (const char *path)
{
  g_autofree char *text = NULL;
  size_t size = 0;

  if (!g_file_get_contents (path, &text, &size, NULL))
    return FALSE;

  return *g_strchug (text) == '{' || g_str_has_prefix (text, "-----BEGIN PUBLIC KEY") ||
         text[0] == 0x30;
}

static TomoPublicKey *
load_public (const char *path, TomoPassphraseSource *source, GError **error)
{
  if (is_public (path))
    return tomo_public_key_file_read (path, error);

  g_autoptr(TomoPrivateKey) key = tomo_private_key_load (path, tomo_passphrase_ask, source, error);

  return key != NULL ? tomo_public_key_ref (tomo_private_key_get_public (key)) : NULL;
}

/**
 * tomo_press_key_show:
 * @self: a call of ‘key show’
 * @error: return location for a #GError
 *
 * Prints what may be known of a key: type, id, public value.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_key_show (TomoInvocation *self, GError **error)
{
  g_autofree char *passphrase_file = NULL;
  /* clang-format off */
  const GOptionEntry options[] = {
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &passphrase_file,
      /* Translators: help of the option --passphrase-file */
      N_("Take the passphrase from the first line of a file"),
      /* Translators: stands for the name of a file */
      N_("FILE") },
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse_with_json (self, options, 1, 1, error))
    return TOMO_EXIT_FAILED;

  const char *path = tomo_invocation_get_args (self)[0];
  TomoPassphraseSource source = { .file = passphrase_file,
                                  .cancellable = tomo_invocation_get_cancellable (self) };
  g_autoptr(TomoPublicKey) key = load_public (path, &source, error);
  if (key == NULL)
    return TOMO_EXIT_FAILED;

  g_autofree char *id = tomo_public_key_dup_spec_id (key);
  json_t *tree = tomo_public_key_to_json (key);
  const char *type = json_string_value (json_object_get (tree, "keytype"));
  const char *scheme = json_string_value (json_object_get (tree, "scheme"));
  const char *value =
      json_string_value (json_object_get (json_object_get (tree, "keyval"), "public"));

  /* Translators: a line of ‘key show’; the %s are technical names such as ed25519 */
  tomo_invocation_print (self, _("Type:   %s, scheme %s"), type, scheme);
  tomo_invocation_print (self, "\n");
  /* Translators: a line of ‘key show’; %s is a long number in hex */
  tomo_invocation_print (self, _("Key id: %s"), id);
  tomo_invocation_print (self, "\n");
  /* Translators: a line of ‘key show’; %s is a long number in hex, or several lines */
  tomo_invocation_print (self, _("Public: %s"), value);
  tomo_invocation_print (self, "\n");

  json_object_set_new (tree, "keyid", json_string (id));
  json_object_set_new (tree, "file", json_string (path));
  if (tomo_invocation_wants_json (self))
    tomo_invocation_print_json (self, tree);
  else
    json_decref (tree);
  return TOMO_EXIT_OK;
}
