/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-item.h"

G_BEGIN_DECLS

/* The compiled form, design.md section 7: (format version, header, items sorted by id).
 *
 * Header:  partner s, pack s, language s, source-language s, title s, revision u, verified-on s,
 *          license s, fallback as, sample b, draft b, sensitive b,
 *          media as        (the SHA-256 of every picture the items use, sorted),
 *          audio as        (the same of every recording; absent if there is none),
 *          incomplete as   (ids of items left out because this language lacks a string)
 * Item:    kind s, topic s, age s, risk s, title s, picture (ss) = (SHA-256, alt), sources a(ss),
 *          audio s (SHA-256 of the recording of all of it; absent if there is none),
 *          recordings a(ss) = (part, SHA-256) (of single paragraphs; absent if there are none):
 *          title, summary, step-1 …; prompt, explanation, and with the id of a choice choice-…,
 *          match-…, feedback-…
 *   tip:       summary a(yss), steps aa(yss)
 *   question:  prompt a(yss), choices a(sba(yss)a(yss)) = (id, correct, text, feedback),
 *              explanation a(yss); true-false has the choices ‘true’ and ‘false’ without text
 * The title of a question is its prompt as plain text. */
#define TOMO_PACK_FORMAT 1
#define TOMO_PACK_VARIANT_TYPE "(ua{sv}a(sa{sv}))"

/* Limits of design.md section 7. */
#define TOMO_PACK_MAX_PACKED_BYTES (1024 * 1024)
#define TOMO_PACK_MAX_BYTES (4 * 1024 * 1024)
#define TOMO_PACK_MAX_ITEMS 1000
#define TOMO_PACK_MAX_STRING_BYTES (64 * 1024)

typedef struct _TomoPack TomoPack;

TomoPack *tomo_pack_new (GBytes *packed, GError **error);
TomoPack *tomo_pack_ref (TomoPack *self);
void tomo_pack_unref (TomoPack *self);
const char *tomo_pack_get_partner (TomoPack *self);
const char *tomo_pack_get_id (TomoPack *self);
const char *tomo_pack_get_language (TomoPack *self);
const char *tomo_pack_get_source_language (TomoPack *self);
const char *tomo_pack_get_title (TomoPack *self);
unsigned int tomo_pack_get_revision (TomoPack *self);
const char *tomo_pack_get_verified_on (TomoPack *self);
const char *tomo_pack_get_license (TomoPack *self);
const char *const *tomo_pack_get_fallback (TomoPack *self);
const char *const *tomo_pack_get_media (TomoPack *self);
const char *const *tomo_pack_get_incomplete (TomoPack *self);
gboolean tomo_pack_is_sample (TomoPack *self);
gboolean tomo_pack_is_draft (TomoPack *self);
gboolean tomo_pack_is_sensitive (TomoPack *self);
size_t tomo_pack_get_n_items (TomoPack *self);
TomoItem *tomo_pack_get_item (TomoPack *self, size_t index);
TomoItem *tomo_pack_find_item (TomoPack *self, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoPack, tomo_pack_unref)

G_END_DECLS
