/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Which bytes of a file an answer holds. */
typedef struct
{
  uint64_t first;
  uint64_t last; /* that byte included */
  uint64_t size; /* of the whole file, or TOMO_HTTP_SIZE_UNKNOWN */
} TomoHttpRange;

#define TOMO_HTTP_SIZE_UNKNOWN G_MAXUINT64

gboolean tomo_http_parse_content_range (const char *text, TomoHttpRange *out_range);
gboolean tomo_http_parse_retry_after (const char *text, int64_t now_secs, unsigned int *out_secs);
gboolean tomo_http_is_entity_tag (const char *text);
gboolean tomo_http_is_strong_entity_tag (const char *text);
gboolean tomo_http_is_web_page (const char *content_type, const uint8_t *data, size_t size);

G_END_DECLS
