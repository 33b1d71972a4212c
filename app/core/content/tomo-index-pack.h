/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-pack.h"

G_BEGIN_DECLS

/* What lists need of one pack in one language, a tenth of its size: a sync holds one for each of
 * 120,000 packs, and none of the packs themselves. Immutable, refcounted. */
typedef struct _TomoIndexPack TomoIndexPack;

TomoIndexPack *tomo_index_pack_new (TomoPack *pack, const char *object);
TomoIndexPack *tomo_index_pack_ref (TomoIndexPack *self);
void tomo_index_pack_unref (TomoIndexPack *self);
const char *tomo_index_pack_get_partner (TomoIndexPack *self);
const char *tomo_index_pack_get_id (TomoIndexPack *self);
size_t tomo_index_pack_get_n_media (TomoIndexPack *self);
const char *tomo_index_pack_get_medium (TomoIndexPack *self, size_t index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoIndexPack, tomo_index_pack_unref)

G_END_DECLS
