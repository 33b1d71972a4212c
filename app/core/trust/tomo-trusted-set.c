/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-trusted-set-private.h"

#include <string.h>

#include "core/tomo-error.h"
#include "core/trust/tomo-role-name-private.h"

TomoTrustEdge *
tomo_trust_edge_new (const char *delegator, const char *role)
{
  TomoTrustEdge *self = g_new0 (TomoTrustEdge, 1);

  self->delegator = g_strdup (delegator);
  self->role = g_strdup (role);
  return self;
}

unsigned int
tomo_trust_edge_hash (const void *key)
{
  const TomoTrustEdge *edge = key;

  return g_str_hash (edge->delegator) * 31 + g_str_hash (edge->role);
}

gboolean
tomo_trust_edge_equal (const void *a, const void *b)
{
  const TomoTrustEdge *one = a;
  const TomoTrustEdge *other = b;

  return strcmp (one->delegator, other->delegator) == 0 && strcmp (one->role, other->role) == 0;
}

void
tomo_trust_edge_free (TomoTrustEdge *self)
{
  g_free (self->delegator);
  g_free (self->role);
  g_free (self);
}

gboolean
tomo_trusted_set_has_edge (TomoTrustedSet *self, const char *delegator, const char *role)
{
  TomoTrustEdge edge = { (char *) delegator, (char *) role };

  return g_hash_table_contains (self->edges, &edge);
}

/* Who may sign @role in the eyes of @delegator; NULL if it does not delegate to it. */
TomoRoleKeys *
tomo_trusted_set_get_role_keys (TomoTrustedSet *self, const char *delegator, const char *role)
{
  if (strcmp (role, "targets") == 0)
    return self->root->role_keys[TOMO_METADATA_TARGETS];

  TomoMetadata *file = g_hash_table_lookup (self->files, delegator);
  if (file == NULL || file->delegations == NULL)
    return NULL;
  return tomo_delegations_get_keys (file->delegations, role);
}

gboolean
tomo_trusted_set_is_expired (TomoTrustedSet *self, const TomoMetadata *file)
{
  return self->now_secs >= file->expires_secs;
}

gboolean
tomo_trusted_set_check_expiry (TomoTrustedSet *self, const TomoMetadata *file, GError **error)
{
  if (!tomo_trusted_set_is_expired (self, file))
    return TRUE;

  g_autoptr(GDateTime) expires = g_date_time_new_from_unix_utc (file->expires_secs);
  g_autofree char *text = g_date_time_format (expires, "%Y-%m-%d %H:%M UTC");
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_STALE,
               "%s.json: version %" G_GUINT64_FORMAT
               " expired on %s; if that is not so, set this machine's clock",
               file->role, file->version, text);
  return FALSE;
}

/* Root is verified by its own keys as well, so that nobody publishes a root that he cannot follow
 * up. */
static TomoMetadata *
open_root (GBytes *bytes, TomoRoleKeys *earlier_keys, GError **error)
{
  g_autoptr(GPtrArray) signers = NULL;
  g_autoptr(TomoEnvelope) envelope =
      tomo_envelope_open (bytes, TOMO_TRUST_MAX_ROOT_BYTES, "root", error);

  if (envelope == NULL ||
      (earlier_keys != NULL && !tomo_role_keys_verify (earlier_keys, envelope, NULL, error)))
    return NULL;

  g_autoptr(TomoMetadata) file = tomo_metadata_read (envelope, TOMO_METADATA_ROOT, "root", error);
  if (file == NULL ||
      !tomo_role_keys_verify (file->role_keys[TOMO_METADATA_ROOT], envelope, &signers, error))
    return NULL;

  file->signers = g_steal_pointer (&signers);
  return g_steal_pointer (&file);
}

/* @root: (transfer full) */
static TomoTrustedSet *
set_new (TomoMetadata *root, int64_t now_secs)
{
  TomoTrustedSet *self = g_new0 (TomoTrustedSet, 1);

  self->now_secs = now_secs;
  self->root = root;
  self->files =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) tomo_metadata_free);
  self->edges = g_hash_table_new_full (tomo_trust_edge_hash, tomo_trust_edge_equal,
                                       (GDestroyNotify) tomo_trust_edge_free, NULL);
  self->lenders = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_metadata_free);
  return self;
}

/**
 * tomo_trusted_set_new:
 * @root: the root this machine trusts
 * @now_secs: the time, read once for the whole update: the clock, or the floor if that is later
 * @error: return location for a #GError
 *
 * Begins an update. The signatures of @root itself are checked; its expiry is not, since a later
 * root may follow.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, %TOMO_ERROR_UNTRUSTED or
 * %TOMO_ERROR_UNSUPPORTED.
 *
 * Returns: (transfer full): the set
 */
