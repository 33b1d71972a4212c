/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-public-key-file.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdint.h>
#include <string.h>

#include "author/publish/tomo-new-file.h"
#include "author/publish/tomo-public-key-pkey.h"
#include "core/tomo-error.h"
#include "core/tomo-json.h"

/* An RSA key of 16384 bits takes 3 KiB. */
#define MAX_BYTES (16 * 1024)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)

/* Without this OpenSSL would ask at the terminal for the passphrase of an encrypted PEM. */
static int
no_passphrase_cb (char *buffer, int size, int is_writing, void *user_data)
{
  return -1;
}

static gboolean
is_pem (const char *data, size_t size)
{
  static const char mark[] = "-----BEGIN";

  return size > strlen (mark) && memcmp (data, mark, strlen (mark)) == 0;
}

/* What tokens and the openssl program give out: SubjectPublicKeyInfo, in PEM or in DER. */
static TomoPublicKey *
parse_spki (const char *data, size_t size, GError **error)
{
  const uint8_t *position = (const uint8_t *) data;
  g_autoptr(EVP_PKEY) pkey = NULL;

  ERR_set_mark ();
  if (is_pem (data, size))
    {
      g_autoptr(BIO) bio = BIO_new_mem_buf (data, (int) size);
      pkey = PEM_read_bio_PUBKEY (bio, NULL, no_passphrase_cb, NULL);
    }
  else
    pkey = d2i_PUBKEY (NULL, &position, (long) size);
  ERR_pop_to_mark ();

  if (pkey != NULL)
    return tomo_public_key_new_from_pkey (pkey, error);

  g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "not a public key; give a file of ‘tomopress key new’ that ends in ‘.pub’, "
                       "or a public key as PEM or DER (SubjectPublicKeyInfo)");
  return NULL;
}

static TomoPublicKey *
parse_json (GBytes *bytes, GError **error)
{
  g_autoptr(json_t) tree = tomo_json_parse (bytes, MAX_BYTES, "public key", error);

  return tree != NULL ? tomo_public_key_new_from_json (tree, error) : NULL;
}

static gboolean
looks_like_spki (const char *data, size_t size)
{
  /* DER begins with a SEQUENCE, which no JSON object does: 0x30 is the digit zero. */
  return is_pem (data, size) || (size > 1 && data[0] == 0x30);
}

/**
 * tomo_public_key_file_read:
 * @path: a file made by `tomopress key new`, ending in ‘.pub’, or PEM or DER
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

  char *text = NULL;
  size_t size = 0;

  if (!g_file_get_contents (path, &text, &size, error))
    {
      tomo_error_convert (error);
      return NULL;
    }

  g_autoptr(GBytes) bytes = g_bytes_new_take (text, size);
  return tomo_public_key_file_parse (bytes, path, error);
}

/**
 * tomo_public_key_file_parse:
 * @bytes: what such a file holds
 * @path: its name, for messages
 * @error: return location for a #GError
 *
 * The same for a file that was read already.
 *
 * On failure this sets a #TomoError; %TOMO_ERROR_INVALID_DATA if it is not a public key.
 *
 * Returns: (transfer full): the key
 */
TomoPublicKey *
tomo_public_key_file_parse (GBytes *bytes, const char *path, GError **error)
{
  g_return_val_if_fail (bytes != NULL && path != NULL, NULL);

  size_t size = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  /* An empty file has no data at all. */
  if (size > 0 && g_strstr_len (data, (gssize) size, "PRIVATE KEY-----") != NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "‘%s’ is a private key and must stay with its owner; give ‘%s.pub’", path, path);
      return NULL;
    }

  TomoPublicKey *key = size <= MAX_BYTES && looks_like_spki (data, size)
                           ? parse_spki (data, size, error)
                           : parse_json (bytes, error);
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
