/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-public-key-pkey.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <stdint.h>

#include "core/tomo-error.h"

#define RSA_MIN_BITS 2048

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)

static char *
dup_hex (const uint8_t *bytes, size_t size)
{
  GString *hex = g_string_sized_new (2 * size);

  for (size_t i = 0; i < size; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);

  return g_string_free (hex, FALSE);
}

static char *
dup_public_pem (EVP_PKEY *pkey)
{
  g_autoptr(BIO) bio = BIO_new (BIO_s_mem ());
  char *data = NULL;

  if (PEM_write_bio_PUBKEY (bio, pkey) != 1)
    return NULL;

  long size = BIO_get_mem_data (bio, &data);
  return g_strndup (data, (size_t) size);
}

static gboolean
is_p256 (EVP_PKEY *pkey)
{
  char group[64] = "";
  size_t length = 0;

  return EVP_PKEY_get_group_name (pkey, group, sizeof group, &length) == 1 &&
         g_str_equal (group, "prime256v1");
}

/**
 * tomo_public_key_new_from_pkey:
 * @pkey: an Ed25519, ECDSA P-256 or RSA key, with or without its private part
 * @error: return location for a #GError
 *
 * Takes the public part. However the key was written before, the result is the same.
 *
 * On failure this sets %TOMO_ERROR_UNSUPPORTED for other kinds of keys.
 *
 * Returns: (transfer full): the key
 */
TomoPublicKey *
tomo_public_key_new_from_pkey (EVP_PKEY *pkey, GError **error)
{
  g_return_val_if_fail (pkey != NULL, NULL);

  if (EVP_PKEY_is_a (pkey, "ED25519"))
    {
      uint8_t raw[32];
      size_t size = sizeof raw;
      if (EVP_PKEY_get_raw_public_key (pkey, raw, &size) != 1 || size != sizeof raw)
        {
          g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                               "cannot take the public part of the key");
          return NULL;
        }
      g_autofree char *hex = dup_hex (raw, size);
      return tomo_public_key_new ("ed25519", "ed25519", hex, error);
    }

  g_autofree char *pem = dup_public_pem (pkey);

  if (pem != NULL && EVP_PKEY_is_a (pkey, "EC") && is_p256 (pkey))
    return tomo_public_key_new ("ecdsa", "ecdsa-sha2-nistp256", pem, error);
  if (pem != NULL && EVP_PKEY_is_a (pkey, "RSA") && EVP_PKEY_get_bits (pkey) >= RSA_MIN_BITS)
    return tomo_public_key_new ("rsa", "rsassa-pss-sha256", pem, error);

  g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
                       "this kind of key is not used here; use Ed25519, ECDSA P-256, or RSA of at "
                       "least 2048 bits");
  return NULL;
}
