/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/store/tomo-store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/store/tomo-store-file-private.h"
#include "core/store/tomo-store-private.h"
#include "core/tomo-error.h"

#define SYSTEM_PATH "/var/lib/tomoshibi"
#define MAX_FORMAT_BYTES 64

G_DEFINE_FINAL_TYPE (TomoStore, tomo_store, G_TYPE_OBJECT)

static char *
build_path (TomoStore *self, const char *first, const char *second)
{
  return g_build_filename (self->path, first, second, NULL);
}

static void
tomo_store_finalize (GObject *object)
{
  TomoStore *self = TOMO_STORE (object);

  tomo_store_unlock (self);
  g_clear_pointer (&self->path, g_free);
  g_hash_table_unref (self->added);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (tomo_store_parent_class)->finalize (object);
}

static void
tomo_store_class_init (TomoStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tomo_store_finalize;
}

static void
tomo_store_init (TomoStore *self)
{
  self->lock_fd = -1;
  self->added = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_mutex_init (&self->mutex);
}

gboolean
tomo_store_is_locked (TomoStore *self)
{
  return self->lock_fd >= 0;
}

char *
tomo_store_dup_partial_path (TomoStore *self, const char *name)
{
  return g_build_filename (self->path, "private", "partial", name, NULL);
}

/**
 * tomo_store_dup_default_path:
 *
 * Gives the place of the store of this machine: the system’s when the system install made one,
 * else the user’s.
 *
 * Returns: (transfer full): a path
 */
char *
tomo_store_dup_default_path (void)
{
  if (g_file_test (SYSTEM_PATH, G_FILE_TEST_IS_DIR))
    return g_strdup (SYSTEM_PATH);

  return g_build_filename (g_get_user_data_dir (), "tomoshibi", NULL);
}

/**
 * tomo_store_new:
 * @path: a folder, which need not exist
 *
 * Makes an object for the store at @path without touching the disk.
 *
 * Returns: (transfer full): a store
 */
TomoStore *
tomo_store_new (const char *path)
{
  g_return_val_if_fail (path != NULL && *path != '\0', NULL);

  TomoStore *self = g_object_new (TOMO_TYPE_STORE, NULL);
  self->path = g_canonicalize_filename (path, NULL);

  return self;
}

/**
 * tomo_store_get_path:
 * @self: a store
 *
 * Gives where @self is.
 *
 * Returns: (transfer none): an absolute path
 */
const char *
tomo_store_get_path (TomoStore *self)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), NULL);

  return self->path;
}

/**
 * tomo_store_exists:
 * @self: a store
 *
 * Tells whether there is a store of any format.
 *
 * Returns: %TRUE if there is one
 */
gboolean
tomo_store_exists (TomoStore *self)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), FALSE);

  g_autofree char *format = build_path (self, "format", NULL);
  struct stat info;
  return lstat (format, &info) == 0;
}

/* The text of a link, which no power cut can part from its name. Format 1 had it in a file. */
static char *
read_format (TomoStore *self, GError **error)
{
  g_autofree char *path = build_path (self, "format", NULL);
  g_autoptr(GError) link_error = NULL;
  char *text = tomo_store_file_read_link (path, &link_error);
  if (text != NULL)
    return text;

  if (!g_error_matches (link_error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA))
    {
      g_propagate_error (error, g_steal_pointer (&link_error));
      return NULL;
    }

  g_autoptr(GBytes) bytes = tomo_store_file_read (path, MAX_FORMAT_BYTES, error);
  return bytes != NULL
             ? g_strchomp (g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)))
             : NULL;
}

static void
set_other_format (TomoStore *self, const char *format, GError **error)
{
  g_autofree char *shown = g_utf8_make_valid (format, -1);
  gboolean is_earlier = g_str_equal (format, "1");

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
               "the store at %s has format ‘%s’, and this program knows " TOMO_STORE_FORMAT
               ": %s, or choose another with --store",
               self->path, shown,
               is_earlier ? "remove that folder and run tomoctl sync" : "update the program");
}

/**
 * tomo_store_check_format:
 * @self: a store
 * @error: return location for a #GError
 *
 * Refuses a store that another version of this program wrote, rather than misread it.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if there is no store, %TOMO_ERROR_UNSUPPORTED if it
 * is of another format, or what reading gives.
 *
 * Returns: %TRUE if @self can be used
 */
gboolean
tomo_store_check_format (TomoStore *self, GError **error)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), FALSE);

  g_autoptr(GError) read_error = NULL;
  g_autofree char *format = read_format (self, &read_error);

  if (g_strcmp0 (format, TOMO_STORE_FORMAT) == 0)
    return TRUE;

  if (format != NULL)
    set_other_format (self, format, error);
  else if (g_error_matches (read_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                 "there is no store at %s: run tomoctl sync, or choose another with --store",
                 self->path);
  else
    g_propagate_error (error, g_steal_pointer (&read_error));
  return FALSE;
}

static gboolean
is_any_name (const char *name)
{
  return !g_str_equal (name, ".") && !g_str_equal (name, "..");
}

