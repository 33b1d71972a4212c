/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tomo-test-key.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdint.h>
#include <string.h>

struct _TomoTestKey
{
  TomoTestKeyKind kind;
  EVP_PKEY *pkey;        /* (owned) */
  TomoPublicKey *public; /* (owned) */
  char *id;              /* (owned) */
};

static const struct
{
  const char *keytype;
  const char *scheme;
} names[] = {
  [TOMO_TEST_KEY_ED25519] = { "ed25519", "ed25519" },
  [TOMO_TEST_KEY_ECDSA] = { "ecdsa", "ecdsa-sha2-nistp256" },
  [TOMO_TEST_KEY_RSA] = { "rsa", "rsassa-pss-sha256" },
};

char *
tomo_test_dup_hex (GBytes *bytes)
{
  size_t size = 0;
  const uint8_t *data = g_bytes_get_data (bytes, &size);
  GString *hex = g_string_sized_new (2 * size);

  for (size_t i = 0; i < size; i++)
    g_string_append_printf (hex, "%02x", data[i]);
  return g_string_free (hex, FALSE);
}

GBytes *
tomo_test_bytes_from_hex (const char *hex)
{
  size_t size = strlen (hex) / 2;
  uint8_t *data = g_malloc (size + 1);

  for (size_t i = 0; i < size; i++)
    data[i] =
        (uint8_t) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  return g_bytes_new_take (data, size);
}

char *
tomo_test_key_dup_value (TomoTestKey *self)
{
  if (self->kind == TOMO_TEST_KEY_ED25519)
    {
      uint8_t raw[32];
      size_t size = sizeof raw;
      g_assert_cmpint (EVP_PKEY_get_raw_public_key (self->pkey, raw, &size), ==, 1);
      g_autoptr(GBytes) bytes = g_bytes_new (raw, size);
      return tomo_test_dup_hex (bytes);
    }

  BIO *bio = BIO_new (BIO_s_mem ());
  g_assert_cmpint (PEM_write_bio_PUBKEY (bio, self->pkey), ==, 1);
  char *data = NULL;
  long size = BIO_get_mem_data (bio, &data);
  char *pem = g_strndup (data, (size_t) size);
  BIO_free (bio);
  return pem;
}

TomoTestKey *
tomo_test_key_new (TomoTestKeyKind kind)
{
  TomoTestKey *self = g_new0 (TomoTestKey, 1);
  g_autoptr(GError) error = NULL;

  self->kind = kind;
  if (kind == TOMO_TEST_KEY_ED25519)
    self->pkey = EVP_PKEY_Q_keygen (NULL, NULL, "ED25519");
  else if (kind == TOMO_TEST_KEY_ECDSA)
    self->pkey = EVP_PKEY_Q_keygen (NULL, NULL, "EC", "P-256");
  else
    self->pkey = EVP_PKEY_Q_keygen (NULL, NULL, "RSA", (size_t) 2048);
  g_assert_nonnull (self->pkey);

  g_autofree char *value = tomo_test_key_dup_value (self);
  self->public = tomo_public_key_new (names[kind].keytype, names[kind].scheme, value, &error);
  g_assert_no_error (error);
  self->id = tomo_public_key_dup_spec_id (self->public);
  return self;
}

void
tomo_test_key_free (TomoTestKey *self)
{
  EVP_PKEY_free (self->pkey);
  tomo_public_key_unref (self->public);
  g_free (self->id);
  g_free (self);
}

TomoPublicKey *
tomo_test_key_get_public (TomoTestKey *self)
{
  return self->public;
}

const char *
tomo_test_key_get_id (TomoTestKey *self)
{
  return self->id;
}

GBytes *
tomo_test_key_sign (TomoTestKey *self, GBytes *message)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  EVP_PKEY_CTX *pkey_context = NULL;
  const EVP_MD *digest = self->kind == TOMO_TEST_KEY_ED25519 ? NULL : EVP_sha256 ();
  size_t message_size = 0;
  const uint8_t *data = g_bytes_get_data (message, &message_size);
  size_t size = 1024;
  uint8_t *signature = g_malloc (size);

  g_assert_cmpint (EVP_DigestSignInit (context, &pkey_context, digest, NULL, self->pkey), ==, 1);
  if (self->kind == TOMO_TEST_KEY_RSA)
    {
      g_assert_cmpint (EVP_PKEY_CTX_set_rsa_padding (pkey_context, RSA_PKCS1_PSS_PADDING), ==, 1);
      g_assert_cmpint (EVP_PKEY_CTX_set_rsa_pss_saltlen (pkey_context, RSA_PSS_SALTLEN_DIGEST), ==,
                       1);
    }
  g_assert_cmpint (EVP_DigestSign (context, signature, &size, data, message_size), ==, 1);
  EVP_MD_CTX_free (context);
  return g_bytes_new_take (signature, size);
}
