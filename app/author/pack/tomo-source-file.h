/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *tomo_source_file_read (const char *path, size_t max_bytes, GError **error);

G_END_DECLS
