/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-public-key.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdint.h>

#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "core/trust/tomo-canonical-json.h"
#include "tomo-test-key.h"

/* Ed25519 verifies what RFC 8032 section 7.1 publishes, and nothing beside it. */
static void
test_public_key_rfc8032 (void)
{
  static const struct
  {
    const char *public;
    const char *message;
    const char *signature;
  } vectors[] = {
    { "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9"
      "b46bd25bf5f0595bbe24655141438e7a100b" },
    { "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f1"
      "1d8c387b2eaeb4302aeeb00d291612bb0c00" },
    { "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984d"
      "c6594a7c15e9716ed28dc027beceea1ec40a" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TomoPublicKey) key =
          tomo_public_key_new ("ed25519", "ed25519", vectors[i].public, &error);
      g_assert_no_error (error);
      g_autoptr(GBytes) message = tomo_test_bytes_from_hex (vectors[i].message);
      g_autoptr(GBytes) signature = tomo_test_bytes_from_hex (vectors[i].signature);
      g_autoptr(GBytes) other = g_bytes_new_static ("other", 5);
      g_autoptr(GBytes) cut = g_bytes_new_from_bytes (signature, 0, 63);

      g_test_message ("vector %" G_GSIZE_FORMAT, i + 1);
      g_assert_true (tomo_public_key_verify (key, message, signature));
      g_assert_false (tomo_public_key_verify (key, other, signature));
      g_assert_false (tomo_public_key_verify (key, message, cut));
    }
}

/* With the neutral element as the key, the same signature would be good for every message, and with
 * S + L in place of S (RFC 8032, section 5.1.7) one message would have two. */
static void
test_public_key_ed25519_strict (void)
{
  static const char *const small_order[] = {
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  };
  g_autoptr(GBytes) message = g_bytes_new_static ("a small light", 13);
  g_autoptr(GBytes) neutral = tomo_test_bytes_from_hex (
      "01000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
      "000000000000000000000000000000000000");

  for (size_t i = 0; i < G_N_ELEMENTS (small_order); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TomoPublicKey) key =
          tomo_public_key_new ("ed25519", "ed25519", small_order[i], &error);
      g_assert_no_error (error);
      g_assert_false (tomo_public_key_verify (key, message, neutral));
    }

  /* The first vector of section 7.1, and L added to the second half of its signature. */
  g_autoptr(TomoPublicKey) key = tomo_public_key_new (
      "ed25519", "ed25519", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
      NULL);
  g_autoptr(GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr(GBytes) second = tomo_test_bytes_from_hex (
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901554c8c7872aa064e049dbb3013fbf2"
      "9380d25bf5f0595bbe24655141438e7a101b");
  g_assert_false (tomo_public_key_verify (key, empty, second));
}

/* Each kind verifies its own signature, and no changed message, changed signature or other key. */
static void
test_public_key_verify (void)
{
  for (int kind = TOMO_TEST_KEY_ED25519; kind <= TOMO_TEST_KEY_RSA; kind++)
    {
      g_autoptr(TomoTestKey) key = tomo_test_key_new (kind);
      g_autoptr(TomoTestKey) other = tomo_test_key_new (kind);
      g_autoptr(GBytes) message = g_bytes_new_static ("a small light", 13);
      g_autoptr(GBytes) changed = g_bytes_new_static ("a small fight", 13);
      g_autoptr(GBytes) empty = g_bytes_new_static ("", 0);
      g_autoptr(GBytes) signature = tomo_test_key_sign (key, message);
      g_autoptr(GBytes) foreign = tomo_test_key_sign (other, message);
      TomoPublicKey *public = tomo_test_key_get_public (key);

      g_test_message ("kind %d", kind);
      g_assert_true (tomo_public_key_verify (public, message, signature));
      g_assert_false (tomo_public_key_verify (public, changed, signature));
      g_assert_false (tomo_public_key_verify (public, message, foreign));
      g_assert_false (tomo_public_key_verify (public, message, empty));
      g_assert_false (tomo_public_key_verify (public, empty, signature));
      g_assert_false (tomo_public_key_equal (public, tomo_test_key_get_public (other)));
    }
}

static char *
dup_pem (EVP_PKEY *pkey)
{
  BIO *bio = BIO_new (BIO_s_mem ());
  g_assert_cmpint (PEM_write_bio_PUBKEY (bio, pkey), ==, 1);
  char *data = NULL;
  long size = BIO_get_mem_data (bio, &data);
  char *pem = g_strndup (data, (size_t) size);
  BIO_free (bio);
  EVP_PKEY_free (pkey);
  return pem;
}

