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
  GCancellable *cancellable;   /* (nullable) */
  int64_t clock_secs;          /* what the clock said, read once */
  int64_t now_secs;            /* that, or the floor if it is later */
  TomoGeneration *current;     /* (owned) (nullable): what the screen shows now */
  TomoTrustedSet *set;         /* (owned) */
  GHashTable *new_metadata;    /* (owned): role → GBytes, saved when their content is in */
  GHashTable *sick;            /* (owned): partner → GError; their last good content stays */
  GError *source_fault;        /* (owned) (nullable): the first that another mirror may not have */
  gboolean may_be_partly_done; /* there is no other mirror left to try */
  gboolean failed_here;        /* this machine could not keep something: no mirror helps */
  gboolean is_partly_done;     /* failed only because there is another mirror to try */
  unsigned int n_fetched;
  uint64_t bytes_expected; /* in all, as far as is known; zero before content is asked for */
} TomoUpdateRun;

/* Where a repository keeps its metadata, relative to the address of the campaign. */
#define TOMO_UPDATE_METADATA_FOLDER "metadata/"

/* tomo-update-metadata.c: the workflow of TUF section 5, over the set. */
TomoTrustedSet *
tomo_update_walk_roots (TomoStore *store, const TomoCampaignConfig *campaign, GError **error);
gboolean tomo_update_refresh_metadata (TomoUpdateRun *run, GError **error);
gboolean tomo_update_refresh_targets (TomoUpdateRun *run, GError **error);
GBytes *tomo_update_load_cached (TomoUpdateRun *run, const char *role);
gboolean
tomo_update_save_cached (TomoUpdateRun *run, const char *role, GBytes *bytes, GError **error);

/* tomo-update-hint.c: what one sync leaves for the next, for which nothing vouches. */
char **
tomo_update_order_mirrors (TomoStore *store, const TomoCampaignConfig *campaign, int64_t now_secs);
void tomo_update_remember_mirror (TomoStore *store,
                                  const TomoCampaignConfig *campaign,
                                  const char *location,
                                  int64_t now_secs);
char *tomo_update_load_validator (TomoUpdateRun *run, GBytes *cached);
void tomo_update_save_validator (TomoUpdateRun *run, GBytes *cached, const char *validator);

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
  gboolean is_wanted;  /* by itself; pictures are, if a pack shows them */
  gboolean may_fetch;  /* else it is shown only if the store has it already */
  gboolean is_asked;   /* for once is enough */
  TomoIndexPack *pack; /* (owned) (nullable): what lists need of a pack that was taken in */
} TomoUpdateFile;

/* tomo-update-file.c: what a target path says, and whether the file is wanted here. */
TomoUpdateFile *tomo_update_file_new (TomoUpdateRun *run, const TomoTrustTarget *target);
void tomo_update_file_free (TomoUpdateFile *self);
size_t tomo_update_file_get_max_bytes (const TomoUpdateFile *self);
char *tomo_update_file_dup_fetch_path (const TomoUpdateFile *self, TomoUpdateRun *run);
TomoPack *tomo_update_file_open_pack (const TomoUpdateFile *self, GBytes *bytes, GError **error);
gboolean tomo_update_language_is_wanted (const char *const *languages, const char *language);

typedef enum
{
  TOMO_UPDATE_RESUME,
  TOMO_UPDATE_WHOLE,
} TomoUpdateHow;

typedef enum
{
  TOMO_UPDATE_WAIT,
  TOMO_UPDATE_DO_NOT_WAIT,
} TomoUpdatePatience;

typedef struct _TomoUpdateErrand TomoUpdateErrand;

