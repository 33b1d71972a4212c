/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-trusted-set-private.h"

#include <string.h>

#include "core/tomo-error.h"
#include "core/trust/tomo-trust-check-private.h"

static gboolean
check_not_rotated (TomoTrustedSet *self, TomoTrustSource source, const char *role, GError **error)
{
  if (source == TOMO_TRUST_REMOTE || !self->keys_rotated)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_STALE,
               "%s.json: what is kept here was signed before keys were withdrawn", role);
  return FALSE;
}

static void
set_older_error (TomoTrustedSet *self,
                 const char *role,
                 uint64_t version,
                 uint64_t trusted,
                 GError **error)
{
  self->saw_older = TRUE;
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_STALE,
               "%s.json: version %" G_GUINT64_FORMAT " is older than version %" G_GUINT64_FORMAT
               " that this machine has",
               role, version, trusted);
}

/* Rollback: neither timestamp itself nor the snapshot it lists may go down. */
static gboolean
check_timestamp_not_older (TomoTrustedSet *self, TomoMetadata *file, GError **error)
{
  if (self->timestamp == NULL)
    return TRUE;
  if (file->version < self->timestamp->version)
    {
      set_older_error (self, "timestamp", file->version, self->timestamp->version, error);
      return FALSE;
    }

  uint64_t listed = tomo_metadata_get_listing (file, "snapshot")->version;
  uint64_t trusted = tomo_metadata_get_listing (self->timestamp, "snapshot")->version;
  if (file->version > self->timestamp->version && listed < trusted)
    {
      set_older_error (self, "snapshot", listed, trusted, error);
      return FALSE;
    }
  return TRUE;
}

/**
 * tomo_trusted_set_update_timestamp:
 * @self: a set
 * @bytes: the file
 * @source: where it came from
 * @out_changed: (out) (optional): %FALSE if the version is the one that was trusted already;
 *   @bytes are then dropped, whatever they say
 * @error: return location for a #GError
 *
 * Takes a timestamp in.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, %TOMO_ERROR_UNTRUSTED, %TOMO_ERROR_UNSUPPORTED, or
 * %TOMO_ERROR_STALE if it has expired or is older than the one that is trusted. A version that is
 * trusted already and has expired since is stale, too.
 *
 * Returns: %TRUE if the set holds a timestamp of that version
 */
gboolean
tomo_trusted_set_update_timestamp (TomoTrustedSet *self,
                                   GBytes *bytes,
                                   TomoTrustSource source,
                                   gboolean *out_changed,
                                   GError **error)
{
  g_return_val_if_fail (self != NULL && bytes != NULL, FALSE);

  if (!tomo_trusted_set_check_order (self->root_is_final, "timestamp.json; root comes first",
                                     error) ||
      !check_not_rotated (self, source, "timestamp", error))
    return FALSE;

  g_autoptr(TomoMetadata) file =
      tomo_trust_check_open (bytes, TOMO_TRUST_MAX_TIMESTAMP_BYTES, TOMO_METADATA_TIMESTAMP,
                             "timestamp", self->root->role_keys[TOMO_METADATA_TIMESTAMP], error);
  if (file == NULL || !check_timestamp_not_older (self, file, error))
    return FALSE;

  gboolean changed = self->timestamp == NULL || file->version > self->timestamp->version;
  TomoMetadata *accepted = changed ? file : self->timestamp;
  if (source == TOMO_TRUST_REMOTE && !tomo_trusted_set_check_expiry (self, accepted, error))
    return FALSE;

  if (changed)
    {
      g_clear_pointer (&self->timestamp, tomo_metadata_free);
      self->timestamp = g_steal_pointer (&file);
    }
  if (out_changed != NULL)
    *out_changed = changed;
  return TRUE;
}

/* Whether the file is the one that @lister says. */
gboolean
tomo_trusted_set_check_listed (TomoMetadata *lister, const TomoMetadata *file, GError **error)
{
  TomoListing *listing = tomo_metadata_get_listing (lister, file->role);

  if (listing == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED, "%s.json: %s.json does not list it",
                   file->role, lister->role);
      return FALSE;
    }
  return tomo_listing_check (listing, file->role, file->version, file->size, file->sha256,
                             file->sha512, error);
}

/* Rollback: no listed file may go down, and none may vanish. */
static gboolean
check_snapshot_not_older (TomoTrustedSet *self, TomoMetadata *file, GError **error)
{
  GHashTableIter iter;
  const char *role = NULL;
  TomoListing *trusted = NULL;

  if (self->snapshot == NULL)
    return TRUE;
  if (file->version < self->snapshot->version)
    {
      set_older_error (self, "snapshot", file->version, self->snapshot->version, error);
      return FALSE;
    }

  g_hash_table_iter_init (&iter, self->snapshot->listings);
  while (g_hash_table_iter_next (&iter, (void **) &role, (void **) &trusted))
    {
      TomoListing *listing = tomo_metadata_get_listing (file, role);
      if (listing == NULL || listing->version < trusted->version)
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                       "snapshot.json: version %" G_GUINT64_FORMAT " lists %s.json %s",
                       file->version, role,
                       listing == NULL ? "no more" : "with a lower version than before");
          return FALSE;
        }
    }
  return TRUE;
}

