/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-png.h"

#include <stdint.h>
#include <string.h>

#include "core/tomo-error.h"

/* PNG (Third Edition), section 5: eight bytes, then chunks of length, type, data and CRC. */
#define SIGNATURE_BYTES 8
#define CHUNK_EXTRA_BYTES 12

/* What decides how the picture looks. The rest can say who made it, when and where. */
static const char *const kept_types[] = { "IHDR", "PLTE", "tRNS", "sRGB", "IDAT", "IEND", NULL };

static uint32_t
read_uint32 (const uint8_t *data)
{
  return (uint32_t) data[0] << 24 | (uint32_t) data[1] << 16 | (uint32_t) data[2] << 8 | data[3];
}

/**
 * tomo_png_strip:
 * @png: a PNG
 * @error: return location for a #GError
 *
 * Copies @png without its metadata: times, places, names of programs and people.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full): a PNG with the same pixels
 */
GBytes *
tomo_png_strip (GBytes *png, GError **error)
{
  g_return_val_if_fail (png != NULL, NULL);

  size_t size = 0;
  const uint8_t *data = g_bytes_get_data (png, &size);
  g_autoptr(GByteArray) clean = g_byte_array_sized_new ((unsigned int) size);
  size_t at = SIGNATURE_BYTES;

  g_byte_array_append (clean, data, (unsigned int) MIN (size, SIGNATURE_BYTES));
  while (at + CHUNK_EXTRA_BYTES <= size)
    {
      size_t chunk_bytes = (size_t) read_uint32 (data + at) + CHUNK_EXTRA_BYTES;
      char type[5] = "";

      if (chunk_bytes > size - at)
        break;
      memcpy (type, data + at + 4, 4);
      if (g_strv_contains (kept_types, type))
        g_byte_array_append (clean, data + at, (unsigned int) chunk_bytes);
      at += chunk_bytes;
    }

  if (at != size)
    {
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "the PNG file is cut off");
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&clean));
}
