/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Target paths as design.md section 8 allows them; publisher and client both enforce this. */
gboolean tomo_target_path_check (const char *path, GError **error);
/* `*` and `?` of TUF path patterns; neither matches ‘/’. */
gboolean tomo_target_path_matches (const char *pattern, const char *path);

G_END_DECLS
