/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-update-private.h"

#include "core/tomo-error.h"
#include "core/trust/tomo-target-path.h"

/* Why partners need not wait for each other, though the first role in order wins.
 *
 * The search for a path passes through roles in the order of the delegations, and ends at the role
 * that lists the path, at a terminating match, or at a role whose file is not there. Where it goes
 * depends on nothing but the path and the files it has passed, and no file that is in the set is
 * exchanged during a run. So a search that ended otherwise than at a role that is not there ends
 * the same way whatever arrives later: its result is that of waiting for everybody.
 *
 * Therefore: a branch is a partner with the roles below it. It is settled when each of those is in
 * or has failed; only then does it say all that it lists. Its files are asked for as soon as no
 * search for a path under its own name stopped at a role that is not there. With delegations that
 * are disjoint, as a hub makes them, none does. If one did, the partner waits until all branches
 * are settled, for then nothing can arrive any more.
 *
 * A path counts only if it begins with the name of the partner in whose branch the role is that the
 * search ends at: that is the publisher that a card names, whatever the delegations say. */

/* One way to a role: the file that a role leads to is verified with the keys which that role names,
 * so the same name by another delegator is another edge. */
static char *
dup_edge (const TomoTrustRole *role)
{
  return g_strconcat (role->delegator, "\n", role->name, NULL);
}

static TomoUpdateBranch *
branch_new (const char *partner)
{
  TomoUpdateBranch *self = g_new0 (TomoUpdateBranch, 1);

  self->partner = g_strdup (partner);
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
tomo_update_branch_free (TomoUpdateBranch *self)
{
  g_free (self->partner);
  g_free (self->waits_for);
  g_hash_table_unref (self->asked);
  g_free (self);
}

/* Whether the edge begins the branch of a partner, or goes on from a role that is in it. */
static gboolean
is_of_branch (const TomoTrustRole *role, const char *partner, GHashTable *names)
{
  return role->depth == 1 ? g_str_equal (role->name, partner)
                          : g_hash_table_contains (names, role->delegator);
}

/**
 * tomo_update_list_branch:
 * @roles: (element-type TomoTrustRole): what tomo_trusted_set_list_roles() gave
 * @partner: a partner
 *
 * Lists the loaded roles that may speak for @partner: its own, and those it leads to.
 *
 * Returns: (transfer full) (element-type utf8): a set
 */
GHashTable *
tomo_update_list_branch (GPtrArray *roles, const char *partner)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  unsigned int n_before = 0;

  do
    {
      n_before = g_hash_table_size (names);
      for (unsigned int i = 0; i < roles->len; i++)
        {
          const TomoTrustRole *role = g_ptr_array_index (roles, i);
          if (role->is_loaded && !g_hash_table_contains (names, role->name) &&
              is_of_branch (role, partner, names))
            g_hash_table_add (names, g_strdup (role->name));
        }
    }
  while (g_hash_table_size (names) > n_before);

  return names;
}

/**
 * tomo_update_partner_is_wanted:
 * @run: a run
 * @partner: a role that ‘targets’ delegates to
 *
 * A role whose name no path can begin with has nothing to show, whatever it lists.
 *
 * Returns: %TRUE if this run asks for news of @partner
 */
gboolean
tomo_update_partner_is_wanted (TomoUpdateRun *run, const char *partner)
{
  g_autofree char *path = g_strconcat (partner, "/x", NULL);

  return tomo_target_path_check (path, NULL) &&
         (g_str_equal (partner, "campaign") || tomo_update_is_selected (run->partners, partner));
}

/* What goes wrong below a partner is the partner’s: it may not cost anybody else his news. */
static void
mark_branch_sick (TomoUpdateRun *run,
                  const TomoUpdateBranch *branch,
                  const char *role,
                  const GError *reason)
{
  g_autoptr(GError) named = g_error_copy (reason);

  if (!g_str_equal (role, branch->partner))
    g_prefix_error (&named, "the role ‘%s’ it delegates to: ", role);
  tomo_update_mark_sick (run, branch->partner, named);
}

