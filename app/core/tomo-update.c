/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/tomo-update.h"

#include "core/fetch/tomo-http-fetcher.h"
#include "core/tomo-error.h"
#include "core/tomo-update-private.h"

struct _TomoUpdate
{
  GObject parent_instance;

  TomoStore *store;             /* (owned) (not nullable) */
  TomoCampaignConfig *campaign; /* (owned) (not nullable) */
  GStrv locations;              /* (owned) (nullable): in place of the campaign's addresses */
  GStrv partners;               /* (owned) (nullable): what this run fetches; NULL for all */
  GStrv languages;              /* (owned) (nullable): the same */
  uint64_t limit_rate;          /* bytes a second; zero for no limit */
  int64_t now_secs;             /* zero for the clock's */

  TomoUpdateOutcome outcome;
  GPtrArray *kept; /* (owned) (element-type utf8): NULL-terminated */
  unsigned int n_fetched;
  uint64_t n_bytes;
};

G_DEFINE_FINAL_TYPE (TomoUpdate, tomo_update, G_TYPE_OBJECT)

enum
{
  SIGNAL_PROGRESS,
  SIGNAL_PARTNER_KEPT,
  SIGNAL_SOURCE_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static int64_t
get_now_secs (TomoUpdate *self)
{
  return self->now_secs != 0 ? self->now_secs : g_get_real_time () / G_USEC_PER_SEC;
}

void
tomo_update_emit_progress (TomoUpdateRun *run,
                           TomoUpdatePhase phase,
                           unsigned int n_done,
                           unsigned int n_total)
{
  uint64_t n_bytes = tomo_fetcher_get_bytes_received (run->fetcher);
  uint64_t n_bytes_total = n_total > 0 ? MAX (run->bytes_expected, n_bytes) : 0;

  g_signal_emit (run->update, signals[SIGNAL_PROGRESS], 0, phase, n_done, n_total, n_bytes,
                 n_bytes_total);
}

static void
report_kept (TomoUpdate *self, TomoUpdateRun *run)
{
  GHashTableIter iter;
  gpointer role;
  gpointer reason;

  g_ptr_array_set_size (self->kept, 0);
  g_hash_table_iter_init (&iter, run->sick);
  while (g_hash_table_iter_next (&iter, &role, &reason))
    {
      tomo_error_escape_message (reason);
      g_ptr_array_add (self->kept, g_strdup (role));
      g_signal_emit (self, signals[SIGNAL_PARTNER_KEPT], 0, role, reason);
    }
}

/* The new generation is current already. That the past cannot be cleared away, because of what is
 * wrong with another campaign, is no failure of this one. */
static void
collect (TomoStore *store)
{
  g_autoptr(GError) error = NULL;

  if (!tomo_store_collect (store, g_get_real_time () / G_USEC_PER_SEC, &error))
    g_debug ("nothing is cleared away: %s", error->message);
}

static gboolean
run_workflow (TomoUpdate *self, TomoUpdateRun *run, GError **error)
{
  if (!tomo_update_refresh_metadata (run, error))
    return FALSE;

  if (tomo_update_current_is_complete (run))
    {
      self->outcome = TOMO_UPDATE_UNCHANGED;
      return TRUE;
    }

  if (!tomo_update_refresh_targets (run, error) ||
      !tomo_update_check_partners_exist (run, (const char *const *) self->partners, error) ||
      !tomo_update_realise_content (run, error))
    return FALSE;

  report_kept (self, run);
  run->failed_here = TRUE; /* what comes now is this machine's */
  self->outcome = TOMO_UPDATE_CHANGED;
  /* What a first sync leaves behind is not old enough to go, and to look costs as much as to write.
   */
  if (run->current != NULL)
    collect (self->store);
  return tomo_store_finish_repair (self->store, error);
}

static TomoFetcher *
open_location (TomoUpdate *self, const char *location, GError **error)
{
  TomoFetcher *fetcher = tomo_fetcher_new_for_location (location, error);

  if (fetcher != NULL && self->limit_rate > 0 && TOMO_IS_HTTP_FETCHER (fetcher))
    tomo_http_fetcher_set_limit_rate (TOMO_HTTP_FETCHER (fetcher), self->limit_rate);

  return fetcher;
}

/* How one source fared. */
typedef enum
{
  SOURCE_GAVE_ALL,
  SOURCE_FAILED,
  SOURCE_IS_NOT_TO_BLAME, /* what this machine itself lacks, no mirror can give */
  SOURCE_IS_OLDER,
  SOURCE_GAVE_SOME, /* some partners; what came is in the store, and not shown yet */
} SourceVerdict;

/* What is done with a source that has news, but not those of every partner. */
typedef enum
{
  SOURCE_IS_LAST, /* the others are kept as before */
  SOURCE_IS_NOT_LAST,
} SourcePlace;

static SourceVerdict
judge_source (const TomoUpdateRun *run, const GError *error)
{
  if (run->failed_here || g_error_matches (error, TOMO_ERROR, TOMO_ERROR_CANCELLED) ||
      g_error_matches (error, TOMO_ERROR, TOMO_ERROR_NO_SPACE))
    return SOURCE_IS_NOT_TO_BLAME;
  if (run->is_partly_done)
    return SOURCE_GAVE_SOME;
  return tomo_trusted_set_saw_older (run->set) ? SOURCE_IS_OLDER : SOURCE_FAILED;
}

static SourceVerdict
run_location (TomoUpdate *self,
              const char *location,
              SourcePlace place,
              GCancellable *cancellable,
              GError **error)
{
  g_auto(TomoUpdateRun) run = {
    .update = self,
    .store = self->store,
    .campaign = self->campaign,
    .partners =
        (const char *const *) (self->partners != NULL ? self->partners : self->campaign->partners),
    .languages = (const char *const *) self->languages,
    .cancellable = cancellable,
    .clock_secs = get_now_secs (self),
    .may_be_partly_done = place == SOURCE_IS_LAST,
    .new_metadata =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref),
    .sick = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_error_free),
  };

  run.current = tomo_generation_open_current (self->store, self->campaign->name, NULL);
  if (!tomo_update_make_set (&run, error))
    return SOURCE_IS_NOT_TO_BLAME;

  run.fetcher = open_location (self, location, error);
  if (run.fetcher == NULL)
    return SOURCE_FAILED;

  g_autoptr(GError) local_error = NULL;
  gboolean success = run_workflow (self, &run, &local_error);
  self->n_fetched += run.n_fetched;
  self->n_bytes += tomo_fetcher_get_bytes_received (run.fetcher);
  if (success)
    return SOURCE_GAVE_ALL;

  SourceVerdict verdict = judge_source (&run, local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return verdict;
}

