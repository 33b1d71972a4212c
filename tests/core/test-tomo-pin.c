/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-pin.h"

#include <string.h>

/* “password” is no PIN, so the vector is one of digits, made with
 * openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt pass:246813 -kdfopt iter:1000
 *   -kdfopt hexsalt:000102030405060708090a0b0c0d0e0f PBKDF2 */
#define VECTOR_PIN "246813"
#define VECTOR_HASH                                                                                \
  "pbkdf2-sha256$1000$000102030405060708090a0b0c0d0e0f$"                                           \
  "022c01f35c5cb03cc614589c007cf43d67629ac084ab884fc447dfc3d2867e39"

/* A PIN is digits, enough of them and not too many. */
static void
test_pin_valid (void)
{
  static const struct
  {
    const char *pin;
    gboolean is_valid;
  } pins[] = { { "246813", TRUE },   { "000000000000", TRUE }, { "12345", FALSE },
               { "", FALSE },        { "24681a", FALSE },      { "0000000000000", FALSE },
               { " 246813", FALSE }, { "246813\n", FALSE } };

  for (unsigned int i = 0; i < G_N_ELEMENTS (pins); i++)
    {
      g_test_message ("‘%s’", pins[i].pin);
      g_assert_cmpint (tomo_pin_is_valid (pins[i].pin), ==, pins[i].is_valid);
    }
}

/* The right PIN matches and no other; what is kept does not contain it, and differs each time. */
static void
test_pin_round_trip (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *hash = tomo_pin_dup_hash ("135790", &error);
  g_assert_no_error (error);
  g_autofree char *again = tomo_pin_dup_hash ("135790", &error);
  g_assert_no_error (error);

  g_assert_true (tomo_pin_is_hash (hash));
  g_assert_cmpstr (hash, !=, again);
  g_assert_null (strstr (hash, "135790"));
  g_assert_true (tomo_pin_matches ("135790", hash));
  g_assert_true (tomo_pin_matches ("135790", again));
  g_assert_false (tomo_pin_matches ("135791", hash));
  g_assert_false (tomo_pin_matches ("1357900", hash));
  g_assert_false (tomo_pin_matches ("", hash));
}

/* What other programs compute of the same digits, salt and rounds is the same. */
static void
test_pin_vector (void)
{
  g_assert_true (tomo_pin_matches (VECTOR_PIN, VECTOR_HASH));
  g_assert_false (tomo_pin_matches ("246814", VECTOR_HASH));
}

/* What is no hash matches nothing, least of all the digits themselves. */
static void
test_pin_refuses (void)
{
  static const char *const hashes[] = {
    "",
    "246813",
    "pbkdf2-sha256$",
    "pbkdf2-sha256$1000$00$00",
    "pbkdf2-sha256$0$000102030405060708090a0b0c0d0e0f$" /* no rounds */
    "0000000000000000000000000000000000000000000000000000000000000000",
    "pbkdf2-sha256$99999999$000102030405060708090a0b0c0d0e0f$" /* for ever */
    "0000000000000000000000000000000000000000000000000000000000000000",
    "pbkdf2-sha256$1000$000102030405060708090a0b0c0d0e0f$" /* no hexadecimal digit */
    "000000000000000000000000000000000000000000000000000000000000000g",
    "pbkdf2-sha256$1000$000102030405060708090a0b0c0d0e0f$" /* a part too many */
    "0000000000000000000000000000000000000000000000000000000000000000$00",
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (hashes); i++)
    {
      g_test_message ("%s", hashes[i]);
      g_assert_false (tomo_pin_is_hash (hashes[i]));
      g_assert_false (tomo_pin_matches (VECTOR_PIN, hashes[i]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pin/valid", test_pin_valid);
  g_test_add_func ("/pin/round-trip", test_pin_round_trip);
  g_test_add_func ("/pin/vector", test_pin_vector);
  g_test_add_func ("/pin/refuses", test_pin_refuses);
  return g_test_run ();
}
