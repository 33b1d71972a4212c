/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files that came by mail: their size is limited before a byte is read. */
GBytes *tomo_mailed_file_read (const char *path, size_t max_bytes, GError **error);

G_END_DECLS
