/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean tomo_pack_new_make_folder (const char *folder, GError **error);
gboolean tomo_pack_new_folder (const char *folder, GError **error);

G_END_DECLS
