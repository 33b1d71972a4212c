/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-repository-private.h"

#include "author/publish/tomo-fingerprint.h"
#include "core/tomo-digest.h"
#include "core/tomo-error.h"
#include "core/trust/tomo-trusted-set.h"

static void
role_status_free (gpointer data)
{
  TomoRoleStatus *status = data;

  g_free (status->name);
  g_free (status);
}

static TomoRoleStatus *
read_status (TomoRepository *self, const char *role, GError **error)
{
  g_autoptr(TomoRoleFile) published = NULL;
  g_autoptr(TomoRoleFile) draft = NULL;
  g_autoptr(TomoSigners) keys = tomo_repository_load_keys (self, role, error);

  if (keys == NULL || !tomo_repository_load_published (self, role, &published, error) ||
      !tomo_repository_load_draft (self, role, &draft, error))
    return NULL;

  TomoRoleStatus *status = g_new0 (TomoRoleStatus, 1);
  status->name = g_strdup (role);
  status->threshold = keys->threshold;
  if (published != NULL)
    {
      status->version = tomo_role_file_get_version (published);
      status->expires_secs = tomo_role_file_get_expires_secs (published);
      status->n_signed = tomo_role_file_count_signatures (published, keys);
    }
  if (draft != NULL)
    {
      status->draft_version = tomo_role_file_get_version (draft);
      status->draft_n_signed = tomo_role_file_count_signatures (draft, keys);
    }
  return status;
}

/**
 * tomo_repository_list_roles:
 * @self: a repository
 * @error: return location for a #GError
 *
 * Gets, for each role, what is published, what waits, and how long it lasts.
 *
 * Returns: (transfer full) (element-type TomoRoleStatus): in order of delegation
 */
GPtrArray *
tomo_repository_list_roles (TomoRepository *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  static const char *const top_level[] = { "root", "targets", "snapshot", "timestamp" };
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) roles = g_ptr_array_new_with_free_func (role_status_free);
  g_autoptr(TomoRoleFile) targets = NULL;
  size_t index;
  json_t *entry;

  if (!tomo_repository_load_latest (self, "targets", &targets, error))
    return NULL;

  for (size_t i = 0; i < G_N_ELEMENTS (top_level); i++)
    g_ptr_array_add (names, g_strdup (top_level[i]));
  json_t *delegated =
      targets != NULL
          ? json_object_get (json_object_get (tomo_role_file_get_signed (targets), "delegations"),
                             "roles")
          : NULL;
  json_array_foreach (delegated, index, entry)
    g_ptr_array_add (names, g_strdup (json_string_value (json_object_get (entry, "name"))));

  for (unsigned int i = 0; i < names->len; i++)
    {
      TomoRoleStatus *status = read_status (self, g_ptr_array_index (names, i), error);
      if (status == NULL)
        return NULL;
      g_ptr_array_add (roles, status);
    }

  return g_steal_pointer (&roles);
}

/**
 * tomo_repository_list_missing:
 * @self: a repository
 * @roles: (element-type TomoRoleStatus): its roles
 * @error: return location for a #GError
 *
 * Looks for what is published. Old targets are cleared away by hand, and it is easily one too many.
 *
 * Returns: (transfer full): the files that published roles list and that are not there, or of
 *   another size
 */
GStrv
tomo_repository_list_missing (TomoRepository *self, GPtrArray *roles, GError **error)
{
  g_return_val_if_fail (self != NULL && roles != NULL, NULL);

  g_autoptr(GStrvBuilder) missing = g_strv_builder_new ();

  for (unsigned int i = 0; i < roles->len; i++)
    {
      const TomoRoleStatus *role = g_ptr_array_index (roles, i);
      g_autoptr(TomoRoleFile) published = NULL;
      const char *path = NULL;
      json_t *target = NULL;
      if (!tomo_repository_load_published (self, role->name, &published, error))
        return NULL;

      json_t *targets = published != NULL
                            ? json_object_get (tomo_role_file_get_signed (published), "targets")
                            : NULL;
      json_object_foreach (targets, path, target)
        {
          g_autofree char *name = tomo_repository_dup_missing_target (self, path, target);
          if (name != NULL)
            g_strv_builder_add (missing, name);
        }
    }

  return g_strv_builder_end (missing);
}

/**
 * tomo_repository_dup_fingerprint:
 * @self: a repository
 * @error: return location for a #GError
 *
 * Gets what is printed and read aloud when a kiosk is first set up: the SHA-256 of the newest
 * published root file, in 16 groups of four.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if nothing is published yet.
 *
 * Returns: (transfer full): such as ‘1A2B 3C4D …’
 */
char *
tomo_repository_dup_fingerprint (TomoRepository *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  uint64_t version = 0;
  if (!tomo_repository_get_root_version (self, &version, error))
    return NULL;
  if (version == 0)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "‘%s’ has no published root yet. Next: tomopress repo publish %s", self->folder,
                   self->folder);
      return NULL;
    }

  g_autofree char *name = tomo_repository_dup_file_name ("root", version);
  g_autofree char *path = tomo_repository_dup_metadata_path (self, name);
  g_autoptr(GBytes) bytes = tomo_repository_read (path, TOMO_TRUST_MAX_ROOT_BYTES, error);
  if (bytes == NULL)
    return NULL;

  g_autofree char *sha256 = tomo_digest_dup_sha256 (bytes);
  return tomo_fingerprint_format (sha256);
}
