/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ui/tomo-scene.h"

G_BEGIN_DECLS

/* The button by which a card is read aloud, and, while it is, the two for the volume. Not there
 * where nothing could be heard. */
#define TOMO_TYPE_LISTEN_LINE (tomo_listen_line_get_type ())
G_DECLARE_FINAL_TYPE (TomoListenLine, tomo_listen_line, TOMO, LISTEN_LINE, GtkBox)

void tomo_listen_line_show_item (TomoListenLine *self,
                                 TomoScene *scene,
                                 TomoItem *item,
                                 const char *language);
void tomo_listen_line_show_sentences (TomoListenLine *self,
                                      TomoScene *scene,
                                      const char *const *sentences);

G_END_DECLS