/* Another branch may have fetched the file, and the cache may have it from last time. */
static gboolean
take_what_is_here (TomoUpdateContent *content, const TomoTrustRole *role)
{
  TomoUpdateRun *run = content->run;
  GBytes *fetched = g_hash_table_lookup (run->new_metadata, role->name);
  g_autoptr(GBytes) bytes =
      fetched != NULL ? g_bytes_ref (fetched) : tomo_update_load_cached (run, role->name);

  if (bytes == NULL)
    return FALSE;

  g_clear_pointer (&content->roles, g_ptr_array_unref);
  return tomo_trusted_set_update_targets (run->set, role->name, role->delegator, bytes,
                                          TOMO_TRUST_LOCAL, NULL) &&
         tomo_trusted_set_is_current (run->set, role->name);
}

/* What the set lists, which only a file that is taken in changes: it would be asked for by each
 * branch for each file that comes. */
static GPtrArray *
get_roles (TomoUpdateContent *content)
{
  if (content->roles == NULL)
    content->roles = tomo_trusted_set_list_roles (content->run->set);

  return content->roles;
}

/* Asks for what is missing of a branch, as far as it is known yet. Of one name, one file at a time
 * is under way, so that it does not matter which of two branches is the faster.
 *
 * Returns whether the cache gave something, which may lead further. */
static gboolean
ask_for_roles (TomoUpdateContent *content, TomoUpdateBranch *branch)
{
  g_autoptr(GPtrArray) roles = g_ptr_array_ref (get_roles (content));
  g_autoptr(GHashTable) names = tomo_update_list_branch (roles, branch->partner);
  gboolean progressed = FALSE;

  for (unsigned int i = 0; i < roles->len; i++)
    {
      const TomoTrustRole *role = g_ptr_array_index (roles, i);
      g_autofree char *edge = dup_edge (role);
      /* Who was let in but has published nothing yet is not sick. */
      if (!is_of_branch (role, branch->partner, names) || role->listed_version == 0 ||
          g_hash_table_contains (branch->asked, edge) ||
          (role->is_loaded && tomo_trusted_set_is_current (content->run->set, role->name)))
        continue;

      if (g_hash_table_contains (content->roles_under_way, role->name))
        {
          g_free (branch->waits_for);
          branch->waits_for = g_strdup (role->name);
          continue;
        }

      g_hash_table_add (branch->asked, g_steal_pointer (&edge));
      if (take_what_is_here (content, role))
        {
          progressed = TRUE;
          continue;
        }
      branch->n_under_way++;
      g_hash_table_add (content->roles_under_way, g_strdup (role->name));
      tomo_update_request_role (content, branch, role);
    }

  return progressed;
}

/**
 * tomo_update_list_partner_targets:
 * @set: a set
 * @roles: (element-type TomoTrustRole): what tomo_trusted_set_list_roles() gave for it
 * @partner: a partner
 * @out_missing: (nullable) (element-type utf8): a set, to which the roles are added that must be
 *   loaded before it is known whether others of its paths count
 *
 * Lists what is shown under the name of @partner: the targets that count, whose paths begin with
 * it, and which its own role or one below signed.
 *
 * Returns: (transfer full) (element-type TomoTrustTarget): the targets
 */
GPtrArray *
tomo_update_list_partner_targets (TomoTrustedSet *set,
                                  GPtrArray *roles,
                                  const char *partner,
                                  GHashTable *out_missing)
{
  g_autoptr(GHashTable) names = tomo_update_list_branch (roles, partner);
  g_autofree char *prefix = g_strconcat (partner, "/", NULL);
  GPtrArray *targets = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_extend_and_steal (
        targets, tomo_trusted_set_list_role_targets (set, name, prefix, out_missing));

  return targets;
}

/* Asks for the files of a partner, if it is certain which those are. */
static void
open_branch (TomoUpdateContent *content, TomoUpdateBranch *branch)
{
  g_autoptr(GHashTable) missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) targets = tomo_update_list_partner_targets (
      content->run->set, get_roles (content), branch->partner, missing);

  if (g_hash_table_size (missing) > 0 && content->n_settled < content->branches->len)
    return;

  branch->is_open = TRUE;
  tomo_update_open_partner (content, branch->partner, targets);
}