/* One that does not answer is the mildest of failures; what somebody tampered with is what a
 * person must hear of. */
static int
severity (const GError *error)
{
  if (g_error_matches (error, TOMO_ERROR, TOMO_ERROR_OFFLINE))
    return 0;
  if (g_error_matches (error, TOMO_ERROR, TOMO_ERROR_STALE))
    return 1;
  return 2;
}

/* What came of the sources so far. */
typedef struct
{
  GError *worst; /* (owned) (nullable) */
  gboolean any_older;
  const char *partial; /* (nullable): the first that gave some */
} SourceTally;

static void
source_tally_clear (SourceTally *self)
{
  g_clear_error (&self->worst);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SourceTally, source_tally_clear)

static void
tally_source (SourceTally *tally, SourceVerdict verdict, const char *location, const GError *reason)
{
  if (verdict == SOURCE_IS_OLDER)
    tally->any_older = TRUE;
  else if (verdict == SOURCE_GAVE_SOME && tally->partial == NULL)
    tally->partial = location;

  if (verdict == SOURCE_FAILED &&
      (tally->worst == NULL || severity (reason) > severity (tally->worst)))
    {
      g_clear_error (&tally->worst);
      tally->worst = g_error_copy (reason);
    }
}

/* After the last source. Behind is no failure; but if another source was tampered with, that must
 * be heard. */
static gboolean
conclude (TomoUpdate *self, SourceTally *tally, GError **error)
{
  if (tally->any_older && (tally->worst == NULL || severity (tally->worst) == 0))
    {
      self->outcome = TOMO_UPDATE_OLDER;
      return TRUE;
    }

  if (tally->worst != NULL)
    g_propagate_error (error, g_steal_pointer (&tally->worst));
  else
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_OFFLINE,
                 "the campaign ‘%s’ has no address to fetch from; add one to its urls= or use "
                 "--from",
                 self->campaign->name);
  return FALSE;
}

