/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean tomo_role_name_is_top_level (const char *role);
gboolean tomo_role_name_check (const char *role, const char *where, GError **error);
char *tomo_role_name_encode (const char *role);

G_END_DECLS
