/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-repository-private.h"

#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "core/trust/tomo-trusted-set.h"

static gboolean
load (const char *path, const char *role, TomoRoleFile **out_file, GError **error)
{
  *out_file = NULL;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  g_autoptr(GBytes) bytes =
      tomo_repository_read (path, tomo_repository_get_max_bytes_of (role), error);
  if (bytes == NULL)
    return FALSE;

  *out_file = tomo_role_file_parse (bytes, tomo_repository_get_max_bytes_of (role), path, error);
  return *out_file != NULL;
}

/* Clients fetch N+1.root.json by itself, so the newest root is the one with the highest number. */
gboolean
tomo_repository_get_root_version (TomoRepository *self, uint64_t *out_version, GError **error)
{
  for (uint64_t version = 1; version <= TOMO_TRUST_MAX_ROOT_STEPS; version++)
    {
      g_autofree char *name = tomo_repository_dup_file_name ("root", version);
      g_autofree char *path = tomo_repository_dup_metadata_path (self, name);
      *out_version = version - 1;
      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return TRUE;
    }

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "‘%s’ has more root files than the %d steps that clients follow", self->folder,
               TOMO_TRUST_MAX_ROOT_STEPS);
  return FALSE;
}

static gboolean
listed_version (TomoRepository *self,
                const char *lister,
                const char *role,
                uint64_t *out_version,
                GError **error)
{
  g_autoptr(TomoRoleFile) file = NULL;

  *out_version = 0;
  if (!tomo_repository_load_published (self, lister, &file, error))
    return FALSE;
  if (file == NULL)
    return TRUE;

  g_autofree char *name = g_strconcat (role, ".json", NULL);
  json_t *meta = tomo_json_get_object (tomo_role_file_get_signed (file), "meta", lister, error);
  if (meta == NULL)
    return FALSE;

  json_t *entry = json_object_get (meta, name);
  return entry == NULL || tomo_json_get_uint64 (entry, "version", out_version, lister, error);
}

/* What timestamp leads to is published; a file beside it, left by a publication that was cut
 * short, is not. */
gboolean
tomo_repository_get_published_version (TomoRepository *self,
                                       const char *role,
                                       uint64_t *out_version,
                                       GError **error)
{
  if (g_str_equal (role, "root"))
    return tomo_repository_get_root_version (self, out_version, error);
  if (g_str_equal (role, "snapshot"))
    return listed_version (self, "timestamp", role, out_version, error);

  if (g_str_equal (role, "timestamp"))
    {
      g_autoptr(TomoRoleFile) file = NULL;
      if (!tomo_repository_load_published (self, role, &file, error))
        return FALSE;
      *out_version = file != NULL ? tomo_role_file_get_version (file) : 0;
      return TRUE;
    }

  return listed_version (self, "snapshot", role, out_version, error);
}

gboolean
tomo_repository_load_published (TomoRepository *self,
                                const char *role,
                                TomoRoleFile **out_file,
                                GError **error)
{
  uint64_t version = 0;

  *out_file = NULL;
  if (!g_str_equal (role, "timestamp"))
    {
      if (!tomo_repository_get_published_version (self, role, &version, error))
        return FALSE;
      if (version == 0)
        return TRUE;
    }

  g_autofree char *name = tomo_repository_dup_file_name (role, version);
  g_autofree char *path = tomo_repository_dup_metadata_path (self, name);
  if (!load (path, role, out_file, error))
    return FALSE;

  if (*out_file == NULL && version > 0)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "‘%s’ is listed as published but missing; bring it back from a mirror", path);
      return FALSE;
    }
  return TRUE;
}

gboolean
tomo_repository_load_draft (TomoRepository *self,
                            const char *role,
                            TomoRoleFile **out_file,
                            GError **error)
{
  g_autofree char *path = tomo_repository_dup_draft_path (self, role);

  return load (path, role, out_file, error);
}

/* A draft that must be there. */
gboolean
tomo_repository_find_draft (TomoRepository *self,
                            const char *role,
                            TomoRoleFile **out_file,
                            GError **error)
{
  if (!tomo_repository_load_draft (self, role, out_file, error))
    return FALSE;

  if (*out_file == NULL)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                 "nothing is drafted for role ‘%s’; ‘tomopress repo status %s’ lists what is", role,
                 self->folder);
  return *out_file != NULL;
}

gboolean
tomo_repository_load_latest (TomoRepository *self,
                             const char *role,
                             TomoRoleFile **out_file,
                             GError **error)
{
  *out_file = NULL;
  if (tomo_repository_is_chosen (self, role) &&
      !tomo_repository_load_draft (self, role, out_file, error))
    return FALSE;

  return *out_file != NULL || tomo_repository_load_published (self, role, out_file, error);
}

json_t *
tomo_repository_find_delegation (TomoRoleFile *targets, const char *role)
{
  json_t *roles = json_object_get (
      json_object_get (tomo_role_file_get_signed (targets), "delegations"), "roles");
  size_t index;
  json_t *entry;

  json_array_foreach (roles, index, entry)
    if (g_strcmp0 (json_string_value (json_object_get (entry, "name")), role) == 0)
      return entry;

  return NULL;
}

/* Adds @role to what ‘targets’ delegates. Takes @paths. */
json_t *
tomo_repository_delegate (TomoRoleFile *targets, const char *role, TomoSigners *keys, json_t *paths)
{
  json_t *delegations = json_object_get (tomo_role_file_get_signed (targets), "delegations");
  json_t *entry = tomo_signers_to_json (keys, json_object_get (delegations, "keys"));

  json_object_set_new (entry, "name", json_string (role));
  json_object_set_new (entry, "terminating", json_true ());
  json_object_set_new (entry, "paths", paths);
  json_array_append_new (json_object_get (delegations, "roles"), entry);
  return entry;
}

