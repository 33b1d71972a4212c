/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *tomo_gzip_inflate (GBytes *packed, size_t max_bytes, GError **error);
GBytes *tomo_gzip_deflate (GBytes *plain, GError **error);

G_END_DECLS
