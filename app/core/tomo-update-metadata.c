/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-update-private.h"

#include <string.h>

#include "core/tomo-error.h"

static char *
dup_root_name (uint64_t version)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT ".root.json", version);
}

/**
 * tomo_update_walk_roots:
 * @store: the store
 * @campaign: the configuration of the campaign
 * @error: return location for a #GError
 *
 * Walks from the configured root through the roots kept in the store. These are not trusted for
 * being there: each is verified against the one before, and the first that does not verify ends
 * the walk (it will be fetched again).
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND, %TOMO_ERROR_INVALID_DATA or %TOMO_ERROR_UNTRUSTED.
 *
 * Returns: (transfer full): a set at the newest root that this machine has reason to trust; an
 *   update begins with tomo_trusted_set_restart()
 */
TomoTrustedSet *
tomo_update_walk_roots (TomoStore *store, const TomoCampaignConfig *campaign, GError **error)
{
  g_autoptr(GBytes) root = tomo_campaign_config_load_root (campaign, error);
  if (root == NULL)
    return NULL;

  /* Expiry does not matter on the way, so neither does the time. */
  g_autoptr(TomoTrustedSet) set = tomo_trusted_set_new (root, 0, error);
  if (set == NULL)
    {
      g_prefix_error (error, "%s: ", campaign->root);
      return NULL;
    }

  for (unsigned int i = 0; i < TOMO_TRUST_MAX_ROOT_STEPS; i++)
    {
      g_autofree char *name = dup_root_name (tomo_trusted_set_get_root_version (set) + 1);
      g_autoptr(GBytes) next =
          tomo_store_load_metadata (store, campaign->name, name, TOMO_TRUST_MAX_ROOT_BYTES, NULL);
      if (next == NULL || !tomo_trusted_set_update_root (set, next, NULL))
        break;
    }

  return g_steal_pointer (&set);
}

/* Partners choose the names of the roles below them: none may pass for ‘2.root.json’, or for a file
 * that the store would not keep. */
static char *
dup_cache_name (const char *role)
{
  static const char *const top_level[] = { "timestamp", "snapshot", "targets", NULL };
  g_autofree char *name = tomo_trusted_set_dup_cache_name (role);

  return g_strv_contains (top_level, role) ? g_steal_pointer (&name)
                                           : g_strconcat ("role-", name, NULL);
}

/**
 * tomo_update_load_cached:
 * @run: a run
 * @role: any role but root
 *
 * Reads what the store keeps of @role. Nothing vouches for it.
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *
tomo_update_load_cached (TomoUpdateRun *run, const char *role)
{
  g_autofree char *name = dup_cache_name (role);
  return tomo_store_load_metadata (run->store, run->campaign->name, name,
                                   TOMO_TRUST_MAX_TARGETS_BYTES, NULL);
}

/* What this machine cannot keep, another mirror cannot give. */
static gboolean
save_here (TomoUpdateRun *run, const char *name, GBytes *bytes, GError **error)
{
  if (tomo_store_save_metadata (run->store, run->campaign->name, name, bytes, error))
    return TRUE;

  run->failed_here = TRUE;
  return FALSE;
}

/**
 * tomo_update_save_cached:
 * @run: a run
 * @role: any role but root
 * @bytes: its file, verified
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_NO_SPACE or %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_update_save_cached (TomoUpdateRun *run, const char *role, GBytes *bytes, GError **error)
{
  g_autofree char *name = dup_cache_name (role);
  return save_here (run, name, bytes, error);
}

static GBytes *
fetch_metadata (TomoUpdateRun *run, const char *file_name, size_t max_bytes, GError **error)
{
  g_autofree char *path = g_strconcat (TOMO_UPDATE_METADATA_FOLDER, file_name, NULL);
  tomo_update_emit_progress (run, TOMO_UPDATE_PHASE_METADATA, 0, 0);
  GBytes *bytes = tomo_fetcher_fetch (run->fetcher, path, max_bytes, run->cancellable, error);
  if (bytes != NULL)
    run->n_fetched++;
  return bytes;
}

static GBytes *
fetch_role (TomoUpdateRun *run, const char *role, GError **error)
{
  g_autofree char *name = tomo_trusted_set_dup_file_name (run->set, role);
  return fetch_metadata (run, name, tomo_trusted_set_get_max_bytes (run->set, role), error);
}

/* Fast-forward recovery, TUF section 5.3.11: what the old keys signed must not hold the new ones
 * back. Done before the root is saved, so that a crash between the two loses nothing. */
