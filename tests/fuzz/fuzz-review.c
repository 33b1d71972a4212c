/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>
#include <string.h>

#include "author/pack/tomo-review.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Such a file comes with a translation, from whoever sent that. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoReview) review = tomo_review_parse (bytes, "po/ja.review", &error);

  g_assert_true ((review == NULL) == (error != NULL));
  if (review != NULL)
    tomo_review_find (review, "0123456789abcdef");

  return 0;
}
