/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-source-pack.h"

G_BEGIN_DECLS

/* A drawing of this size has about ten thousand path points; more belongs into a PNG. */
#define TOMO_SVG_MAX_BYTES (512 * 1024)

GBytes *tomo_pack_picture_check (const TomoSourcePack *pack, const TomoSourcePicture *picture,
                                 TomoFindings *findings);
GBytes *tomo_pack_picture_render (const TomoSourcePack *pack, const TomoSourcePicture *picture,
                                  TomoFindings *findings, GError **error);

G_END_DECLS
