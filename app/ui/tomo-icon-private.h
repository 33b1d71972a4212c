/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A drawing is a row of numbers: one of these, then as many coordinates as it takes, in a square of
 * TOMO_ICON_SIDE. make-icons.py writes them. */
#define TOMO_ICON_MOVE 0.0f         /* x, y */
#define TOMO_ICON_LINE 1.0f         /* x, y */
#define TOMO_ICON_CURVE 2.0f        /* x, y of two control points and of the end */
#define TOMO_ICON_CLOSE 3.0f        /* nothing */
#define TOMO_ICON_FILL_NONZERO 4.0f /* nothing */
#define TOMO_ICON_FILL_EVENODD 5.0f /* nothing */

#define TOMO_ICON_SIDE 24

typedef struct
{
  const char *name;
  unsigned int begin; /* in tomo_icon_steps */
  unsigned int end;   /* behind its last number */
} TomoIconDrawing;

extern const float tomo_icon_steps[];
extern const TomoIconDrawing tomo_icon_drawings[]; /* sorted by name */
extern const unsigned int tomo_icon_n_drawings;

G_END_DECLS
