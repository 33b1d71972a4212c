/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-trusted-set-private.h"

#include <string.h>

#include "core/tomo-digest.h"
#include "core/tomo-error.h"

/* One search for one path, as in section 5.6.7 of the specification. */
typedef struct
{
  TomoTrustedSet *set;
  TomoPathQuery query;
  GPtrArray *visited;       /* (owned) (element-type utf8) */
  TomoTrustTarget *target;  /* (nullable): what was found */
  const char *missing_role; /* (nullable): what must be loaded before the search can go on */
  const char *missing_delegator;
  unsigned int missing_depth;
} Walk;

/* Whether the search goes on behind the role it looked into. */
typedef enum
{
  WALK_GOES_ON,
  WALK_ENDS,
} WalkState;

static WalkState visit (Walk *walk, const char *role, unsigned int depth);

static gboolean
was_visited (Walk *walk, const char *role)
{
  for (size_t i = 0; i < walk->visited->len; i++)
    if (strcmp (g_ptr_array_index (walk->visited, i), role) == 0)
      return TRUE;
  return FALSE;
}

static WalkState
follow (Walk *walk, const char *delegator, const char *role, unsigned int depth)
{
  if (depth > TOMO_TRUST_MAX_DEPTH || was_visited (walk, role))
    return WALK_GOES_ON;
  if (walk->visited->len >= TOMO_TRUST_MAX_ROLES)
    return WALK_ENDS;

  if (!tomo_trusted_set_has_edge (walk->set, delegator, role))
    {
      walk->missing_role = role;
      walk->missing_delegator = delegator;
      walk->missing_depth = depth;
      return WALK_ENDS;
    }
  return visit (walk, role, depth);
}

static WalkState
visit (Walk *walk, const char *role, unsigned int depth)
{
  TomoMetadata *file = g_hash_table_lookup (walk->set->files, role);
  TomoDelegationMatch match = { NULL };
  uint64_t position = 0;

  g_ptr_array_add (walk->visited, (char *) role);
  walk->target = g_hash_table_lookup (file->targets, walk->query.path);
  if (walk->target != NULL)
    return WALK_ENDS;
  if (file->delegations == NULL)
    return WALK_GOES_ON;

  while (tomo_delegations_next_match (file->delegations, &position, &walk->query, &match))
    {
      if (follow (walk, role, match.name, depth + 1) == WALK_ENDS)
        return WALK_ENDS;
      /* Not only the rest of this list is cut off, but all that any role before still had to
       * offer. */
      if (match.is_terminating)
        return WALK_ENDS;
    }
  return WALK_GOES_ON;
}

static void
walk_init (Walk *walk, TomoTrustedSet *set)
{
  memset (walk, 0, sizeof *walk);
  walk->set = set;
  walk->visited = g_ptr_array_new ();
}

static void
walk_clear (Walk *walk)
{
  g_ptr_array_unref (walk->visited);
}

static void
walk_run (Walk *walk, const char *path)
{
  walk->query.path = path;
  walk->query.sha256[0] = '\0';
  walk->target = NULL;
  walk->missing_role = NULL;
  g_ptr_array_set_size (walk->visited, 0);

  if (g_hash_table_contains (walk->set->files, "targets"))
    visit (walk, "targets", 0);
  else
    walk->missing_role = "targets";
}

static void
fill_role (TomoTrustedSet *set,
           const char *name,
           const char *delegator,
           unsigned int depth,
           TomoTrustRole *out_role)
{
  TomoListing *listing =
      set->snapshot == NULL ? NULL : tomo_metadata_get_listing (set->snapshot, name);

  memset (out_role, 0, sizeof *out_role);
  out_role->name = name;
  out_role->delegator = delegator;
  out_role->depth = depth;
  out_role->listed_version = listing == NULL ? 0 : listing->version;
  out_role->max_bytes = tomo_trusted_set_get_max_bytes (set, name);
  out_role->is_loaded = tomo_trusted_set_has_edge (set, delegator, name);
  if (out_role->is_loaded)
    {
      TomoMetadata *file = g_hash_table_lookup (set->files, name);
      out_role->expires_secs = file->expires_secs;
      out_role->version = file->version;
      out_role->signed_on_secs = file->signed_on_secs;
    }
}

/* What tomo_trusted_set_list_roles() has seen so far. */
typedef struct
{
  TomoTrustedSet *set;
  GPtrArray *roles;   /* (not owned) (element-type TomoTrustRole) */
  GHashTable *edges;  /* (not owned) (element-type TomoTrustEdge): a set, those in roles */
  GHashTable *depths; /* (not owned) (element-type utf8 unsigned): least depth it was looked into */
  size_t max_roles;   /* how long the list may be when the present branch is through */
} Listing;

