/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "core/content/tomo-picture.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Whatever the bytes are, a picture is within the limits or an error. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) png = g_bytes_new (data, size);
  unsigned int width_px = 0;
  unsigned int height_px = 0;
  gboolean is_good = tomo_picture_check (png, &width_px, &height_px, &error);

  g_assert_true (is_good == (error == NULL));
  g_assert_cmpuint (width_px, <=, TOMO_PICTURE_MAX_EDGE_PX);
  g_assert_cmpuint (height_px, <=, TOMO_PICTURE_MAX_EDGE_PX);
  g_assert_true (is_good == (width_px > 0 && height_px > 0));

  return 0;
}
