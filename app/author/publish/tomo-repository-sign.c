/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-repository-private.h"

#include "core/tomo-error.h"

/* The id of @key in the next file of @role, or in the published root; NULL with @error set. */
char *
tomo_repository_dup_key_id (TomoRepository *self,
                            const char *role,
                            TomoPublicKey *key,
                            GError **error)
{
  g_autoptr(TomoSigners) keys = tomo_repository_load_keys (self, role, error);
  g_autoptr(TomoSigners) former = NULL;
  if (keys == NULL || !tomo_repository_load_former_keys (self, role, &former, error))
    return NULL;

  const char *id = tomo_signers_find_id (keys, key);
  if (id == NULL && former != NULL)
    id = tomo_signers_find_id (former, key);
  if (id != NULL)
    return g_strdup (id);

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
 * Adds a signature to the draft, in place of an earlier one of the same key. Of root and of the
 * roles it names, keys of the published root sign the next file too.
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

  g_autoptr(TomoRoleFile) file = NULL;
  if (!tomo_repository_find_draft (self, role, &file, error))
    return FALSE;

  g_autofree char *id =
      tomo_repository_dup_key_id (self, role, tomo_private_key_get_public (key), error);

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

  g_autoptr(TomoRoleFile) file = NULL;
  g_autoptr(TomoSigners) keys = tomo_repository_find_draft (self, role, &file, error)
                                     ? tomo_repository_load_keys (self, role, error)
                                     : NULL;
  if (keys == NULL)
    return FALSE;

  *out_n_signed = tomo_role_file_count_signatures (file, keys);
  *out_threshold = keys->threshold;
  return TRUE;
}

static gboolean
sign_with_demo_keys (TomoRepository *self,
                     const char *role,
                     TomoSigners *allowed,
                     TomoRoleFile *file,
                     GError **error)
{
  g_autoptr(GPtrArray) keys = tomo_repository_load_demo_keys (self, role, allowed, error);
  if (keys == NULL)
    return FALSE;

  for (unsigned int i = 0; i < keys->len; i++)
    {
      TomoPrivateKey *key = g_ptr_array_index (keys, i);
      const char *id = tomo_signers_find_id (allowed, tomo_private_key_get_public (key));
      if (!tomo_role_file_sign (file, id, key, error))
        return FALSE;
    }

  return TRUE;
}

/* In a demonstration the hub's keys lie in the repository; elsewhere this does nothing. Root must
 * have been written, since it says whose keys count. */
gboolean
tomo_repository_sign_as_demo (TomoRepository *self,
                              const char *role,
                              TomoRoleFile *file,
                              GError **error)
{
  if (!tomo_repository_is_demo (self))
    return TRUE;

  g_autoptr(TomoSigners) keys = tomo_repository_load_keys (self, role, error);
  g_autoptr(TomoSigners) former = NULL;
  if (keys == NULL || !tomo_repository_load_former_keys (self, role, &former, error))
    return FALSE;

  return sign_with_demo_keys (self, role, keys, file, error) &&
         (former == NULL || sign_with_demo_keys (self, role, former, file, error));
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
