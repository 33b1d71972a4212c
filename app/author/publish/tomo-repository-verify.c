/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-repository-private.h"

#include "core/tomo-error.h"
#include "core/trust/tomo-trusted-set.h"

static GBytes *
read_metadata (TomoRepository *self, GHashTable *pending, const char *name, GError **error)
{
  GBytes *bytes = g_hash_table_lookup (pending, name);
  if (bytes != NULL)
    return g_bytes_ref (bytes);

  g_autofree char *path = tomo_repository_dup_metadata_path (self, name);
  return tomo_repository_read (path, TOMO_TRUST_MAX_TARGETS_BYTES, error);
}

static TomoTrustedSet *
follow_roots (TomoRepository *self, GHashTable *pending, GError **error)
{
  g_autoptr(GBytes) first = read_metadata (self, pending, "1.root.json", error);
  g_autoptr(TomoTrustedSet) set =
      first != NULL ? tomo_trusted_set_new (first, self->now_secs, error) : NULL;

  for (uint64_t version = 2; set != NULL; version++)
    {
      g_autofree char *name = tomo_repository_dup_file_name ("root", version);
      g_autoptr(GError) missing = NULL;
      g_autoptr(GBytes) bytes = read_metadata (self, pending, name, &missing);
      if (g_error_matches (missing, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
        break;
      if (bytes == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&missing));
          return NULL;
        }
      if (!tomo_trusted_set_update_root (set, bytes, error))
        return NULL;
    }

  if (set == NULL || !tomo_trusted_set_finish_root (set, error))
    return NULL;
  return g_steal_pointer (&set);
}

/* Where a role can be read, but has expired and is not what is published now, its owner is late and
 * the others must not wait: clients keep what they have of it. */
static gboolean
load_role (TomoRepository *self,
           TomoTrustedSet *set,
           const TomoTrustRole *role,
           GHashTable *pending,
           GError **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autofree char *name = tomo_trusted_set_dup_file_name (set, role->name);
  g_autoptr(GBytes) bytes = read_metadata (self, pending, name, error);

  if (bytes == NULL)
    return FALSE;
  if (tomo_trusted_set_update_targets (set, role->name, role->delegator, bytes, TOMO_TRUST_REMOTE,
                                       &local_error))
    return TRUE;
  if (g_error_matches (local_error, TOMO_ERROR, TOMO_ERROR_STALE) &&
      !g_hash_table_contains (pending, name))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Loads roles until nothing new appears, as a client does. */
static gboolean
walk_roles (TomoRepository *self, TomoTrustedSet *set, GHashTable *pending, GError **error)
{
  g_autoptr(GHashTable) tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean found_new = TRUE;

  while (found_new)
    {
      g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (set);
      found_new = FALSE;
      for (unsigned int i = 0; i < roles->len && !found_new; i++)
        {
          const TomoTrustRole *role = g_ptr_array_index (roles, i);
          if (role->is_loaded || role->listed_version == 0 ||
              !g_hash_table_add (tried, g_strdup (role->name)))
            continue;

          /* The list borrows from the set, which now changes: it is asked for again. */
          if (!load_role (self, set, role, pending, error))
            return FALSE;
          found_new = TRUE;
        }
    }

  return TRUE;
}

/* Looks at the publication with a client's eyes, before clients can. */
gboolean
tomo_repository_verify (TomoRepository *self, GHashTable *pending, GError **error)
{
  g_autoptr(TomoTrustedSet) set = follow_roots (self, pending, error);
  if (set == NULL)
    return FALSE;

  gboolean changed = FALSE;
  g_autoptr(GBytes) timestamp = read_metadata (self, pending, "timestamp.json", error);
  if (timestamp == NULL ||
      !tomo_trusted_set_update_timestamp (set, timestamp, TOMO_TRUST_REMOTE, &changed, error))
    return FALSE;

  g_autofree char *snapshot_name = tomo_trusted_set_dup_file_name (set, "snapshot");
  g_autoptr(GBytes) snapshot = read_metadata (self, pending, snapshot_name, error);
  if (snapshot == NULL ||
      !tomo_trusted_set_update_snapshot (set, snapshot, TOMO_TRUST_REMOTE, error))
    return FALSE;

  g_autofree char *targets_name = tomo_trusted_set_dup_file_name (set, "targets");
  g_autoptr(GBytes) targets = read_metadata (self, pending, targets_name, error);
  if (targets == NULL ||
      !tomo_trusted_set_update_targets (set, "targets", "root", targets, TOMO_TRUST_REMOTE, error))
    return FALSE;

  return walk_roles (self, set, pending, error);
}