/* A file that goes into the store or into the set, and what came of it. */
typedef struct
{
  TomoStore *store;     /* (owned) */
  TomoUpdateFile *file; /* (not owned): the other threads read only what its path says */
  GBytes *bytes;        /* (owned) (nullable): until it is stored */
  gboolean is_fetched;  /* else it may be in the store */
  TomoUpdateHow how;    /* it was fetched */

  gboolean is_in;
  TomoIndexPack *pack;    /* (owned) (nullable) */
  TomoCampaign *campaign; /* (owned) (nullable) */
  GError *error;          /* (owned) (nullable): what is wrong with what was fetched */
  GError *fatal;          /* (owned) (nullable): why this machine cannot keep it */

  /* In place of all that: the file of a role, which is not stored here. */
  TomoTrustCheck *check;          /* (owned) (nullable) */
  const TomoUpdateErrand *errand; /* (not owned) (nullable): what it was asked for */

  gboolean is_checked; /* the intake's: its turn to be stored may come */
} TomoUpdateJob;

/* Called in another thread when a job is done that may lead to others. */
typedef void (*TomoUpdateWakeFunc) (gpointer user_data);

typedef struct _TomoUpdateIntake TomoUpdateIntake;

/* tomo-update-intake.c: the threads that check what came, and put it into the store. */
TomoUpdateIntake *tomo_update_intake_new (TomoUpdateWakeFunc wake_func, gpointer wake_data);
void tomo_update_intake_close (TomoUpdateIntake *self);
void tomo_update_intake_free (TomoUpdateIntake *self);
void tomo_update_intake_give (TomoUpdateIntake *self,
                              TomoStore *store,
                              TomoUpdateFile *file,
                              GBytes *bytes,
                              TomoUpdateHow how);
void tomo_update_intake_give_role (TomoUpdateIntake *self,
                                   const TomoUpdateErrand *errand,
                                   TomoTrustCheck *check);
unsigned int tomo_update_intake_get_n_surplus (const TomoUpdateIntake *self);
TomoUpdateJob *tomo_update_intake_take (TomoUpdateIntake *self, TomoUpdatePatience patience);
TomoUpdateJob *tomo_update_take_in_now (TomoStore *store, TomoUpdateFile *file);
void tomo_update_job_free (TomoUpdateJob *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoUpdateJob, tomo_update_job_free)

/* A partner and the roles below it, which answer for each other. */
typedef struct
{
  char *partner;            /* (owned) */
  GHashTable *asked;        /* (owned): a set of ways to a role, each of which is tried once */
  char *waits_for;          /* (owned) (nullable): a role that is under way for another branch */
  unsigned int n_under_way; /* files of roles that are fetched or checked */
  gboolean is_settled;      /* each of its roles is in or has failed */
  gboolean is_open;         /* what it lists was asked for */
} TomoUpdateBranch;

/* Everything between the targets role and the next generation. */
typedef struct
{
  TomoUpdateRun *run;
  GPtrArray *requests;    /* (owned) (element-type TomoFetchRequest): grows while they run */
  GPtrArray *errands;     /* (owned) (element-type TomoUpdateErrand): for these */
  GPtrArray *branches;    /* (owned) (element-type TomoUpdateBranch) */
  unsigned int n_settled; /* of @branches */
  GPtrArray *roles;       /* (owned) (nullable) (element-type TomoTrustRole): those of the set */
  GHashTable *roles_under_way; /* (owned): a set of names */
  GHashTable *listed; /* (owned): path → TomoUpdateFile: all that the roles of this run list */
  GPtrArray *wanted;  /* (owned) (element-type TomoUpdateFile): borrowed from @listed */
  GHashTable *kept_dates;   /* (owned): partner → TomoTrustRole: the dates of what is kept */
  TomoUpdateIntake *intake; /* (owned) */
  TomoCampaign *campaign;   /* (owned) (nullable) */
  GCancellable *stop;       /* (owned): by a person, or after a failure of this machine */
  GError *fatal;            /* (owned) (nullable): ours, not a partner's: a full disk */
  unsigned int n_done;
  unsigned int n_total;
} TomoUpdateContent;

/* Why a request was made, so that its end finds the way back: for a role, or for a target. */
struct _TomoUpdateErrand
{
  TomoUpdateBranch *branch; /* (not owned) (nullable) */
  char *role;               /* (owned) (nullable) */
  char *delegator;          /* (owned) (nullable): whose keys verify it */

