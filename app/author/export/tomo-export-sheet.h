/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/export/tomo-export-private.h"

G_BEGIN_DECLS

/* A question on paper, and its answer on another. */
void tomo_export_sheet_append_question (const TomoExport *self,
                                        GString *html,
                                        const TomoSourceItem *item,
                                        unsigned int number);
void tomo_export_sheet_append_answer (const TomoExport *self,
                                      GString *html,
                                      const TomoSourceItem *item,
                                      unsigned int number);

G_END_DECLS
