/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-public-key-file.h"

#include <glib/gstdio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "author/publish/tomo-private-key.h"
#include "core/tomo-error.h"
#include "tests/author/publish/tomo-rehearsal.h"

typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned) */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = tomo_rehearsal_dup_folder ();
  self->path = g_build_filename (self->folder, "key.pub", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  tomo_rehearsal_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

/* A public key that was written is read as the same key, and is not overwritten. */
static void
test_public_key_file_round_trip (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoPrivateKey) key = tomo_private_key_generate (&error);
  TomoPublicKey *public_key = tomo_private_key_get_public (key);

  g_assert_true (tomo_public_key_file_write (self->path, public_key, &error));
  g_assert_no_error (error);
  g_autoptr(TomoPublicKey) again = tomo_public_key_file_read (self->path, &error);
  g_assert_no_error (error);
  g_assert_true (tomo_public_key_equal (public_key, again));

  g_assert_false (tomo_public_key_file_write (self->path, public_key, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
}

/* A private key mailed by mistake is called that; other files are invalid data. */
static void
test_public_key_file_refuses (Fixture *self, gconstpointer data)
{
  g_autofree char *huge = g_strnfill (100 * 1024, ' ');
  const struct
  {
    const char *text;
    const char *in_message;
  } vectors[] = {
    { "-----BEGIN PRIVATE KEY-----\nAAAA\n", "is a private key" },
    { "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n", "is a private key" },
    { "", "" },
    { "{}", "" },
    { "{\"keytype\": \"ed25519\", \"scheme\": \"ed25519\", \"keyval\": {\"public\": \"00\"}}", "" },
    { huge, "" },
    { "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "PEM or DER" },
    { "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "PEM or DER" },
    { "0123", "PEM or DER" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Vector %zu", i);
      g_assert_true (g_file_set_contents (self->path, vectors[i].text, -1, NULL));
      g_assert_null (tomo_public_key_file_read (self->path, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, vectors[i].in_message));
      g_assert_nonnull (strstr (error->message, self->path));
    }

  g_autoptr(GError) error = NULL;
  g_unlink (self->path);
  g_assert_null (tomo_public_key_file_read (self->path, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
}

static GBytes *
encode (EVP_PKEY *pkey, gboolean as_pem)
{
  BIO *bio = BIO_new (BIO_s_mem ());
  char *data = NULL;

  g_assert_cmpint (as_pem ? PEM_write_bio_PUBKEY (bio, pkey) : i2d_PUBKEY_bio (bio, pkey), ==, 1);
  long size = BIO_get_mem_data (bio, &data);
  GBytes *bytes = g_bytes_new (data, (size_t) size);
  BIO_free_all (bio);
  return bytes;
}

/* What openssl and tokens write is taken as PEM and as DER, and is one key either way; kinds that
 * clients do not know are refused. */
static void
test_public_key_file_spki (Fixture *self, gconstpointer data)
{
  const struct
  {
    EVP_PKEY *pkey; /* (owned) */
    int code;       /* of the error; -1 for none */
  } vectors[] = {
    { EVP_PKEY_Q_keygen (NULL, NULL, "ED25519"), -1 },
    { EVP_PKEY_Q_keygen (NULL, NULL, "EC", "P-256"), -1 },
    { EVP_PKEY_Q_keygen (NULL, NULL, "RSA", (size_t) 2048), -1 },
    { EVP_PKEY_Q_keygen (NULL, NULL, "EC", "P-384"), TOMO_ERROR_UNSUPPORTED },
    { EVP_PKEY_Q_keygen (NULL, NULL, "RSA", (size_t) 1024), TOMO_ERROR_UNSUPPORTED },
    { EVP_PKEY_Q_keygen (NULL, NULL, "X25519"), TOMO_ERROR_UNSUPPORTED },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GError) der_error = NULL;
      g_autoptr(GBytes) pem = encode (vectors[i].pkey, TRUE);
      g_autoptr(GBytes) der = encode (vectors[i].pkey, FALSE);
      g_autoptr(TomoPublicKey) key = tomo_public_key_file_parse (pem, "pem", &error);
      g_autoptr(TomoPublicKey) same = tomo_public_key_file_parse (der, "der", &der_error);

      g_test_message ("Vector %zu", i);
      EVP_PKEY_free (vectors[i].pkey);
      if (vectors[i].code >= 0)
        {
          g_assert_error (error, TOMO_ERROR, vectors[i].code);
          g_assert_error (der_error, TOMO_ERROR, vectors[i].code);
          continue;
        }
      g_assert_no_error (error);
      g_assert_no_error (der_error);
      g_autofree char *id = tomo_public_key_dup_spec_id (key);
      g_autofree char *same_id = tomo_public_key_dup_spec_id (same);
      g_assert_cmpstr (id, ==, same_id);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/public-key-file/round-trip", test_public_key_file_round_trip);
  ADD ("/public-key-file/spki", test_public_key_file_spki);
  ADD ("/public-key-file/refuses", test_public_key_file_refuses);
  return g_test_run ();
}
