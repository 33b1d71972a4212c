/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-place.h"

/**
 * tomo_place_new:
 * @kind: what kind of place
 *
 * Returns: (transfer full): a place that needs no further words
 */
TomoPlace *
tomo_place_new (TomoPlaceKind kind)
{
  TomoPlace *self = g_new0 (TomoPlace, 1);
  self->kind = kind;
  return self;
}

/**
 * tomo_place_new_topic:
 * @topic: one of the closed list
 *
 * Returns: (transfer full): the place of a topic
 */
TomoPlace *
tomo_place_new_topic (const char *topic)
{
  TomoPlace *self = tomo_place_new (TOMO_PLACE_TOPIC);
  self->topic = g_strdup (topic);
  return self;
}

/**
 * tomo_place_new_first_aid:
 * @what: what has happened, as tomo_first_aid_get_id() has it
 *
 * Returns: (transfer full): the place with what to do now
 */
TomoPlace *
tomo_place_new_first_aid (const char *what)
{
  TomoPlace *self = tomo_place_new (TOMO_PLACE_FIRST_AID);
  self->topic = g_strdup (what);
  return self;
}

/**
 * tomo_place_new_item:
 * @kind: a place that belongs to one item
 * @partner: id of a partner
 * @pack: id of one of its packs
 * @item: id of an item in the pack
 *
 * Returns: (transfer full): the place of an item
 */
TomoPlace *
tomo_place_new_item (TomoPlaceKind kind, const char *partner, const char *pack, const char *item)
{
  TomoPlace *self = tomo_place_new (kind);
  self->partner = g_strdup (partner);
  self->pack = g_strdup (pack);
  self->item = g_strdup (item);
  return self;
}

/**
 * tomo_place_free:
 * @self: (transfer full): a place
 */
void
tomo_place_free (TomoPlace *self)
{
  g_free (self->topic);
  g_free (self->partner);
  g_free (self->pack);
  g_free (self->item);
  g_free (self->focus);
  g_free (self);
}