TomoTrustedSet *
tomo_trusted_set_new (GBytes *root, int64_t now_secs, GError **error)
{
  g_return_val_if_fail (root != NULL, NULL);

  TomoMetadata *file = open_root (root, NULL, error);
  return file != NULL ? set_new (file, now_secs) : NULL;
}

/**
 * tomo_trusted_set_restart:
 * @self: (transfer full): a set
 * @now_secs: the time; see tomo_trusted_set_new()
 *
 * Begins an update with the root that @self has come to trust, as tomo_trusted_set_new() would,
 * whose signatures need not be verified again.
 *
 * Returns: (transfer full): the set
 */
TomoTrustedSet *
tomo_trusted_set_restart (TomoTrustedSet *self, int64_t now_secs)
{
  g_return_val_if_fail (self != NULL, NULL);

  TomoTrustedSet *next = set_new (g_steal_pointer (&self->root), now_secs);

  tomo_trusted_set_free (self);
  return next;
}

/**
 * tomo_trusted_set_free:
 * @self: (transfer full): a set
 */
void
tomo_trusted_set_free (TomoTrustedSet *self)
{
  g_clear_pointer (&self->root, tomo_metadata_free);
  g_clear_pointer (&self->timestamp, tomo_metadata_free);
  g_clear_pointer (&self->snapshot, tomo_metadata_free);
  g_clear_pointer (&self->files, g_hash_table_unref);
  g_clear_pointer (&self->edges, g_hash_table_unref);
  g_clear_pointer (&self->lenders, g_ptr_array_unref);
  g_free (self);
}

/**
 * tomo_trusted_set_allow_foreign_targets:
 * @self: a set
 *
 * Lifts the rules that only campaigns of ours follow: any target path is taken, and a target may
 * have a SHA-512 alone.
 */
void
tomo_trusted_set_allow_foreign_targets (TomoTrustedSet *self)
{
  self->allows_foreign_targets = TRUE;
}

/* The workflow has one order; a caller who leaves it gets an error, not trust. */
gboolean
tomo_trusted_set_check_order (gboolean is_in_order, const char *what, GError **error)
{
  if (!is_in_order)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED, "this is not the time for %s", what);
  return is_in_order;
}

/**
 * tomo_trusted_set_update_root:
 * @self: a set
 * @bytes: the file of exactly the next version
 * @error: return location for a #GError
 *
 * Goes one step along the chain of roots. The new root must be signed by the keys of the one
 * before and by its own.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, %TOMO_ERROR_UNTRUSTED, %TOMO_ERROR_UNSUPPORTED, or
 * %TOMO_ERROR_FAILED after tomo_trusted_set_finish_root().
 *
 * Returns: %TRUE if the set now trusts the new root
 */
gboolean
tomo_trusted_set_update_root (TomoTrustedSet *self, GBytes *bytes, GError **error)
{
  g_return_val_if_fail (self != NULL && bytes != NULL, FALSE);

  if (!tomo_trusted_set_check_order (!self->root_is_final, "another root", error))
    return FALSE;
  if (self->n_root_steps == TOMO_TRUST_MAX_ROOT_STEPS)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                   "root.json: more than %d new versions in one update", TOMO_TRUST_MAX_ROOT_STEPS);
      return FALSE;
    }

  g_autoptr(TomoMetadata) file =
      open_root (bytes, self->root->role_keys[TOMO_METADATA_ROOT], error);
  if (file == NULL)
    return FALSE;
  if (file->version != self->root->version + 1)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                   "root.json: is version %" G_GUINT64_FORMAT " where %" G_GUINT64_FORMAT
                   " must come next",
                   file->version, self->root->version + 1);
      return FALSE;
    }

  for (int type = TOMO_METADATA_TIMESTAMP; type <= TOMO_METADATA_SNAPSHOT; type++)
    if (tomo_role_keys_withdraws (file->role_keys[type], self->root->role_keys[type]))
      self->keys_rotated = TRUE;

  tomo_metadata_free (self->root);
  self->root = g_steal_pointer (&file);
  self->n_root_steps++;
  return TRUE;
}

/**
 * tomo_trusted_set_finish_root:
 * @self: a set
 * @error: return location for a #GError
 *
 * Ends the chain of roots. Only the last one must not have expired.
 *
 * On failure this sets %TOMO_ERROR_STALE.
 *
 * Returns: %TRUE if the other roles may follow
 */
gboolean
tomo_trusted_set_finish_root (TomoTrustedSet *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!tomo_trusted_set_check_expiry (self, self->root, error))
    return FALSE;
  self->root_is_final = TRUE;
  return TRUE;
}