static TomoSigners *
load_delegated_keys (TomoRepository *self, const char *role, GError **error)
{
  g_autoptr(TomoRoleFile) targets = NULL;
  if (!tomo_repository_load_latest (self, "targets", &targets, error))
    return NULL;

  json_t *entry = targets != NULL ? tomo_repository_find_delegation (targets, role) : NULL;
  if (entry == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "there is no role ‘%s’ in ‘%s’; add it with ‘tomopress repo add-partner %s %s "
                   "--key PUB… --threshold N’",
                   role, self->folder, self->folder, role);
      return NULL;
    }

  json_t *delegations = json_object_get (tomo_role_file_get_signed (targets), "delegations");
  json_t *keys = tomo_json_get_object (delegations, "keys", "targets", error);
  return keys != NULL ? tomo_signers_new_from_json (keys, entry, role, error) : NULL;
}

static TomoSigners *
keys_in_root (TomoRoleFile *root, const char *role, GError **error)
{
  json_t *signed_part = tomo_role_file_get_signed (root);
  json_t *keys = tomo_json_get_object (signed_part, "keys", "root", error);
  json_t *roles = keys != NULL ? tomo_json_get_object (signed_part, "roles", "root", error) : NULL;
  json_t *entry = roles != NULL ? tomo_json_get_object (roles, role, "root", error) : NULL;

  return entry != NULL ? tomo_signers_new_from_json (keys, entry, role, error) : NULL;
}

/* The root that clients step from to the newest one. After a publication that was cut short the
 * draft of root may be published already; then it is the one before. */
static gboolean
load_former_root (TomoRepository *self, TomoRoleFile **out_root, GError **error)
{
  g_autoptr(TomoRoleFile) draft = NULL;
  uint64_t version = 0;

  if (!tomo_repository_get_root_version (self, &version, error) ||
      (tomo_repository_is_chosen (self, "root") &&
       !tomo_repository_load_draft (self, "root", &draft, error)))
    return FALSE;
  if (draft != NULL && tomo_role_file_get_version (draft) <= version)
    version = tomo_role_file_get_version (draft) - 1;

  /* There is no root 0, and then *out_root is NULL. */
  g_autofree char *name = tomo_repository_dup_file_name ("root", version);
  g_autofree char *path = tomo_repository_dup_metadata_path (self, name);
  return load (path, "root", out_root, error);
}

/* Who could sign @role, one of the top level, under the published root, where the next root says
 * otherwise. NULL without an error: nobody else than who can now. */
gboolean
tomo_repository_load_former_keys (TomoRepository *self,
                                  const char *role,
                                  TomoSigners **out_keys,
                                  GError **error)
{
  g_autoptr(TomoRoleFile) former = NULL;

  *out_keys = NULL;
  if (!tomo_repository_is_top_level (role))
    return TRUE;
  if (!load_former_root (self, &former, error))
    return FALSE;
  if (former == NULL)
    return TRUE;

  g_autoptr(TomoSigners) keys = tomo_repository_load_keys (self, role, error);
  g_autoptr(TomoSigners) former_keys = keys != NULL ? keys_in_root (former, role, error) : NULL;
  if (former_keys == NULL)
    return FALSE;

  if (!tomo_signers_equal (keys, former_keys))
    *out_keys = g_steal_pointer (&former_keys);
  return TRUE;
}

/**
 * tomo_repository_load_keys:
 * @self: a repository
 * @role: the name of a role
 * @error: return location for a #GError
 *
 * Gets who has to sign the next file of @role: as the newest root or targets says, drafted or not.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if there is no such role.
 *
 * Returns: (transfer full): its keys and its threshold
 */
TomoSigners *
tomo_repository_load_keys (TomoRepository *self, const char *role, GError **error)
{
  if (!tomo_repository_is_top_level (role))
    return load_delegated_keys (self, role, error);

  g_autoptr(TomoRoleFile) root = NULL;
  if (!tomo_repository_load_latest (self, "root", &root, error))
    return NULL;
  if (root == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND, "‘%s’ has no root file", self->folder);
      return NULL;
    }

  return keys_in_root (root, role, error);
}

/* Writes a draft as it is. */
gboolean
tomo_repository_write_draft (TomoRepository *self,
                             const char *role,
                             TomoRoleFile *file,
                             GError **error)
{
  g_autoptr(GBytes) bytes = tomo_role_file_dump (file);

  if (g_bytes_get_size (bytes) > tomo_repository_get_max_bytes_of (role))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                   "the file of role %s would have %" G_GSIZE_FORMAT
                   " bytes, more than clients accept; split or shorten it",
                   role, g_bytes_get_size (bytes));
      return FALSE;
    }

  g_autofree char *path = tomo_repository_dup_draft_path (self, role);
  return tomo_repository_write (path, bytes, error);
}

/* Gives a changed file its version and date, unsigned; a demonstration signs the hub's at once. It
 * is written first, so that a new root is asked for its own keys. */
gboolean
tomo_repository_save_draft (TomoRepository *self,
                            const char *role,
                            TomoRoleFile *file,
                            GError **error)
{
  uint64_t version = 0;
  if (!tomo_repository_get_published_version (self, role, &version, error))
    return FALSE;

  tomo_role_file_stamp (file, version + 1, self->now_secs,
                        tomo_repository_get_lifetime_days (self, role));

  return tomo_repository_write_draft (self, role, file, error) &&
         tomo_repository_sign_as_demo (self, role, file, error) &&
         tomo_repository_write_draft (self, role, file, error);
}
