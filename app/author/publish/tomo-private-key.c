/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-private-key.h"

#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <stdint.h>
#include <string.h>

#include "author/publish/tomo-new-file.h"
#include "author/publish/tomo-public-key-pkey.h"
#include "core/tomo-error.h"

/* A PEM file of an RSA key of 16384 bits takes 13 KiB. */
#define MAX_FILE_BYTES (64 * 1024)

/* scrypt with 16 MiB, five times over. More memory in one go would pass OpenSSL's own limit of
 * 32 MiB when the file is read, with our program or with `openssl pkey`. */
#define SCRYPT_N 16384
#define SCRYPT_R 8
#define SCRYPT_P 5

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD_CTX, EVP_MD_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_SIG, X509_SIG_free)

struct _TomoPrivateKey
{
  EVP_PKEY *pkey;            /* (owned) (not nullable) */
  TomoPublicKey *public_key; /* (owned) (not nullable) */
};

/* What the callback of OpenSSL needs, and what it found out. */
typedef struct
{
  const char *path;
  TomoPassphraseFunc ask; /* (nullable) */
  gpointer user_data;
  char *passphrase; /* (owned) (nullable) */
  GError *error;    /* (owned) (nullable) */
} Asking;

static void
set_crypto_error (GError **error, TomoError code, const char *what)
{
  const char *reason = ERR_reason_error_string (ERR_peek_last_error ());

  g_set_error (error, TOMO_ERROR, (int) code, "%s: %s", what,
               reason != NULL ? reason : "no reason given by OpenSSL");
  ERR_clear_error ();
}

/**
 * tomo_passphrase_free:
 * @passphrase: (nullable) (transfer full): a passphrase
 *
 * Frees a passphrase after writing over it.
 */
void
tomo_passphrase_free (char *passphrase)
{
  if (passphrase == NULL)
    return;

  OPENSSL_cleanse (passphrase, strlen (passphrase));
  g_free (passphrase);
}

/* Takes @pkey. */
static TomoPrivateKey *
new_take (EVP_PKEY *pkey, GError **error)
{
  g_autoptr(EVP_PKEY) owned = pkey;
  TomoPublicKey *public_key = tomo_public_key_new_from_pkey (owned, error);
  if (public_key == NULL)
    return NULL;

  TomoPrivateKey *self = g_atomic_rc_box_new0 (TomoPrivateKey);
  self->pkey = g_steal_pointer (&owned);
  self->public_key = public_key;
  return self;
}

/**
 * tomo_private_key_generate:
 * @error: return location for a #GError
 *
 * Makes a new Ed25519 key.
 *
 * Returns: (transfer full): the key
 */
TomoPrivateKey *
tomo_private_key_generate (GError **error)
{
  EVP_PKEY *pkey = EVP_PKEY_Q_keygen (NULL, NULL, "ED25519");

  if (pkey == NULL)
    {
      set_crypto_error (error, TOMO_ERROR_FAILED, "cannot make an Ed25519 key");
      return NULL;
    }

  return new_take (pkey, error);
}

static void
ask_once (Asking *asking)
{
  if (asking->passphrase != NULL || asking->error != NULL)
    return;

  if (asking->ask == NULL)
    {
      g_set_error (&asking->error, TOMO_ERROR, TOMO_ERROR_FAILED,
                   "‘%s’ needs a passphrase; give it with --passphrase-file", asking->path);
      return;
    }

  asking->passphrase = asking->ask (asking->path, asking->user_data, &asking->error);
  if (asking->passphrase != NULL && strlen (asking->passphrase) > TOMO_PASSPHRASE_MAX_BYTES)
    g_set_error (&asking->error, TOMO_ERROR, TOMO_ERROR_FAILED,
                 "the passphrase of ‘%s’ is longer than %d bytes", asking->path,
                 TOMO_PASSPHRASE_MAX_BYTES);
}

