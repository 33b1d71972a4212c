/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-private-key.h"

#include <glib/gstdio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <string.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/tomo-error.h"
#include "tests/author/publish/tomo-rehearsal.h"

#define PASSPHRASE "river lamp eleven sand"

typedef struct
{
  char *folder; /* (owned) */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = tomo_rehearsal_dup_folder ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  tomo_rehearsal_remove_folder (self->folder);
  g_free (self->folder);
}

/* Answers with @user_data and counts the calls. */
static unsigned int n_asked = 0;

static char *
answer_cb (const char *path, gpointer user_data, GError **error)
{
  n_asked++;
  return g_strdup (user_data);
}

static char *
refuse_cb (const char *path, gpointer user_data, GError **error)
{
  n_asked++;
  g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_CANCELLED, "nobody there");
  return NULL;
}

static void
assert_signs (TomoPrivateKey *key)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) message = g_bytes_new_static ("a small light", 13);
  g_autoptr(GBytes) other = g_bytes_new_static ("a small lighT", 13);
  g_autoptr(GBytes) signature = tomo_private_key_sign (key, message, &error);

  g_assert_no_error (error);
  TomoPublicKey *public_key = tomo_private_key_get_public (key);
  g_assert_true (tomo_public_key_verify (public_key, message, signature));
  g_assert_false (tomo_public_key_verify (public_key, other, signature));
}

