/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "core/content/tomo-piece-private.h"
#include "core/content/tomo-text.h"

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

/* A value, and what it is. */
typedef struct
{
  const char *key;
  const char *type; /* does not end in a zero */
  size_t type_length;
  TomoPiece piece;
} TomoCompiledValue;

/* A dictionary taken apart once. All of it is borrowed from the bytes. */
typedef struct
{
  size_t n_keys;
  TomoCompiledValue values[TOMO_COMPILED_MAX_KEYS];
} TomoCompiledDict;

gboolean tomo_compiled_read_dict (TomoCompiledDict *self,
                                  TomoPiece piece,
                                  const char *where,
                                  GError **error);
gboolean tomo_compiled_read_whole (GVariant *variant,
                                   TomoCompiledDict *out_header,
                                   TomoPiece *out_items,
                                   const char *where,
                                   GError **error);
gboolean tomo_compiled_get (const TomoCompiledDict *dict,
                            const char *key,
                            const char *type,
                            TomoPiece *out_value,
                            const char *where,
                            GError **error);
gboolean tomo_compiled_find (const TomoCompiledDict *dict,
                             const char *key,
                             const char *type,
                             TomoPiece *out_value,
                             const char *where,
                             GError **error);
const char *tomo_compiled_get_string (const TomoCompiledDict *dict,
                                      const char *key,
                                      const char *absent,
                                      const char *where,
                                      GError **error);
gboolean tomo_compiled_get_boolean (const TomoCompiledDict *dict,
                                    const char *key,
                                    gboolean *out_value,
                                    const char *where,
                                    GError **error);
const char **tomo_compiled_get_strings (const TomoCompiledDict *dict,
                                        const char *key,
                                        const char *where,
                                        GError **error);

gboolean
tomo_compiled_check_string (const char *string, const char *key, const char *where, GError **error);
gboolean
tomo_compiled_check_text (TomoText *text, const char *key, const char *where, GError **error);
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
