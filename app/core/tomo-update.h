/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

#include "core/store/tomo-store.h"
#include "core/tomo-config.h"

G_BEGIN_DECLS

/* What a sync is doing, for whoever shows it. */
typedef enum
{
  TOMO_UPDATE_PHASE_METADATA, /* asking what is new */
  TOMO_UPDATE_PHASE_CONTENT,  /* fetching packs and pictures */
  TOMO_UPDATE_PHASE_WRITING,  /* making the next generation current */
} TomoUpdatePhase;

/* How a sync ended. Partners that were kept as before are listed beside it. */
typedef enum
{
  TOMO_UPDATE_UNCHANGED, /* this machine had all of it */
  TOMO_UPDATE_CHANGED,   /* a new generation is current */
  TOMO_UPDATE_OLDER,     /* every source offered less than this machine has seen */
} TomoUpdateOutcome;

/* The writer's joint between trust, fetch, store and content: brings the store of one campaign to
 * what its partners have signed. Signals, emitted in the thread that runs:
 *
 *  progress (TomoUpdatePhase phase, unsigned int n_done, unsigned int n_total, uint64_t n_bytes,
 *            uint64_t n_bytes_total): files and bytes; a total is zero while it is not known
 *  partner-kept (const char *partner, const GError *reason)
 *  source-failed (const char *location, const GError *reason): the next mirror is tried */
#define TOMO_TYPE_UPDATE (tomo_update_get_type ())
G_DECLARE_FINAL_TYPE (TomoUpdate, tomo_update, TOMO, UPDATE, GObject)

TomoUpdate *tomo_update_new (TomoStore *store, const TomoCampaignConfig *campaign);
void tomo_update_set_locations (TomoUpdate *self, const char *const *locations);
void tomo_update_set_selection (TomoUpdate *self,
                                const char *const *partners,
                                const char *const *languages);
void tomo_update_set_limit_rate (TomoUpdate *self, uint64_t bytes_per_sec);
void tomo_update_set_now (TomoUpdate *self, int64_t now_secs);
gboolean tomo_update_run (TomoUpdate *self, GCancellable *cancellable, GError **error);
TomoUpdateOutcome tomo_update_get_outcome (TomoUpdate *self);
const char *const *tomo_update_get_kept_partners (TomoUpdate *self);
unsigned int tomo_update_get_n_fetched (TomoUpdate *self);
uint64_t tomo_update_get_bytes_received (TomoUpdate *self);

G_END_DECLS
