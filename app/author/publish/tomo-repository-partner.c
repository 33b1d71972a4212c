/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-repository-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/content/tomo-campaign.h"
#include "core/tomo-error.h"
#include "core/trust/tomo-target-path.h"
#include "core/trust/tomo-trusted-set.h"

/* As long as an id of content; jp-th-id and the like fit easily. */
#define MAX_NAME_LENGTH 40

/* Whatever the path rules say, minus dots and underscores, which no publisher's code needs; the
 * hyphen joins partners. */
static gboolean
check_name (const char *partner, GError **error)
{
  static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
  size_t length = strlen (partner);
  g_autofree char *path = g_strdup_printf ("%s/contact/en.k1.gz", partner);
  g_autoptr(GError) path_error = NULL;

  for (TomoHubRole role = 0; role < TOMO_N_HUB_ROLES; role++)
    if (g_str_equal (partner, tomo_hub_role_get_name (role)))
      {
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                     "‘%s’ is a role of the hub; choose another code for the partner", partner);
        return FALSE;
      }

  if (length > 0 && length <= MAX_NAME_LENGTH && strspn (partner, allowed) == length &&
      strstr (partner, "--") == NULL && tomo_target_path_check (path, &path_error))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
               "‘%s’ cannot be a partner's code: use a–z and 0–9, such as ‘jp’, or partners joined "
               "by hyphens, such as ‘jp-th’",
               partner);
  return FALSE;
}

/* The newest targets file, which must be there. */
gboolean
tomo_repository_load_targets (TomoRepository *self, TomoRoleFile **out_targets, GError **error)
{
  if (!tomo_repository_load_latest (self, "targets", out_targets, error))
    return FALSE;
  if (*out_targets != NULL)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND, "‘%s’ has no targets file", self->folder);
  return FALSE;
}

/* The delegation of @partner in @targets; NULL with @error set if there is none. */
static json_t *
find_partner (TomoRepository *self, TomoRoleFile *targets, const char *partner, GError **error)
{
  json_t *entry = tomo_repository_find_delegation (targets, partner);

  if (entry == NULL)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                 "there is no partner ‘%s’; ‘tomopress repo status %s’ lists the roles", partner,
                 self->folder);
  return entry;
}

/**
 * tomo_repository_new_joint_keys:
 * @self: a repository
 * @partner: names of partners joined by hyphens, such as ‘jp-th’
 * @threshold: how many must sign; 0 takes the least that is safe
 * @error: return location for a #GError
 *
 * Puts the keys of all partners of a joint role together. No partner's keys, completed by those
 * of the others but for a quorum, may suffice: the threshold is at least the total minus any
 * partner's keys plus that partner's quorum, 5 of 6 for two partners of 2-of-3.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if a partner is missing, %TOMO_ERROR_FAILED if
 * @threshold is too low.
 *
 * Returns: (transfer full): the keys
 */
TomoSigners *
tomo_repository_new_joint_keys (TomoRepository *self,
                                const char *partner,
                                unsigned int threshold,
                                GError **error)
{
  g_return_val_if_fail (self != NULL && partner != NULL, NULL);

  g_auto(GStrv) names = g_strsplit (partner, "-", 0);
  g_autoptr(TomoSigners) joint = tomo_signers_new (0);
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_signers_free);

  for (size_t i = 0; names[i] != NULL; i++)
    {
      TomoSigners *part = tomo_repository_load_keys (self, names[i], error);
      if (part == NULL)
        {
          g_prefix_error (error, "%s is signed jointly: ", partner);
          return NULL;
        }
      g_ptr_array_add (parts, part);
      for (unsigned int k = 0; k < part->keys->len; k++)
        tomo_signers_add (joint, g_ptr_array_index (part->keys, k));
    }

  unsigned int least = 0;
  for (unsigned int i = 0; i < parts->len; i++)
    {
      const TomoSigners *part = g_ptr_array_index (parts, i);
      least = MAX (least, joint->keys->len - part->keys->len + part->threshold);
    }

  joint->threshold = threshold != 0 ? threshold : least;
  if (joint->threshold < least)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                   "%s: with a threshold of %u one partner could sign for the other; it must be at "
                   "least %u of %u",
                   partner, threshold, least, joint->keys->len);
      return NULL;
    }

  return g_steal_pointer (&joint);
}

