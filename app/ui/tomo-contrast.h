/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Ratios that WCAG 2.2 asks for: 1.4.6 and 1.4.3 for text, 1.4.11 for shapes. */
#define TOMO_CONTRAST_STRONG_TEXT 7.0
#define TOMO_CONTRAST_TEXT 4.5
#define TOMO_CONTRAST_SHAPE 3.0

double tomo_contrast_get_ratio (const GdkRGBA *one, const GdkRGBA *other);

G_END_DECLS
