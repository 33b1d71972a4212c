/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-public-key.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <sodium.h>
#include <stdint.h>
#include <string.h>

#include "core/tomo-digest.h"
#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "core/trust/tomo-canonical-json.h"

/* The PEM of an RSA key of 8192 bits takes about 1,500 bytes. */
#define MAX_PEM_BYTES 16384
/* Less is too weak; more only serves to keep a kiosk busy. */
#define MIN_RSA_BITS 2048
#define MAX_RSA_BITS 8192

typedef enum
{
  KIND_ED25519,
  KIND_ECDSA_P256,
  KIND_RSA_PSS,
} KeyKind;

struct _TomoPublicKey
{
  KeyKind kind;
  EVP_PKEY *pkey; /* (owned) (nullable): of kinds other than Ed25519 */
  uint8_t ed25519[crypto_sign_PUBLICKEYBYTES];
  char *keytype; /* (owned) (not nullable); all three as they were received */
  char *scheme;  /* (owned) (not nullable) */
  char *value;   /* (owned) (not nullable) */
};

static const struct
{
  const char *keytype;
  const char *scheme;
  KeyKind kind;
} schemes[] = {
  { "ed25519", "ed25519", KIND_ED25519 },
  { "ecdsa", "ecdsa-sha2-nistp256", KIND_ECDSA_P256 },
  /* What the specification said before it said ‘ecdsa’; still published. */
  { "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", KIND_ECDSA_P256 },
  { "rsa", "rsassa-pss-sha256", KIND_RSA_PSS },
};

/* Ed25519 is libsodium’s, because OpenSSL takes twice as long for a signature, of which a first
 * sync verifies two for each partner. It also refuses keys of small order, for which one signature
 * is good for many messages. */
static void
start_sodium (void)
{
  static size_t is_started = 0;

  if (!g_once_init_enter (&is_started))
    return;
  if (sodium_init () < 0)
    g_error ("libsodium cannot be used");
  g_once_init_leave (&is_started, 1);
}

static gboolean
load_ed25519 (uint8_t *key, const char *hex)
{
  start_sodium ();
  if (strlen (hex) != 2 * (size_t) crypto_sign_PUBLICKEYBYTES)
    return FALSE;

  for (size_t i = 0; i < crypto_sign_PUBLICKEYBYTES; i++)
    {
      int high = g_ascii_xdigit_value (hex[2 * i]);
      int low = g_ascii_xdigit_value (hex[2 * i + 1]);
      if (high < 0 || low < 0)
        return FALSE;
      key[i] = (uint8_t) (high << 4 | low);
    }

  return TRUE;
}

/* Without this OpenSSL would ask at the terminal when somebody sends an encrypted PEM. */
static int
no_passphrase_cb (char *buffer, int size, int is_writing, void *user_data)
{
  return -1;
}

static EVP_PKEY *
load_pem (const char *pem)
{
  size_t length = strlen (pem);

  if (length > MAX_PEM_BYTES)
    return NULL;

  BIO *bio = BIO_new_mem_buf (pem, (int) length);
  EVP_PKEY *pkey = PEM_read_bio_PUBKEY (bio, NULL, no_passphrase_cb, NULL);
  BIO_free (bio);
  return pkey;
}

static gboolean
is_p256 (EVP_PKEY *pkey)
{
  char group[32] = "";
  int from_explicit = 0;

  if (!EVP_PKEY_is_a (pkey, "EC") || !EVP_PKEY_get_group_name (pkey, group, sizeof group, NULL))
    return FALSE;

  /* A curve spelt out in numbers can be P-256 but for its generator. */
  EVP_PKEY_get_int_param (pkey, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &from_explicit);
  return strcmp (group, "prime256v1") == 0 && from_explicit == 0;
}