/* Keys given for a joint role must be the partners' own, all of them. */
static gboolean
check_joint (TomoRepository *self, const char *partner, TomoSigners *keys, GError **error)
{
  if (strchr (partner, '-') == NULL)
    return TRUE;

  g_autoptr(TomoSigners) joint =
      tomo_repository_new_joint_keys (self, partner, keys->threshold, error);
  if (joint == NULL)
    return FALSE;

  gboolean is_same = joint->keys->len == keys->keys->len;
  for (unsigned int i = 0; is_same && i < joint->keys->len; i++)
    is_same = tomo_signers_find_id (keys, g_ptr_array_index (joint->keys, i)) != NULL;

  if (!is_same)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                 "%s is signed jointly and takes the keys of its partners; leave --key out",
                 partner);
  return is_same;
}

/**
 * tomo_repository_add_partner:
 * @self: a repository
 * @partner: its code, such as ‘jp’; also the prefix of all its targets
 * @keys: its public keys and its threshold
 * @error: return location for a #GError
 *
 * Drafts a targets file that lets @partner publish under its prefix, and nowhere else.
 *
 * On failure this sets %TOMO_ERROR_FAILED for a bad name, a name taken, or a bad threshold.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_repository_add_partner (TomoRepository *self,
                             const char *partner,
                             TomoSigners *keys,
                             GError **error)
{
  g_return_val_if_fail (self != NULL && partner != NULL && keys != NULL, FALSE);

  g_autoptr(TomoRoleFile) targets = NULL;
  if (!check_name (partner, error) || !tomo_signers_check (keys, partner, error) ||
      !check_joint (self, partner, keys, error) ||
      !tomo_repository_load_targets (self, &targets, error))
    return FALSE;

  if (tomo_repository_find_delegation (targets, partner) != NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED, "there is a partner ‘%s’ already",
                   partner);
      return FALSE;
    }

  json_t *roles = json_object_get (
      json_object_get (tomo_role_file_get_signed (targets), "delegations"), "roles");
  if (json_array_size (roles) >= TOMO_TRUST_MAX_ROLES)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED, "clients follow at most %d roles",
                   TOMO_TRUST_MAX_ROLES);
      return FALSE;
    }

  /* ‘*’ does not match ‘/’, so each depth is named. */
  g_autofree char *depth1 = g_strdup_printf ("%s/*", partner);
  g_autofree char *depth2 = g_strdup_printf ("%s/*/*", partner);
  g_autofree char *depth3 = g_strdup_printf ("%s/*/*/*", partner);
  tomo_repository_delegate (targets, partner, keys,
                            json_pack ("[s, s, s]", depth1, depth2, depth3));

  uint64_t former_version = 0;
  return tomo_repository_get_published_version (self, partner, &former_version, error) &&
         tomo_repository_save_draft (self, "targets", targets, error) &&
         (former_version == 0 || tomo_repository_start_again (self, partner, error));
}

/* Whoever had this name before left a file that snapshot lists for ever. The newcomer begins with
 * an empty one, a version later, under keys of its own. */
gboolean
tomo_repository_start_again (TomoRepository *self, const char *partner, GError **error)
{
  g_autoptr(TomoRoleFile) file = tomo_role_file_new ("targets");

  json_object_set_new (tomo_role_file_get_signed (file), "targets", json_object ());
  return tomo_repository_save_draft (self, partner, file, error);
}

/* ‘jp’ is one of ‘jp-th’. */
static gboolean
is_part_of (const char *partner, const char *joint)
{
  g_auto(GStrv) names = g_strsplit (joint, "-", 0);

  return names[0] != NULL && names[1] != NULL &&
         g_strv_contains ((const char *const *) names, partner);
}

/**
 * tomo_repository_list_joint_roles:
 * @self: a repository
 * @partner: its code
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the roles that @partner signs together with others
 */
