/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-public-key-file.h"

#include <string.h>

#include "author/publish/tomo-new-file.h"
#include "core/tomo-error.h"
#include "core/tomo-json.h"

/* An RSA key of 16384 bits takes 3 KiB. */
#define MAX_BYTES (16 * 1024)

/**
 * tomo_public_key_file_read:
 * @path: a file made by `tomopress key new`, ending in ‘.pub’
 * @error: return location for a #GError
 *
 * Reads a public key. A private key given by mistake is named as such.
 *
 * On failure this sets a #TomoError; %TOMO_ERROR_INVALID_DATA if it is not a public key.
 *
 * Returns: (transfer full): the key
 */
TomoPublicKey *
tomo_public_key_file_read (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autofree char *text = NULL;
  size_t size = 0;

  if (!g_file_get_contents (path, &text, &size, error))
    {
      tomo_error_convert (error);
      return NULL;
    }

  if (strstr (text, "PRIVATE KEY-----") != NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "‘%s’ is a private key and must stay with its owner; give ‘%s.pub’", path, path);
      return NULL;
    }

  g_autoptr(GBytes) bytes = g_bytes_new_take (g_steal_pointer (&text), size);
  g_autoptr(json_t) tree = tomo_json_parse (bytes, MAX_BYTES, path, error);
  if (tree == NULL)
    return NULL;

  TomoPublicKey *key = tomo_public_key_new_from_json (tree, error);
  if (key == NULL)
    g_prefix_error (error, "‘%s’: ", path);

  return key;
}

/**
 * tomo_public_key_file_write:
 * @path: a file that does not exist yet
 * @key: a public key
 * @error: return location for a #GError
 *
 * Writes @key as the JSON object that TUF metadata has for it.
 *
 * On failure this sets a #TomoError.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_public_key_file_write (const char *path, TomoPublicKey *key, GError **error)
{
  g_return_val_if_fail (path != NULL && key != NULL, FALSE);

  g_autoptr(json_t) tree = tomo_public_key_to_json (key);
  char *dump = json_dumps (tree, JSON_INDENT (1) | JSON_SORT_KEYS);
  g_autofree char *text = g_strconcat (dump, "\n", NULL);
  free (dump);

  return tomo_new_file_write (path, text, strlen (text), 0644, error);
}
