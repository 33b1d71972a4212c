/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

G_BEGIN_DECLS

/* How a machine that knows nothing of a campaign gets its first root: from a place that nobody
 * vouches for, by the fingerprint on a sheet of paper, design.md section 8. */
char *tomo_first_root_dup_fingerprint (GBytes *root);
char *tomo_first_root_parse_fingerprint (const char *text);
gboolean tomo_first_root_begins_with (GBytes *root, const char *typed);
GBytes *tomo_first_root_find (const char *location,
                              const char *sha256,
                              uint64_t *out_version,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
