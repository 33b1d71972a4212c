/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-repository-private.h"

#include <string.h>

#include "core/tomo-error.h"
#include "core/tomo-json.h"

/* Takes away the keys that none of @roles names any more: an array of delegations, or the object
 * that root has. */
void
tomo_repository_prune_keys (json_t *keys, json_t *roles)
{
  g_autoptr(GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) entries = g_ptr_array_new ();
  const char *name;
  json_t *entry;
  size_t index;
  void *next;

  json_array_foreach (roles, index, entry)
    g_ptr_array_add (entries, entry);
  json_object_foreach (roles, name, entry)
    g_ptr_array_add (entries, entry);

  for (unsigned int i = 0; i < entries->len; i++)
    {
      json_t *ids = json_object_get (g_ptr_array_index (entries, i), "keyids");
      json_array_foreach (ids, index, entry)
        if (json_is_string (entry))
          g_hash_table_add (used, (char *) json_string_value (entry));
    }

  json_object_foreach_safe (keys, next, name, entry) if (!g_hash_table_contains (used, name))
      json_object_del (keys, name);
}

/* Other members of @entry, such as paths or what we do not know, stay. */
static void
replace_keys (json_t *entry, json_t *keys_tree, json_t *roles, TomoSigners *keys)
{
  g_autoptr(json_t) made = tomo_signers_to_json (keys, keys_tree);

  json_object_update (entry, made);
  tomo_repository_prune_keys (keys_tree, roles);
}

static gboolean
set_root_keys (TomoRepository *self, const char *role, TomoSigners *keys, GError **error)
{
  g_autoptr(TomoRoleFile) root = NULL;
  if (!tomo_repository_load_latest (self, "root", &root, error))
    return FALSE;

  json_t *signed_part = tomo_role_file_get_signed (root);
  json_t *roles = tomo_json_get_object (signed_part, "roles", "root", error);
  json_t *entry = roles != NULL ? tomo_json_get_object (roles, role, "root", error) : NULL;
  if (entry == NULL)
    return FALSE;

  replace_keys (entry, json_object_get (signed_part, "keys"), roles, keys);
  return tomo_repository_save_draft (self, "root", root, error);
}

static gboolean
set_delegated_keys (TomoRepository *self, const char *role, TomoSigners *keys, GError **error)
{
  g_autoptr(TomoRoleFile) targets = NULL;
  if (!tomo_repository_load_targets (self, &targets, error))
    return FALSE;

  json_t *delegations = json_object_get (tomo_role_file_get_signed (targets), "delegations");
  replace_keys (tomo_repository_find_delegation (targets, role),
                json_object_get (delegations, "keys"), json_object_get (delegations, "roles"),
                keys);
  return tomo_repository_save_draft (self, "targets", targets, error);
}

/* A file whose signatures no longer suffice is drafted again, for the new keys to sign. A draft
 * loses the signatures of keys that left. */
static gboolean
adapt_file (TomoRepository *self, const char *role, TomoSigners *keys, GError **error)
{
  g_autoptr(TomoRoleFile) published = NULL;
  g_autoptr(TomoRoleFile) draft = NULL;
  g_autoptr(TomoSigners) former = NULL;
  if (!tomo_repository_load_draft (self, role, &draft, error) ||
      !tomo_repository_load_published (self, role, &published, error) ||
      !tomo_repository_load_former_keys (self, role, &former, error))
    return FALSE;

  if (draft != NULL)
    return !tomo_role_file_drop_signatures (draft, keys, former) ||
           tomo_repository_write_draft (self, role, draft, error);
  if (published == NULL || tomo_role_file_count_signatures (published, keys) >= keys->threshold)
    return TRUE;

  return tomo_repository_save_draft (self, role, published, error);
}

