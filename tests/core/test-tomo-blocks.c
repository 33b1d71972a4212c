/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-blocks.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "core/tomo-error.h"
#include "core/tomo-rows.h"

#define N_ROWS 3000

/* Writes @bytes and opens them again; the caller may change the file in between. */
static TomoBlocks *
open_blocks (const char *path, size_t size, GBytes *digests)
{
  g_autoptr(GError) error = NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  TomoBlocks *blocks = tomo_blocks_new_for_fd (fd, size, digests, path, &error);
  g_assert_no_error (error);

  return blocks;
}

static char *
dup_written (GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("tomo-blocks-XXXXXX", &path, &error);
  g_assert_no_error (error);
  close (fd);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);

  return g_steal_pointer (&path);
}

static GBytes *
make_bytes (size_t size)
{
  g_autofree uint8_t *data = g_malloc (size + 1);
  for (size_t i = 0; i < size; i++)
    data[i] = (uint8_t) (i * 7 + i / 256);

  return g_bytes_new (data, size);
}

/* Any part of a file of any size is what was written, and nothing lies behind the end. */
static void
test_blocks_get (void)
{
  static const size_t sizes[] = { 0,
                                  1,
                                  TOMO_BLOCKS_BLOCK_BYTES - 1,
                                  TOMO_BLOCKS_BLOCK_BYTES,
                                  TOMO_BLOCKS_BLOCK_BYTES + 1,
                                  5 * TOMO_BLOCKS_BLOCK_BYTES + 77 };
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);

  for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_test_message ("Size %" G_GSIZE_FORMAT, sizes[i]);
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) bytes = make_bytes (sizes[i]);
      g_autoptr(GBytes) digests = tomo_blocks_compute_digests (bytes);
      g_assert_cmpuint (g_bytes_get_size (digests), ==, tomo_blocks_count_digest_bytes (sizes[i]));
      g_autofree char *path = dup_written (bytes);
      g_autoptr(TomoBlocks) blocks = open_blocks (path, sizes[i], digests);
      g_assert_cmpuint (tomo_blocks_get_size (blocks), ==, sizes[i]);

      for (unsigned int j = 0; j < 200; j++)
        {
          size_t offset = (size_t) g_rand_int_range (rand, 0, (int) sizes[i] + 1);
          size_t size = (size_t) g_rand_int_range (rand, 0, (int) (sizes[i] - offset) + 1);
          const uint8_t *data = tomo_blocks_get (blocks, offset, size, &error);
          g_assert_no_error (error);
          const uint8_t *expected = g_bytes_get_data (bytes, NULL);
          g_assert_true (size == 0 || memcmp (data, expected + offset, size) == 0);
        }

      g_assert_null (tomo_blocks_get (blocks, sizes[i], 1, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_clear_error (&error);
      g_assert_null (tomo_blocks_get (blocks, 1, SIZE_MAX, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_assert_false (tomo_blocks_is_damaged (blocks));
      g_remove (path);
    }
}

/* One flipped bit, or an end that is missing, costs its block and no other, and is remembered. */
static void
test_blocks_damaged (void)
{
  size_t size = 4 * TOMO_BLOCKS_BLOCK_BYTES + 100;
  g_autoptr(GBytes) bytes = make_bytes (size);
  g_autoptr(GBytes) digests = tomo_blocks_compute_digests (bytes);

  for (size_t i = 0; i < 5; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree uint8_t *data = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
      gboolean is_cut = i == 4;
      data[i * TOMO_BLOCKS_BLOCK_BYTES + 50] ^= is_cut ? 0 : 1;
      g_autoptr(GBytes) damaged = g_bytes_new (data, is_cut ? size - 1 : size);
      g_autofree char *path = dup_written (damaged);
      g_autoptr(TomoBlocks) blocks = open_blocks (path, size, digests);

      for (size_t j = 0; j < 5; j++)
        {
          gboolean is_given =
              tomo_blocks_get (blocks, j * TOMO_BLOCKS_BLOCK_BYTES + 7, 9, NULL) != NULL;
          g_assert_cmpint (is_given, ==, i != j);
        }
      g_assert_true (tomo_blocks_is_damaged (blocks));
      g_assert_null (tomo_blocks_get (blocks, 0, size, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, path));
      g_remove (path);
    }

  g_autoptr(GError) error = NULL;
  int fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  g_assert_null (tomo_blocks_new_for_fd (fd, size + TOMO_BLOCKS_BLOCK_BYTES, digests, "x", &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
}

/* The file may be gone from its folder while somebody still reads it. */
static void
test_blocks_removed (void)
{
  g_autoptr(GBytes) bytes = make_bytes (3 * TOMO_BLOCKS_BLOCK_BYTES);
  g_autoptr(GBytes) digests = tomo_blocks_compute_digests (bytes);
  g_autofree char *path = dup_written (bytes);
  g_autoptr(TomoBlocks) blocks = open_blocks (path, g_bytes_get_size (bytes), digests);

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_nonnull (tomo_blocks_get (blocks, 2 * TOMO_BLOCKS_BLOCK_BYTES, 10, NULL));
}

static GBytes *
make_rows (void)
{
  g_auto(TomoRowsWriter) writer = { NULL };
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  tomo_rows_writer_init (&writer);
  for (unsigned int i = 0; i < N_ROWS; i++)
    {
      g_autofree char *text = g_strdup_printf ("row %u", i);
      tomo_rows_writer_put_string (&writer, text);
      tomo_rows_writer_put_byte (&writer, (uint8_t) i);
      tomo_rows_writer_put_number (&writer, G_MAXUINT64 - i);
      tomo_rows_writer_end_row (&writer);
    }
  g_byte_array_append (bytes, (const uint8_t *) "before", 6);
  tomo_rows_writer_append_to (&writer, bytes);
  g_byte_array_append (bytes, (const uint8_t *) "behind", 6);

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* Rows come back in their order; there is none behind the last, and no member behind the last. */
static void
test_rows_read (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = make_rows ();
  g_autoptr(TomoBlocks) blocks = tomo_blocks_new (bytes);
  TomoRows rows;
  TomoRow row;

  g_assert_true (tomo_rows_open (&rows, blocks, 6, &error));
  g_assert_cmpuint (rows.n_rows, ==, N_ROWS);
  for (unsigned int i = 0; i < N_ROWS; i++)
    {
      g_autofree char *text = g_strdup_printf ("row %u", i);
      g_assert_true (tomo_rows_get (&rows, i, &row, &error));
      g_assert_cmpstr (tomo_row_take_string (&row), ==, text);
      g_assert_cmpuint (tomo_row_take_byte (&row), ==, (uint8_t) i);
      g_assert_cmpuint (tomo_row_take_number (&row), ==, G_MAXUINT64 - i);
      g_assert_true (row.is_valid);
      g_assert_cmpstr (tomo_row_take_string (&row), ==, "");
      g_assert_cmpuint (tomo_row_take_byte (&row), ==, 0);
      g_assert_cmpuint (tomo_row_take_number (&row), ==, 0);
      g_assert_false (row.is_valid);
    }
  g_assert_no_error (error);

  g_assert_false (tomo_rows_get (&rows, N_ROWS, &row, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
}

/* Whatever the bytes are, a row lies in them or is refused. */
static void
test_rows_random (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (2);

  for (unsigned int i = 0; i < 20000; i++)
    {
      uint8_t data[64];
      size_t size = (size_t) g_rand_int_range (rand, 0, sizeof data + 1);
      for (size_t j = 0; j < size; j++)
        data[j] = g_rand_int_range (rand, 0, 3) == 0 ? (uint8_t) g_rand_int (rand)
                                                     : (uint8_t) g_rand_int_range (rand, 0, 6);
      g_autofree uint8_t *copy = g_memdup2 (data, size);
      g_autoptr(GBytes) bytes = g_bytes_new (copy, size);
      g_autoptr(TomoBlocks) blocks = tomo_blocks_new (bytes);
      TomoRows rows;
      if (!tomo_rows_open (&rows, blocks, 0, NULL))
        continue;
      for (size_t j = 0; j < rows.n_rows; j++)
        {
          TomoRow row;
          if (!tomo_rows_get (&rows, j, &row, NULL))
            continue;
          g_assert_cmpuint (strlen (tomo_row_take_string (&row)), <, sizeof data);
          tomo_row_take_number (&row);
          tomo_row_take_byte (&row);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/blocks/get", test_blocks_get);
  g_test_add_func ("/blocks/damaged", test_blocks_damaged);
  g_test_add_func ("/blocks/removed", test_blocks_removed);
  g_test_add_func ("/rows/read", test_rows_read);
  g_test_add_func ("/rows/random", test_rows_random);
  return g_test_run ();
}
