/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-pack-catalog.h"
#include "author/pack/tomo-source-pack.h"

G_BEGIN_DECLS

gboolean tomo_pack_item_is_complete (const TomoSourcePack *pack,
                                     const TomoSourceItem *item,
                                     const TomoPackCatalog *catalog);
GBytes *tomo_pack_compile (const TomoSourcePack *pack,
                           const char *partner,
                           const char *language,
                           const TomoPackCatalog *catalog,
                           GHashTable *pictures,
                           GHashTable *audio,
                           GError **error);

G_END_DECLS
