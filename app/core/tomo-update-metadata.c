/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-update-private.h"

#include <string.h>

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
  g_autoptr(GBytes) cached = tomo_update_load_cached (run, "timestamp");
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

  return !changed || tomo_update_save_cached (run, "timestamp", fetched, error);
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

/* One way to a role: the file that a role leads to is verified with the keys which that role names,
 * so the same name by another delegator is another request. */
typedef struct
{
  char *role;      /* (owned) */
  char *delegator; /* (owned) */
  char *partner;   /* (owned): whose branch of the tree this is, and who answers for it */
} RoleRequest;

static RoleRequest *
role_request_new (const TomoTrustRole *role, const char *partner)
{
  RoleRequest *self = g_new0 (RoleRequest, 1);

  self->role = g_strdup (role->name);
  self->delegator = g_strdup (role->delegator);
  self->partner = g_strdup (partner);
  return self;
}

static void
role_request_free (gpointer data)
{
  RoleRequest *self = data;

  g_free (self->role);
  g_free (self->delegator);
  g_free (self->partner);
  g_free (self);
}

/* In whose branch a role is. The list is in pre-order, so a branch begins with the role that
 * ‘targets’ delegates to. Asking for the name would not do: a partner may delegate to a role that
 * is called like another one. */
static const char *
find_partner (GPtrArray *roles, unsigned int index)
{
  for (unsigned int i = index + 1; i > 0; i--)
    {
      const TomoTrustRole *role = g_ptr_array_index (roles, i - 1);
      if (role->depth <= 1)
        return role->name;
    }

  return NULL;
}

static gboolean
partner_is_wanted (TomoUpdateRun *run, const char *partner)
{
  return partner != NULL && !g_hash_table_contains (run->sick, partner) &&
         (g_str_equal (partner, "campaign") || tomo_update_is_selected (run->partners, partner));
}

/* What goes wrong below a partner is the partner’s: it may not cost anybody else his news. */
static void
mark_branch_sick (TomoUpdateRun *run, const RoleRequest *branch, const GError *reason)
{
  g_autoptr(GError) named = g_error_copy (reason);

  if (!g_str_equal (branch->role, branch->partner))
    g_prefix_error (&named, "the role ‘%s’ it delegates to: ", branch->role);
  tomo_update_mark_sick (run, branch->partner, named);
}

static gboolean
take_from_cache (TomoUpdateRun *run, const RoleRequest *branch)
{
  g_autoptr(GBytes) cached = tomo_update_load_cached (run, branch->role);

  return cached != NULL &&
         tomo_trusted_set_update_targets (run->set, branch->role, branch->delegator, cached,
                                          TOMO_TRUST_LOCAL, NULL) &&
         tomo_trusted_set_is_current (run->set, branch->role);
}

/* Takes in what the cache holds of the roles wanted; gives the requests for the rest, each with
 * its RoleRequest out of @branches. */
static GPtrArray *
list_role_requests (TomoUpdateRun *run, GPtrArray *branches, gboolean *out_progressed)
{
  g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (run->set);
  GPtrArray *requests = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_fetch_request_free);

  *out_progressed = FALSE;
  for (unsigned int i = 0; i < roles->len; i++)
    {
      const TomoTrustRole *role = g_ptr_array_index (roles, i);
      const char *partner = find_partner (roles, i);
      /* Who was let in but has published nothing yet is not sick. */
      if (role->listed_version == 0 || !partner_is_wanted (run, partner) ||
          (role->is_loaded && tomo_trusted_set_is_current (run->set, role->name)))
        continue;

      RoleRequest *branch = role_request_new (role, partner);
      g_ptr_array_add (branches, branch);
      *out_progressed = TRUE;
      if (take_from_cache (run, branch))
        continue;

      g_autofree char *file_name = tomo_trusted_set_dup_file_name (run->set, role->name);
      g_autofree char *path = g_strconcat (METADATA_FOLDER, file_name, NULL);
      g_ptr_array_add (requests, tomo_fetch_request_new (path, role->max_bytes, branch));
    }

  return requests;
}

static void
take_in_role (TomoUpdateRun *run, TomoFetchRequest *request)
{
  const RoleRequest *branch = request->user_data;
  g_autoptr(GError) error = NULL;

  if (request->body == NULL)
    {
      mark_branch_sick (run, branch, request->error);
      return;
    }

  run->n_fetched++;
  if (tomo_trusted_set_update_targets (run->set, branch->role, branch->delegator, request->body,
                                       TOMO_TRUST_REMOTE, &error))
    g_hash_table_insert (run->new_metadata, g_strdup (branch->role), g_bytes_ref (request->body));
  else
    mark_branch_sick (run, branch, error);
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
      g_autoptr(GPtrArray) branches = g_ptr_array_new_with_free_func (role_request_free);
      g_autoptr(GPtrArray) requests = list_role_requests (run, branches, &progressed);
      if (requests->len == 0)
        continue;

      tomo_update_emit_progress (run, TOMO_UPDATE_PHASE_METADATA, 0, requests->len);
      if (!tomo_fetcher_fetch_all (run->fetcher, requests, NULL, NULL, run->cancellable, error))
        return FALSE;

      for (unsigned int i = 0; i < requests->len; i++)
        take_in_role (run, g_ptr_array_index (requests, i));
    }

  return TRUE;
}

/**
 * tomo_update_list_voices:
 * @run: a run whose roles are loaded
 *
 * Lists which roles may speak for which partner: its own role, and those below it.
 *
 * Returns: (transfer full) (element-type utf8): a set, for tomo_update_may_list()
 */
GHashTable *
tomo_update_list_voices (TomoUpdateRun *run)
{
  GHashTable *voices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (run->set);

  for (unsigned int i = 0; i < roles->len; i++)
    {
      const TomoTrustRole *role = g_ptr_array_index (roles, i);
      g_hash_table_add (voices, g_strconcat (find_partner (roles, i), "/", role->name, NULL));
    }

  return voices;
}

/**
 * tomo_update_may_list:
 * @voices: what tomo_update_list_voices() gave
 * @target: a target that counts
 *
 * A path begins with the partner that a card names as its publisher, so only the role of that
 * partner may list it, whatever the delegations say.
 *
 * Returns: %TRUE if whoever signed for @target may
 */
gboolean
tomo_update_may_list (GHashTable *voices, const TomoTrustTarget *target)
{
  int length = (int) strcspn (target->path, "/");
  g_autofree char *voice = g_strdup_printf ("%.*s/%s", length, target->path, target->role);

  if (g_hash_table_contains (voices, voice))
    return TRUE;

  g_debug ("%s: not shown, because %s signed for it", target->path, target->role);
  return FALSE;
}
