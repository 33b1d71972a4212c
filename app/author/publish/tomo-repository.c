/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-repository-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "core/trust/tomo-trusted-set.h"

static const char *const hub_role_names[] = {
  [TOMO_HUB_ROOT] = "root",         [TOMO_HUB_TARGETS] = "targets",
  [TOMO_HUB_SNAPSHOT] = "snapshot", [TOMO_HUB_TIMESTAMP] = "timestamp",
  [TOMO_HUB_CAMPAIGN] = "campaign",
};
G_STATIC_ASSERT (G_N_ELEMENTS (hub_role_names) == TOMO_N_HUB_ROLES);

/**
 * tomo_hub_role_get_name:
 * @role: a role of the hub
 *
 * Returns: its name in metadata and in commands
 */
const char *
tomo_hub_role_get_name (TomoHubRole role)
{
  g_return_val_if_fail (role < TOMO_N_HUB_ROLES, NULL);

  return hub_role_names[role];
}

/**
 * tomo_hub_role_get_default_threshold:
 * @role: a role of the hub
 * @n_keys: how many keys it has
 *
 * Returns: one for the roles signed online each day, a majority (3 of 5, 2 of 3) for the others
 */
unsigned int
tomo_hub_role_get_default_threshold (TomoHubRole role, unsigned int n_keys)
{
  if (role == TOMO_HUB_SNAPSHOT || role == TOMO_HUB_TIMESTAMP)
    return 1;

  return n_keys / 2 + 1;
}

/**
 * tomo_repository_open:
 * @folder: a folder made by tomo_repository_create()
 * @access: whether anything will be changed
 * @now_secs: the time, to write and to compare with
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if there is no repository, %TOMO_ERROR_UNSUPPORTED
 * for a later format, %TOMO_ERROR_BUSY if another program is writing.
 *
 * Returns: (transfer full): the repository
 */
TomoRepository *
tomo_repository_open (const char *folder,
                      TomoRepositoryAccess access,
                      int64_t now_secs,
                      GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);

  g_autofree char *path = g_build_filename (folder, TOMO_REPOSITORY_CONF, NULL);
  g_autoptr(GKeyFile) settings = g_key_file_new ();
  if (!g_key_file_load_from_file (settings, path, G_KEY_FILE_NONE, error))
    {
      tomo_error_convert (error);
      g_prefix_error (error,
                      "‘%s’ is not a repository; make one with ‘tomopress repo init %s’: ", folder,
                      folder);
      return NULL;
    }

  int format = g_key_file_get_integer (settings, TOMO_REPOSITORY_GROUP, "format", NULL);
  if (format != TOMO_REPOSITORY_FORMAT)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
                   "‘%s’ says format %d, this program knows %d; update the program", path, format,
                   TOMO_REPOSITORY_FORMAT);
      return NULL;
    }

  g_autoptr(TomoRepository) self = g_new0 (TomoRepository, 1);
  self->folder = g_strdup (folder);
  self->settings = g_steal_pointer (&settings);
  self->now_secs = now_secs;
  self->lock_fd = -1;
  if (access == TOMO_REPOSITORY_WRITE && !tomo_repository_lock (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * tomo_repository_free:
 * @self: (transfer full): a repository; its lock is released
 */
void
tomo_repository_free (TomoRepository *self)
{
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_clear_pointer (&self->settings, g_key_file_unref);
  g_free (self->folder);
  g_free (self);
}

/* The lock lies in staging/, which is 0700: elsewhere any user could hold it for ever. */
gboolean
tomo_repository_lock (TomoRepository *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "staging", "lock", NULL);

  self->lock_fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->lock_fd < 0)
    {
      tomo_set_error_from_errno (error, errno, "cannot open ‘%s’", path);
      return FALSE;
    }

  if (flock (self->lock_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;

  if (errno == EWOULDBLOCK)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_BUSY,
                 "another program is changing ‘%s’; try again when it has ended", self->folder);
  else
    tomo_set_error_from_errno (error, errno, "cannot lock ‘%s’", path);
  return FALSE;
}

/**
 * tomo_repository_is_demo:
 * @self: a repository
 *
 * Returns: %TRUE if it was made with `--demo`: its keys are unprotected, and samples may go in
 */
gboolean
tomo_repository_is_demo (TomoRepository *self)
{
  return g_key_file_get_boolean (self->settings, TOMO_REPOSITORY_GROUP, "demo", NULL);
}

/**
 * tomo_repository_get_now_secs:
 * @self: a repository
 *
 * Returns: the time it was opened with
 */
int64_t
tomo_repository_get_now_secs (TomoRepository *self)
{
  return self->now_secs;
}

static gboolean
is_top_level (const char *role)
{
  return g_str_equal (role, "root") || g_str_equal (role, "targets") ||
         g_str_equal (role, "snapshot") || g_str_equal (role, "timestamp");
}

/* The member ‘_type’ of the role's file: delegated roles are targets. */
const char *
tomo_repository_get_type_of (const char *role)
{
  return is_top_level (role) ? role : "targets";
}

size_t
tomo_repository_get_max_bytes_of (const char *role)
{
  if (g_str_equal (role, "root"))
    return TOMO_TRUST_MAX_ROOT_BYTES;
  if (g_str_equal (role, "timestamp"))
    return TOMO_TRUST_MAX_TIMESTAMP_BYTES;
  if (g_str_equal (role, "snapshot"))
    return TOMO_TRUST_MAX_SNAPSHOT_BYTES;
  return TOMO_TRUST_MAX_TARGETS_BYTES;
}

unsigned int
tomo_repository_get_lifetime_days (TomoRepository *self, const char *role)
{
  gboolean is_online = g_str_equal (role, "snapshot") || g_str_equal (role, "timestamp");
  g_autofree char *key = g_strdup_printf ("%s-days", is_top_level (role) ? role : "partner");
  int days = g_key_file_get_integer (self->settings, TOMO_REPOSITORY_LIFETIMES, key, NULL);

  if (days > 0)
    return (unsigned int) days;
  return is_online ? 30 : 365;
}

char *
tomo_repository_dup_metadata_path (TomoRepository *self, const char *name)
{
  return g_build_filename (self->folder, "metadata", name, NULL);
}

char *
tomo_repository_dup_file_name (const char *role, uint64_t version)
{
  if (g_str_equal (role, "timestamp"))
    return g_strdup ("timestamp.json");

  return g_strdup_printf ("%" G_GUINT64_FORMAT ".%s.json", version, role);
}

char *
tomo_repository_dup_draft_path (TomoRepository *self, const char *role)
{
  g_autofree char *name = g_strconcat (role, ".json", NULL);

  return g_build_filename (self->folder, "staging", "metadata", name, NULL);
}

gboolean
tomo_repository_make_folder (const char *path, int mode, GError **error)
{
  if (g_mkdir_with_parents (path, mode) == 0)
    return TRUE;

  tomo_set_error_from_errno (error, errno, "cannot make the folder ‘%s’", path);
  return FALSE;
}

GBytes *
tomo_repository_read (const char *path, size_t max_bytes, GError **error)
{
  char *data = NULL;
  size_t size = 0;

  if (!g_file_get_contents (path, &data, &size, error))
    {
      tomo_error_convert (error);
      return NULL;
    }

  g_autoptr(GBytes) bytes = g_bytes_new_take (data, size);
  if (size > max_bytes)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "‘%s’ is larger than the limit of %" G_GSIZE_FORMAT " bytes", path, max_bytes);
      return NULL;
    }

  return g_steal_pointer (&bytes);
}