static gboolean
fits_kind (EVP_PKEY *pkey, KeyKind kind)
{
  switch (kind)
    {
    case KIND_ECDSA_P256:
      return is_p256 (pkey);
    case KIND_RSA_PSS:
      return EVP_PKEY_is_a (pkey, "RSA") && EVP_PKEY_get_bits (pkey) >= MIN_RSA_BITS &&
             EVP_PKEY_get_bits (pkey) <= MAX_RSA_BITS;
    case KIND_ED25519:
    default:
      g_assert_not_reached ();
    }
}

static EVP_PKEY *
load_pkey (KeyKind kind, const char *value)
{
  /* libcurl shares this thread's error queue; leave it as it was. */
  ERR_set_mark ();
  EVP_PKEY *pkey = load_pem (value);

  if (pkey != NULL && !fits_kind (pkey, kind))
    g_clear_pointer (&pkey, EVP_PKEY_free);
  ERR_pop_to_mark ();
  return pkey;
}

static gboolean
load (TomoPublicKey *self, const char *value)
{
  if (self->kind == KIND_ED25519)
    return load_ed25519 (self->ed25519, value);

  self->pkey = load_pkey (self->kind, value);
  return self->pkey != NULL;
}

/**
 * tomo_public_key_new:
 * @keytype: such as ‘ed25519’, ‘ecdsa’ or ‘rsa’
 * @scheme: such as ‘ed25519’, ‘ecdsa-sha2-nistp256’ or ‘rsassa-pss-sha256’
 * @value: the public value: hex for Ed25519, else PEM
 * @error: return location for a #GError
 *
 * Makes a key to verify with.
 *
 * On failure this sets %TOMO_ERROR_UNSUPPORTED for types and schemes that we do not know, or
 * %TOMO_ERROR_INVALID_DATA if @value is not such a key.
 *
 * Returns: (transfer full): the key
 */
TomoPublicKey *
tomo_public_key_new (const char *keytype, const char *scheme, const char *value, GError **error)
{
  g_return_val_if_fail (keytype != NULL && scheme != NULL && value != NULL, NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      if (strcmp (keytype, schemes[i].keytype) != 0 || strcmp (scheme, schemes[i].scheme) != 0)
        continue;

      g_autoptr(TomoPublicKey) self = g_atomic_rc_box_new0 (TomoPublicKey);
      self->kind = schemes[i].kind;
      if (!load (self, value))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "public value is not a usable key for ‘%s’", scheme);
          return NULL;
        }

      self->keytype = g_strdup (keytype);
      self->scheme = g_strdup (scheme);
      self->value = g_strdup (value);
      return g_steal_pointer (&self);
    }

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
               "keys of type ‘%s’ with scheme ‘%s’ are not supported; take ed25519, "
               "ecdsa-sha2-nistp256 or rsassa-pss-sha256",
               keytype, scheme);
  return NULL;
}

/**
 * tomo_public_key_new_from_json:
 * @key: an object with `keytype`, `scheme` and `keyval`
 * @error: return location for a #GError
 *
 * Reads a key as metadata writes it. Other members are ignored.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, or %TOMO_ERROR_UNSUPPORTED for types and schemes
 * that we do not know.
 *
 * Returns: (transfer full): the key
 */
TomoPublicKey *
tomo_public_key_new_from_json (json_t *key, GError **error)
{
  g_return_val_if_fail (key != NULL, NULL);

  const char *keytype = tomo_json_get_string (key, "keytype", "key", error);
  if (keytype == NULL)
    return NULL;

  const char *scheme = tomo_json_get_string (key, "scheme", "key", error);
  if (scheme == NULL)
    return NULL;

  json_t *keyval = tomo_json_get_object (key, "keyval", "key", error);
  if (keyval == NULL)
    return NULL;

  const char *value = tomo_json_get_string (keyval, "public", "key", error);
  if (value == NULL)
    return NULL;

  return tomo_public_key_new (keytype, scheme, value, error);
}

/**
 * tomo_public_key_ref:
 * @self: a key
 *
 * Returns: (transfer full): @self
 */
