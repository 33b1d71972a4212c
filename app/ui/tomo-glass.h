/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/tomo-config.h"

G_BEGIN_DECLS

/* The screen as a thing that people touch and look at: how large it is, how high it hangs, and how
 * far away they stand. Lengths in px are those that widgets are measured in. */
typedef struct
{
  double px_per_mm;                 /* always positive */
  gboolean is_touched;              /* a kiosk: what is touched has a size in millimetres */
  unsigned int scale_percent;       /* 0: as the size of the window asks for */
  unsigned int bottom_mm;           /* from the floor to the glass; 0: not known */
  unsigned int viewing_distance_mm; /* from the eye to the glass */
} TomoGlass;

void tomo_glass_init (TomoGlass *self);
void tomo_glass_init_for_kiosk (TomoGlass *self,
                                const TomoKioskConfig *config,
                                int width_px,
                                int height_px,
                                int width_mm,
                                int height_mm);
int tomo_glass_get_lowered_px (const TomoGlass *self, int height_px);
int tomo_glass_mm_to_px (const TomoGlass *self, double mm);

G_END_DECLS
