/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-compiled-private.h"

G_BEGIN_DECLS

/* What a campaign or a partner is called, a{ss}: names by language. */
gboolean tomo_names_read (const TomoCompiledDict *dict,
                          TomoPiece *out_names,
                          const char *where,
                          GError **error);
const char *tomo_names_find (TomoPiece names, const char *language, const char **out_language);

G_END_DECLS
