/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/export/tomo-export-private.h"

G_BEGIN_DECLS

/* What GIFT, Moodle XML and the printed page ask about a question. */
gboolean tomo_export_is_single (const TomoSourceItem *item);
const char *tomo_export_get_share (const TomoSourceItem *item);
char *tomo_export_dup_image (const TomoExport *self, const TomoSourceItem *item, const char *src);
char *tomo_export_dup_explanation (const TomoExport *self, const TomoSourceItem *item);

G_END_DECLS
