/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean
tomo_new_file_write (const char *path, const void *data, size_t size, int mode, GError **error);

void tomo_new_folder_remove (const char *path);

G_END_DECLS
