/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-digest.h"

#include <string.h>

/* Digests are those of FIPS 180-4, in lower case, whether there are bytes or none. */
static void
test_digest_vectors (void)
{
  static const struct
  {
    const char *bytes;
    const char *sha256;
    const char *sha512;
  } vectors[] = {
    { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
      "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e" },
    { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
      "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (vectors[i].bytes, strlen (vectors[i].bytes));
      g_autofree char *sha256 = tomo_digest_dup_sha256 (bytes);
      g_autofree char *sha512 = tomo_digest_dup_sha512 (bytes);
      g_assert_cmpstr (sha256, ==, vectors[i].sha256);
      g_assert_cmpstr (sha512, ==, vectors[i].sha512);

      uint8_t digest[TOMO_DIGEST_SHA256_BYTES];
      tomo_digest_compute_sha256 (vectors[i].bytes, strlen (vectors[i].bytes), digest);
      g_autofree char *first = g_strdup_printf ("%02x%02x", digest[0], digest[1]);
      g_assert_true (g_str_has_prefix (sha256, first));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/digest/vectors", test_digest_vectors);
  return g_test_run ();
}
