/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-trusted-set-private.h"

#include <string.h>

#include "core/tomo-error.h"

/* The last good files of one branch, put in the place of those of now. The other branches stay,
 * because a search for a path of this one may pass through them. */
typedef struct
{
  TomoTrustedSet set;     /* borrows the files and the snapshot of @real */
  TomoTrustedSet *real;   /* (not owned): keeps what is opened here, for as long as it lives */
  GHashTable *branch;     /* (owned) (element-type utf8): a set: the roles whose file is in */
  TomoTrustLoadFunc load; /* gives the file of a role, of which nothing is known yet */
  gpointer load_data;
} Kept;

static void
kept_init (Kept *kept, TomoTrustedSet *self)
{
  GHashTableIter iter;
  TomoMetadata *file = NULL;
  TomoTrustEdge *edge = NULL;

  memset (kept, 0, sizeof *kept);
  kept->real = self;
  kept->set = *self;
  kept->set.files = g_hash_table_new (g_str_hash, g_str_equal);
  kept->set.edges = g_hash_table_new_full (tomo_trust_edge_hash, tomo_trust_edge_equal,
                                           (GDestroyNotify) tomo_trust_edge_free, NULL);
  kept->branch = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, NULL, (void **) &file))
    g_hash_table_insert (kept->set.files, file->role, file);

  g_hash_table_iter_init (&iter, self->edges);
  while (g_hash_table_iter_next (&iter, (void **) &edge, NULL))
    g_hash_table_add (kept->set.edges, tomo_trust_edge_new (edge->delegator, edge->role));
}

static void
kept_clear (Kept *kept)
{
  g_hash_table_unref (kept->set.files);
  g_hash_table_unref (kept->set.edges);
  g_hash_table_unref (kept->branch);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kept, kept_clear)

static TomoMetadata *
open_kept (TomoTrustedSet *self, const TomoTrustRole *role, GBytes *bytes, GError **error)
{
  TomoRoleKeys *keys = tomo_trusted_set_get_role_keys (self, role->delegator, role->name);
  g_autoptr(TomoEnvelope) envelope =
      tomo_envelope_open (bytes, TOMO_TRUST_MAX_TARGETS_BYTES, role->name, error);

  if (envelope == NULL || !tomo_role_keys_verify (keys, envelope, NULL, error))
    return NULL;

  g_autoptr(TomoMetadata) file =
      tomo_metadata_read (envelope, TOMO_METADATA_TARGETS, role->name, error);
  if (file == NULL ||
      (!self->allows_foreign_targets && !tomo_metadata_check_target_rules (file, error)))
    return NULL;
  return g_steal_pointer (&file);
}

/* What was verified with the file of now says nothing about the one that takes its place. */
static gboolean
edge_touches_cb (gpointer key, gpointer value, gpointer user_data)
{
  const TomoTrustEdge *edge = key;

  return strcmp (edge->delegator, user_data) == 0 || strcmp (edge->role, user_data) == 0;
}

/* Puts the last good file of @role in, if the keys that its delegator names verify it. */
static gboolean
take_kept (Kept *kept, const TomoTrustRole *role, GError **error)
{
  g_autoptr(GBytes) bytes = kept->load (role->name, kept->load_data);
  if (bytes == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND, "%s.json: nothing is kept of it",
                   role->name);
      return FALSE;
    }

  TomoMetadata *file = open_kept (&kept->set, role, bytes, error);
  if (file == NULL)
    return FALSE;

  g_ptr_array_add (kept->real->lenders, file);
  if (!g_hash_table_contains (kept->branch, role->name))
    {
      g_hash_table_foreach_remove (kept->set.edges, edge_touches_cb, file->role);
      g_hash_table_replace (kept->set.files, file->role, file);
      g_hash_table_add (kept->branch, g_strdup (role->name));
    }
  g_hash_table_add (kept->set.edges, tomo_trust_edge_new (role->delegator, role->name));
  return TRUE;
}

/* Takes in what is kept of the roles below, one level after the other. What is not there or does
 * not verify is left out, with what it would have led to. */