static SourceVerdict
try_source (TomoUpdate *self,
            const char *location,
            SourcePlace place,
            SourceTally *tally,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr(GError) local_error = NULL;
  SourceVerdict verdict = run_location (self, location, place, cancellable, &local_error);

  if (verdict == SOURCE_IS_NOT_TO_BLAME)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (verdict != SOURCE_GAVE_ALL)
    {
      tomo_error_escape_message (local_error);
      g_signal_emit (self, signals[SIGNAL_SOURCE_FAILED], 0, location, local_error);
      tally_source (tally, verdict, location, local_error);
    }
  return verdict;
}

/* One source after the other, until one has all the news. One that has only some is left for the
 * next, which goes on with what is in the store by then; if none has all, it is asked again for
 * what it had. */
static gboolean
run_locations (TomoUpdate *self,
               const char *const *locations,
               GCancellable *cancellable,
               GError **error)
{
  g_auto(SourceTally) tally = { .worst = NULL };
  SourceVerdict verdict = SOURCE_FAILED;

  for (size_t i = 0; locations[i] != NULL; i++)
    {
      SourcePlace place = locations[i + 1] == NULL ? SOURCE_IS_LAST : SOURCE_IS_NOT_LAST;
      verdict = try_source (self, locations[i], place, &tally, cancellable, error);
      if (verdict == SOURCE_GAVE_ALL && self->locations == NULL)
        tomo_update_remember_mirror (self->store, self->campaign, locations[i],
                                     get_now_secs (self));
      if (verdict == SOURCE_GAVE_ALL || verdict == SOURCE_IS_NOT_TO_BLAME)
        return verdict == SOURCE_GAVE_ALL;
    }

  if (tally.partial != NULL)
    verdict = try_source (self, tally.partial, SOURCE_IS_LAST, &tally, cancellable, error);
  if (verdict == SOURCE_GAVE_ALL || verdict == SOURCE_IS_NOT_TO_BLAME)
    return verdict == SOURCE_GAVE_ALL;

  return conclude (self, &tally, error);
}

static void
tomo_update_finalize (GObject *object)
{
  TomoUpdate *self = TOMO_UPDATE (object);

  g_object_unref (self->store);
  tomo_campaign_config_free (self->campaign);
  g_strfreev (self->locations);
  g_strfreev (self->partners);
  g_strfreev (self->languages);
  g_ptr_array_unref (self->kept);

  G_OBJECT_CLASS (tomo_update_parent_class)->finalize (object);
}

static void
tomo_update_class_init (TomoUpdateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tomo_update_finalize;

  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", TOMO_TYPE_UPDATE, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 5, G_TYPE_INT, G_TYPE_UINT,
                                           G_TYPE_UINT, G_TYPE_UINT64, G_TYPE_UINT64);
  signals[SIGNAL_PARTNER_KEPT] =
      g_signal_new ("partner-kept", TOMO_TYPE_UPDATE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_ERROR);
  signals[SIGNAL_SOURCE_FAILED] =
      g_signal_new ("source-failed", TOMO_TYPE_UPDATE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_ERROR);
}

static void
tomo_update_init (TomoUpdate *self)
{
  self->kept = g_ptr_array_new_null_terminated (0, g_free, TRUE);
}

/**
 * tomo_update_new:
 * @store: the store to bring up to date
 * @campaign: which campaign, and what of it
 *
 * Returns: (transfer full): an update that has not run yet
 */
TomoUpdate *
tomo_update_new (TomoStore *store, const TomoCampaignConfig *campaign)
{
  g_return_val_if_fail (TOMO_IS_STORE (store), NULL);
  g_return_val_if_fail (campaign != NULL, NULL);

  TomoUpdate *self = g_object_new (TOMO_TYPE_UPDATE, NULL);
  self->store = g_object_ref (store);
  self->campaign = tomo_campaign_config_copy (campaign);
  return self;
}

/**
 * tomo_update_set_locations:
 * @self: an update
 * @locations: (nullable) (array zero-terminated=1): folders or addresses, tried in order
 *
 * Fetches from @locations in place of the addresses of the campaign.
 */
void
tomo_update_set_locations (TomoUpdate *self, const char *const *locations)
{
  g_strfreev (self->locations);
  self->locations = g_strdupv ((char **) locations);
}

