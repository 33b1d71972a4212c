/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-digest.h"

#include <openssl/evp.h>

/* OpenSSL’s and not GLib’s, which is five times slower: a first sync hashes all it gets. */

static unsigned int
compute (const EVP_MD *kind, const void *data, size_t size, uint8_t *digest)
{
  unsigned int n_bytes = 0;

  if (EVP_Digest (data, size, digest, &n_bytes, kind, NULL) != 1)
    g_error ("OpenSSL cannot compute a digest");

  return n_bytes;
}

static char *
dup_hex (const EVP_MD *kind, GBytes *bytes)
{
  static const char figures[] = "0123456789abcdef";
  uint8_t digest[EVP_MAX_MD_SIZE];
  size_t size = 0;
  const void *data = g_bytes_get_data (bytes, &size);
  unsigned int n_bytes = compute (kind, data, size, digest);
  char *hex = g_malloc (2 * n_bytes + 1);

  for (unsigned int i = 0; i < n_bytes; i++)
    {
      hex[2 * i] = figures[digest[i] >> 4];
      hex[2 * i + 1] = figures[digest[i] & 0xf];
    }
  hex[2 * n_bytes] = '\0';

  return hex;
}

/**
 * tomo_digest_compute_sha256:
 * @data: (nullable): any bytes; %NULL only if there are none
 * @size: how many
 * @out_digest: (out caller-allocated): TOMO_DIGEST_SHA256_BYTES of it
 *
 * Computes a SHA-256.
 */
void
tomo_digest_compute_sha256 (const void *data, size_t size, uint8_t *out_digest)
{
  compute (EVP_sha256 (), data, size, out_digest);
}

/**
 * tomo_digest_dup_sha256:
 * @bytes: any bytes
 *
 * Computes a SHA-256.
 *
 * Returns: (transfer full): lower-case hexadecimal
 */
char *
tomo_digest_dup_sha256 (GBytes *bytes)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  return dup_hex (EVP_sha256 (), bytes);
}

/**
 * tomo_digest_dup_sha512:
 * @bytes: any bytes
 *
 * Computes a SHA-512.
 *
 * Returns: (transfer full): lower-case hexadecimal
 */
char *
tomo_digest_dup_sha512 (GBytes *bytes)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  return dup_hex (EVP_sha512 (), bytes);
}