static gboolean
drop_online_metadata (TomoUpdateRun *run, GError **error)
{
  if (tomo_store_remove_metadata (run->store, run->campaign->name, "timestamp.json", error) &&
      tomo_store_remove_metadata (run->store, run->campaign->name, "snapshot.json", error))
    return TRUE;

  run->failed_here = TRUE;
  return FALSE;
}

/* TUF section 5.3. */
static gboolean
refresh_root (TomoUpdateRun *run, GError **error)
{
  for (unsigned int i = 0; i < TOMO_TRUST_MAX_ROOT_STEPS; i++)
    {
      g_autoptr(GError) local_error = NULL;
      g_autofree char *name = dup_root_name (tomo_trusted_set_get_root_version (run->set) + 1);
      g_autoptr(GBytes) next = fetch_metadata (run, name, TOMO_TRUST_MAX_ROOT_BYTES, &local_error);

      if (g_error_matches (local_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
        break;
      if (next == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }

      if (!tomo_trusted_set_update_root (run->set, next, error))
        return FALSE;
      if (tomo_trusted_set_keys_rotated (run->set) && !drop_online_metadata (run, error))
        return FALSE;
      if (!save_here (run, name, next, error))
        return FALSE;
    }

  /* Keys that moved the time may be withdrawn now. */
  tomo_update_start_set (run, g_steal_pointer (&run->set));
  return tomo_trusted_set_finish_root (run->set, error);
}

/* An organiser may demand news that are fresher than what the hub lets pass. */
static gboolean
check_age (TomoUpdateRun *run, GError **error)
{
  unsigned int max_days = run->campaign->max_age_days;
  int64_t signed_on = tomo_trusted_set_get_signed_on_secs (run->set, "timestamp");
  int64_t age_days = (run->now_secs - signed_on) / (24 * 60 * 60);

  if (max_days == 0 ||
      (signed_on > 0 && run->now_secs - signed_on <= (int64_t) max_days * 24 * 60 * 60))
    return TRUE;

  if (signed_on == 0)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_STALE,
                 "timestamp.json: does not say when it was signed, and the campaign ‘%s’ is "
                 "configured with max-age-days=%u; take that line out, or ask the hub",
                 run->campaign->name, max_days);
  else
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_STALE,
                 "timestamp.json: was signed %" G_GINT64_FORMAT " days ago, and the campaign ‘%s’ "
                 "is configured with max-age-days=%u; sync from a fresher mirror or stick, or ask "
                 "the hub to sign again",
                 age_days, run->campaign->name, max_days);
  return FALSE;
}

/* Asks for the timestamp, unless it is still @cached. That it is, a server only claims: the cached
 * one is verified as if it had come, and so a false claim holds back news and nothing more. */
static GBytes *
fetch_timestamp (TomoUpdateRun *run, GBytes *cached, char **out_validator, GError **error)
{
  g_autoptr(GPtrArray) requests =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_fetch_request_free);
  TomoFetchRequest *request =
      tomo_fetch_request_new (TOMO_UPDATE_METADATA_FOLDER "timestamp.json",
                              tomo_trusted_set_get_max_bytes (run->set, "timestamp"), NULL);

  g_ptr_array_add (requests, request);
  if (cached != NULL)
    request->validator = tomo_update_load_validator (run, cached);
  gboolean was_conditional = request->validator != NULL;

  if (!tomo_fetcher_fetch_all (run->fetcher, requests, NULL, NULL, run->cancellable, error))
    return NULL;
  if (request->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&request->error));
      return NULL;
    }

  *out_validator = g_steal_pointer (&request->validator);
  if (request->is_unchanged && was_conditional)
    return g_bytes_ref (cached);
  if (request->body == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_OFFLINE,
                   "timestamp.json: the server sent nothing, though all of it was asked for");
      return NULL;
    }

  run->n_fetched++;
  return g_steal_pointer (&request->body);
}

