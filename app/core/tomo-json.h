/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <stdint.h>
#include <jansson.h>

G_BEGIN_DECLS

/* Reading untrusted JSON: strict, limited, and an error that names the member. @where says of
 * which file or object, for the message. Errors are INVALID_DATA. */
json_t *tomo_json_parse (GBytes *bytes, size_t max_bytes, const char *where, GError **error);
json_t *
tomo_json_get_object (json_t *object, const char *member, const char *where, GError **error);
json_t *tomo_json_get_array (json_t *object, const char *member, const char *where, GError **error);
const char *
tomo_json_get_string (json_t *object, const char *member, const char *where, GError **error);
gboolean tomo_json_get_uint64 (json_t *object,
                               const char *member,
                               uint64_t *out_value,
                               const char *where,
                               GError **error);
gboolean tomo_json_get_boolean (json_t *object,
                                const char *member,
                                gboolean *out_value,
                                const char *where,
                                GError **error);
gboolean tomo_json_get_time (json_t *object,
                             const char *member,
                             int64_t *out_secs,
                             const char *where,
                             GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

G_END_DECLS