/**
 * tomo_update_set_selection:
 * @self: an update
 * @partners: (nullable) (array zero-terminated=1): fetch only of these
 * @languages: (nullable) (array zero-terminated=1): fetch only packs in these, and what they
 *   fall back to
 *
 * Limits what this run fetches. What is there of others stays, as far as it is current.
 */
void
tomo_update_set_selection (TomoUpdate *self,
                           const char *const *partners,
                           const char *const *languages)
{
  g_strfreev (self->partners);
  self->partners = g_strdupv ((char **) partners);
  g_strfreev (self->languages);
  self->languages = g_strdupv ((char **) languages);
}

/**
 * tomo_update_set_limit_rate:
 * @self: an update
 * @bytes_per_sec: zero for no limit
 *
 * Limits how fast HTTP sources are read.
 */
void
tomo_update_set_limit_rate (TomoUpdate *self, uint64_t bytes_per_sec)
{
  self->limit_rate = bytes_per_sec;
}

/**
 * tomo_update_set_now:
 * @self: an update
 * @now_secs: seconds since 1970 in UTC, or zero for the clock’s
 *
 * Sets the time that expiry is compared with. For rehearsals and tests.
 */
void
tomo_update_set_now (TomoUpdate *self, int64_t now_secs)
{
  self->now_secs = now_secs;
}

/* Starting libcurl and OpenSSL keeps a processor busy while the store is opened and what is in it
 * verified. */
static GThread *
prepare_first_source (TomoUpdate *self)
{
  const char *const *locations =
      (const char *const *) (self->locations != NULL ? self->locations : self->campaign->urls);

  return locations != NULL && locations[0] != NULL ? tomo_fetcher_prepare (locations[0]) : NULL;
}

static gboolean
run_locked (TomoUpdate *self, GCancellable *cancellable, GError **error)
{
  g_autoptr(GError) local_error = NULL;

  if (!tomo_store_create (self->store, error) || !tomo_store_lock (self->store, error))
    return FALSE;

  g_auto(GStrv) locations =
      self->locations != NULL
          ? g_strdupv (self->locations)
          : tomo_update_order_mirrors (self->store, self->campaign, get_now_secs (self));
  gboolean success =
      run_locations (self, (const char *const *) locations, cancellable, &local_error);
  tomo_store_unlock (self->store);

  if (!success)
    {
      tomo_error_escape_message (local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
    }
  return success;
}

/**
 * tomo_update_run:
 * @self: an update
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Brings the store to what the partners have signed: TUF’s workflow, then the content, then one
 * switch. Until that switch everything stays as it was; what was fetched before a failure need
 * not be fetched again.
 *
 * A source that is only behind what this machine has seen is not a failure: the next one is
 * tried, and if all are, the outcome is %TOMO_UPDATE_OLDER.
 *
 * This blocks. On failure this sets %TOMO_ERROR_OFFLINE, %TOMO_ERROR_UNTRUSTED,
 * %TOMO_ERROR_STALE (expired), %TOMO_ERROR_INVALID_DATA, %TOMO_ERROR_NO_SPACE,
 * %TOMO_ERROR_BUSY, %TOMO_ERROR_CANCELLED, or %TOMO_ERROR_NOT_FOUND for a partner that this run was
 * to be limited to and that does not exist.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_update_run (TomoUpdate *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (TOMO_IS_UPDATE (self), FALSE);

  self->n_fetched = 0;
  self->n_bytes = 0;
  g_ptr_array_set_size (self->kept, 0);

  GThread *preparing = prepare_first_source (self);
  gboolean success = run_locked (self, cancellable, error);

  if (preparing != NULL)
    g_thread_join (preparing);
  return success;
}

TomoUpdateOutcome
tomo_update_get_outcome (TomoUpdate *self)
{
  return self->outcome;
}

/**
 * tomo_update_get_kept_partners:
 * @self: an update that has run
 *
 * Returns: (transfer none) (array zero-terminated=1): those whose news could not be had or were
 *   not right; their last good content stays
 */
const char *const *
tomo_update_get_kept_partners (TomoUpdate *self)
{
  static const char *const none[] = { NULL };
  return self->kept->len > 0 ? (const char *const *) self->kept->pdata : none;
}

unsigned int
tomo_update_get_n_fetched (TomoUpdate *self)
{
  return self->n_fetched;
}

uint64_t
tomo_update_get_bytes_received (TomoUpdate *self)
{
  return self->n_bytes;
}
