/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A thousand questions with a picture of 40 KiB each are 55 MiB; beyond this is no quiz. */
#define TOMO_FOREIGN_MAX_BYTES (128 * 1024 * 1024)

/* Bytes of a file that says nothing, or the wrong thing, about its encoding, as UTF-8. */
char *tomo_foreign_text_decode (GBytes *bytes,
                                const char *encoding,
                                size_t *out_size,
                                const char **out_assumed,
                                GError **error);
unsigned int tomo_foreign_text_count_lines (const char *text, size_t size);

G_END_DECLS
