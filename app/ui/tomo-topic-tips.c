/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-topic-tips.h"

static void
add_range (GArray *tips, TomoScene *scene, size_t first, size_t n_tips, TomoOrigin origin)
{
  TomoIndex *index = tomo_scene_get_index (scene);

  for (size_t i = first; i < first + n_tips; i++)
    {
      TomoTopicTip tip = { .origin = origin };
      if (tomo_index_get_entry (index, i, &tip.entry) &&
          tomo_scene_get_origin (scene, tip.entry.partner) == origin)
        g_array_append_val (tips, tip);
    }
}

/**
 * tomo_topic_tips_list:
 * @scene: the scene
 * @topic: one of tomo_topics(), or empty for what is there in other languages only
 *
 * Lists the tips of a topic: those of the machine's own country, then those common to the campaign,
 * then advice from other countries; in each of the three the sensitive ones at the end.
 *
 * Returns: (transfer full) (element-type TomoTopicTip): the tips, none without content
 */
GArray *
tomo_topic_tips_list (TomoScene *scene, const char *topic)
{
  g_return_val_if_fail (TOMO_IS_SCENE (scene), NULL);
  g_return_val_if_fail (topic != NULL, NULL);

  GArray *tips = g_array_new (FALSE, FALSE, sizeof (TomoTopicTip));
  TomoIndex *index = tomo_scene_get_index (scene);
  if (index == NULL)
    return tips;

  TomoIndexTopic found = tomo_index_find_topic (index, topic);
  for (unsigned int i = 0; i < TOMO_N_ORIGINS; i++)
    {
      add_range (tips, scene, found.first_tip, found.n_tips, (TomoOrigin) i);
      add_range (tips, scene, found.first_sensitive_tip, found.n_sensitive_tips, (TomoOrigin) i);
    }

  return tips;
}
