/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/publish/tomo-role-file.h"

G_BEGIN_DECLS

/* Whether the file of a partner's role that came from elsewhere is one that we would have written:
 * its targets lie below its prefix, have a size and a hash, and are not too many. */
gboolean tomo_role_file_check_targets (TomoRoleFile *self, const char *role, GError **error);
/* The same, and nothing else is in it: what a person cannot be shown must not be signed. */
gboolean tomo_role_file_check_plain (TomoRoleFile *self, const char *role, GError **error);

G_END_DECLS
