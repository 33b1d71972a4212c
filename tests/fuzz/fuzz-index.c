/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>
#include <string.h>

#include "core/content/tomo-index.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Whatever the bytes are, there is an index or an error, and each of its entries can be found. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(TomoIndex) index = tomo_index_new (bytes, &error);

  g_assert_true ((index == NULL) == (error != NULL));
  if (index == NULL)
    return 0;

  for (size_t i = 0; i < tomo_index_get_n_entries (index); i++)
    {
      TomoIndexEntry entry = tomo_index_get_entry (index, i);
      TomoIndexEntry found;
      g_assert_true (tomo_index_find (index, entry.partner, entry.pack, entry.item, &found));
      g_assert_cmpuint (strlen (found.object), ==, 64);
      g_assert_true (g_utf8_validate (found.title, -1, NULL));
      g_assert_true (tomo_item_kind_is_shown (found.kind));
    }

  return 0;
}
