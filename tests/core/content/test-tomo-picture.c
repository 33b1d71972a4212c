/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-picture.h"

#include <stdint.h>
#include <string.h>

#include "core/tomo-error.h"
#include "tests/support/tomo-fixture.h"

/* Places in the picture of the fixture: eight bytes, then length, type and data of the header. */
#define AT_LENGTH 8
#define AT_TYPE 12
#define AT_WIDTH 16
#define AT_DEPTH 24
#define AT_COLOR_TYPE 25
#define AT_INTERLACE 28
#define AT_NEXT_TYPE 37

static GBytes *
with_bytes (size_t offset, const char *bytes, size_t size)
{
  g_autoptr(GBytes) png = tomo_fixture_new_picture ();
  size_t png_size;
  uint8_t *data = g_bytes_unref_to_data (g_steal_pointer (&png), &png_size);

  memcpy (data + offset, bytes, size);
  return g_bytes_new_take (data, png_size);
}

/* A small still picture is fine, and its size is told. */
static void
test_picture_good (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) png = tomo_fixture_new_picture ();
  unsigned int width_px = 0;
  unsigned int height_px = 0;

  g_assert_true (tomo_picture_check (png, &width_px, &height_px, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (width_px, ==, 64);
  g_assert_cmpuint (height_px, ==, 48);
  g_assert_true (tomo_picture_check (png, NULL, NULL, NULL));
}

/* Each of these is refused by its header or its chunks. */
static void
test_picture_refuses (void)
{
  static const struct
  {
    const char *name;
    size_t offset;
    const char *bytes;
    size_t size;
    const char *says;
  } vectors[] = {
    { "other signature", 0, "GIF89a", 6, "not PNG" },
    { "other first chunk", AT_TYPE, "IDAT", 4, "does not begin" },
    { "header too long", AT_LENGTH, "\0\0\0\x0e", 4, "does not begin" },
    { "no width", AT_WIDTH, "\0\0\0\0", 4, "no width" },
    { "9000 wide", AT_WIDTH, "\0\0\x23\x28\0\0\x23\x28", 8, "9000 × 9000" },
    { "negative width", AT_WIDTH, "\xff\xff\xff\xff", 4, "4294967295" },
    { "just over four million", AT_WIDTH, "\0\0\x07\xd1\0\0\x07\xd0", 8, "2001 × 2000" },
    { "depth 3", AT_DEPTH, "\3", 1, "PNG does not allow" },
    { "depth 4 of true colour", AT_DEPTH, "\4", 1, "PNG does not allow" },
    { "colour type 1", AT_COLOR_TYPE, "\1", 1, "PNG does not allow" },
    { "interlace 2", AT_INTERLACE, "\2", 1, "PNG does not allow" },
    { "animation", AT_NEXT_TYPE, "acTL", 4, "animated" },
    { "no pixels", AT_NEXT_TYPE, "tEXt", 4, "no pixels" },
    { "two headers", AT_NEXT_TYPE, "IHDR", 4, "two headers" },
    { "chunk past the end", AT_NEXT_TYPE - 4, "\xff\xff\xff\xf0", 4, "cut off" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Picture with %s", vectors[i].name);
      g_autoptr(GBytes) png = with_bytes (vectors[i].offset, vectors[i].bytes, vectors[i].size);
      g_assert_false (tomo_picture_check (png, NULL, NULL, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, vectors[i].says));
    }
}

/* Every cut, something behind the end, and too many bytes are refused. */
static void
test_picture_length (void)
{
  g_autoptr(GBytes) png = tomo_fixture_new_picture ();
  size_t size;
  const uint8_t *data = g_bytes_get_data (png, &size);

  for (size_t i = 0; i < size; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) cut = g_bytes_new (data, i);
      g_assert_false (tomo_picture_check (cut, NULL, NULL, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
    }

  g_autoptr(GByteArray) longer = g_byte_array_new ();
  g_byte_array_append (longer, data, (unsigned int) size);
  g_byte_array_append (longer, data, 1);
  g_autoptr(GBytes) tail = g_byte_array_free_to_bytes (g_steal_pointer (&longer));
  g_assert_false (tomo_picture_check (tail, NULL, NULL, NULL));

  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) large =
      g_bytes_new_take (g_malloc0 (TOMO_PICTURE_MAX_BYTES + 1), TOMO_PICTURE_MAX_BYTES + 1);
  g_assert_false (tomo_picture_check (large, NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, "larger than"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/picture/good", test_picture_good);
  g_test_add_func ("/picture/refuses", test_picture_refuses);
  g_test_add_func ("/picture/length", test_picture_length);
  return g_test_run ();
}
