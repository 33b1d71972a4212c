/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-repository-private.h"

#include "core/tomo-error.h"

static TomoRoleFile *
load_draft (TomoRepository *self, const char *role, GError **error)
{
  g_autoptr(TomoRoleFile) file = NULL;
  if (!tomo_repository_load_draft (self, role, &file, error))
    return NULL;

  if (file == NULL)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                 "nothing is drafted for role ‘%s’; ‘tomopress repo status %s’ lists what is", role,
                 self->folder);
  return g_steal_pointer (&file);
}

/* A root that changes its keys is signed by the keys of the former root too. */
static char *
dup_former_root_key_id (TomoRepository *self, TomoPublicKey *key)
{
  g_autoptr(TomoRoleFile) former = NULL;
  if (!tomo_repository_load_published (self, "root", &former, NULL) || former == NULL)
    return NULL;

  json_t *signed_part = tomo_role_file_get_signed (former);
  g_autoptr(TomoSigners) keys = tomo_signers_new_from_json (
      json_object_get (signed_part, "keys"),
      json_object_get (json_object_get (signed_part, "roles"), "root"), "root", NULL);

  return keys != NULL ? g_strdup (tomo_signers_find_id (keys, key)) : NULL;
}

static char *
dup_key_id (TomoRepository *self, const char *role, TomoPublicKey *key, GError **error)
{
  g_autoptr(TomoSigners) keys = tomo_repository_load_keys (self, role, error);
  if (keys == NULL)
    return NULL;

  char *id = g_strdup (tomo_signers_find_id (keys, key));
  if (id == NULL && g_str_equal (role, "root"))
    id = dup_former_root_key_id (self, key);
  if (id != NULL)
    return id;

  g_autofree char *spec_id = tomo_public_key_dup_spec_id (key);
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
               "key %.16s… is not one of the %u keys of role ‘%s’; sign with one of those", spec_id,
               keys->keys->len, role);
  return NULL;
}

/**
 * tomo_repository_sign:
 * @self: a repository
 * @role: a role that has a draft
 * @key: one of its keys
 * @error: return location for a #GError
 *
 * Adds a signature to the draft, in place of an earlier one of the same key.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND without a draft, %TOMO_ERROR_UNTRUSTED if the key is
 * not one of the role's.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_repository_sign (TomoRepository *self, const char *role, TomoPrivateKey *key, GError **error)
{
  g_return_val_if_fail (self != NULL && role != NULL && key != NULL, FALSE);

  g_autoptr(TomoRoleFile) file = load_draft (self, role, error);
  if (file == NULL)
    return FALSE;

  g_autofree char *id = dup_key_id (self, role, tomo_private_key_get_public (key), error);

  return id != NULL && tomo_role_file_sign (file, id, key, error) &&
         tomo_repository_write_draft (self, role, file, error);
}

/**
 * tomo_repository_count_draft:
 * @self: a repository
 * @role: a role that has a draft
 * @out_n_signed: (out): how many of the role's keys have signed the draft
 * @out_threshold: (out): how many must
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND without a draft.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_repository_count_draft (TomoRepository *self,
                             const char *role,
                             unsigned int *out_n_signed,
                             unsigned int *out_threshold,
                             GError **error)
{
  g_return_val_if_fail (self != NULL && role != NULL, FALSE);

  g_autoptr(TomoRoleFile) file = load_draft (self, role, error);
  g_autoptr(TomoSigners) keys =
      file != NULL ? tomo_repository_load_keys (self, role, error) : NULL;
  if (keys == NULL)
    return FALSE;

  *out_n_signed = tomo_role_file_count_signatures (file, keys);
  *out_threshold = keys->threshold;
  return TRUE;
}

/* In a demonstration the hub's keys lie in the repository; elsewhere this does nothing. */
gboolean
tomo_repository_sign_as_demo (TomoRepository *self,
                              const char *role,
                              TomoRoleFile *file,
                              GError **error)
{
  g_autoptr(GPtrArray) keys = tomo_repository_load_demo_keys (self, role, error);
  if (keys == NULL)
    return FALSE;

  for (unsigned int i = 0; i < keys->len; i++)
    {
      TomoPrivateKey *key = g_ptr_array_index (keys, i);
      g_autofree char *id = tomo_public_key_dup_spec_id (tomo_private_key_get_public (key));
      if (!tomo_role_file_sign (file, id, key, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * tomo_repository_renew:
 * @self: a repository
 * @role: ‘root’, ‘targets’, ‘campaign’ or a partner
 * @error: return location for a #GError
 *
 * Drafts the same content with a new version and a new date of expiry.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if the role has nothing published or drafted.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_repository_renew (TomoRepository *self, const char *role, GError **error)
{
  g_return_val_if_fail (self != NULL && role != NULL, FALSE);

  if (g_str_equal (role, "snapshot") || g_str_equal (role, "timestamp"))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                   "%s is renewed each time; run ‘tomopress repo publish %s’", role, self->folder);
      return FALSE;
    }

  g_autoptr(TomoRoleFile) file = NULL;
  if (!tomo_repository_load_latest (self, role, &file, error))
    return FALSE;
  if (file == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "role ‘%s’ has no file to renew; ‘tomopress repo status %s’ lists the roles",
                   role, self->folder);
      return FALSE;
    }

  return tomo_repository_save_draft (self, role, file, error);
}
