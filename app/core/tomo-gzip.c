/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-gzip.h"

#include <libdeflate.h>
#include <stdint.h>
#include <string.h>

#include "core/tomo-error.h"

/* How much is packed in one step. */
#define STEP_BYTES (64 * 1024)

static gboolean
convert_all (GConverter *converter, GBytes *input, GByteArray *output, GError **error)
{
  size_t in_size;
  const uint8_t *in = g_bytes_get_data (input, &in_size);
  g_autofree uint8_t *step = g_malloc (STEP_BYTES);
  size_t consumed = 0;

  while (TRUE)
    {
      gsize n_read = 0;
      gsize n_written = 0;
      /* Empty bytes are at NULL, where C does not let one count from. */
      const uint8_t *rest = in_size > 0 ? in + consumed : NULL;
      GConverterResult result =
          g_converter_convert (converter, rest, in_size - consumed, step, STEP_BYTES,
                               G_CONVERTER_INPUT_AT_END, &n_read, &n_written, error);
      if (result == G_CONVERTER_ERROR)
        return FALSE;

      consumed += n_read;
      g_byte_array_append (output, step, (unsigned int) n_written);
      if (result == G_CONVERTER_FINISHED)
        return TRUE;
    }
}

/* What the last four bytes of a gzip member say it unpacks to, modulo 2³². Only advice: the bytes
 * are unpacked into so much room, and libdeflate compares. */
static size_t
get_announced_size (const uint8_t *packed, size_t size)
{
  uint32_t announced = 0;

  if (size < sizeof announced)
    return 0;

  memcpy (&announced, packed + size - sizeof announced, sizeof announced);
  return GUINT32_FROM_LE (announced);
}

/* Unpacks into room for @max_bytes and no more. */
static enum libdeflate_result
inflate_into (GBytes *packed, size_t max_bytes, size_t *out_consumed, GBytes **out_plain)
{
  size_t size = 0;
  const void *data = g_bytes_get_data (packed, &size);
  size_t n_plain = 0;
  /* At least a byte, because nothing is at NULL. */
  g_autofree uint8_t *plain = g_malloc (MAX (max_bytes, 1));
  struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor ();

  g_assert (inflater != NULL); /* as with GLib: without memory there is no way on */
  enum libdeflate_result result = libdeflate_gzip_decompress_ex (inflater, data, size, plain,
                                                                 max_bytes, out_consumed, &n_plain);
  libdeflate_free_decompressor (inflater);
  if (result == LIBDEFLATE_SUCCESS)
    *out_plain = g_bytes_new_take (g_realloc (g_steal_pointer (&plain), MAX (n_plain, 1)), n_plain);
  return result;
}

/**
 * tomo_gzip_inflate:
 * @packed: one gzip member and nothing behind it
 * @max_bytes: refuse to produce more than this
 * @error: return location for a #GError
 *
 * Unpacks @packed in memory, by libdeflate, which takes less than half the time of zlib: a first
 * sync unpacks all it gets. It stops after the first member and calls that success, so what is
 * left over is looked for here.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full): the plain bytes
 */
GBytes *
tomo_gzip_inflate (GBytes *packed, size_t max_bytes, GError **error)
{
  g_return_val_if_fail (packed != NULL, NULL);

  size_t size = 0;
  const uint8_t *data = g_bytes_get_data (packed, &size);
  g_autoptr(GBytes) plain = NULL;
  size_t consumed = 0;

  if (size == 0)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "is empty, not gzip");
      return NULL;
    }

  size_t announced = MIN (get_announced_size (data, size), max_bytes);
  enum libdeflate_result result = inflate_into (packed, announced, &consumed, &plain);
  /* What stands at the end may not be the end of the member. */
  if (result == LIBDEFLATE_INSUFFICIENT_SPACE && announced < max_bytes)
    result = inflate_into (packed, max_bytes, &consumed, &plain);

  if (result == LIBDEFLATE_INSUFFICIENT_SPACE)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                 "unpacks to more than the limit of %" G_GSIZE_FORMAT " bytes", max_bytes);
  else if (result != LIBDEFLATE_SUCCESS)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "is not whole gzip");
  else if (consumed != size)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                 "has %" G_GSIZE_FORMAT " bytes after the end of the gzip data", size - consumed);
  else
    return g_steal_pointer (&plain);

  return NULL;
}

/**
 * tomo_gzip_deflate:
 * @plain: any bytes
 * @error: return location for a #GError
 *
 * Packs @plain as one gzip member without name or time, so that the same input gives the same
 * bytes and thus the same hash.
 *
 * Returns: (transfer full): the packed bytes
 */
GBytes *
tomo_gzip_deflate (GBytes *plain, GError **error)
{
  g_return_val_if_fail (plain != NULL, NULL);

  g_autoptr(GZlibCompressor) deflater = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr(GByteArray) output = g_byte_array_new ();

  if (!convert_all (G_CONVERTER (deflater), plain, output, error))
    {
      tomo_error_convert (error);
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&output));
}
