/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-campaign.h"
#include "core/content/tomo-index.h"

G_BEGIN_DECLS

/* Built files in a folder, laid out as target paths and not signed. Objects are found by hash, as
 * in a store. */
typedef struct _TomoPreview TomoPreview;

TomoPreview *tomo_preview_new (const char *folder, GError **error);
void tomo_preview_free (TomoPreview *self);
gboolean tomo_preview_equal (TomoPreview *self, TomoPreview *other);
size_t tomo_preview_get_n_packs (TomoPreview *self);
TomoCampaign *tomo_preview_get_campaign (TomoPreview *self);
char **tomo_preview_dup_languages (TomoPreview *self);
GBytes *tomo_preview_build_index (TomoPreview *self, const char *language);
GBytes *
tomo_preview_load_object (TomoPreview *self, const char *sha256, size_t max_bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoPreview, tomo_preview_free)

G_END_DECLS