static gboolean
set_any_keys (TomoRepository *self, const char *role, TomoSigners *keys, GError **error)
{
  /* Snapshot and timestamp are made anew with each publication, root has just been drafted. */
  gboolean has_own_file = !tomo_repository_is_top_level (role) || g_str_equal (role, "targets");
  gboolean is_set = tomo_repository_is_top_level (role)
                        ? set_root_keys (self, role, keys, error)
                        : set_delegated_keys (self, role, keys, error);

  return is_set && (!has_own_file || adapt_file (self, role, keys, error));
}

/* How much more than the least that is safe a joint role asks for, by the hub's choice. */
static gboolean
get_margin (TomoRepository *self, const char *joint, unsigned int *out_margin, GError **error)
{
  g_autoptr(TomoSigners) keys = tomo_repository_load_keys (self, joint, error);
  g_autoptr(TomoSigners) least =
      keys != NULL ? tomo_repository_new_joint_keys (self, joint, 0, error) : NULL;
  if (least == NULL)
    return FALSE;

  *out_margin = keys->threshold > least->threshold ? keys->threshold - least->threshold : 0;
  return TRUE;
}

static gboolean
update_joint (TomoRepository *self, const char *joint, unsigned int margin, GError **error)
{
  g_autoptr(TomoSigners) keys = tomo_repository_new_joint_keys (self, joint, 0, error);
  if (keys == NULL)
    return FALSE;

  keys->threshold = MIN (keys->threshold + margin, keys->keys->len);
  return set_any_keys (self, joint, keys, error);
}

/* The keys of a joint role follow those of its partners; only its threshold can be chosen. */
static gboolean
check_joint_keys (TomoRepository *self, const char *role, TomoSigners *keys, GError **error)
{
  if (tomo_repository_is_top_level (role) || strchr (role, '-') == NULL)
    return TRUE;

  g_autoptr(TomoSigners) joint =
      tomo_repository_new_joint_keys (self, role, keys->threshold, error);
  if (joint == NULL)
    return FALSE;
  if (tomo_signers_equal (joint, keys))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
               "%s is signed jointly and takes the keys of its partners; rotate those of a partner",
               role);
  return FALSE;
}

static gboolean
check_change (TomoRepository *self, const char *role, TomoSigners *keys, GError **error)
{
  g_autoptr(TomoSigners) now = tomo_repository_load_keys (self, role, error);
  if (now == NULL || !tomo_signers_check (keys, role, error) ||
      !check_joint_keys (self, role, keys, error))
    return FALSE;
  if (!tomo_signers_equal (now, keys))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
               "role ‘%s’ has these keys and this threshold already; nothing was changed", role);
  return FALSE;
}

/**
 * tomo_repository_set_keys:
 * @self: a repository
 * @role: a role of the hub, or a partner
 * @keys: its keys and threshold from the next publication on
 * @error: return location for a #GError
 *
 * Rotates the keys of a role: drafts the file that names them, root or targets, and, where the
 * signatures of the role's own file no longer suffice, that one too. The joint roles of a partner
 * follow, with a computed threshold. Signatures of keys that left are dropped.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if there is no such role, %TOMO_ERROR_FAILED for a bad
 * threshold, or if nothing would change.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_repository_set_keys (TomoRepository *self, const char *role, TomoSigners *keys, GError **error)
{
  g_return_val_if_fail (self != NULL && role != NULL && keys != NULL, FALSE);

  g_auto(GStrv) joint = NULL;
  g_autoptr(GArray) margins = g_array_new (FALSE, FALSE, sizeof (unsigned int));
  if (!check_change (self, role, keys, error))
    return FALSE;

  joint = tomo_repository_list_joint_roles (self, role, error);
  for (size_t i = 0; joint != NULL && joint[i] != NULL; i++)
    {
      unsigned int margin = 0;
      if (!get_margin (self, joint[i], &margin, error))
        return FALSE;
      g_array_append_val (margins, margin);
    }

  if (joint == NULL || !set_any_keys (self, role, keys, error))
    return FALSE;
  for (size_t i = 0; joint[i] != NULL; i++)
    if (!update_joint (self, joint[i], g_array_index (margins, unsigned int, i), error))
      return FALSE;

  return TRUE;
}
