/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-update-private.h"

#include "core/tomo-error.h"

/* Where a repository keeps its metadata, relative to the address of the campaign. */
#define METADATA_FOLDER "metadata/"

static char *
dup_root_name (uint64_t version)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT ".root.json", version);
}

/**
 * tomo_update_load_trusted_root:
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
 * Returns: (transfer full): the newest root that this machine has reason to trust
 */
GBytes *
tomo_update_load_trusted_root (TomoStore *store, const TomoCampaignConfig *campaign, GError **error)
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
      g_bytes_unref (root);
      root = g_steal_pointer (&next);
    }

  return g_steal_pointer (&root);
}

static GBytes *
load_cached (TomoUpdateRun *run, const char *role)
{
  g_autofree char *name = tomo_trusted_set_dup_cache_name (role);
  return tomo_store_load_metadata (run->store, run->campaign->name, name,
                                   TOMO_TRUST_MAX_TARGETS_BYTES, NULL);
}

static gboolean
save_cached (TomoUpdateRun *run, const char *role, GBytes *bytes, GError **error)
{
  g_autofree char *name = tomo_trusted_set_dup_cache_name (role);
  return tomo_store_save_metadata (run->store, run->campaign->name, name, bytes, error);
}

static GBytes *
fetch_metadata (TomoUpdateRun *run, const char *file_name, size_t max_bytes, GError **error)
{
  g_autofree char *path = g_strconcat (METADATA_FOLDER, file_name, NULL);
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
  return tomo_store_remove_metadata (run->store, run->campaign->name, "timestamp.json", error) &&
         tomo_store_remove_metadata (run->store, run->campaign->name, "snapshot.json", error);
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
      if (!tomo_store_save_metadata (run->store, run->campaign->name, name, next, error))
        return FALSE;
    }

  return tomo_trusted_set_finish_root (run->set, error);
}

/* TUF section 5.4. The local copy only serves against rollback; if it is damaged it is as if it
 * were not there. */
static gboolean
refresh_timestamp (TomoUpdateRun *run, GError **error)
{
  gboolean changed = FALSE;
  g_autoptr(GBytes) cached = load_cached (run, "timestamp");
  if (cached != NULL)
    tomo_trusted_set_update_timestamp (run->set, cached, TOMO_TRUST_LOCAL, NULL, NULL);

  g_autoptr(GError) local_error = NULL;
  g_autoptr(GBytes) fetched = fetch_role (run, "timestamp", &local_error);
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

  if (!tomo_trusted_set_update_timestamp (run->set, fetched, TOMO_TRUST_REMOTE, &changed, error))
    return FALSE;

  return !changed || save_cached (run, "timestamp", fetched, error);
}