TomoPublicKey *
tomo_public_key_ref (TomoPublicKey *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_cb (void *data)
{
  TomoPublicKey *self = data;

  EVP_PKEY_free (self->pkey);
  g_free (self->keytype);
  g_free (self->scheme);
  g_free (self->value);
}

/**
 * tomo_public_key_unref:
 * @self: (transfer full): a key
 */
void
tomo_public_key_unref (TomoPublicKey *self)
{
  g_atomic_rc_box_release_full (self, clear_cb);
}

/**
 * tomo_public_key_to_json:
 * @self: a key
 *
 * Writes the key as metadata holds it, with the strings it was made from.
 *
 * Returns: (transfer full): an object
 */
json_t *
tomo_public_key_to_json (TomoPublicKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return json_pack ("{s:s, s:s, s:{s:s}}", "keytype", self->keytype, "scheme", self->scheme,
                    "keyval", "public", self->value);
}

/**
 * tomo_public_key_dup_spec_id:
 * @self: a key
 *
 * The key id that the specification prescribes: the SHA-256 of the key's canonical JSON. Metadata
 * of others may name the same key differently; see `README.md`.
 *
 * Returns: (transfer full): 64 lower-case hex digits
 */
char *
tomo_public_key_dup_spec_id (TomoPublicKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr(json_t) tree = tomo_public_key_to_json (self);
  g_autoptr(GBytes) canonical = tomo_canonical_json_encode (tree, NULL);

  return tomo_digest_dup_sha256 (canonical);
}

/**
 * tomo_public_key_equal:
 * @self: a key
 * @other: another key
 *
 * Whether both are one key. The public values are compared as numbers, not as text, so that
 * white space in a PEM or capitals in hex do not turn one key into two.
 *
 * Returns: %TRUE if they are
 */
gboolean
tomo_public_key_equal (TomoPublicKey *self, TomoPublicKey *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  if (self->kind != other->kind)
    return FALSE;

  return self->kind == KIND_ED25519
             ? memcmp (self->ed25519, other->ed25519, sizeof self->ed25519) == 0
             : EVP_PKEY_eq (self->pkey, other->pkey) == 1;
}

static gboolean
init_verify (TomoPublicKey *self, EVP_MD_CTX *context)
{
  EVP_PKEY_CTX *pkey_context = NULL; /* (not owned): belongs to context */

  if (EVP_DigestVerifyInit (context, &pkey_context, EVP_sha256 (), NULL, self->pkey) != 1)
    return FALSE;
  if (self->kind != KIND_RSA_PSS)
    return TRUE;

  /* Signers disagree about the salt: some take as many bytes as the hash has, some as many as
   * fit. Both are sound. */
  return EVP_PKEY_CTX_set_rsa_padding (pkey_context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen (pkey_context, RSA_PSS_SALTLEN_AUTO) == 1;
}

/**
 * tomo_public_key_verify:
 * @self: a key
 * @message: what was signed
 * @signature: the signature: 64 bytes for Ed25519, DER for ECDSA
 *
 * Whether @signature over @message was made with the private half of @self.
 *
 * Returns: %TRUE if it was
 */
gboolean
tomo_public_key_verify (TomoPublicKey *self, GBytes *message, GBytes *signature)
{
  g_return_val_if_fail (self != NULL && message != NULL && signature != NULL, FALSE);

  size_t message_size = 0;
  const uint8_t *message_data = g_bytes_get_data (message, &message_size);
  size_t signature_size = 0;
  const uint8_t *signature_data = g_bytes_get_data (signature, &signature_size);

  if (self->kind == KIND_ED25519)
    return signature_size == crypto_sign_BYTES &&
           crypto_sign_verify_detached (signature_data, message_data, message_size,
                                        self->ed25519) == 0;

  if (signature_size == 0)
    return FALSE;

  ERR_set_mark ();
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  gboolean is_good =
      init_verify (self, context) &&
      EVP_DigestVerify (context, signature_data, signature_size,
                        message_size == 0 ? (const uint8_t *) "" : message_data, message_size) == 1;
  EVP_MD_CTX_free (context);
  ERR_pop_to_mark ();
  return is_good;
}
