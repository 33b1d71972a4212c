/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What packs name by its SHA-256 and partners publish beside them, as <partner>/media/<name>. The
 * end of the name says what it is. */
#define TOMO_MEDIA_PICTURE ".png"
#define TOMO_MEDIA_AUDIO ".opus"

gboolean tomo_media_is_path (const char *path);
char *tomo_media_dup_path (const char *partner, const char *name);
size_t tomo_media_get_max_bytes (const char *path);
gboolean tomo_media_check (const char *path, GBytes *bytes, GError **error);

G_END_DECLS
