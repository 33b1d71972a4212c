/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What compiled packs, campaign files and indexes have in common: opening foreign bytes, and
 * reading dictionaries whose known keys have fixed types. Every error is INVALID_DATA, but for a
 * newer format version, and begins with @where. */

/* More than any later version needs; keeps looking for repeated keys cheap. */
#define TOMO_COMPILED_MAX_KEYS 64
/* Steps of a tip, choices, sources: what fits no screen is a mistake or an attack. */
#define TOMO_COMPILED_MAX_PARTS 100
#define TOMO_COMPILED_MAX_RUNS 1000

GVariant *tomo_compiled_open (GBytes *packed, const char *where, GError **error);
GVariant *tomo_compiled_open_plain (GBytes *plain,
                                    const GVariantType *type,
                                    const char *where,
                                    GError **error);

gboolean tomo_compiled_check_dict (GVariant *dict, const char *where, GError **error);
GVariant *tomo_compiled_get (GVariant *dict,
                             const char *key,
                             const char *type,
                             const char *absent,
                             const char *where,
                             GError **error);
const char *tomo_compiled_get_string (GVariant *dict,
                                      const char *key,
                                      const char *absent,
                                      const char *where,
                                      GError **error);
gboolean tomo_compiled_get_boolean (GVariant *dict,
                                    const char *key,
                                    gboolean *out_value,
                                    const char *where,
                                    GError **error);
const char **tomo_compiled_get_strings (GVariant *dict,
                                        const char *key,
                                        GVariant **out_owner,
                                        const char *where,
                                        GError **error);

gboolean
tomo_compiled_check_string (const char *string, const char *key, const char *where, GError **error);
gboolean
tomo_compiled_check_text (GVariant *runs, const char *key, const char *where, GError **error);
gboolean
tomo_compiled_check_id (const char *id, const char *key, const char *where, GError **error);
gboolean
tomo_compiled_check_sha256 (const char *sha256, const char *key, const char *where, GError **error);
gboolean
tomo_compiled_check_language (const char *tag, const char *key, const char *where, GError **error);
gboolean tomo_compiled_check_address (const char *address,
                                      const char *key,
                                      const char *where,
                                      GError **error);

G_END_DECLS
