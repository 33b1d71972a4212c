/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-source-pack.h"

G_BEGIN_DECLS

/* For the reader of pack.xml, which fills them. */
TomoSourcePack *tomo_source_pack_new (const char *folder);
TomoSourceItem *tomo_source_item_new (void);

G_END_DECLS
