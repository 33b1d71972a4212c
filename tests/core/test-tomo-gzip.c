/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>
#include <string.h>

#include "core/tomo-gzip.h"

#include "core/tomo-error.h"

static GBytes *
packed_sample (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) plain = g_bytes_new_static ("a small light", 13);
  GBytes *packed = tomo_gzip_deflate (plain, &error);
  g_assert_no_error (error);
  return packed;
}

/* What was packed comes back, and packing twice gives the same bytes. */
static void
test_gzip_round_trip (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) packed = packed_sample ();
  g_autoptr(GBytes) again = packed_sample ();
  g_assert_true (g_bytes_equal (packed, again));

  g_autoptr(GBytes) plain = tomo_gzip_inflate (packed, 13, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), "a small light", 13);
}

/* The last four bytes of a member say what it unpacks to. */
static GBytes *
with_announced_size (GBytes *packed, uint32_t announced)
{
  size_t size = 0;
  const uint8_t *data = g_bytes_get_data (packed, &size);
  uint8_t *copy = g_memdup2 (data, size);
  uint32_t number = GUINT32_TO_LE (announced);

  memcpy (copy + size - sizeof number, &number, sizeof number);
  return g_bytes_new_take (copy, size);
}

/* Too much, too little, something behind, and no gzip at all are invalid data. */
static void
test_gzip_refuses (void)
{
  g_autoptr(GBytes) packed = packed_sample ();
  size_t size = g_bytes_get_size (packed);
  g_autoptr(GByteArray) behind = g_byte_array_new ();
  g_byte_array_append (behind, g_bytes_get_data (packed, NULL), (unsigned int) size);
  g_byte_array_append (behind, (const uint8_t *) "x", 1);
  g_autoptr(GBytes) with_tail = g_byte_array_free_to_bytes (g_steal_pointer (&behind));
  g_autoptr(GBytes) cut = g_bytes_new_from_bytes (packed, 0, size - 4);
  g_autoptr(GBytes) says_less = with_announced_size (packed, 12);
  g_autoptr(GBytes) says_more = with_announced_size (packed, 14);
  g_autoptr(GBytes) says_4_gib = with_announced_size (packed, UINT32_MAX);
  g_autoptr(GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr(GBytes) text = g_bytes_new_static ("<html>", 6);
  const struct
  {
    const char *name;
    GBytes *bytes;
    size_t max_bytes;
  } vectors[] = {
    { "over the limit", packed, 12 },
    { "tail", with_tail, 100 },
    { "cut", cut, 100 },
    { "says less", says_less, 100 },
    { "says more", says_more, 100 },
    { "says 4 GiB", says_4_gib, 100 },
    { "empty", empty, 100 },
    { "text", text, 100 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Vector %s", vectors[i].name);
      g_assert_null (tomo_gzip_inflate (vectors[i].bytes, vectors[i].max_bytes, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/gzip/round-trip", test_gzip_round_trip);
  g_test_add_func ("/gzip/refuses", test_gzip_refuses);
  return g_test_run ();
}
