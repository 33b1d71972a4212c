/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

#include "core/store/tomo-store.h"

G_BEGIN_DECLS

/* Compiled content made in memory, for tests of other layers. What cannot be made is a failed
 * assertion, never an error.
 *
 * Partners jp and th have one pack each, ‘basics’, in en, ja, th and ar: the tips
 * ‘long-passphrase’ (with the picture) and ‘strange-message’, and the questions
 * ‘hardest-to-guess’ (single), ‘monthly-change’ (true-false) and ‘warning-signs’ (multiple). The
 * pack of th lacks ‘warning-signs’ in ar. The tip ‘long-passphrase’ of jp is recorded in ja. */
#define TOMO_FIXTURE_CAMPAIGN "demo"
#define TOMO_FIXTURE_PACK "basics"

/* Values of any kind: GVariant in text form, compiled. */
GBytes *tomo_fixture_compile (GVariant *variant);
GBytes *tomo_fixture_compile_text (const char *header, const char *items);
char *tomo_fixture_dup_sha256 (GBytes *bytes);

GBytes *tomo_fixture_new_pack (const char *partner, const char *language);
GBytes *tomo_fixture_new_picture (void);
GBytes *tomo_fixture_new_audio (void);
/* Makes the checksums of all pages of an Ogg file right again. */
void tomo_fixture_mend_audio (uint8_t *data, size_t size);
GBytes *tomo_fixture_new_campaign (void);
const char *const *tomo_fixture_pack_languages (void);
const char *const *tomo_fixture_campaign_languages (void);

/* Creates the store if it is not there, and makes a complete generation of campaign ‘demo’ current,
 * with indexes for en ja th ar id vi. */
void tomo_fixture_fill_store (TomoStore *store);
/* The same, noting which languages have enough in them; without @offered as a store that says
 * nothing about it. */
void tomo_fixture_fill_store_offering (TomoStore *store, const char *const *offered);
/* The same, noting until when what jp and th signed holds. */
void tomo_fixture_fill_store_expiring (TomoStore *store, int64_t jp_secs, int64_t th_secs);
/* Writes built files as `tomopress pack build -o` lays them out, for previews. */
void tomo_fixture_fill_preview (const char *folder);

/* @path is relative to @folder; folders on the way are made. */
void tomo_fixture_write_file (const char *folder, const char *path, GBytes *bytes);

/* A folder of its own for one test, removed with all that is in it at the end. */
char *tomo_fixture_dup_folder (void);
void tomo_fixture_remove_folder (const char *path);

G_END_DECLS
