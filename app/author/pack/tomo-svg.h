/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-findings.h"

G_BEGIN_DECLS

/* A drawing of this size has about ten thousand path points; more belongs into a PNG. */
#define TOMO_SVG_MAX_BYTES (512 * 1024)
/* The longer edge of what is rendered: enough for half of a 4K screen. */
#define TOMO_SVG_RENDER_EDGE_PX 1440

gboolean tomo_svg_check (GBytes *svg, const char *file, TomoFindings *findings);
GBytes *tomo_svg_render (GBytes *svg, unsigned int edge_px, GError **error);

G_END_DECLS
