/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/tomo-error.h"
#include "core/tomo-update-private.h"

/* What a run with one source begins with, and what it notes on its way. */

void
tomo_update_run_clear (TomoUpdateRun *run)
{
  g_clear_object (&run->fetcher);
  g_clear_pointer (&run->current, tomo_generation_unref);
  g_clear_pointer (&run->set, tomo_trusted_set_free);
  g_clear_pointer (&run->new_metadata, g_hash_table_unref);
  g_clear_pointer (&run->sick, g_hash_table_unref);
  g_clear_error (&run->source_fault);
}

gboolean
tomo_update_is_selected (const char *const *list, const char *string)
{
  return list == NULL || g_strv_contains (list, string);
}

/* The first reason is the one that matters. */
void
tomo_update_mark_sick (TomoUpdateRun *run, const char *role, const GError *reason)
{
  if (g_hash_table_contains (run->sick, role))
    return;

  g_hash_table_insert (run->sick, g_strdup (role), g_error_copy (reason));
}

/* Another mirror may have the file that this one does not have, or has changed. */
void
tomo_update_blame_source (TomoUpdateRun *run, const char *partner, const GError *reason)
{
  if (run->source_fault != NULL)
    return;

  run->source_fault = g_error_copy (reason);
  g_prefix_error (&run->source_fault, "%s: ", partner);
}

static char *
dup_list (const char *const *list)
{
  return list != NULL ? g_strjoinv (",", (char **) list) : g_strdup ("*");
}

/* What a generation was made for: another selection means that it is not what is wanted now. */
char *
tomo_update_dup_selection (TomoUpdateRun *run)
{
  g_autofree char *partners = dup_list ((const char *const *) run->campaign->partners);
  g_autofree char *languages = dup_list ((const char *const *) run->campaign->languages);
  g_autofree char *run_partners = dup_list (run->partners);
  g_autofree char *run_languages = dup_list (run->languages);

  return g_strdup_printf ("partners=%s languages=%s of %s %s", partners, languages, run_partners,
                          run_languages);
}

/* The time floor of the current generation, dropped once the keys it came from are rotated. */
static int64_t
get_floor (TomoUpdateRun *run, TomoTrustedSet *set)
{
  int64_t floor = 0;
  const char *keys = "";

  if (run->current == NULL)
    return 0;

  GVariant *properties = tomo_generation_get_properties (run->current);
  g_variant_lookup (properties, "floor-secs", "x", &floor);
  g_variant_lookup (properties, "floor-keys", "&s", &keys);
  return tomo_trusted_set_names_keys (set, keys) ? floor : 0;
}

/**
 * tomo_update_start_set:
 * @run: a run
 * @set: (transfer full): a set whose root is the newest that is known
 *
 * Begins with the root of @set. Time is what the clock said, but never before what the signed files
 * or the release say.
 */
void
tomo_update_start_set (TomoUpdateRun *run, TomoTrustedSet *set)
{
  int64_t floor_secs = MAX (get_floor (run, set), (int64_t) RELEASE_SECS);

  run->now_secs = MAX (run->clock_secs, floor_secs);
  run->set = tomo_trusted_set_restart (set, run->now_secs);
}

/**
 * tomo_update_make_set:
 * @run: a run that has nothing yet
 * @error: return location for a #GError
 *
 * Begins with the roots that are here.
 *
 * On failure this sets what loading and verifying the roots gives.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_update_make_set (TomoUpdateRun *run, GError **error)
{
  TomoTrustedSet *walked = tomo_update_walk_roots (run->store, run->campaign, error);
  if (walked == NULL)
    return FALSE;

  tomo_update_start_set (run, walked);
  return TRUE;
}

/* Whether the current generation is what this snapshot and this selection give. A new root may name
 * other keys, or belong to another campaign that took over the name; then all is looked at again.
 */
gboolean
tomo_update_current_is_complete (TomoUpdateRun *run)
{
  if (run->current == NULL || tomo_store_needs_repair (run->store))
    return FALSE;

  GVariant *properties = tomo_generation_get_properties (run->current);
  g_autoptr(GVariant) kept = g_variant_lookup_value (properties, "kept", G_VARIANT_TYPE ("a{ss}"));
  g_autofree char *selection = tomo_update_dup_selection (run);
  const char *current_selection = "";
  const char *current_root = "";
  uint64_t version = 0;

  g_variant_lookup (properties, "selection", "&s", &current_selection);
  g_variant_lookup (properties, "root-sha256", "&s", &current_root);
  g_variant_lookup (properties, "snapshot-version", "t", &version);
  return kept != NULL && g_variant_n_children (kept) == 0 &&
         g_str_equal (selection, current_selection) &&
         g_str_equal (tomo_trusted_set_get_root_sha256 (run->set), current_root) &&
         version == tomo_trusted_set_get_snapshot_version (run->set);
}

/* A partner that was asked for by name and does not exist is a slip of the fingers. */
gboolean
tomo_update_check_partners_exist (TomoUpdateRun *run, const char *const *partners, GError **error)
{
  g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (run->set);

  for (size_t i = 0; partners != NULL && partners[i] != NULL; i++)
    {
      gboolean found = FALSE;
      for (unsigned int j = 0; j < roles->len && !found; j++)
        {
          const TomoTrustRole *role = g_ptr_array_index (roles, j);
          found = role->depth == 1 && g_str_equal (role->name, partners[i]);
        }

      if (!found)
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                       "there is no partner ‘%s’ in this campaign; ‘tomoctl status’ shows those "
                       "there are",
                       partners[i]);
          return FALSE;
        }
    }

  return TRUE;
}
