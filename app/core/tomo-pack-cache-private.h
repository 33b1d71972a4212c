/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-pack.h"

G_BEGIN_DECLS

/* A tip, and the packs of the languages that a visitor may switch between. */
#define TOMO_PACK_CACHE_MAX_PACKS 4

/* The packs that were used last, open in memory, by the SHA-256 of what they were opened from. For
 * one thread. */
typedef struct _TomoPackCache TomoPackCache;

TomoPackCache *tomo_pack_cache_new (void);
void tomo_pack_cache_free (TomoPackCache *self);
TomoPack *tomo_pack_cache_find (TomoPackCache *self, const char *object);
void tomo_pack_cache_add (TomoPackCache *self, const char *object, TomoPack *pack);
void tomo_pack_cache_clear (TomoPackCache *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoPackCache, tomo_pack_cache_free)

G_END_DECLS