/* What serves against rollback; if it is damaged it is as if it were not there. */
static GBytes *
take_cached_timestamp (TomoUpdateRun *run)
{
  g_autoptr(GBytes) cached = tomo_update_load_cached (run, "timestamp");

  if (cached == NULL ||
      !tomo_trusted_set_update_timestamp (run->set, cached, TOMO_TRUST_LOCAL, NULL, NULL))
    return NULL;
  return g_steal_pointer (&cached);
}

/* TUF section 5.4. */
static gboolean
refresh_timestamp (TomoUpdateRun *run, GError **error)
{
  gboolean changed = FALSE;
  g_autofree char *validator = NULL;
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GBytes) cached = take_cached_timestamp (run);

  tomo_update_emit_progress (run, TOMO_UPDATE_PHASE_METADATA, 0, 0);
  g_autoptr(GBytes) fetched = fetch_timestamp (run, cached, &validator, &local_error);
  if (fetched == NULL)
    {
      /* A repository without a timestamp is no repository of ours: a portal, a wrong address. */
      if (g_error_matches (local_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
        {
          local_error->code = TOMO_ERROR_OFFLINE;
          g_prefix_error (&local_error, "there is no campaign at this address: ");
        }
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (!tomo_trusted_set_update_timestamp (run->set, fetched, TOMO_TRUST_REMOTE, &changed, error) ||
      !check_age (run, error))
    return FALSE;
  if (changed && !tomo_update_save_cached (run, "timestamp", fetched, error))
    return FALSE;

  /* One of the version that we have, but of other bytes, was not kept. */
  if (changed || (cached != NULL && g_bytes_equal (cached, fetched)))
    tomo_update_save_validator (run, fetched, validator);
  return TRUE;
}

/* TUF section 5.5. */
static gboolean
refresh_snapshot (TomoUpdateRun *run, GError **error)
{
  g_autoptr(GBytes) cached = tomo_update_load_cached (run, "snapshot");
  if (cached != NULL)
    tomo_trusted_set_update_snapshot (run->set, cached, TOMO_TRUST_LOCAL, NULL);
  if (tomo_trusted_set_is_current (run->set, "snapshot"))
    return TRUE;

  g_autoptr(GBytes) fetched = fetch_role (run, "snapshot", error);
  return fetched != NULL &&
         tomo_trusted_set_update_snapshot (run->set, fetched, TOMO_TRUST_REMOTE, error) &&
         tomo_update_save_cached (run, "snapshot", fetched, error);
}

/**
 * tomo_update_refresh_targets:
 * @run: a run whose snapshot is up to date
 * @error: return location for a #GError
 *
 * Brings top-level targets up to date, TUF section 5.6.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_update_refresh_targets (TomoUpdateRun *run, GError **error)
{
  g_autoptr(GBytes) cached = tomo_update_load_cached (run, "targets");
  if (cached != NULL)
    tomo_trusted_set_update_targets (run->set, "targets", "root", cached, TOMO_TRUST_LOCAL, NULL);
  if (tomo_trusted_set_is_current (run->set, "targets"))
    return TRUE;

  g_autoptr(GBytes) fetched = fetch_role (run, "targets", error);
  return fetched != NULL &&
         tomo_trusted_set_update_targets (run->set, "targets", "root", fetched, TOMO_TRUST_REMOTE,
                                          error) &&
         tomo_update_save_cached (run, "targets", fetched, error);
}

/**
 * tomo_update_refresh_metadata:
 * @run: a run with a fresh set
 * @error: return location for a #GError
 *
 * Brings root, timestamp and snapshot up to date: two requests when nothing changed.
 *
 * On failure this sets %TOMO_ERROR_OFFLINE, %TOMO_ERROR_UNTRUSTED, %TOMO_ERROR_STALE or
 * %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_update_refresh_metadata (TomoUpdateRun *run, GError **error)
{
  return refresh_root (run, error) && refresh_timestamp (run, error) &&
         refresh_snapshot (run, error);
}
