/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/tomo-pin.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>

#include "core/tomo-error.h"

/* The configuration can be read by every account of the machine, so the PIN does not stand in it.
 * Six digits can still be tried one by one by who has the file: at these rounds that takes one core
 * about a day, and each further digit ten times as long. At the screen the waits count. */
#define PREFIX "pbkdf2-sha256$"
#define ROUNDS 200000
/* A file with more would keep the screen waiting for minutes. */
#define MAX_ROUNDS 10000000
#define SALT_BYTES 16
#define HASH_BYTES 32

typedef struct
{
  unsigned int rounds;
  unsigned char salt[SALT_BYTES];
  unsigned char hash[HASH_BYTES];
} PinHash;

/**
 * tomo_pin_is_valid:
 * @pin: what was typed
 *
 * Returns: whether @pin can be an operator's: digits, not too few and not too many
 */
gboolean
tomo_pin_is_valid (const char *pin)
{
  size_t n_digits = strspn (pin, "0123456789");

  return pin[n_digits] == '\0' && n_digits >= TOMO_PIN_MIN_DIGITS &&
         n_digits <= TOMO_PIN_MAX_DIGITS;
}

static gboolean
derive (const char *pin, PinHash *hash)
{
  return PKCS5_PBKDF2_HMAC (pin, (int) strlen (pin), hash->salt, SALT_BYTES, (int) hash->rounds,
                            EVP_sha256 (), HASH_BYTES, hash->hash) == 1;
}

static void
append_hex (GString *string, const unsigned char *bytes, size_t n_bytes)
{
  for (size_t i = 0; i < n_bytes; i++)
    g_string_append_printf (string, "%02x", bytes[i]);
}

/**
 * tomo_pin_dup_hash:
 * @pin: digits, as tomo_pin_is_valid() wants them
 * @error: return location for a #GError
 *
 * Makes what the configuration keeps of @pin. The same digits give another result each time.
 *
 * On failure this sets %TOMO_ERROR_FAILED: the machine has no random numbers.
 *
 * Returns: (transfer full): the hash, or %NULL on error
 */
char *
tomo_pin_dup_hash (const char *pin, GError **error)
{
  PinHash hash = { .rounds = ROUNDS };

  g_return_val_if_fail (tomo_pin_is_valid (pin), NULL);

  if (RAND_bytes (hash.salt, SALT_BYTES) != 1 || !derive (pin, &hash))
    {
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                           "the PIN cannot be hashed: OpenSSL gives no random numbers");
      return NULL;
    }

  g_autoptr(GString) string = g_string_new (PREFIX);
  g_string_append_printf (string, "%u$", hash.rounds);
  append_hex (string, hash.salt, SALT_BYTES);
  g_string_append_c (string, '$');
  append_hex (string, hash.hash, HASH_BYTES);
  return g_string_free (g_steal_pointer (&string), FALSE);
}

static gboolean
parse_hex (const char *hex, unsigned char *bytes, size_t n_bytes)
{
  if (strlen (hex) != 2 * n_bytes)
    return FALSE;

  for (size_t i = 0; i < n_bytes; i++)
    {
      int high = g_ascii_xdigit_value (hex[2 * i]);
      int low = g_ascii_xdigit_value (hex[2 * i + 1]);
      if (high < 0 || low < 0)
        return FALSE;
      bytes[i] = (unsigned char) (high * 16 + low);
    }

  return TRUE;
}

static gboolean
parse_hash (const char *text, PinHash *hash)
{
  guint64 rounds = 0;

  if (!g_str_has_prefix (text, PREFIX))
    return FALSE;

  g_auto(GStrv) parts = g_strsplit (text + strlen (PREFIX), "$", 4);
  if (g_strv_length (parts) != 3 ||
      !g_ascii_string_to_unsigned (parts[0], 10, 1, MAX_ROUNDS, &rounds, NULL))
    return FALSE;

  hash->rounds = (unsigned int) rounds;
  return parse_hex (parts[1], hash->salt, SALT_BYTES) &&
         parse_hex (parts[2], hash->hash, HASH_BYTES);
}

/**
 * tomo_pin_is_hash:
 * @hash: what stands in a configuration
 *
 * Returns: whether @hash is one that tomo_pin_dup_hash() can have made
 */
gboolean
tomo_pin_is_hash (const char *hash)
{
  PinHash parsed;
  return parse_hash (hash, &parsed);
}

/**
 * tomo_pin_matches:
 * @pin: what was typed, anything
 * @hash: what the configuration keeps
 *
 * Compares, in about a tenth of a second, which is the same for a right and for a wrong PIN.
 *
 * Returns: %TRUE if @pin is the one that @hash was made of
 */
gboolean
tomo_pin_matches (const char *pin, const char *hash)
{
  PinHash wanted;
  if (!tomo_pin_is_valid (pin) || !parse_hash (hash, &wanted))
    return FALSE;

  PinHash given = wanted;
  return derive (pin, &given) && CRYPTO_memcmp (given.hash, wanted.hash, HASH_BYTES) == 0;
}
