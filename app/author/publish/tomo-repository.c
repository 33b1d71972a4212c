/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-repository-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/tomo-error.h"
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
  g_strfreev (self->chosen_drafts);
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

/* One of the four roles that root names; others are delegated. */
gboolean
tomo_repository_is_top_level (const char *role)
{
  return g_str_equal (role, "root") || g_str_equal (role, "targets") ||
         g_str_equal (role, "snapshot") || g_str_equal (role, "timestamp");
}

/* The member ‘_type’ of the role's file: delegated roles are targets. */
const char *
tomo_repository_get_type_of (const char *role)
{
  return tomo_repository_is_top_level (role) ? role : "targets";
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
  g_autofree char *key =
      g_strdup_printf ("%s-days", tomo_repository_is_top_level (role) ? role : "partner");
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

/* Whether a draft of @role would count. */
gboolean
tomo_repository_is_chosen (TomoRepository *self, const char *role)
{
  return self->chosen_drafts == NULL ||
         g_strv_contains ((const char *const *) self->chosen_drafts, role);
}

/**
 * tomo_repository_choose_drafts:
 * @self: a repository
 * @roles: (nullable) (array zero-terminated=1): roles whose drafts shall count; %NULL takes all
 *
 * From now on all other drafts are as if they were not there, so that a partner can publish while
 * a new root collects signatures for weeks.
 */
void
tomo_repository_choose_drafts (TomoRepository *self, const char *const *roles)
{
  g_return_if_fail (self != NULL);

  GStrv chosen = g_strdupv ((char **) roles);
  g_strfreev (self->chosen_drafts);
  self->chosen_drafts = chosen;
}

static int
compare_roles (gconstpointer a, gconstpointer b)
{
  const char *role_a = *(const char *const *) a;
  const char *role_b = *(const char *const *) b;
  gboolean is_top_a = tomo_repository_is_top_level (role_a);
  gboolean is_top_b = tomo_repository_is_top_level (role_b);

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
    {
      g_autofree char *role = g_strndup (name, MAX (strlen (name), 5) - strlen (".json"));
      if (g_str_has_suffix (name, ".json") && tomo_repository_is_chosen (self, role))
        g_ptr_array_add (roles, g_steal_pointer (&role));
    }

  g_ptr_array_sort (roles, compare_roles);
  g_ptr_array_add (roles, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&roles), FALSE);
}
