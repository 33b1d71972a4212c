/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-campaign.h"
#include "core/fetch/tomo-fetcher.h"
#include "core/store/tomo-generation.h"
#include "core/tomo-update.h"
#include "core/trust/tomo-trusted-set.h"

G_BEGIN_DECLS

/* One run against one source. Lives in one thread, for the length of one call. */
typedef struct
{
  TomoUpdate *update;                 /* for its signals */
  TomoStore *store;
  const TomoCampaignConfig *campaign; /* what is configured */
  const char *const *partners;        /* (nullable): what this run fetches; NULL for all */
  const char *const *languages;       /* (nullable): the same */
  TomoFetcher *fetcher;
  GCancellable *cancellable;          /* (nullable) */
  TomoGeneration *current;            /* (owned) (nullable): what the screen shows now */
  TomoTrustedSet *set;                /* (owned) */
  GHashTable *new_metadata;           /* (owned): role → GBytes, saved when their content is in */
  GHashTable *sick;                   /* (owned): role → GError; their last good content stays */
  unsigned int n_fetched;
} TomoUpdateRun;

/* tomo-update-metadata.c: the workflow of TUF section 5, over the set. */
GBytes *tomo_update_load_trusted_root (TomoStore *store, const TomoCampaignConfig *campaign,
                                       GError **error);
gboolean tomo_update_refresh_metadata (TomoUpdateRun *run, GError **error);
gboolean tomo_update_refresh_targets (TomoUpdateRun *run, GError **error);
gboolean tomo_update_load_roles (TomoUpdateRun *run, GError **error);
const char *tomo_update_partner_of_role (TomoUpdateRun *run, GPtrArray *roles, const char *role);

/* tomo-update-content.c: from the targets that count to the next generation. */
gboolean tomo_update_realise_content (TomoUpdateRun *run, GError **error);

/* tomo-update.c */
gboolean tomo_update_is_selected (const char *const *list, const char *string);
void tomo_update_emit_progress (TomoUpdateRun *run, TomoUpdatePhase phase, unsigned int n_done,
                                unsigned int n_total);
void tomo_update_mark_sick (TomoUpdateRun *run, const char *role, const GError *reason);
char *tomo_update_dup_selection (TomoUpdateRun *run);

G_END_DECLS