/* OpenSSL tries several decoders and comes here for each; a person is asked once. */
static int
passphrase_cb (char *buffer, int size, int is_for_writing, void *user_data)
{
  Asking *asking = user_data;

  ask_once (asking);
  if (asking->error != NULL || asking->passphrase == NULL ||
      strlen (asking->passphrase) > (size_t) size)
    return -1;

  memcpy (buffer, asking->passphrase, strlen (asking->passphrase));
  return (int) strlen (asking->passphrase);
}

static EVP_PKEY *
parse_pem (const char *text, size_t size, Asking *asking, GError **error)
{
  g_autoptr(BIO) bio = BIO_new_mem_buf (text, (int) size);
  ERR_clear_error ();
  EVP_PKEY *pkey = PEM_read_bio_PrivateKey (bio, NULL, passphrase_cb, asking);
  gboolean was_encrypted = asking->passphrase != NULL;
  tomo_passphrase_free (g_steal_pointer (&asking->passphrase));

  if (pkey != NULL)
    {
      ERR_clear_error ();
      return pkey;
    }

  if (asking->error != NULL)
    g_propagate_error (error, g_steal_pointer (&asking->error));
  else if (was_encrypted)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED, "wrong passphrase for ‘%s’", asking->path);
  else
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                 "‘%s’ is not a private key in PEM form; make one with ‘tomopress key new’",
                 asking->path);
  ERR_clear_error ();
  return NULL;
}

/**
 * tomo_private_key_load:
 * @path: a PEM file, such as ‘key new’ or the openssl program make
 * @ask: (nullable) (scope call): asked for the passphrase if the file is encrypted
 * @user_data: for @ask
 * @error: return location for a #GError
 *
 * Reads a private key. Besides our own Ed25519 keys this takes ECDSA P-256 and RSA.
 *
 * On failure this sets a #TomoError: %TOMO_ERROR_INVALID_DATA if it is no private key,
 * %TOMO_ERROR_UNSUPPORTED if it is of another kind, %TOMO_ERROR_FAILED if the passphrase is wrong.
 *
 * Returns: (transfer full): the key
 */
TomoPrivateKey *
tomo_private_key_load (const char *path, TomoPassphraseFunc ask, gpointer user_data, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  char *text = NULL;
  size_t size = 0;
  if (!g_file_get_contents (path, &text, &size, error))
    {
      tomo_error_convert (error);
      return NULL;
    }

  Asking asking = { .path = path, .ask = ask, .user_data = user_data };
  EVP_PKEY *pkey = NULL;
  if (size > MAX_FILE_BYTES)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "‘%s’ is too large for a private key",
                 path);
  else
    pkey = parse_pem (text, size, &asking, error);

  OPENSSL_cleanse (text, size);
  g_free (text);
  if (pkey == NULL)
    return NULL;

  TomoPrivateKey *self = new_take (pkey, error);
  if (self == NULL)
    g_prefix_error (error, "‘%s’: ", path);
  return self;
}

/**
 * tomo_private_key_ref:
 * @self: a key
 *
 * Returns: (transfer full): @self, held once more
 */
TomoPrivateKey *
tomo_private_key_ref (TomoPrivateKey *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer box)
{
  TomoPrivateKey *self = box;

  EVP_PKEY_free (self->pkey);
  tomo_public_key_unref (self->public_key);
}

/**
 * tomo_private_key_unref:
 * @self: (transfer full): a key
 */