/* A temporary file, fsync, rename: a reader sees the old file or the new one. */
gboolean
tomo_repository_write (const char *path, GBytes *bytes, GError **error)
{
  size_t size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (g_file_set_contents_full (path, data != NULL ? data : "", (gssize) size,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644,
                                error))
    return TRUE;

  tomo_error_convert (error);
  return FALSE;
}

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

gboolean
tomo_repository_load_latest (TomoRepository *self,
                             const char *role,
                             TomoRoleFile **out_file,
                             GError **error)
{
  if (!tomo_repository_load_draft (self, role, out_file, error))
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

/* Who has to sign the next file of @role: as the newest root or targets says, drafted or not. */
TomoSigners *
tomo_repository_load_keys (TomoRepository *self, const char *role, GError **error)
{
  if (!is_top_level (role))
    return load_delegated_keys (self, role, error);

  g_autoptr(TomoRoleFile) root = NULL;
  if (!tomo_repository_load_latest (self, "root", &root, error))
    return NULL;
  if (root == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND, "‘%s’ has no root file", self->folder);
      return NULL;
    }

  json_t *signed_part = tomo_role_file_get_signed (root);
  json_t *keys = tomo_json_get_object (signed_part, "keys", "root", error);
  json_t *roles = keys != NULL ? tomo_json_get_object (signed_part, "roles", "root", error) : NULL;
  json_t *entry = roles != NULL ? tomo_json_get_object (roles, role, "root", error) : NULL;

  return entry != NULL ? tomo_signers_new_from_json (keys, entry, role, error) : NULL;
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

/* Gives a changed file its version and date, unsigned; a demonstration signs the hub's at once. */
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
  if (!tomo_repository_sign_as_demo (self, role, file, error))
    return FALSE;

  return tomo_repository_write_draft (self, role, file, error);
}

static int
compare_roles (gconstpointer a, gconstpointer b)
{
  const char *role_a = *(const char *const *) a;
  const char *role_b = *(const char *const *) b;
  gboolean is_top_a = is_top_level (role_a);
  gboolean is_top_b = is_top_level (role_b);

  if (is_top_a != is_top_b)
    return is_top_a ? -1 : 1;
  return strcmp (role_a, role_b);
}

/**
 * tomo_repository_list_drafts:
 * @self: a repository
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the roles that have a draft, the hub's first
 */
GStrv
tomo_repository_list_drafts (TomoRepository *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autofree char *path = g_build_filename (self->folder, "staging", "metadata", NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, error);
  if (dir == NULL)
    {
      tomo_error_convert (error);
      return NULL;
    }

  g_autoptr(GPtrArray) roles = g_ptr_array_new_with_free_func (g_free);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (roles, g_strndup (name, strlen (name) - strlen (".json")));

  g_ptr_array_sort (roles, compare_roles);
  g_ptr_array_add (roles, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&roles), FALSE);
}