static TomoMetadata *
get_file (TomoTrustedSet *self, const char *role)
{
  if (strcmp (role, "root") == 0)
    return self->root;
  if (strcmp (role, "timestamp") == 0)
    return self->timestamp;
  if (strcmp (role, "snapshot") == 0)
    return self->snapshot;
  return g_hash_table_lookup (self->files, role);
}

static uint64_t
get_version (TomoTrustedSet *self, const char *role)
{
  TomoMetadata *file = get_file (self, role);

  return file == NULL ? 0 : file->version;
}

static TomoListing *
get_listing (TomoTrustedSet *self, const char *role)
{
  TomoMetadata *lister = strcmp (role, "snapshot") == 0 ? self->timestamp : self->snapshot;

  return lister == NULL ? NULL : tomo_metadata_get_listing (lister, role);
}

uint64_t
tomo_trusted_set_get_root_version (TomoTrustedSet *self)
{
  return self->root->version;
}

/**
 * tomo_trusted_set_get_root_sha256:
 * @self: a set
 *
 * Tells one root from another: two campaigns may both have a version 1.
 *
 * Returns: (transfer none): of the file as received, in lower-case hexadecimal
 */
const char *
tomo_trusted_set_get_root_sha256 (TomoTrustedSet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->root->sha256;
}

/**
 * tomo_trusted_set_keys_rotated:
 * @self: a set
 *
 * Returns: %TRUE if a key of timestamp or snapshot was withdrawn since the first root; remove
 *   the local files of both then
 */
gboolean
tomo_trusted_set_keys_rotated (TomoTrustedSet *self)
{
  return self->keys_rotated;
}

gboolean
tomo_trusted_set_saw_older (TomoTrustedSet *self)
{
  return self->saw_older;
}

gboolean
tomo_trusted_set_has_consistent_snapshots (TomoTrustedSet *self)
{
  return self->root->has_consistent_snapshots;
}

/**
 * tomo_trusted_set_is_current:
 * @self: a set
 * @role: ‘snapshot’, ‘targets’ or a delegated role
 *
 * Returns: %TRUE if what is loaded of @role is what is listed now and has not expired
 */
gboolean
tomo_trusted_set_is_current (TomoTrustedSet *self, const char *role)
{
  g_return_val_if_fail (self != NULL && role != NULL, FALSE);

  TomoMetadata *file = get_file (self, role);

  if (file == NULL || tomo_trusted_set_is_expired (self, file))
    return FALSE;
  if (strcmp (role, "snapshot") == 0)
    return tomo_trusted_set_has_listed_snapshot (self);
  return self->snapshot != NULL && tomo_trusted_set_check_listed (self->snapshot, file, NULL);
}

uint64_t
tomo_trusted_set_get_timestamp_version (TomoTrustedSet *self)
{
  return get_version (self, "timestamp");
}

uint64_t
tomo_trusted_set_get_snapshot_version (TomoTrustedSet *self)
{
  return get_version (self, "snapshot");
}

uint64_t
tomo_trusted_set_get_targets_version (TomoTrustedSet *self)
{
  return get_version (self, "targets");
}

/**
 * tomo_trusted_set_get_expires_secs:
 * @self: a set
 * @role: any role
 *
 * Returns: when the loaded file of @role expires, in seconds since 1970, or 0
 */
int64_t
tomo_trusted_set_get_expires_secs (TomoTrustedSet *self, const char *role)
{
  g_return_val_if_fail (self != NULL && role != NULL, 0);

  TomoMetadata *file = get_file (self, role);

  return file == NULL ? 0 : file->expires_secs;
}

/**
 * tomo_trusted_set_get_signed_on_secs:
 * @self: a set
 * @role: any role
 *
 * Returns: when the loaded file of @role says it was signed, in seconds since 1970, or 0
 */
int64_t
tomo_trusted_set_get_signed_on_secs (TomoTrustedSet *self, const char *role)
{
  g_return_val_if_fail (self != NULL && role != NULL, 0);

  TomoMetadata *file = get_file (self, role);

  return file == NULL ? 0 : file->signed_on_secs;
}

/**
 * tomo_trusted_set_dup_file_name:
 * @self: a set
 * @role: any role
 *
 * The name of the file to fetch for @role, percent-encoded, without folder. For ‘root’ this is
 * the next version.
 *
 * Returns: (transfer full) (nullable): such as ‘7.jp.json’, or %NULL if @role is not listed
 */
