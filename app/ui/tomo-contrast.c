/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-contrast.h"

#include <math.h>

/* “Relative luminance” of WCAG 2.2. */
static double
linearise (float channel)
{
  double value = (double) channel;

  return (value <= 0.04045) ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
get_luminance (const GdkRGBA *colour)
{
  return 0.2126 * linearise (colour->red) + 0.7152 * linearise (colour->green) +
         0.0722 * linearise (colour->blue);
}

/**
 * tomo_contrast_get_ratio:
 * @one: a colour; how transparent it is does not count
 * @other: another one
 *
 * Computes “contrast ratio” as WCAG 2.2 defines it.
 *
 * Returns: from 1.0, the same, to 21.0, black and white
 */
double
tomo_contrast_get_ratio (const GdkRGBA *one, const GdkRGBA *other)
{
  double first = get_luminance (one);
  double second = get_luminance (other);

  return (MAX (first, second) + 0.05) / (MIN (first, second) + 0.05);
}
