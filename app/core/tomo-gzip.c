/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-gzip.h"

#include <stdint.h>

#include "core/tomo-error.h"

/* How much is inflated between two looks at the limit. */
#define STEP_BYTES (64 * 1024)

static gboolean
convert_all (GConverter *converter,
             GBytes *input,
             size_t max_bytes,
             GByteArray *output,
             size_t *out_consumed,
             GError **error)
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
      if (output->len + n_written > max_bytes)
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "unpacks to more than the limit of %" G_GSIZE_FORMAT " bytes", max_bytes);
          return FALSE;
        }
      g_byte_array_append (output, step, (unsigned int) n_written);

      if (result == G_CONVERTER_FINISHED)
        break;
    }

  *out_consumed = consumed;
  return TRUE;
}

/**
 * tomo_gzip_inflate:
 * @packed: one gzip member and nothing behind it
 * @max_bytes: refuse to produce more than this
 * @error: return location for a #GError
 *
 * Unpacks @packed in memory. GIO’s decompressor stops after the first member and calls that
 * success, so what is left over is looked for here.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full): the plain bytes
 */
GBytes *
tomo_gzip_inflate (GBytes *packed, size_t max_bytes, GError **error)
{
  g_return_val_if_fail (packed != NULL, NULL);

  g_autoptr(GZlibDecompressor) inflater = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr(GByteArray) output = g_byte_array_new ();
  size_t consumed = 0;

  if (g_bytes_get_size (packed) == 0)
    {
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "is empty, not gzip");
      return NULL;
    }

  if (!convert_all (G_CONVERTER (inflater), packed, max_bytes, output, &consumed, error))
    {
      /* Whatever GIO calls it, to us it is bytes that are not gzip. */
      if (error != NULL && (*error)->domain != TOMO_ERROR)
        {
          (*error)->domain = TOMO_ERROR;
          (*error)->code = TOMO_ERROR_INVALID_DATA;
          g_prefix_error (error, "is not whole gzip: ");
        }
      return NULL;
    }

  if (consumed != g_bytes_get_size (packed))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "has %" G_GSIZE_FORMAT " bytes after the end of the gzip data",
                   g_bytes_get_size (packed) - consumed);
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&output));
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
  size_t consumed = 0;

  if (!convert_all (G_CONVERTER (deflater), plain, G_MAXUINT32, output, &consumed, error))
    {
      tomo_error_convert (error);
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&output));
}
