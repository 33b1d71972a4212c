/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdint.h>

#include "core/content/tomo-campaign.h"
#include "core/content/tomo-index.h"
#include "core/store/tomo-store.h"
#include "core/tomo-config.h"

G_BEGIN_DECLS

/* The reader's joint between store and content: one campaign as the screen and `tomoctl` see it.
 * Opens one generation and one index, nothing else, until an item is asked for.
 *
 * Signal ‘changed’ (no arguments): another generation became current, or some of it has expired
 * and is to be hidden; reload() takes that up. */
#define TOMO_TYPE_LIBRARY (tomo_library_get_type ())
G_DECLARE_FINAL_TYPE (TomoLibrary, tomo_library, TOMO, LIBRARY, GObject)

TomoLibrary *tomo_library_new (TomoStore *store, const char *campaign);
TomoLibrary *tomo_library_new_for_preview (const char *folder, GError **error);
TomoStore *tomo_library_get_store (TomoLibrary *self);
const char *tomo_library_get_campaign_id (TomoLibrary *self);
gboolean tomo_library_is_preview (TomoLibrary *self);

/* Before the first reload(). */
void tomo_library_set_expired_content (TomoLibrary *self, TomoExpiredContent expired_content);
void tomo_library_set_now_secs (TomoLibrary *self, int64_t now_secs);

void tomo_library_start_monitoring (TomoLibrary *self);
void tomo_library_stop_monitoring (TomoLibrary *self);

gboolean tomo_library_reload (TomoLibrary *self, gboolean *out_changed, GError **error);
gboolean tomo_library_is_empty (TomoLibrary *self);
uint64_t tomo_library_get_generation (TomoLibrary *self);
int64_t tomo_library_get_updated_secs (TomoLibrary *self);
int64_t tomo_library_get_fetched_secs (TomoLibrary *self);
TomoCampaign *tomo_library_get_campaign (TomoLibrary *self);
const char *const *tomo_library_get_hidden (TomoLibrary *self);
const char *const *tomo_library_get_languages (TomoLibrary *self);
gboolean tomo_library_is_offered (TomoLibrary *self, const char *language);
TomoIndex *tomo_library_load_index (TomoLibrary *self, const char *language, GError **error);
TomoPack *tomo_library_load_pack (TomoLibrary *self, const char *object, GError **error);
TomoItem *tomo_library_load_item (TomoLibrary *self,
                                  const TomoIndexEntry *entry,
                                  TomoPack **out_pack,
                                  GError **error);
GBytes *tomo_library_load_picture (TomoLibrary *self, const char *sha256, GError **error);
GBytes *tomo_library_load_audio (TomoLibrary *self, const char *sha256, GError **error);

G_END_DECLS
