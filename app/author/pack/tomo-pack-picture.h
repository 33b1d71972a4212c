/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-source-pack.h"

G_BEGIN_DECLS

gboolean tomo_pack_picture_is_localised (const TomoSourcePicture *picture);
GBytes *tomo_pack_picture_check (const TomoSourcePack *pack,
                                 const TomoSourcePicture *picture,
                                 const char *language,
                                 TomoFindings *findings);
GBytes *tomo_pack_picture_render (const TomoSourcePack *pack,
                                  const TomoSourcePicture *picture,
                                  const char *language,
                                  GHashTable *rendered,
                                  TomoFindings *findings,
                                  GError **error);

G_END_DECLS
