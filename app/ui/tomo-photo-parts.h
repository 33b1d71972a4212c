/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ui/tomo-glass.h"

G_BEGIN_DECLS

/* Makes a list of steps fit the screen, so that a photograph holds all of it: in smaller letters as
 * far as they stay legible, then in parts, of which one is shown at a time.
 *
 * Emits “changed” when there is another number of parts, or another part is shown. */
#define TOMO_TYPE_PHOTO_PARTS (tomo_photo_parts_get_type ())
G_DECLARE_FINAL_TYPE (TomoPhotoParts, tomo_photo_parts, TOMO, PHOTO_PARTS, GObject)

TomoPhotoParts *tomo_photo_parts_new (GtkWidget *page,
                                      GtkScrolledWindow *scroller,
                                      GtkWidget *lead,
                                      GtkWidget *steps,
                                      const TomoGlass *glass);
void tomo_photo_parts_begin (TomoPhotoParts *self);
void tomo_photo_parts_end (TomoPhotoParts *self);
unsigned int tomo_photo_parts_get_n_parts (TomoPhotoParts *self);
unsigned int tomo_photo_parts_get_part (TomoPhotoParts *self);
void tomo_photo_parts_turn (TomoPhotoParts *self);

G_END_DECLS
