/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/export/tomo-export.h"
#include "author/pack/tomo-source-pack.h"

G_BEGIN_DECLS

/* A pack in one language on its way out. */
typedef struct
{
  const TomoSourcePack *pack;
  const TomoLanguage *language;
  const TomoPackCatalog *catalog; /* (nullable): NULL for the language of the source */
  GPtrArray *items;               /* (owned) (element-type TomoSourceItem): complete; borrowed */
  GHashTable *pictures;           /* (owned) (element-type utf8 GBytes): PNG by id */
  gboolean is_draft;
} TomoExport;

const TomoFragment *tomo_export_get_text (const TomoExport *self, const TomoSourceText *text);
char *tomo_export_dup_html (const TomoExport *self, const TomoSourceText *text);
char *tomo_export_dup_plain (const TomoExport *self, const TomoSourceText *text);

GBytes *tomo_export_gift (const TomoExport *self);
GBytes *tomo_export_moodle (const TomoExport *self);
void tomo_export_html (const TomoExport *self, GPtrArray *files);

/* The program's own words, in the language of the export. */
const char *tomo_export_get_report (const TomoExport *self, const char *kind);

G_END_DECLS
