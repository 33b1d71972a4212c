/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-source-pack.h"

G_BEGIN_DECLS

GBytes *tomo_pack_picture_check (const TomoSourcePack *pack, const TomoSourcePicture *picture,
                                 TomoFindings *findings);
GBytes *tomo_pack_picture_render (const TomoSourcePack *pack, const TomoSourcePicture *picture,
                                  GHashTable *rendered, TomoFindings *findings, GError **error);

G_END_DECLS
