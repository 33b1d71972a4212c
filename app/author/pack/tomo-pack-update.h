/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-source-pack.h"

G_BEGIN_DECLS

/* What tomo_pack_update_po() did to one file. */
typedef struct
{
  char *file;      /* (owned) */
  gboolean is_new; /* made now */
  gboolean has_changed;
} TomoUpdatedPo;

void tomo_updated_po_free (TomoUpdatedPo *self);
GPtrArray *tomo_pack_update_po (const TomoSourcePack *pack,
                                TomoFindings *findings,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