/* A role is looked into again if it turns up nearer to the top: it may reach further from there. */
static gboolean
should_look_into (Listing *listing, const char *role, unsigned int depth)
{
  unsigned int known = GPOINTER_TO_UINT (g_hash_table_lookup (listing->depths, role));

  return depth < TOMO_TRUST_MAX_DEPTH && (known == 0 || depth < known);
}

static void
list_branch (Listing *listing, const char *delegator, unsigned int depth)
{
  TomoMetadata *file = g_hash_table_lookup (listing->set->files, delegator);
  uint64_t n_roles =
      file->delegations == NULL ? 0 : tomo_delegations_get_n_roles (file->delegations);

  /* More only hash bins can be: up to four milliards, named in a few bytes. */
  n_roles = MIN (n_roles, TOMO_TRUST_MAX_ROLES);
  for (uint64_t i = 0; i < n_roles; i++)
    {
      const char *name = tomo_delegations_get_name (file->delegations, i);

      /* The limit holds for each role that ‘targets’ names together with all below it, so that
       * one partner cannot crowd out another. */
      if (depth == 1)
        listing->max_roles = listing->roles->len + TOMO_TRUST_MAX_ROLES;
      else if (listing->roles->len >= listing->max_roles)
        return;

      if (g_hash_table_add (listing->edges, tomo_trust_edge_new (delegator, name)))
        {
          TomoTrustRole *role = g_new0 (TomoTrustRole, 1);
          fill_role (listing->set, name, delegator, depth, role);
          g_ptr_array_add (listing->roles, role);
        }

      if (tomo_trusted_set_has_edge (listing->set, delegator, name) &&
          should_look_into (listing, name, depth))
        {
          g_hash_table_replace (listing->depths, (char *) name, GUINT_TO_POINTER (depth));
          list_branch (listing, name, depth + 1);
        }
    }
}

/**
 * tomo_trusted_set_list_roles:
 * @self: a set
 *
 * Lists the roles that are reached by delegation from what is loaded, in pre-order: a role comes
 * before those it delegates to. Load those that are wanted and ask again, until nothing new
 * appears. At most %TOMO_TRUST_MAX_ROLES are listed below one role of ‘targets’, and none deeper
 * than %TOMO_TRUST_MAX_DEPTH.
 *
 * Returns: (transfer full) (element-type TomoTrustRole): the roles; empty while ‘targets’ is not
 *   loaded
 */
GPtrArray *
tomo_trusted_set_list_roles (TomoTrustedSet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GPtrArray *roles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) depths = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) edges = g_hash_table_new_full (
      tomo_trust_edge_hash, tomo_trust_edge_equal, (GDestroyNotify) tomo_trust_edge_free, NULL);
  Listing listing = { self, roles, edges, depths, 0 };

  if (g_hash_table_contains (self->files, "targets"))
    list_branch (&listing, "targets", 1);
  return roles;
}

static int
compare_paths_cb (const void *a, const void *b)
{
  const TomoTrustTarget *const *one = a;
  const TomoTrustTarget *const *other = b;

  return strcmp ((*one)->path, (*other)->path);
}

/* Adds the targets of @file that count. Each path is searched for by itself: a walk that hands
 * paths down the tree would save a few comparisons, and would have to get terminating roles right
 * a second time. */
static void
add_targets_of (Walk *walk,
                TomoMetadata *file,
                const char *prefix,
                GPtrArray *targets,
                GHashTable *out_missing)
{
  GHashTableIter iter;
  TomoTrustTarget *target = NULL;

  g_hash_table_iter_init (&iter, file->targets);
  while (g_hash_table_iter_next (&iter, NULL, (void **) &target))
    {
      if (!g_str_has_prefix (target->path, prefix))
        continue;
      walk_run (walk, target->path);
      if (walk->target == target)
        g_ptr_array_add (targets, g_memdup2 (target, sizeof *target));
      else if (walk->missing_role != NULL && out_missing != NULL)
        g_hash_table_add (out_missing, g_strdup (walk->missing_role));
    }
}

/**
 * tomo_trusted_set_list_targets:
 * @self: a set
 *
 * Lists the targets that count: those that the specification’s search finds for their own path.
 * A path whose search would have to pass a role that is not loaded is not among them.
 *
 * Returns: (transfer full) (element-type TomoTrustTarget): the targets, sorted by path
 */
