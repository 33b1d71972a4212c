/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-scene.h"

G_BEGIN_DECLS

/* One tip in the order in which visitors meet it. */
typedef struct
{
  TomoIndexEntry entry; /* borrows from the index of the scene */
  TomoOrigin origin;
} TomoTopicTip;

GArray *tomo_topic_tips_list (TomoScene *scene, const char *topic);

G_END_DECLS