/* What is not a usable key of its scheme is refused, and an unknown scheme is told apart. */
static void
test_public_key_refused (void)
{
  g_autofree char *p384 = dup_pem (EVP_PKEY_Q_keygen (NULL, NULL, "EC", "P-384"));
  g_autofree char *small = dup_pem (EVP_PKEY_Q_keygen (NULL, NULL, "RSA", (size_t) 1024));
  g_autofree char *p256 = dup_pem (EVP_PKEY_Q_keygen (NULL, NULL, "EC", "P-256"));
  g_autofree char *long_text = g_strnfill (20000, 'A');
  const struct
  {
    const char *keytype;
    const char *scheme;
    const char *value;
    TomoError code;
  } vectors[] = {
    { "ed25519", "ed25519", "", TOMO_ERROR_INVALID_DATA },
    { "ed25519", "ed25519", "3d4017", TOMO_ERROR_INVALID_DATA },
    { "ed25519", "ed25519", "zz4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
      TOMO_ERROR_INVALID_DATA },
    { "ed25519", "ed25519", p256, TOMO_ERROR_INVALID_DATA },
    { "ecdsa", "ecdsa-sha2-nistp256", p384, TOMO_ERROR_INVALID_DATA },
    { "ecdsa", "ecdsa-sha2-nistp256", "no PEM", TOMO_ERROR_INVALID_DATA },
    { "ecdsa", "ecdsa-sha2-nistp256", long_text, TOMO_ERROR_INVALID_DATA },
    { "rsa", "rsassa-pss-sha256", small, TOMO_ERROR_INVALID_DATA },
    { "rsa", "rsassa-pss-sha256", p256, TOMO_ERROR_INVALID_DATA },
    { "rsa", "rsa-pkcs1v15-sha256", p256, TOMO_ERROR_UNSUPPORTED },
    { "ed25519", "rsassa-pss-sha256", p256, TOMO_ERROR_UNSUPPORTED },
    { "", "", "", TOMO_ERROR_UNSUPPORTED },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_null (
          tomo_public_key_new (vectors[i].keytype, vectors[i].scheme, vectors[i].value, &error));
      g_assert_error (error, TOMO_ERROR, (int) vectors[i].code);
    }
}

/* One key written in two ways is still one key: it must not count twice towards a threshold. */
static void
test_public_key_equal (void)
{
  static const char hex[] = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
  g_autofree char *capitals = g_ascii_strup (hex, -1);
  g_autoptr(TomoPublicKey) lower = tomo_public_key_new ("ed25519", "ed25519", hex, NULL);
  g_autoptr(TomoPublicKey) upper = tomo_public_key_new ("ed25519", "ed25519", capitals, NULL);
  g_assert_true (tomo_public_key_equal (lower, upper));

  g_autofree char *pem = dup_pem (EVP_PKEY_Q_keygen (NULL, NULL, "EC", "P-256"));
  g_autofree char *spaced = g_strconcat ("a comment\n", pem, "\n\n", NULL);
  g_autoptr(TomoPublicKey) one = tomo_public_key_new ("ecdsa", "ecdsa-sha2-nistp256", pem, NULL);
  g_autoptr(TomoPublicKey) two =
      tomo_public_key_new ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", spaced, NULL);
  g_assert_true (tomo_public_key_equal (one, two));
  g_assert_false (tomo_public_key_equal (one, lower));
}

/* The id is the SHA-256 of the canonical key; reading back what was written gives the same key. */
static void
test_public_key_json (void)
{
  static const char hex[] = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
  static const char canonical[] =
      "{\"keytype\":\"ed25519\",\"keyval\":{\"public\":"
      "\"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c\"},"
      "\"scheme\":\"ed25519\"}";
  g_autoptr(TomoPublicKey) key = tomo_public_key_new ("ed25519", "ed25519", hex, NULL);
  g_autofree char *id = tomo_public_key_dup_spec_id (key);
  g_autofree char *wanted = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  g_assert_cmpstr (id, ==, wanted);

  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) tree = tomo_public_key_to_json (key);
  g_autoptr(TomoPublicKey) again = tomo_public_key_new_from_json (tree, &error);
  g_assert_no_error (error);
  g_assert_true (tomo_public_key_equal (key, again));

  json_object_del (tree, "keyval");
  g_assert_null (tomo_public_key_new_from_json (tree, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/public-key/rfc8032", test_public_key_rfc8032);
  g_test_add_func ("/public-key/ed25519-strict", test_public_key_ed25519_strict);
  g_test_add_func ("/public-key/verify", test_public_key_verify);
  g_test_add_func ("/public-key/refused", test_public_key_refused);
  g_test_add_func ("/public-key/equal", test_public_key_equal);
  g_test_add_func ("/public-key/json", test_public_key_json);
  return g_test_run ();
}