/* A key that was saved and loaded is the same key, with a passphrase and without. */
static void
test_private_key_round_trip (Fixture *self, gconstpointer data)
{
  const char *passphrases[] = { NULL, PASSPHRASE };

  for (size_t i = 0; i < G_N_ELEMENTS (passphrases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *name = g_strdup_printf ("key-%zu.pem", i);
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_autoptr(TomoPrivateKey) key = tomo_private_key_generate (&error);
      g_assert_no_error (error);
      assert_signs (key);

      n_asked = 0;
      g_assert_true (tomo_private_key_save (key, path, passphrases[i], &error));
      g_assert_no_error (error);
      g_autoptr(TomoPrivateKey) again =
          tomo_private_key_load (path, answer_cb, (gpointer) passphrases[i], &error);
      g_assert_no_error (error);
      g_assert_cmpuint (n_asked, ==, i);
      g_assert_true (tomo_public_key_equal (tomo_private_key_get_public (key),
                                            tomo_private_key_get_public (again)));
      assert_signs (again);
    }
}

/* Only the owner can read a private key, and what is there is never overwritten. */
static void
test_private_key_file (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (self->folder, "key.pem", NULL);
  g_autofree char *link = g_build_filename (self->folder, "link.pem", NULL);
  g_autoptr(TomoPrivateKey) key = tomo_private_key_generate (&error);
  struct stat status;

  g_assert_true (tomo_private_key_save (key, path, NULL, &error));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);

  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
  g_assert_false (tomo_private_key_save (key, path, PASSPHRASE, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (before, ==, after);
  g_clear_error (&error);

  g_assert_cmpint (symlink ("elsewhere.pem", link), ==, 0);
  g_assert_false (tomo_private_key_save (key, link, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
}

/* An encrypted file is PKCS#8 with scrypt: what OpenSSL calls its default would be weaker. */
static void
test_private_key_is_encrypted (Fixture *self, gconstpointer data)
{
  /* The object identifier 1.3.6.1.4.1.11591.4.11 in DER. */
  static const uint8_t scrypt_oid[] = { 0x2b, 0x06, 0x01, 0x04, 0x01, 0xda, 0x47, 0x04, 0x0b };
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (self->folder, "key.pem", NULL);
  g_autofree char *pem = NULL;
  g_autoptr(TomoPrivateKey) key = tomo_private_key_generate (&error);

  g_assert_true (tomo_private_key_save (key, path, PASSPHRASE, &error));
  g_assert_true (g_file_get_contents (path, &pem, NULL, NULL));
  g_assert_true (g_str_has_prefix (pem, "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));

  size_t size = 0;
  g_autofree char *base64 = g_strndup (strchr (pem, '\n'), strcspn (strchr (pem, '\n'), "-"));
  g_autofree guchar *der = g_base64_decode (base64, &size);
  g_assert_nonnull (memmem (der, size, scrypt_oid, sizeof scrypt_oid));
}

/* The passphrase is asked for once, and a wrong one, none, or a stop is said as such. */
static void
test_private_key_passphrase (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (self->folder, "key.pem", NULL);
  g_autofree char *too_long = g_strnfill (TOMO_PASSPHRASE_MAX_BYTES + 1, 'x');
  g_autoptr(TomoPrivateKey) key = tomo_private_key_generate (&error);
  const struct
  {
    const char *name;
    TomoPassphraseFunc ask;
    const char *answer;
    TomoError code;
    unsigned int n_asked;
  } vectors[] = {
    { "wrong", answer_cb, "river lamp twelve sand", TOMO_ERROR_FAILED, 1 },
    { "empty", answer_cb, "", TOMO_ERROR_FAILED, 1 },
    { "too long", answer_cb, too_long, TOMO_ERROR_FAILED, 1 },
    { "stopped", refuse_cb, NULL, TOMO_ERROR_CANCELLED, 1 },
    { "nobody to ask", NULL, NULL, TOMO_ERROR_FAILED, 0 },
  };

  g_assert_true (tomo_private_key_save (key, path, PASSPHRASE, &error));
  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) local_error = NULL;
      g_test_message ("Vector %s", vectors[i].name);
      n_asked = 0;
      g_assert_null (
          tomo_private_key_load (path, vectors[i].ask, (gpointer) vectors[i].answer, &local_error));
      g_assert_error (local_error, TOMO_ERROR, (int) vectors[i].code);
      g_assert_cmpuint (n_asked, ==, vectors[i].n_asked);
    }

  g_assert_false (tomo_private_key_save (key, "unused.pem", too_long, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
}

static void
write_foreign (const char *path, EVP_PKEY *pkey)
{
  FILE *file = fopen (path, "w");

  g_assert_nonnull (file);
  g_assert_nonnull (pkey);
  g_assert_cmpint (PEM_write_PrivateKey (file, pkey, NULL, NULL, 0, NULL, NULL), ==, 1);
  fclose (file);
  EVP_PKEY_free (pkey);
}

/* Keys of the other two kinds, made elsewhere, sign as their scheme says. */
static void
test_private_key_foreign (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "foreign.pem", NULL);
  EVP_PKEY *keys[] = { EVP_EC_gen ("P-256"), EVP_RSA_gen (2048) };

  for (size_t i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr(GError) error = NULL;
      write_foreign (path, keys[i]);
      g_autoptr(TomoPrivateKey) key = tomo_private_key_load (path, NULL, NULL, &error);
      g_assert_no_error (error);
      assert_signs (key);
    }
}

/* Keys that our clients would not accept are not loaded. */
static void
test_private_key_unsupported (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "foreign.pem", NULL);
  EVP_PKEY *keys[] = { EVP_EC_gen ("P-384"), EVP_RSA_gen (1024),
                       EVP_PKEY_Q_keygen (NULL, NULL, "ED448") };

  for (size_t i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr(GError) error = NULL;
      write_foreign (path, keys[i]);
      g_assert_null (tomo_private_key_load (path, NULL, NULL, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED);
    }
}

/* What is no private key at all is invalid data, and what is absent is not found. */
static void
test_private_key_refuses (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "key.pem", NULL);
  g_autofree char *huge = g_strnfill (100 * 1024, 'x');
  const char *texts[] = { "", "<html>", "-----BEGIN PRIVATE KEY-----\nAAAA\n", huge };

  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      g_assert_null (tomo_private_key_load (path, NULL, NULL, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
    }

  g_autoptr(GError) error = NULL;
  g_unlink (path);
  g_assert_null (tomo_private_key_load (path, NULL, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/private-key/round-trip", test_private_key_round_trip);
  ADD ("/private-key/file", test_private_key_file);
  ADD ("/private-key/is-encrypted", test_private_key_is_encrypted);
  ADD ("/private-key/passphrase", test_private_key_passphrase);
  ADD ("/private-key/foreign", test_private_key_foreign);
  ADD ("/private-key/unsupported", test_private_key_unsupported);
  ADD ("/private-key/refuses", test_private_key_refuses);
  return g_test_run ();
}
