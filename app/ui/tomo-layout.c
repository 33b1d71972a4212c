/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-layout.h"

/* Below this height a landscape screen is a small one, such as the usual 7 and 10 inch panels. */
#define COMPACT_MAX_HEIGHT_PX 700

/* Width and height of each layout in rem: the style sheet is drawn for these, and the size of one
 * rem follows from the screen, so that a 4K panel shows the same picture as a Full HD one. */
static const struct
{
  const char *style_class;
  double width_rem;
  double height_rem;
  double min_scale; /* of a rem of 16 px; below it small print would begin */
} layouts[] = {
  [TOMO_LAYOUT_PORTRAIT] = { "portrait", 40.0, 60.0, 0.80 },
  [TOMO_LAYOUT_LANDSCAPE] = { "landscape", 80.0, 45.0, 0.95 },
  [TOMO_LAYOUT_COMPACT] = { "compact", 62.0, 36.0, 0.85 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (layouts) == TOMO_N_LAYOUTS);

#define REM_PX 16.0
#define MAX_SCALE 6.0

/**
 * tomo_layout_for_size:
 * @width_px: width of the window
 * @height_px: its height
 *
 * Returns: the layout for a window of that size
 */
TomoLayout
tomo_layout_for_size (int width_px, int height_px)
{
  if (height_px * 10 > width_px * 11)
    return TOMO_LAYOUT_PORTRAIT;

  return (height_px < COMPACT_MAX_HEIGHT_PX) ? TOMO_LAYOUT_COMPACT : TOMO_LAYOUT_LANDSCAPE;
}

/**
 * tomo_layout_get_scale:
 * @width_px: width of the window
 * @height_px: its height
 *
 * Says how large everything is drawn in a window of that size: 1.0 stands for a rem of 16 pixels.
 * Rounded to a fortieth, so that a window that is being resized does not restyle at every pixel.
 *
 * Returns: the scale, always positive
 */
double
tomo_layout_get_scale (int width_px, int height_px)
{
  TomoLayout layout = tomo_layout_for_size (width_px, height_px);
  double by_width = width_px / (layouts[layout].width_rem * REM_PX);
  double by_height = height_px / (layouts[layout].height_rem * REM_PX);
  double scale = CLAMP (MIN (by_width, by_height), layouts[layout].min_scale, MAX_SCALE);

  return (int) (scale * 40.0) / 40.0;
}

/**
 * tomo_layout_get_style_class:
 * @layout: a layout
 *
 * Returns: (transfer none): the class that the window has in that layout
 */
const char *
tomo_layout_get_style_class (TomoLayout layout)
{
  g_return_val_if_fail (layout < TOMO_N_LAYOUTS, layouts[0].style_class);
  return layouts[layout].style_class;
}

/**
 * tomo_layout_is_wide:
 * @layout: a layout
 *
 * Returns: whether things stand side by side
 */
gboolean
tomo_layout_is_wide (TomoLayout layout)
{
  return layout != TOMO_LAYOUT_PORTRAIT;
}
