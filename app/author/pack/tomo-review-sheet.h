/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-pack-catalog.h"
#include "author/pack/tomo-source-pack.h"
#include "core/content/tomo-language.h"

G_BEGIN_DECLS

/* A translation beside its original, for somebody who reads both. */
char *tomo_review_sheet_to_html (const TomoSourcePack *pack,
                                 const TomoPackCatalog *catalog,
                                 const TomoLanguage *language,
                                 GHashTable *pictures);
char *tomo_review_sheet_to_csv (const TomoSourcePack *pack, const TomoPackCatalog *catalog);

/* The columns of the CSV that are read again. */
#define TOMO_REVIEW_SHEET_COLUMN_DIGEST 0
#define TOMO_REVIEW_SHEET_COLUMN_MARK 1

G_END_DECLS
