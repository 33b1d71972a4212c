/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>
#include <string.h>

#include "core/content/tomo-index.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Whatever the bytes are, there is an index or an error, and each of its entries can be shown or is
 * not given. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(TomoBlocks) blocks = tomo_blocks_new (bytes);
  g_autoptr(TomoIndex) index = tomo_index_new (blocks, &error);

  g_assert_true ((index == NULL) == (error != NULL));
  if (index == NULL)
    return 0;

  for (size_t i = 0; i <= tomo_index_get_n_topics (index); i++)
    {
      TomoIndexTopic topic = tomo_index_get_topic (index, i);
      g_assert_true (g_utf8_validate (topic.topic, -1, NULL));
      g_assert_cmpuint (topic.first_tip + topic.n_tips, <=, tomo_index_get_n_entries (index));
      g_assert_cmpuint (topic.first_sensitive_tip + topic.n_sensitive_tips, <=,
                        tomo_index_get_n_entries (index));
      g_assert_cmpuint (topic.first_question + topic.n_questions, <=,
                        tomo_index_get_n_entries (index));
    }

  for (size_t i = 0; i < tomo_index_get_n_entries (index); i++)
    {
      TomoIndexEntry entry;
      if (!tomo_index_get_named (index, i, &entry))
        continue;
      g_assert_cmpuint (strlen (entry.object), ==, 64);
      g_assert_true (g_utf8_validate (entry.title, -1, NULL));
      g_assert_true (tomo_item_kind_is_shown (entry.kind));
      tomo_index_find (index, entry.partner, entry.pack, entry.item, NULL);
    }

  static const char *const hidden[] = { "jp", NULL };
  g_autoptr(GBytes) rest = tomo_index_write_without (index, hidden);
  g_autoptr(TomoBlocks) rest_blocks = tomo_blocks_new (rest);
  g_autoptr(TomoIndex) shown = tomo_index_new (rest_blocks, NULL);
  tomo_index_is_enough_without (index, hidden);
  for (size_t i = 0; shown != NULL && i < tomo_index_get_n_entries (shown); i++)
    {
      TomoIndexEntry entry;
      g_assert_true (tomo_index_get_named (shown, i, &entry));
      g_assert_cmpstr (entry.partner, !=, "jp");
    }

  return 0;
}
