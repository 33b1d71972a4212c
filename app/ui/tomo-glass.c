/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-glass.h"

#include <math.h>

#define MM_PER_INCH 25.4
#define USUAL_DPI 96.0
#define USUAL_VIEWING_DISTANCE_MM 600

/* From a wall of 98 inches in Full HD to a panel of a telephone's density. */
#define MIN_PX_PER_MM 0.8
#define MAX_PX_PER_MM 14.0
/* Dots are square; what says otherwise by more than this says something else than its size. */
#define MAX_ASPECT_ERROR 0.15

/* Within reach of who sits: EN 301 549, clause 5.1 and 8.3, and design.md section 11. */
#define REACH_MM 1200.0
/* A screen that hangs higher than that is lowered as far as a page can be drawn: as high as a panel
 * of 7 inches, and a little. */
#define MIN_LOWERED_MM 100.0
#define TALL_MM 500.0
#define USUAL_BOTTOM_MM 800.0

/* What televisions and projectors write into their description in place of their size: the aspect,
 * in centimetres or in millimetres, or a width that none of them has. */
static const struct
{
  int width_mm;
  int height_mm;
} nonsense[] = {
  { 16, 9 }, { 16, 10 }, { 160, 90 }, { 160, 100 }, { 1600, 900 }, { 1600, 1000 },
};

static gboolean
is_believable (int width_px, int height_px, int width_mm, int height_mm)
{
  if (width_px <= 0 || height_px <= 0 || width_mm <= 0 || height_mm <= 0)
    return FALSE;

  for (unsigned int i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      if ((width_mm == nonsense[i].width_mm && height_mm == nonsense[i].height_mm) ||
          (width_mm == nonsense[i].height_mm && height_mm == nonsense[i].width_mm))
        return FALSE;
    }

  double px_per_mm = (double) width_px / width_mm;
  double aspect_error = px_per_mm * height_mm / height_px - 1.0;
  return px_per_mm >= MIN_PX_PER_MM && px_per_mm <= MAX_PX_PER_MM &&
         fabs (aspect_error) <= MAX_ASPECT_ERROR;
}

/**
 * tomo_glass_init:
 * @self: (out caller-allocates): a glass
 *
 * Makes @self the screen of a desk: 96 dots an inch, used with a mouse.
 */
void
tomo_glass_init (TomoGlass *self)
{
  *self = (TomoGlass){ .px_per_mm = USUAL_DPI / MM_PER_INCH,
                       .viewing_distance_mm = USUAL_VIEWING_DISTANCE_MM };
}

/**
 * tomo_glass_init_for_kiosk:
 * @self: (out caller-allocates): a glass
 * @config: what the operator has measured
 * @width_px: width of the screen
 * @height_px: its height
 * @width_mm: what the display says of its width; zero if it does not
 * @height_mm: what it says of its height
 *
 * Makes @self the screen of a kiosk. What was measured counts first, then what the display says if
 * it can be believed; else the screen has 96 dots an inch.
 */
void
tomo_glass_init_for_kiosk (TomoGlass *self,
                           const TomoKioskConfig *config,
                           int width_px,
                           int height_px,
                           int width_mm,
                           int height_mm)
{
  tomo_glass_init (self);
  self->is_touched = TRUE;
  self->scale_percent = config->scale_percent;
  self->bottom_mm = config->screen_bottom_mm;
  self->viewing_distance_mm = config->viewing_distance_mm;

  if (config->screen_width_mm > 0 && width_px > 0)
    self->px_per_mm = (double) width_px / config->screen_width_mm;
  else if (is_believable (width_px, height_px, width_mm, height_mm))
    self->px_per_mm = (double) width_px / width_mm;
  else if (is_believable (width_px, height_px, height_mm, width_mm))
    self->px_per_mm = (double) width_px / height_mm; /* of the panel, before it was turned */
}

/**
 * tomo_glass_get_lowered_px:
 * @self: a glass
 * @height_px: height of the window, which fills the screen
 *
 * Says how much of the height is left, from below, when all that is touched shall be within reach
 * of a child and of a person in a wheelchair. If nobody measured how high the screen hangs, a tall
 * one is taken to begin at the height of a desk.
 *
 * Returns: pixels, or 0 if there is nothing above that reach or the height is not known
 */
int
tomo_glass_get_lowered_px (const TomoGlass *self, int height_px)
{
  double height_mm = height_px / self->px_per_mm;
  double bottom_mm = self->bottom_mm;

  if (!self->is_touched || (self->bottom_mm == 0 && height_mm < TALL_MM))
    return 0;
  if (self->bottom_mm == 0)
    bottom_mm = USUAL_BOTTOM_MM;
  if (bottom_mm + height_mm <= REACH_MM)
    return 0;

  double left_mm = MAX (REACH_MM - bottom_mm, MIN_LOWERED_MM);
  return (left_mm < height_mm) ? (int) (left_mm * self->px_per_mm) : 0;
}

/**
 * tomo_glass_mm_to_px:
 * @self: a glass
 * @mm: a length on the glass
 *
 * Returns: how many pixels at least have that length
 */
int
tomo_glass_mm_to_px (const TomoGlass *self, double mm)
{
  /* The hair keeps exact lengths from being rounded up by a pixel. */
  return (int) ceil (mm * self->px_per_mm - 1e-6);
}
