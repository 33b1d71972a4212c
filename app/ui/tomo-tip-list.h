/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ui/tomo-scene.h"

G_BEGIN_DECLS

/* The tips of a topic as tiles: those of the machine's own country, those for every country, and
 * advice from other countries; a screenful at a time. */
#define TOMO_TYPE_TIP_LIST (tomo_tip_list_get_type ())
G_DECLARE_FINAL_TYPE (TomoTipList, tomo_tip_list, TOMO, TIP_LIST, GtkWidget)

void tomo_tip_list_fill (TomoTipList *self, TomoScene *scene, const char *topic);

G_END_DECLS
