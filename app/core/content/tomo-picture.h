/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Limits of design.md section 7. */
#define TOMO_PICTURE_MAX_BYTES (1024 * 1024)
#define TOMO_PICTURE_MAX_PIXELS (4 * 1000 * 1000)
#define TOMO_PICTURE_MAX_EDGE_PX 2160

gboolean tomo_picture_check (GBytes *png,
                             unsigned int *out_width_px,
                             unsigned int *out_height_px,
                             GError **error);

G_END_DECLS