  TomoUpdateFile *file; /* (not owned) (nullable) */
  gboolean is_resumed;  /* an earlier run had begun it */
};

/* tomo-update-download.c: what is under way. */
gboolean tomo_update_download (TomoUpdateContent *content, GError **error);
void tomo_update_request_role (TomoUpdateContent *content,
                               TomoUpdateBranch *branch,
                               const TomoTrustRole *role);
void tomo_update_request_file (TomoUpdateContent *content, TomoUpdateFile *file, TomoUpdateHow how);
void tomo_update_errand_free (TomoUpdateErrand *self);

/* tomo-update-roles.c: from the targets role to the targets that count. */
void tomo_update_ask_for_partners (TomoUpdateContent *content);
void tomo_update_end_role (TomoUpdateContent *content,
                           const TomoUpdateErrand *errand,
                           TomoTrustCheck *check,
                           const GError *reason);
gboolean tomo_update_partner_is_wanted (TomoUpdateRun *run, const char *partner);
GHashTable *tomo_update_list_branch (GPtrArray *roles, const char *partner);
GPtrArray *tomo_update_list_partner_targets (TomoTrustedSet *set,
                                             GPtrArray *roles,
                                             const char *partner,
                                             GHashTable *out_missing);
void tomo_update_branch_free (TomoUpdateBranch *self);

/* tomo-update-content.c: from there to content that is whole in the store. */
gboolean tomo_update_realise_content (TomoUpdateRun *run, GError **error);
void tomo_update_open_partner (TomoUpdateContent *content, const char *partner, GPtrArray *targets);
void tomo_update_add_listed (TomoUpdateContent *content, const TomoTrustTarget *target);
void tomo_update_ask_for_file (TomoUpdateContent *content, TomoUpdateFile *file);
void tomo_update_accept (TomoUpdateContent *content, TomoUpdateJob *job);
void tomo_update_ask_for_media (TomoUpdateContent *content, TomoUpdateFile *file);
gboolean tomo_update_take_from_store (TomoUpdateContent *content, TomoUpdateFile *file);
TomoUpdateFile *
tomo_update_find_medium (TomoUpdateContent *content, const TomoUpdateFile *file, const char *name);
char **tomo_update_list_media_of (TomoUpdateContent *content, const TomoUpdateFile *file);
GPtrArray *tomo_update_list_media (TomoUpdateContent *content);

/* tomo-update-keep.c: what is shown of those that there is no news of. */
void tomo_update_keep_partners (TomoUpdateContent *content);
void tomo_update_drop_absent (TomoUpdateContent *content);
void tomo_update_drop_unnamed_partners (TomoUpdateContent *content);

/* tomo-update-generation.c: from there to the next generation. */
gboolean tomo_update_write_generation (TomoUpdateContent *content, GError **error);

/* tomo-update-run.c: what a run with one source begins with, and what it notes. */
gboolean tomo_update_make_set (TomoUpdateRun *run, GError **error);
void tomo_update_start_set (TomoUpdateRun *run, TomoTrustedSet *set);
gboolean tomo_update_current_is_complete (TomoUpdateRun *run);
gboolean
tomo_update_check_partners_exist (TomoUpdateRun *run, const char *const *partners, GError **error);
gboolean tomo_update_is_selected (const char *const *list, const char *string);
void tomo_update_mark_sick (TomoUpdateRun *run, const char *role, const GError *reason);
void tomo_update_blame_source (TomoUpdateRun *run, const char *partner, const GError *reason);
char *tomo_update_dup_selection (TomoUpdateRun *run);
void tomo_update_run_clear (TomoUpdateRun *run);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TomoUpdateRun, tomo_update_run_clear)

/* tomo-update.c */
void tomo_update_emit_progress (TomoUpdateRun *run,
                                TomoUpdatePhase phase,
                                unsigned int n_done,
                                unsigned int n_total);

G_END_DECLS