/* Drops the edges that @should_drop names, and then every file that no edge leads to any more. */
static void
drop_edges (TomoTrustedSet *self,
            gboolean (*should_drop) (TomoTrustedSet *self,
                                     const TomoTrustEdge *edge,
                                     const char *role),
            const char *role)
{
  GHashTableIter iter;
  TomoTrustEdge *edge = NULL;
  TomoMetadata *file = NULL;
  g_autoptr(GHashTable) reached = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_iter_init (&iter, self->edges);
  while (g_hash_table_iter_next (&iter, (void **) &edge, NULL))
    if (should_drop (self, edge, role))
      g_hash_table_iter_remove (&iter);
    else
      g_hash_table_add (reached, edge->role);

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, NULL, (void **) &file))
    if (!g_hash_table_contains (reached, file->role))
      {
        g_hash_table_iter_steal (&iter);
        g_ptr_array_add (self->lenders, file);
      }
}

static gboolean
is_outdated_edge (TomoTrustedSet *self, const TomoTrustEdge *edge, const char *role)
{
  TomoMetadata *file = g_hash_table_lookup (self->files, edge->role);

  return file == NULL || !tomo_trusted_set_check_listed (self->snapshot, file, NULL);
}

static gboolean
leads_from_or_to (TomoTrustedSet *self, const TomoTrustEdge *edge, const char *role)
{
  return strcmp (edge->delegator, role) == 0 || strcmp (edge->role, role) == 0;
}

static gboolean
leads_from_nothing (TomoTrustedSet *self, const TomoTrustEdge *edge, const char *role)
{
  return strcmp (edge->delegator, "root") != 0 &&
         !g_hash_table_contains (self->files, edge->delegator);
}

/* A file that went may have delegated to others, and they to others. */
static void
drop_orphans (TomoTrustedSet *self)
{
  unsigned int n_edges = 0;

  do
    {
      n_edges = g_hash_table_size (self->edges);
      drop_edges (self, leads_from_nothing, NULL);
    }
  while (g_hash_table_size (self->edges) < n_edges);
}

/**
 * tomo_trusted_set_update_snapshot:
 * @self: a set that holds a timestamp
 * @bytes: the file
 * @source: where it came from
 * @error: return location for a #GError
 *
 * Takes a snapshot in. One from the local cache may be older than the timestamp says: it then only
 * serves to notice a rollback, and tomo_trusted_set_is_current() is %FALSE for it. Targets files
 * that the new snapshot lists otherwise are dropped from the set.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, %TOMO_ERROR_UNTRUSTED, %TOMO_ERROR_UNSUPPORTED or
 * %TOMO_ERROR_STALE.
 *
 * Returns: %TRUE if the set holds the new snapshot
 */
gboolean
tomo_trusted_set_update_snapshot (TomoTrustedSet *self,
                                  GBytes *bytes,
                                  TomoTrustSource source,
                                  GError **error)
{
  g_return_val_if_fail (self != NULL && bytes != NULL, FALSE);

  if (!tomo_trusted_set_check_order (self->timestamp != NULL,
                                     "snapshot.json; timestamp comes first", error) ||
      !check_not_rotated (self, source, "snapshot", error))
    return FALSE;

  g_autoptr(TomoMetadata) file =
      tomo_trust_check_open (bytes, TOMO_TRUST_MAX_SNAPSHOT_BYTES, TOMO_METADATA_SNAPSHOT,
                             "snapshot", self->root->role_keys[TOMO_METADATA_SNAPSHOT], error);
  if (file == NULL)
    return FALSE;

  if (source == TOMO_TRUST_REMOTE &&
      (!tomo_trusted_set_check_listed (self->timestamp, file, error) ||
       !tomo_trusted_set_check_expiry (self, file, error)))
    return FALSE;
  if (!check_snapshot_not_older (self, file, error))
    return FALSE;

  g_clear_pointer (&self->snapshot, tomo_metadata_free);
  self->snapshot = g_steal_pointer (&file);
  drop_edges (self, is_outdated_edge, NULL);
  drop_orphans (self);
  return TRUE;
}

gboolean
tomo_trusted_set_has_listed_snapshot (TomoTrustedSet *self)
{
  return self->timestamp != NULL && self->snapshot != NULL &&
         tomo_trusted_set_check_listed (self->timestamp, self->snapshot, NULL);
}

/* Puts a verified file in. If another delegator led to the very same file, that stays; if it led
 * to another one, two files claim one version, and the first stays. Else the older goes, with what
 * it delegated to, since the keys may be others now. */
