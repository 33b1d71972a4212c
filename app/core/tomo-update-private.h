/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-campaign.h"
#include "core/content/tomo-index-pack.h"
#include "core/fetch/tomo-fetcher.h"
#include "core/store/tomo-generation.h"
#include "core/tomo-update.h"
#include "core/trust/tomo-trusted-set.h"

G_BEGIN_DECLS

/* One run against one source. Lives in one thread, for the length of one call. */
typedef struct
{
  TomoUpdate *update; /* for its signals */
  TomoStore *store;
  const TomoCampaignConfig *campaign; /* what is configured */
  const char *const *partners;        /* (nullable): what this run fetches; NULL for all */
  const char *const *languages;       /* (nullable): the same */
  TomoFetcher *fetcher;
  GCancellable *cancellable; /* (nullable) */
  TomoGeneration *current;   /* (owned) (nullable): what the screen shows now */
  TomoTrustedSet *set;       /* (owned) */
  GHashTable *new_metadata;  /* (owned): role → GBytes, saved when their content is in */
  GHashTable *sick;          /* (owned): partner → GError; their last good content stays */
  unsigned int n_fetched;
} TomoUpdateRun;

/* tomo-update-metadata.c: the workflow of TUF section 5, over the set. */
GBytes *tomo_update_load_trusted_root (TomoStore *store,
                                       const TomoCampaignConfig *campaign,
                                       GError **error);
gboolean tomo_update_refresh_metadata (TomoUpdateRun *run, GError **error);
gboolean tomo_update_refresh_targets (TomoUpdateRun *run, GError **error);
gboolean tomo_update_load_roles (TomoUpdateRun *run, GError **error);
GBytes *tomo_update_load_cached (TomoUpdateRun *run, const char *role);
gboolean
tomo_update_save_cached (TomoUpdateRun *run, const char *role, GBytes *bytes, GError **error);
GHashTable *tomo_update_list_voices (TomoUpdateRun *run);
gboolean tomo_update_may_list (GHashTable *voices, const TomoTrustTarget *target);

/* What a target path says, design.md section 8. */
typedef enum
{
  TOMO_UPDATE_PATH_OTHER,
  TOMO_UPDATE_PATH_CAMPAIGN,
  TOMO_UPDATE_PATH_PACK,
  TOMO_UPDATE_PATH_MEDIA,
} TomoUpdatePathKind;

typedef struct
{
  char *path;    /* (owned) */
  char *partner; /* (owned): the first component */
  char *sha256;  /* (owned) */
  uint64_t size;
  TomoUpdatePathKind kind;
  gboolean may_fetch;  /* else it is shown only if the store has it already */
  TomoIndexPack *pack; /* (owned) (nullable): what lists need of a pack that was taken in */
} TomoUpdateFile;

/* Everything between the targets that count and the next generation. */
typedef struct
{
  TomoUpdateRun *run;
  GHashTable *listed; /* (owned): path → TomoUpdateFile: all that the roles of this run list */
  GPtrArray *wanted;  /* (owned) (element-type TomoUpdateFile): borrowed from @listed */
  TomoCampaign *campaign; /* (owned) (nullable) */
  GError *fatal;          /* (owned) (nullable): ours, not a partner's: a full disk */
  unsigned int n_done;
  unsigned int n_total;
} TomoUpdateContent;

/* tomo-update-content.c: from the targets that count to content that is whole in the store. */
gboolean tomo_update_realise_content (TomoUpdateRun *run, GError **error);
gboolean tomo_update_language_is_wanted (const char *const *languages, const char *language);
GPtrArray *tomo_update_list_media (TomoUpdateContent *content);

/* tomo-update-generation.c: from there to the next generation. */
gboolean tomo_update_write_generation (TomoUpdateContent *content, GError **error);

/* tomo-update.c */
gboolean tomo_update_is_selected (const char *const *list, const char *string);
void tomo_update_emit_progress (TomoUpdateRun *run,
                                TomoUpdatePhase phase,
                                unsigned int n_done,
                                unsigned int n_total);
void tomo_update_mark_sick (TomoUpdateRun *run, const char *role, const GError *reason);
char *tomo_update_dup_selection (TomoUpdateRun *run);

G_END_DECLS
