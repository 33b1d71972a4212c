/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-pack-catalog.h"
#include "author/pack/tomo-source-pack.h"
#include "core/content/tomo-language.h"

G_BEGIN_DECLS

/* What a reader would stumble over in a translation that is correct: warnings only. What a
 * translation must not do at all is found when the PO file is read. */
void tomo_translation_check (const TomoSourcePack *pack,
                             const TomoPackCatalog *catalog,
                             const TomoLanguage *language,
                             const char *file,
                             TomoFindings *findings);

G_END_DECLS
