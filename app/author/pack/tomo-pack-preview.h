/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-findings.h"
#include "core/content/tomo-language.h"
#include "core/tomo-preview-card.h"

G_BEGIN_DECLS

/* A pack as somebody sees it who is still working on it: built anew each time a file is saved, into
 * a folder that tomoshibi --preview looks at. */
typedef struct _TomoPackPreview TomoPackPreview;

TomoPackPreview *
tomo_pack_preview_new (const char *folder, const char *partner, const char *output);
void tomo_pack_preview_free (TomoPackPreview *self);
gboolean tomo_pack_preview_set_po (TomoPackPreview *self, const char *file, GError **error);
gboolean
tomo_pack_preview_set_language (TomoPackPreview *self, const char *language, GError **error);
const TomoLanguage *tomo_pack_preview_get_language (TomoPackPreview *self);
gboolean tomo_pack_preview_update (TomoPackPreview *self,
                                   TomoFindings *findings,
                                   GCancellable *cancellable,
                                   GError **error);
gboolean tomo_pack_preview_has_changed (TomoPackPreview *self);
TomoPreviewCard *tomo_pack_preview_find (TomoPackPreview *self, const char *needle);
TomoPreviewCard *tomo_pack_preview_find_change (TomoPackPreview *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoPackPreview, tomo_pack_preview_free)

G_END_DECLS