static gboolean
add_file (TomoTrustedSet *self, const char *delegator, TomoMetadata *file, GError **error)
{
  g_autoptr(TomoMetadata) owned = file;
  TomoMetadata *present = g_hash_table_lookup (self->files, file->role);
  gboolean is_same = present != NULL && strcmp (present->sha256, file->sha256) == 0;

  if (present != NULL && !is_same && !tomo_trusted_set_is_expired (self, present) &&
      !tomo_trusted_set_has_edge (self, delegator, file->role))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                   "%s.json: differs from the file of the same version that came by another role",
                   file->role);
      return FALSE;
    }

  if (present != NULL && !is_same)
    {
      drop_edges (self, leads_from_or_to, file->role);
      drop_orphans (self);
    }

  g_hash_table_add (self->edges, tomo_trust_edge_new (delegator, file->role));
  if (!is_same)
    {
      g_hash_table_replace (self->files, file->role, file);
      owned = NULL;
    }
  return TRUE;
}

/**
 * tomo_trusted_set_begin_targets:
 * @self: a set
 * @role: ‘targets’ or a delegated role
 * @delegator: (nullable): the role that delegates to @role; not looked at for ‘targets’
 * @bytes: the file
 *
 * Does what tomo_trusted_set_update_targets() does in three steps: this one, tomo_trust_check_run()
 * in whatever thread, and tomo_trusted_set_end_targets(). Others may be taken in meanwhile.
 *
 * Returns: (transfer full): a check, which need not be ended
 */
TomoTrustCheck *
tomo_trusted_set_begin_targets (TomoTrustedSet *self,
                                const char *role,
                                const char *delegator,
                                GBytes *bytes)
{
  g_return_val_if_fail (self != NULL && role != NULL && bytes != NULL, NULL);

  const char *from = strcmp (role, "targets") == 0 ? "root" : delegator;
  g_return_val_if_fail (from != NULL, NULL);

  return tomo_trust_check_new (role, from, tomo_trusted_set_get_role_keys (self, from, role),
                               bytes);
}

/**
 * tomo_trusted_set_end_targets:
 * @self: the set that began @check
 * @check: a check that was run
 * @source: where the file came from
 * @error: return location for a #GError
 *
 * Takes a targets file in; see tomo_trusted_set_update_targets(). It does not count if the keys it
 * was verified with are no longer those that its delegator names.
 *
 * Returns: %TRUE if the set holds the file
 */
gboolean
tomo_trusted_set_end_targets (TomoTrustedSet *self,
                              TomoTrustCheck *check,
                              TomoTrustSource source,
                              GError **error)
{
  g_return_val_if_fail (self != NULL && check != NULL, FALSE);

  if (!tomo_trusted_set_check_order (tomo_trusted_set_has_listed_snapshot (self),
                                     "a targets file; snapshot comes first", error))
    return FALSE;

  /* The very same: that a reference is held on them makes sure of it. */
  TomoRoleKeys *keys = tomo_trusted_set_get_role_keys (self, check->delegator, check->role);
  if (keys == NULL || keys != check->keys)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "%s.json: role ‘%s’ does not delegate to it", check->role, check->delegator);
      return FALSE;
    }

  g_return_val_if_fail (check->file != NULL || check->error != NULL, FALSE);
  if (check->file == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&check->error));
      return FALSE;
    }

  if (!tomo_trusted_set_check_listed (self->snapshot, check->file, error) ||
      (source == TOMO_TRUST_REMOTE && !tomo_trusted_set_check_expiry (self, check->file, error)))
    return FALSE;
  if (!self->allows_foreign_targets && !tomo_metadata_check_target_rules (check->file, error))
    return FALSE;

  return add_file (self, check->delegator, g_steal_pointer (&check->file), error);
}

/**
 * tomo_trusted_set_update_targets:
 * @self: a set that holds a current snapshot
 * @role: ‘targets’ or a delegated role
 * @delegator: (nullable): the role that delegates to @role; not looked at for ‘targets’
 * @bytes: the file
 * @source: where it came from
 * @error: return location for a #GError
 *
 * Takes a targets file in. What is loaded of roles that an earlier file of @role delegated to is
 * dropped, since the delegation may name other keys; give it again.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, %TOMO_ERROR_UNTRUSTED, %TOMO_ERROR_UNSUPPORTED,
 * %TOMO_ERROR_STALE, or %TOMO_ERROR_NOT_FOUND if @delegator does not delegate to @role.
 *
 * Returns: %TRUE if the set holds the file
 */
gboolean
tomo_trusted_set_update_targets (TomoTrustedSet *self,
                                 const char *role,
                                 const char *delegator,
                                 GBytes *bytes,
                                 TomoTrustSource source,
                                 GError **error)
{
  g_return_val_if_fail (self != NULL && role != NULL && bytes != NULL, FALSE);

  g_autoptr(TomoTrustCheck) check = tomo_trusted_set_begin_targets (self, role, delegator, bytes);
  if (check == NULL)
    return FALSE;

  tomo_trust_check_run (check);
  return tomo_trusted_set_end_targets (self, check, source, error);
}