static gboolean
check_empty_or_ours (TomoStore *self, GError **error)
{
  g_auto(GStrv) names = tomo_store_folder_list (self->path, is_any_name, error);
  if (names == NULL)
    return FALSE;

  /* What an interrupted tomo_store_create() leaves behind. */
  static const char *const ours[] = { "private", "objects", "campaigns", "format", NULL };
  for (size_t i = 0; names[i] != NULL; i++)
    if (!g_strv_contains (ours, names[i]))
      {
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                     "%s is not empty and no store (it holds ‘%s’): choose another with --store",
                     self->path, names[i]);
        return FALSE;
      }

  return TRUE;
}

static gboolean
make_folders (TomoStore *self, GError **error)
{
  static const struct
  {
    const char *first;
    const char *second;
    unsigned int mode;
  } folders[] = {
    { "private", NULL, TOMO_STORE_PRIVATE_MODE },
    { "private", "partial", TOMO_STORE_PRIVATE_MODE },
    { "objects", NULL, TOMO_STORE_FOLDER_MODE },
    { "campaigns", NULL, TOMO_STORE_FOLDER_MODE },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = build_path (self, folders[i].first, folders[i].second);
      if (!tomo_store_folder_make (path, folders[i].mode, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * tomo_store_create:
 * @self: a store
 * @error: return location for a #GError
 *
 * Makes the store if it is not there. One that is there must be of our format.
 *
 * On failure this sets %TOMO_ERROR_UNSUPPORTED for a store of another format,
 * %TOMO_ERROR_NO_SPACE, or %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE if the store is there now
 */
gboolean
tomo_store_create (TomoStore *self, GError **error)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), FALSE);

  /* Nothing waited for the disk, so a power cut may have left the format and not what was made
   * before it: this is needed for the lock, and tomo_store_lock() sees to the rest. */
  g_autofree char *private = build_path (self, "private", NULL);
  if (tomo_store_exists (self))
    return tomo_store_check_format (self, error) &&
           (g_file_test (private, G_FILE_TEST_IS_DIR) ||
            tomo_store_folder_make (private, TOMO_STORE_PRIVATE_MODE, error));

  g_autofree char *parent = g_path_get_dirname (self->path);
  if (g_mkdir_with_parents (parent, TOMO_STORE_FOLDER_MODE) != 0)
    {
      tomo_store_set_error (error, errno, "make the folder", self->path);
      return FALSE;
    }

  if (!tomo_store_folder_make (self->path, TOMO_STORE_FOLDER_MODE, error))
    return FALSE;

  if (!check_empty_or_ours (self, error) || !make_folders (self, error))
    return FALSE;

  /* The format comes last: unless the power fails, what has one is whole. */
  g_autofree char *format = build_path (self, "format", NULL);
  g_autoptr(GError) link_error = NULL;
  if (tomo_store_file_link (TOMO_STORE_FORMAT, format, &link_error))
    return TRUE;

  /* Somebody else may have made it in the meantime. */
  if (tomo_store_exists (self))
    return tomo_store_check_format (self, error);

  g_propagate_error (error, g_steal_pointer (&link_error));
  return FALSE;
}

/**
 * tomo_store_lock:
 * @self: a store that exists
 * @error: return location for a #GError
 *
 * Makes this program the only one that writes. Does not wait.
 *
 * On failure this sets %TOMO_ERROR_BUSY if somebody else writes, %TOMO_ERROR_NOT_FOUND if there is
 * no store, %TOMO_ERROR_UNSUPPORTED if it is of another format, or %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE if the lock is held until tomo_store_unlock()
 */
gboolean
tomo_store_lock (TomoStore *self, GError **error)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), FALSE);
  g_return_val_if_fail (!tomo_store_is_locked (self), FALSE);

  if (!tomo_store_check_format (self, error))
    return FALSE;

  /* In a folder that only the owner can enter: anybody may lock a file that he can open. */
  g_autofree char *path = build_path (self, "private", "lock");
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    {
      tomo_store_set_error (error, errno, "lock", path);
      return FALSE;
    }

  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      int errno_value = errno;
      close (fd);
      if (errno_value == EWOULDBLOCK)
        g_set_error (
            error, TOMO_ERROR, TOMO_ERROR_BUSY,
            "the store is being changed by another program, which holds the lock %s: wait until "
            "it has ended",
            path);
      else
        tomo_store_set_error (error, errno_value, "lock", path);
      return FALSE;
    }

  self->lock_fd = fd;
  if (make_folders (self, error) && tomo_store_clear_partial (self, error) &&
      tomo_store_note_objects (self, error))
    return TRUE;

  tomo_store_unlock (self);
  return FALSE;
}

/**
 * tomo_store_unlock:
 * @self: a store
 *
 * Lets others write. Does nothing if @self is not locked.
 */
void
tomo_store_unlock (TomoStore *self)
{
  g_return_if_fail (TOMO_IS_STORE (self));

  if (self->lock_fd >= 0)
    close (self->lock_fd);
  self->lock_fd = -1;
  tomo_store_forget_objects (self);
}