/* TUF section 5.5. */
static gboolean
refresh_snapshot (TomoUpdateRun *run, GError **error)
{
  g_autoptr(GBytes) cached = load_cached (run, "snapshot");
  if (cached != NULL)
    tomo_trusted_set_update_snapshot (run->set, cached, TOMO_TRUST_LOCAL, NULL);
  if (tomo_trusted_set_is_current (run->set, "snapshot"))
    return TRUE;

  g_autoptr(GBytes) fetched = fetch_role (run, "snapshot", error);
  return fetched != NULL &&
         tomo_trusted_set_update_snapshot (run->set, fetched, TOMO_TRUST_REMOTE, error) &&
         save_cached (run, "snapshot", fetched, error);
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
  g_autoptr(GBytes) cached = load_cached (run, "targets");
  if (cached != NULL)
    tomo_trusted_set_update_targets (run->set, "targets", "root", cached, TOMO_TRUST_LOCAL, NULL);
  if (tomo_trusted_set_is_current (run->set, "targets"))
    return TRUE;

  g_autoptr(GBytes) fetched = fetch_role (run, "targets", error);
  return fetched != NULL &&
         tomo_trusted_set_update_targets (run->set, "targets", "root", fetched, TOMO_TRUST_REMOTE,
                                          error) &&
         save_cached (run, "targets", fetched, error);
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

/**
 * tomo_update_partner_of_role:
 * @run: a run
 * @roles: (element-type TomoTrustRole): what tomo_trusted_set_list_roles() gave
 * @role: the name of a delegated role
 *
 * Finds the role of depth one above @role: a partner may delegate further, but what is published
 * is published by the partner.
 *
 * Returns: (nullable): the name of the partner's role
 */
const char *
tomo_update_partner_of_role (TomoUpdateRun *run, GPtrArray *roles, const char *role)
{
  const char *name = role;

  for (unsigned int depth = 0; depth <= TOMO_TRUST_MAX_DEPTH; depth++)
    {
      const TomoTrustRole *found = NULL;
      for (unsigned int i = 0; i < roles->len && found == NULL; i++)
        {
          const TomoTrustRole *candidate = g_ptr_array_index (roles, i);
          if (g_str_equal (candidate->name, name))
            found = candidate;
        }

      if (found == NULL)
        return NULL;
      if (found->depth <= 1)
        return found->name;
      name = found->delegator;
    }

  return NULL;
}

static gboolean
role_is_wanted (TomoUpdateRun *run, GPtrArray *roles, const TomoTrustRole *role)
{
  const char *partner = tomo_update_partner_of_role (run, roles, role->name);

  return partner != NULL && !g_hash_table_contains (run->sick, role->name) &&
         !g_hash_table_contains (run->sick, partner) &&
         (g_str_equal (partner, "campaign") || tomo_update_is_selected (run->partners, partner));
}

/* Takes in what the cache holds of the roles wanted; gives the requests for the rest, each with
 * the name of its role out of @names. */
static GPtrArray *
list_role_requests (TomoUpdateRun *run, GPtrArray *names, gboolean *out_progressed)
{
  g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (run->set);
  GPtrArray *requests = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_fetch_request_free);

  *out_progressed = FALSE;
  for (unsigned int i = 0; i < roles->len; i++)
    {
      const TomoTrustRole *role = g_ptr_array_index (roles, i);
      if ((role->is_loaded && tomo_trusted_set_is_current (run->set, role->name)) ||
          !role_is_wanted (run, roles, role))
        continue;

      *out_progressed = TRUE;
      if (role->listed_version == 0)
        {
          g_autoptr(GError) error = g_error_new (TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                                                  "the snapshot lists no metadata of this role");
          tomo_update_mark_sick (run, role->name, error);
          continue;
        }

      g_autoptr(GBytes) cached = load_cached (run, role->name);
      if (cached != NULL &&
          tomo_trusted_set_update_targets (run->set, role->name, role->delegator, cached,
                                           TOMO_TRUST_LOCAL, NULL) &&
          tomo_trusted_set_is_current (run->set, role->name))
        continue;

      char *name = g_strdup (role->name);
      g_ptr_array_add (names, name);
      g_autofree char *file_name = tomo_trusted_set_dup_file_name (run->set, name);
      g_autofree char *path = g_strconcat (METADATA_FOLDER, file_name, NULL);
      g_ptr_array_add (requests, tomo_fetch_request_new (path, role->max_bytes, name));
    }

  return requests;
}

static const char *
find_delegator (GPtrArray *roles, const char *name)
{
  for (unsigned int i = 0; i < roles->len; i++)
    {
      const TomoTrustRole *role = g_ptr_array_index (roles, i);
      if (g_str_equal (role->name, name))
        return role->delegator;
    }

  return NULL;
}

static void
take_in_role (TomoUpdateRun *run, GPtrArray *roles, TomoFetchRequest *request)
{
  const char *role = request->user_data;
  g_autoptr(GError) error = NULL;

  if (request->body == NULL)
    {
      tomo_update_mark_sick (run, role, request->error);
      return;
    }

  run->n_fetched++;
  if (tomo_trusted_set_update_targets (run->set, role, find_delegator (roles, role), request->body,
                                       TOMO_TRUST_REMOTE, &error))
    g_hash_table_insert (run->new_metadata, g_strdup (role), g_bytes_ref (request->body));
  else
    tomo_update_mark_sick (run, role, error);
}

/**
 * tomo_update_load_roles:
 * @run: a run whose targets role is loaded
 * @error: return location for a #GError
 *
 * Loads the delegated roles this run wants, level by level, each level at once. A role that
 * cannot be had or does not verify is marked sick and costs only its own news.
 *
 * On failure this sets %TOMO_ERROR_CANCELLED.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_update_load_roles (TomoUpdateRun *run, GError **error)
{
  gboolean progressed = TRUE;

  for (unsigned int depth = 0; depth <= TOMO_TRUST_MAX_DEPTH && progressed; depth++)
    {
      g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
      g_autoptr(GPtrArray) requests = list_role_requests (run, names, &progressed);
      if (requests->len == 0)
        continue;

      tomo_update_emit_progress (run, TOMO_UPDATE_PHASE_METADATA, 0, requests->len);
      if (!tomo_fetcher_fetch_all (run->fetcher, requests, NULL, NULL, run->cancellable, error))
        return FALSE;

      g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (run->set);
      for (unsigned int i = 0; i < requests->len; i++)
        take_in_role (run, roles, g_ptr_array_index (requests, i));
    }

  return TRUE;
}
