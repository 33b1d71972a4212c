/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-glass.h"

G_BEGIN_DECLS

/* What a window's size asks for. The style sheet has a class of the same name for each. */
typedef enum
{
  TOMO_LAYOUT_PORTRAIT,
  TOMO_LAYOUT_LANDSCAPE,
  TOMO_LAYOUT_COMPACT, /* a small landscape screen: 1024×600, 800×480 */
} TomoLayout;
#define TOMO_N_LAYOUTS (TOMO_LAYOUT_COMPACT + 1)

TomoLayout tomo_layout_for_size (int width_px, int height_px);
double tomo_layout_get_scale (int width_px, int height_px);
gboolean tomo_layout_is_short (int height_px, double scale);
TomoLayout tomo_layout_for_scale (int width_px, int height_px, double scale);
double tomo_layout_get_text_scale (int width_px,
                                   int height_px,
                                   const TomoGlass *glass,
                                   unsigned int text_size);
const char *tomo_layout_get_style_class (TomoLayout layout);
gboolean tomo_layout_is_wide (TomoLayout layout);

G_END_DECLS