GStrv
tomo_repository_list_joint_roles (TomoRepository *self, const char *partner, GError **error)
{
  g_return_val_if_fail (self != NULL && partner != NULL, NULL);

  g_autoptr(GStrvBuilder) joint = g_strv_builder_new ();
  g_autoptr(TomoRoleFile) targets = NULL;
  size_t index;
  json_t *entry;
  if (!tomo_repository_load_targets (self, &targets, error))
    return NULL;

  json_t *roles = json_object_get (
      json_object_get (tomo_role_file_get_signed (targets), "delegations"), "roles");
  json_array_foreach (roles, index, entry)
    {
      const char *name = json_string_value (json_object_get (entry, "name"));
      if (name != NULL && is_part_of (partner, name))
        g_strv_builder_add (joint, name);
    }

  return g_strv_builder_end (joint);
}

/* A joint role cannot be signed any more when one of its partners has left. */
static gboolean
check_alone (TomoRepository *self, const char *partner, GError **error)
{
  g_auto(GStrv) joint = tomo_repository_list_joint_roles (self, partner, error);
  if (joint == NULL)
    return FALSE;
  if (joint[0] == NULL)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
               "%s also signs ‘%s’ jointly. First: tomopress repo retire-partner %s %s", partner,
               joint[0], self->folder, joint[0]);
  return FALSE;
}

/**
 * tomo_repository_retire_partner:
 * @self: a repository
 * @partner: its code
 * @error: return location for a #GError
 *
 * Drafts a targets file that no longer lets @partner publish. With it the partner's packs leave all
 * machines; its file stays listed in snapshot, from which no role may vanish. What waits for the
 * partner's signature is thrown away.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND without such a partner, %TOMO_ERROR_FAILED for a role
 * of the hub, or while @partner is part of a joint role.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_repository_retire_partner (TomoRepository *self, const char *partner, GError **error)
{
  g_return_val_if_fail (self != NULL && partner != NULL, FALSE);

  g_autoptr(TomoRoleFile) targets = NULL;
  if (!check_name (partner, error) || !tomo_repository_load_targets (self, &targets, error))
    return FALSE;

  json_t *entry = find_partner (self, targets, partner, error);
  if (entry == NULL || !check_alone (self, partner, error))
    return FALSE;

  json_t *delegations = json_object_get (tomo_role_file_get_signed (targets), "delegations");
  json_t *roles = json_object_get (delegations, "roles");
  for (size_t i = json_array_size (roles); i > 0; i--)
    if (json_array_get (roles, i - 1) == entry)
      json_array_remove (roles, i - 1);
  tomo_repository_prune_keys (json_object_get (delegations, "keys"), roles);

  g_autofree char *draft = tomo_repository_dup_draft_path (self, partner);
  if (!tomo_repository_save_draft (self, "targets", targets, error))
    return FALSE;

  g_unlink (draft);
  return TRUE;
}

/**
 * tomo_repository_has_partner_entry:
 * @self: a repository
 * @partner: its code
 *
 * Looks whether the campaign file says how @partner is called, which every card shows.
 *
 * Returns: %FALSE if the campaign file has no such partner, or cannot be read
 */
gboolean
tomo_repository_has_partner_entry (TomoRepository *self, const char *partner)
{
  g_return_val_if_fail (self != NULL && partner != NULL, FALSE);

  g_autoptr(TomoRoleFile) file = NULL;
  if (!tomo_repository_load_latest (self, "campaign", &file, NULL) || file == NULL)
    return FALSE;

  json_t *target = json_object_get (json_object_get (tomo_role_file_get_signed (file), "targets"),
                                    TOMO_CAMPAIGN_TARGET);
  g_autoptr(GBytes) bytes =
      target != NULL ? tomo_repository_read_target (self, TOMO_CAMPAIGN_TARGET, target, NULL)
                     : NULL;
  g_autoptr(TomoCampaign) campaign = bytes != NULL ? tomo_campaign_new (bytes, NULL) : NULL;

  return campaign != NULL && tomo_campaign_has_partner (campaign, partner);
}