static void
take_branch (Kept *kept)
{
  gboolean progressed = TRUE;

  for (unsigned int depth = 1; depth < TOMO_TRUST_MAX_DEPTH && progressed; depth++)
    {
      g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (&kept->set);

      progressed = FALSE;
      for (size_t i = 0; i < roles->len; i++)
        {
          const TomoTrustRole *role = g_ptr_array_index (roles, i);
          if (role->depth > 1 && g_hash_table_contains (kept->branch, role->delegator) &&
              !tomo_trusted_set_has_edge (&kept->set, role->delegator, role->name) &&
              take_kept (kept, role, NULL))
            progressed = TRUE;
        }
    }
}

static int
compare_paths_cb (const void *a, const void *b)
{
  const TomoTrustTarget *const *one = a;
  const TomoTrustTarget *const *other = b;

  return strcmp ((*one)->path, (*other)->path);
}

static GPtrArray *
list_branch_targets (Kept *kept)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  const char *role = NULL;

  g_hash_table_iter_init (&iter, kept->branch);
  while (g_hash_table_iter_next (&iter, (void **) &role, NULL))
    g_ptr_array_extend_and_steal (targets,
                                  tomo_trusted_set_list_role_targets (&kept->set, role, "", NULL));

  g_ptr_array_sort (targets, compare_paths_cb);
  return targets;
}

/* A role of that name nearest to the top: who is a partner is not for other partners to say. */
static TomoTrustRole *
find_role (TomoTrustedSet *self, const char *name)
{
  g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (self);
  const TomoTrustRole *found = NULL;

  for (size_t i = 0; i < roles->len; i++)
    {
      const TomoTrustRole *role = g_ptr_array_index (roles, i);
      if (strcmp (role->name, name) == 0 && (found == NULL || role->depth < found->depth))
        found = role;
    }
  return found == NULL ? NULL : g_memdup2 (found, sizeof *found);
}

/**
 * tomo_trusted_set_list_kept_targets:
 * @self: a set with the file of the role that delegates to @role
 * @role: a delegated role whose present file, or one below it, cannot be had
 * @load: gives the file of a role that was accepted in an earlier update, or %NULL
 * @load_data: for @load
 * @out_role: (out) (optional): the version and the dates of what is kept of @role itself
 * @error: return location for a #GError
 *
 * What a sick partner keeps: the targets of its last good file and of those it delegated to, as
 * far as each carries a threshold of the keys that its delegator names, from the keys that count
 * today downwards, and today’s delegations above @role allow the path. Version and expiry are not
 * looked at. What the set holds of @role and those below it stays as it is, and counts for nothing
 * here: new and old of one partner are never mixed.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if nobody delegates to @role any more or nothing is
 * kept of it, %TOMO_ERROR_UNTRUSTED if its keys were changed, or %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full) (element-type TomoTrustTarget): the targets, sorted by path
 */
GPtrArray *
tomo_trusted_set_list_kept_targets (TomoTrustedSet *self,
                                    const char *role,
                                    TomoTrustLoadFunc load,
                                    gpointer load_data,
                                    TomoTrustRole *out_role,
                                    GError **error)
{
  g_return_val_if_fail (self != NULL && role != NULL && load != NULL, NULL);

  g_autofree TomoTrustRole *known = find_role (self, role);
  if (known == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "%s.json: no role delegates to it any more", role);
      return NULL;
    }

  g_auto(Kept) kept = { .real = self };
  kept_init (&kept, self);
  kept.load = load;
  kept.load_data = load_data;
  if (!take_kept (&kept, known, error))
    return NULL;

  take_branch (&kept);
  if (out_role != NULL)
    {
      const TomoMetadata *file = g_hash_table_lookup (kept.set.files, role);
      *out_role = *known;
      out_role->is_loaded = TRUE;
      out_role->version = file->version;
      out_role->expires_secs = file->expires_secs;
      out_role->signed_on_secs = file->signed_on_secs;
    }
  return list_branch_targets (&kept);
}