void
tomo_private_key_unref (TomoPrivateKey *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* PBES2 with scrypt and AES-256. OpenSSL's default for PEM is PBKDF2 with 2048 rounds, too few for
 * a file that travels on sticks. */
static X509_SIG *
encrypt (EVP_PKEY *pkey, const char *passphrase)
{
  g_autoptr(PKCS8_PRIV_KEY_INFO) plain = EVP_PKEY2PKCS8 (pkey);
  X509_ALGOR *how =
      PKCS5_pbe2_set_scrypt (EVP_aes_256_cbc (), NULL, 0, NULL, SCRYPT_N, SCRYPT_R, SCRYPT_P);

  if (plain == NULL || how == NULL)
    {
      X509_ALGOR_free (how);
      return NULL;
    }

  X509_SIG *packed = PKCS8_set0_pbe (passphrase, (int) strlen (passphrase), plain, how);
  if (packed == NULL)
    X509_ALGOR_free (how);
  return packed;
}

static gboolean
write_pem (TomoPrivateKey *self, BIO *bio, const char *passphrase)
{
  if (passphrase == NULL)
    return PEM_write_bio_PKCS8PrivateKey (bio, self->pkey, NULL, NULL, 0, NULL, NULL) == 1;

  g_autoptr(X509_SIG) packed = encrypt (self->pkey, passphrase);
  return packed != NULL && PEM_write_bio_PKCS8 (bio, packed) == 1;
}

/**
 * tomo_private_key_save:
 * @self: a key
 * @path: a file that does not exist yet
 * @passphrase: (nullable): encrypts the file; %NULL only for demonstration and online keys
 * @error: return location for a #GError
 *
 * Writes the key as PKCS#8 in PEM form, readable by its owner only.
 *
 * On failure this sets a #TomoError; a file that exists is never overwritten.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_private_key_save (TomoPrivateKey *self,
                       const char *path,
                       const char *passphrase,
                       GError **error)
{
  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  if (passphrase != NULL && strlen (passphrase) > TOMO_PASSPHRASE_MAX_BYTES)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                   "the passphrase for ‘%s’ is longer than %d bytes", path,
                   TOMO_PASSPHRASE_MAX_BYTES);
      return FALSE;
    }

  /* A memory BIO of the secure kind writes over its bytes when it is freed. */
  g_autoptr(BIO) bio = BIO_new (BIO_s_secmem ());
  char *data = NULL;
  if (!write_pem (self, bio, passphrase))
    {
      set_crypto_error (error, TOMO_ERROR_FAILED, "cannot write the key as PEM");
      return FALSE;
    }

  long size = BIO_get_mem_data (bio, &data);
  return tomo_new_file_write (path, data, (size_t) size, 0600, error);
}

/**
 * tomo_private_key_get_public:
 * @self: a key
 *
 * Returns: (transfer none): its public part
 */
TomoPublicKey *
tomo_private_key_get_public (TomoPrivateKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->public_key;
}

static gboolean
start_signing (TomoPrivateKey *self, EVP_MD_CTX *context)
{
  /* Ed25519 hashes by itself. */
  const char *hash = EVP_PKEY_is_a (self->pkey, "ED25519") ? NULL : "SHA256";
  EVP_PKEY_CTX *how = NULL;

  if (EVP_DigestSignInit_ex (context, &how, hash, NULL, NULL, self->pkey, NULL) != 1)
    return FALSE;

  return !EVP_PKEY_is_a (self->pkey, "RSA") ||
         (EVP_PKEY_CTX_set_rsa_padding (how, RSA_PKCS1_PSS_PADDING) == 1 &&
          EVP_PKEY_CTX_set_rsa_pss_saltlen (how, RSA_PSS_SALTLEN_DIGEST) == 1);
}

/**
 * tomo_private_key_sign:
 * @self: a key
 * @message: what to sign
 * @error: return location for a #GError
 *
 * Signs @message the way the scheme of the public part says.
 *
 * Returns: (transfer full): the signature
 */
GBytes *
tomo_private_key_sign (TomoPrivateKey *self, GBytes *message, GError **error)
{
  g_return_val_if_fail (self != NULL && message != NULL, NULL);

  size_t message_size;
  const uint8_t *data = g_bytes_get_data (message, &message_size);
  g_autoptr(EVP_MD_CTX) context = EVP_MD_CTX_new ();
  size_t size = 0;

  if (!start_signing (self, context) ||
      EVP_DigestSign (context, NULL, &size, data, message_size) != 1)
    {
      set_crypto_error (error, TOMO_ERROR_FAILED, "cannot sign");
      return NULL;
    }

  g_autofree uint8_t *signature = g_malloc (size);
  if (EVP_DigestSign (context, signature, &size, data, message_size) != 1)
    {
      set_crypto_error (error, TOMO_ERROR_FAILED, "cannot sign");
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&signature), size);
}
