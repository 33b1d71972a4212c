/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gettext-po.h>

#include "author/pack/tomo-findings.h"

G_BEGIN_DECLS

/* A PO file in memory, libgettextpo’s. That library keeps its state in globals: one thread only. */
typedef struct po_file TomoPoFile;

/* A pack of 1,000 items has about 600 KiB of text in any one language, and a PO file repeats the
 * source and older sources beside it. */
#define TOMO_PO_MAX_BYTES (8 * 1024 * 1024)

TomoPoFile *tomo_po_file_read (GBytes *bytes, const char *file, TomoFindings *findings);
GBytes *tomo_po_file_write (TomoPoFile *self, GError **error);
unsigned int tomo_po_file_find_line (po_message_t message, po_message_iterator_t iterator);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoPoFile, po_file_free)

G_END_DECLS
