/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "core/content/tomo-pack.h"
#include "core/tomo-error.h"
#include "core/tomo-gzip.h"

#define MAX_BYTES (64 * 1024)

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Whatever the bytes are, they unpack within the limit or are invalid data. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) packed = g_bytes_new (data, size);
  g_autoptr(GBytes) plain = tomo_gzip_inflate (packed, MAX_BYTES, &error);

  g_assert_true ((plain == NULL) == (error != NULL));
  if (plain != NULL)
    g_assert_cmpuint (g_bytes_get_size (plain), <=, MAX_BYTES);
  else
    g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);

  return 0;
}
