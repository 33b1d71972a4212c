/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A SHA-256 as people read it aloud and copy it from paper: 16 groups of four, ‘1A2B 3C4D …’. */
char *tomo_fingerprint_format (const char *sha256);
char *tomo_fingerprint_parse (const char *text, GError **error);
gboolean tomo_fingerprint_begins_with (const char *sha256, const char *typed);

G_END_DECLS