GPtrArray *
tomo_trusted_set_list_targets (TomoTrustedSet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GPtrArray *targets = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter files;
  TomoMetadata *file = NULL;
  Walk walk;

  walk_init (&walk, self);
  g_hash_table_iter_init (&files, self->files);
  while (g_hash_table_iter_next (&files, NULL, (void **) &file))
    add_targets_of (&walk, file, "", targets, NULL);
  walk_clear (&walk);

  g_ptr_array_sort (targets, compare_paths_cb);
  return targets;
}

/**
 * tomo_trusted_set_list_role_targets:
 * @self: a set
 * @role: a role; one that is not loaded lists nothing
 * @prefix: what a path must begin with
 * @out_missing: (nullable) (element-type utf8): a set, to which the roles are added that must be
 *   loaded before it is known whether others of its paths count
 *
 * Lists those of tomo_trusted_set_list_targets() that @role itself lists, under @prefix.
 *
 * Returns: (transfer full) (element-type TomoTrustTarget): the targets, sorted by path
 */
GPtrArray *
tomo_trusted_set_list_role_targets (TomoTrustedSet *self,
                                    const char *role,
                                    const char *prefix,
                                    GHashTable *out_missing)
{
  g_return_val_if_fail (self != NULL && role != NULL && prefix != NULL, NULL);

  GPtrArray *targets = g_ptr_array_new_with_free_func (g_free);
  TomoMetadata *file = g_hash_table_lookup (self->files, role);
  Walk walk;

  if (file == NULL)
    return targets;

  walk_init (&walk, self);
  add_targets_of (&walk, file, prefix, targets, out_missing);
  walk_clear (&walk);

  g_ptr_array_sort (targets, compare_paths_cb);
  return targets;
}

/**
 * tomo_trusted_set_find_target:
 * @self: a set
 * @path: a target path
 * @out_target: (out): the target
 * @out_missing: (out) (optional): a role that must be loaded before the search can go on; its
 *   name is %NULL if none
 * @error: return location for a #GError
 *
 * Searches for one target as section 5.6.7 of the specification says: in pre-order, each role
 * once, until a role lists the path or a terminating delegation ends it.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND, with or without a missing role.
 *
 * Returns: %TRUE if there is such a target
 */
gboolean
tomo_trusted_set_find_target (TomoTrustedSet *self,
                              const char *path,
                              TomoTrustTarget *out_target,
                              TomoTrustRole *out_missing,
                              GError **error)
{
  g_return_val_if_fail (self != NULL && path != NULL && out_target != NULL, FALSE);

  Walk walk;

  walk_init (&walk, self);
  walk_run (&walk, path);
  walk_clear (&walk);

  if (out_missing != NULL)
    memset (out_missing, 0, sizeof *out_missing);
  if (walk.target != NULL)
    {
      *out_target = *walk.target;
      return TRUE;
    }

  if (walk.missing_role == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND, "no role lists the target ‘%s’", path);
      return FALSE;
    }

  const char *delegator = walk.missing_delegator == NULL ? "root" : walk.missing_delegator;
  if (out_missing != NULL)
    fill_role (self, walk.missing_role, delegator, walk.missing_depth, out_missing);
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
               "the search for target ‘%s’ needs the role ‘%s’, which is not loaded", path,
               walk.missing_role);
  return FALSE;
}

/**
 * tomo_trusted_set_check_target:
 * @target: what was signed
 * @bytes: what arrived
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_UNTRUSTED.
 *
 * Returns: %TRUE if @bytes are that target, by length and by every hash it has
 */
gboolean
tomo_trusted_set_check_target (const TomoTrustTarget *target, GBytes *bytes, GError **error)
{
  g_return_val_if_fail (target != NULL && bytes != NULL, FALSE);

  gboolean is_good = target->size == g_bytes_get_size (bytes) &&
                     (target->sha256 != NULL || target->sha512 != NULL);

  if (is_good && target->sha256 != NULL)
    {
      g_autofree char *sha256 = tomo_digest_dup_sha256 (bytes);
      is_good = strcmp (sha256, target->sha256) == 0;
    }
  if (is_good && target->sha512 != NULL)
    {
      g_autofree char *sha512 = tomo_digest_dup_sha512 (bytes);
      is_good = strcmp (sha512, target->sha512) == 0;
    }

  if (!is_good)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                 "%s: is not what %s signed: its length or hash is another", target->path,
                 target->role);
  return is_good;
}
