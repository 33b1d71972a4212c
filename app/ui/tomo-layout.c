/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-layout.h"

#include <math.h>

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

/* With less than this beside each other, columns would be of a word or two. */
#define MIN_WIDE_REM 38.0

/* With less than this below each other, the page needs the room of what stands around it. */
#define MIN_HIGH_REM 20.0

/* The visitor's text sizes: as designed, larger, largest. The largest is this much larger, or as
 * large as somebody with low vision needs it. */
#define N_STEPS_TO_LARGEST 2
#define LARGEST_FACTOR 1.45
/* Height of a capital letter, as seen from where people stand: EN 301 549, 5.1.4; and the least
 * that ISO 9241-303 allows for text that is read, 16 minutes of arc. */
#define LARGEST_DEGREES 0.7
#define LEAST_DEGREES (16.0 / 60.0)
/* Running text in the style sheet, and what of it a capital H of Noto Sans is high. */
#define TEXT_REM 1.125
#define CAPITAL_HEIGHT 0.714
/* On a small panel that is seen from afar letters of that size would leave no room for words. */
#define MIN_WIDTH_REM 22.0
#define MIN_HEIGHT_REM 14.0

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

/* So that a window that is being resized does not restyle at every pixel. */
static double
round_scale (double scale)
{
  return floor (scale * 40.0) / 40.0;
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

  return round_scale (scale);
}

/* The scale at which a capital letter of running text is seen under that angle. */
static double
get_scale_for_angle (const TomoGlass *glass, double degrees)
{
  double capital_mm = glass->viewing_distance_mm * tan (degrees * G_PI / 180.0);

  return capital_mm * glass->px_per_mm / (CAPITAL_HEIGHT * TEXT_REM * REM_PX);
}

/**
 * tomo_layout_get_text_scale:
 * @width_px: width of the window
 * @height_px: its height
 * @glass: what it is seen on
 * @text_size: the visitor's text size: 0, as designed, to 2, largest
 *
 * Says how large everything is drawn for a visitor. What fits the window counts first; on a kiosk
 * nothing gets so small that it cannot be read from where people stand, and the largest text is as
 * large as low vision needs it, unless the window is too small for that.
 *
 * Returns: the scale, always positive
 */
double
tomo_layout_get_text_scale (int width_px,
                            int height_px,
                            const TomoGlass *glass,
                            unsigned int text_size)
{
  double usual = tomo_layout_get_scale (width_px, height_px);

  if (glass->scale_percent != 0)
    usual *= glass->scale_percent / 100.0;
  else if (glass->is_touched)
    usual = MAX (usual, get_scale_for_angle (glass, LEAST_DEGREES));

  double largest = usual * LARGEST_FACTOR;
  double most = MIN (width_px / (MIN_WIDTH_REM * REM_PX), height_px / (MIN_HEIGHT_REM * REM_PX));
  if (glass->is_touched)
    largest = MAX (largest, MIN (get_scale_for_angle (glass, LARGEST_DEGREES), most));

  /* Each step is as much larger as the one before. */
  double step = pow (largest / usual, (double) text_size / N_STEPS_TO_LARGEST);
  return round_scale (CLAMP (usual * step, 0.5, MAX_SCALE * LARGEST_FACTOR));
}

/**
 * tomo_layout_for_scale:
 * @width_px: width of the window
 * @height_px: its height
 * @scale: how large things are drawn in it
 *
 * Returns: the layout for a window of that size, in which large letters may need one column
 */
TomoLayout
tomo_layout_for_scale (int width_px, int height_px, double scale)
{
  TomoLayout layout = tomo_layout_for_size (width_px, height_px);

  return (width_px < MIN_WIDE_REM * REM_PX * scale) ? TOMO_LAYOUT_PORTRAIT : layout;
}

/**
 * tomo_layout_is_short:
 * @height_px: height of the window
 * @scale: how large things are drawn in it
 *
 * Returns: whether there is room for a few lines only
 */
gboolean
tomo_layout_is_short (int height_px, double scale)
{
  return height_px < MIN_HIGH_REM * REM_PX * scale;
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