static gboolean
is_sick (TomoUpdateContent *content, const TomoUpdateBranch *branch)
{
  return g_hash_table_contains (content->run->sick, branch->partner);
}

static void
advance_branch (TomoUpdateContent *content, TomoUpdateBranch *branch)
{
  if (branch->is_settled || branch->n_under_way > 0)
    return;

  g_clear_pointer (&branch->waits_for, g_free);
  if (tomo_update_partner_is_wanted (content->run, branch->partner))
    while (!is_sick (content, branch) && ask_for_roles (content, branch))
      continue;

  if (branch->n_under_way > 0 || (branch->waits_for != NULL && !is_sick (content, branch)))
    return;

  branch->is_settled = TRUE;
  content->n_settled++;
  if (!is_sick (content, branch))
    open_branch (content, branch);
}

/* Once nothing can arrive any more, those that waited for the others are certain, too. */
static void
open_rest (TomoUpdateContent *content)
{
  if (content->n_settled < content->branches->len)
    return;

  for (unsigned int i = 0; i < content->branches->len; i++)
    {
      TomoUpdateBranch *branch = g_ptr_array_index (content->branches, i);
      if (!branch->is_open && !is_sick (content, branch))
        open_branch (content, branch);
    }
}

/**
 * tomo_update_ask_for_partners:
 * @content: what is being fetched
 *
 * Takes the roles of this run from the cache or asks for them, level by level in each branch. What
 * they list is asked for as soon as it is certain.
 */
void
tomo_update_ask_for_partners (TomoUpdateContent *content)
{
  GPtrArray *roles = get_roles (content);

  for (unsigned int i = 0; i < roles->len; i++)
    {
      const TomoTrustRole *role = g_ptr_array_index (roles, i);
      if (role->depth == 1)
        g_ptr_array_add (content->branches, branch_new (role->name));
    }

  for (unsigned int i = 0; i < content->branches->len; i++)
    advance_branch (content, g_ptr_array_index (content->branches, i));
  open_rest (content);
}

static void
take_in (TomoUpdateContent *content,
         const TomoUpdateErrand *errand,
         TomoTrustCheck *check,
         const GError *reason)
{
  TomoUpdateRun *run = content->run;
  g_autoptr(GError) error = reason != NULL ? g_error_copy (reason) : NULL;

  /* Even a file that is refused may have driven another one out. */
  g_clear_pointer (&content->roles, g_ptr_array_unref);
  if (check != NULL && tomo_trusted_set_end_targets (run->set, check, TOMO_TRUST_REMOTE, &error))
    {
      g_hash_table_insert (run->new_metadata, g_strdup (errand->role),
                           g_bytes_ref (tomo_trust_check_get_bytes (check)));
      return;
    }

  if (check == NULL || g_error_matches (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED))
    tomo_update_blame_source (run, errand->branch->partner, error);
  mark_branch_sick (run, errand->branch, errand->role, error);
}

/**
 * tomo_update_end_role:
 * @content: what is being fetched
 * @errand: for a role
 * @check: (nullable): its file, verified as far as it can be by itself
 * @reason: (nullable): why there is no file, if there is none
 *
 * Takes the file of a role in, and goes on from there. A role that cannot be had or does not
 * verify makes its partner sick, and costs only that partner’s news.
 */
void
tomo_update_end_role (TomoUpdateContent *content,
                      const TomoUpdateErrand *errand,
                      TomoTrustCheck *check,
                      const GError *reason)
{
  errand->branch->n_under_way--;
  g_hash_table_remove (content->roles_under_way, errand->role);
  take_in (content, errand, check, reason);

  advance_branch (content, errand->branch);
  for (unsigned int i = 0; i < content->branches->len; i++)
    {
      TomoUpdateBranch *branch = g_ptr_array_index (content->branches, i);
      if (g_strcmp0 (branch->waits_for, errand->role) == 0)
        advance_branch (content, branch);
    }
  open_rest (content);
}