char *
tomo_trusted_set_dup_file_name (TomoTrustedSet *self, const char *role)
{
  g_return_val_if_fail (self != NULL && role != NULL, NULL);

  if (strcmp (role, "root") == 0)
    return g_strdup_printf ("%" G_GUINT64_FORMAT ".root.json", self->root->version + 1);
  if (strcmp (role, "timestamp") == 0)
    return g_strdup ("timestamp.json");

  TomoListing *listing = get_listing (self, role);
  if (listing == NULL)
    return NULL;

  g_autofree char *name = tomo_trusted_set_dup_cache_name (role);
  if (!self->root->has_consistent_snapshots)
    return g_steal_pointer (&name);
  return g_strdup_printf ("%" G_GUINT64_FORMAT ".%s", listing->version, name);
}

/**
 * tomo_trusted_set_dup_cache_name:
 * @role: any role
 *
 * Returns: (transfer full): the name of the local file of @role, such as ‘jp.json’
 */
char *
tomo_trusted_set_dup_cache_name (const char *role)
{
  g_return_val_if_fail (role != NULL, NULL);

  g_autofree char *encoded = tomo_role_name_encode (role);
  return g_strconcat (encoded, ".json", NULL);
}

/**
 * tomo_trusted_set_get_max_bytes:
 * @self: a set
 * @role: any role
 *
 * Returns: how large the file of @role may be: what is listed, and never more than our limit
 */
size_t
tomo_trusted_set_get_max_bytes (TomoTrustedSet *self, const char *role)
{
  g_return_val_if_fail (self != NULL && role != NULL, 0);

  if (strcmp (role, "root") == 0)
    return TOMO_TRUST_MAX_ROOT_BYTES;
  if (strcmp (role, "timestamp") == 0)
    return TOMO_TRUST_MAX_TIMESTAMP_BYTES;

  size_t limit =
      strcmp (role, "snapshot") == 0 ? TOMO_TRUST_MAX_SNAPSHOT_BYTES : TOMO_TRUST_MAX_TARGETS_BYTES;
  TomoListing *listing = get_listing (self, role);

  if (listing != NULL && listing->has_length && listing->length < limit)
    return (size_t) listing->length;
  return limit;
}

/**
 * tomo_trusted_set_get_floor_secs:
 * @self: a set
 * @out_key_ids: (out) (optional) (nullable): the ids of the keys that vouch for it, with commas
 *   between them, or %NULL if the floor is 0
 *
 * The newest `x-tomoshibi-signed-on` of root and targets: it cannot be earlier than this. The
 * other roles have no say, since a stolen online key must not be able to move time.
 *
 * Returns: seconds since 1970, or 0
 */
int64_t
tomo_trusted_set_get_floor_secs (TomoTrustedSet *self, char **out_key_ids)
{
  g_return_val_if_fail (self != NULL, 0);

  TomoMetadata *targets = get_file (self, "targets");
  TomoMetadata *newest = self->root;

  if (targets != NULL && targets->signed_on_secs > newest->signed_on_secs)
    newest = targets;

  if (out_key_ids != NULL)
    {
      g_autoptr(GString) ids = g_string_new (NULL);
      for (size_t i = 0; i < newest->signers->len; i++)
        {
          g_autofree char *id =
              tomo_public_key_dup_spec_id (g_ptr_array_index (newest->signers, i));
          g_string_append_printf (ids, "%s%s", i == 0 ? "" : ",", id);
        }
      *out_key_ids =
          newest->signed_on_secs == 0 ? NULL : g_string_free (g_steal_pointer (&ids), FALSE);
    }
  return newest->signed_on_secs;
}

static gboolean
names_key_id (TomoRoleKeys *keys, const char *wanted)
{
  for (size_t i = 0; i < keys->keys->len; i++)
    {
      TomoPublicKey *key = g_ptr_array_index (keys->keys, i);
      g_autofree char *id = key == NULL ? NULL : tomo_public_key_dup_spec_id (key);
      if (g_strcmp0 (id, wanted) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * tomo_trusted_set_names_keys:
 * @self: a set
 * @key_ids: what tomo_trusted_set_get_floor_secs() gave in an earlier update
 *
 * Whether none of the keys that vouched for a kept time floor was withdrawn since.
 *
 * Returns: %TRUE if root names them all, for root or for targets
 */
gboolean
tomo_trusted_set_names_keys (TomoTrustedSet *self, const char *key_ids)
{
  g_return_val_if_fail (self != NULL && key_ids != NULL, FALSE);

  g_auto(GStrv) ids = g_strsplit (key_ids, ",", -1);

  for (size_t i = 0; ids[i] != NULL; i++)
    if (!names_key_id (self->root->role_keys[TOMO_METADATA_ROOT], ids[i]) &&
        !names_key_id (self->root->role_keys[TOMO_METADATA_TARGETS], ids[i]))
      return FALSE;
  return ids[0] != NULL;
}
