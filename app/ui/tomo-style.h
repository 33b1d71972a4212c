/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ui/tomo-glass.h"

G_BEGIN_DECLS

/* Sets of colours; the style sheet uses their names only. */
typedef enum
{
  TOMO_PALETTE_LIGHT,
  TOMO_PALETTE_DARK,
  TOMO_PALETTE_CONTRAST,
} TomoPalette;
#define TOMO_N_PALETTES (TOMO_PALETTE_CONTRAST + 1)

/* The style sheet, the icons, the colours and the scale of one display. */
#define TOMO_TYPE_STYLE (tomo_style_get_type ())
G_DECLARE_FINAL_TYPE (TomoStyle, tomo_style, TOMO, STYLE, GObject)

TomoStyle *tomo_style_new (GdkDisplay *display);
void tomo_style_set_palette (TomoStyle *self, TomoPalette palette);
TomoPalette tomo_style_get_usual_palette (TomoStyle *self);
void tomo_style_set_accent (TomoStyle *self, const char *accent);
void tomo_style_set_still (TomoStyle *self, gboolean is_still);
void tomo_style_set_scale (TomoStyle *self, double scale);
void tomo_style_forget_fonts (void);
double tomo_style_get_rem_px (GtkWidget *widget);

/* On widgets that have no mirror image in any language: pictures, keypads. */
#define TOMO_STYLE_LEFT_TO_RIGHT "left-to-right"

void tomo_style_set_targets (GtkWidget *widget, const TomoGlass *glass);
void tomo_style_set_language (GtkWidget *widget, const char *language);

G_END_DECLS
