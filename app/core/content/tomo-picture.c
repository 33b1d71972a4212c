/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-picture.h"

#include <stdint.h>
#include <string.h>

#include "core/tomo-error.h"

/* PNG (Third Edition), section 5: eight bytes, then chunks of length, type, data and CRC. */
#define SIGNATURE_BYTES 8
#define CHUNK_EXTRA_BYTES 12
#define IHDR_BYTES 13

static const uint8_t signature[SIGNATURE_BYTES] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

static gboolean
set_invalid (GError **error, const char *mistake)
{
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "picture: %s", mistake);
  return FALSE;
}

static uint32_t
read_uint32 (const uint8_t *data)
{
  return (uint32_t) data[0] << 24 | (uint32_t) data[1] << 16 | (uint32_t) data[2] << 8 | data[3];
}

static gboolean
check_size (uint32_t width_px, uint32_t height_px, GError **error)
{
  if (width_px == 0 || height_px == 0)
    return set_invalid (error, "has no width or no height");

  if (width_px > TOMO_PICTURE_MAX_EDGE_PX || height_px > TOMO_PICTURE_MAX_EDGE_PX ||
      (uint64_t) width_px * height_px > TOMO_PICTURE_MAX_PIXELS)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "picture: is %u × %u pixels; at most %d on an edge and %d in all are allowed",
                   width_px, height_px, TOMO_PICTURE_MAX_EDGE_PX, TOMO_PICTURE_MAX_PIXELS);
      return FALSE;
    }

  return TRUE;
}

/* Bit depths that section 11.2.1 allows for each colour type. */
static gboolean
check_header (const uint8_t *ihdr, GError **error)
{
  static const struct
  {
    uint8_t color_type;
    const char *depths;
  } allowed[] = {
    { 0, "\1\2\4\10\20" }, { 2, "\10\20" }, { 3, "\1\2\4\10" }, { 4, "\10\20" }, { 6, "\10\20" },
  };
  uint8_t depth = ihdr[8];
  gboolean is_allowed = FALSE;

  for (size_t i = 0; i < G_N_ELEMENTS (allowed); i++)
    is_allowed = is_allowed || (allowed[i].color_type == ihdr[9] && depth != 0 &&
                                strchr (allowed[i].depths, depth) != NULL);

  /* Compression, filter and interlace methods; Adam7 is the highest one there is. */
  if (!is_allowed || ihdr[10] != 0 || ihdr[11] != 0 || ihdr[12] > 1)
    return set_invalid (error, "has a header that PNG does not allow");

  return check_size (read_uint32 (ihdr), read_uint32 (ihdr + 4), error);
}

/* Walks the chunks, so that nothing is hidden before or behind them. An animation would move on a
 * screen that must be calm, and is where decoders break. */
static gboolean
check_chunks (const uint8_t *data, size_t size, GError **error)
{
  gboolean has_pixels = FALSE;
  size_t at = SIGNATURE_BYTES;

  while (size - at >= CHUNK_EXTRA_BYTES)
    {
      uint32_t length = read_uint32 (data + at);
      const char *type = (const char *) data + at + 4;

      if (length > size - at - CHUNK_EXTRA_BYTES)
        return set_invalid (error, "is cut off");

      if (strncmp (type, "acTL", 4) == 0 || strncmp (type, "fcTL", 4) == 0 ||
          strncmp (type, "fdAT", 4) == 0)
        return set_invalid (error, "is animated; only still pictures are shown");

      if (strncmp (type, "IHDR", 4) == 0 && at != SIGNATURE_BYTES)
        return set_invalid (error, "has two headers");

      has_pixels = has_pixels || strncmp (type, "IDAT", 4) == 0;
      at += CHUNK_EXTRA_BYTES + length;

      if (strncmp (type, "IEND", 4) == 0)
        {
          if (length != 0 || at != size)
            return set_invalid (error, "has bytes after its end");
          return has_pixels || set_invalid (error, "holds no pixels");
        }
    }

  return set_invalid (error, "is cut off");
}

/**
 * tomo_picture_check:
 * @png: foreign bytes
 * @out_width_px: (out) (optional): the width
 * @out_height_px: (out) (optional): the height
 * @error: return location for a #GError
 *
 * Looks at the header and the chunks of a picture before any decoder sees it, so that 10 KB cannot
 * become 242 MB. The pixels themselves are the decoder’s to refuse.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: %TRUE if @png is a still PNG within the limits
 */
gboolean
tomo_picture_check (GBytes *png,
                    unsigned int *out_width_px,
                    unsigned int *out_height_px,
                    GError **error)
{
  g_return_val_if_fail (png != NULL, FALSE);

  size_t size;
  const uint8_t *data = g_bytes_get_data (png, &size);

  if (size > TOMO_PICTURE_MAX_BYTES)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "picture: is larger than %d bytes",
                   TOMO_PICTURE_MAX_BYTES);
      return FALSE;
    }

  if (size < SIGNATURE_BYTES + CHUNK_EXTRA_BYTES + IHDR_BYTES ||
      memcmp (data, signature, SIGNATURE_BYTES) != 0)
    return set_invalid (error, "is not PNG");

  const uint8_t *ihdr = data + SIGNATURE_BYTES;
  if (read_uint32 (ihdr) != IHDR_BYTES || memcmp (ihdr + 4, "IHDR", 4) != 0)
    return set_invalid (error, "does not begin with a PNG header");

  if (!check_header (ihdr + 8, error) || !check_chunks (data, size, error))
    return FALSE;

  if (out_width_px != NULL)
    *out_width_px = read_uint32 (ihdr + 8);
  if (out_height_px != NULL)
    *out_height_px = read_uint32 (ihdr + 12);

  return TRUE;
}
