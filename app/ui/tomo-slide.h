/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  TOMO_SLIDE_NOT,
  TOMO_SLIDE_LEFT,
  TOMO_SLIDE_RIGHT,
} TomoSlideWay;

#define TOMO_TYPE_SLIDE (tomo_slide_get_type ())
G_DECLARE_FINAL_TYPE (TomoSlide, tomo_slide, TOMO, SLIDE, GtkWidget)

void tomo_slide_show (TomoSlide *self, GtkWidget *page, TomoSlideWay way);
gboolean tomo_slide_is_moving (TomoSlide *self);

G_END_DECLS
