/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/store/tomo-store-file-private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/tomo-error.h"

/* Nothing of ours is deeper than campaigns/NAME/generations/N/index/FILE. */
#define MAX_DEPTH 16

static TomoStoreFaultFunc fault_func;
static gpointer fault_data;

/**
 * tomo_store_set_fault_func:
 * @func: (nullable): what decides whether a step fails; %NULL for none
 * @user_data: for @func
 *
 * Lets a test break each step of writing in turn.
 */
void
tomo_store_set_fault_func (TomoStoreFaultFunc func, gpointer user_data)
{
  fault_func = func;
  fault_data = user_data;
}

static gboolean
begin_step (const char *step, const char *path, GError **error)
{
  int fault = fault_func != NULL ? fault_func (step, path, fault_data) : 0;
  if (fault == 0)
    return TRUE;

  tomo_store_set_error (error, fault, step, path);
  return FALSE;
}

/**
 * tomo_store_set_error:
 * @error: return location for a #GError
 * @errno_value: what `errno` was
 * @doing: what was tried, such as ‘write’
 * @path: with which file
 *
 * Sets an error that names the file and the way out.
 */
void
tomo_store_set_error (GError **error, int errno_value, const char *doing, const char *path)
{
  if (errno_value == ENOSPC || errno_value == EDQUOT || errno_value == EFBIG)
    {
      /* EFBIG is a limit on the size of files: to us a quota like the others. */
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NO_SPACE,
                   "cannot %s %s: %s; free some space and run it again", doing, path,
                   g_strerror (errno_value));
      return;
    }

  if (errno_value == EACCES || errno_value == EPERM || errno_value == EROFS)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                   "cannot %s %s: %s; run it as the user who owns the store, or choose another "
                   "one with --store",
                   doing, path, g_strerror (errno_value));
      return;
    }

  tomo_set_error_from_errno (error, errno_value, "cannot %s %s", doing, path);
}

/* Right after what sets `errno`. */
static gboolean
end_step (gboolean is_done, const char *step, const char *path, GError **error)
{
  if (!is_done)
    tomo_store_set_error (error, errno, step, path);

  return is_done;
}

static void
close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
}

#define autofd __attribute__ ((cleanup (close_fd))) int

/**
 * tomo_store_file_open:
 * @path: a file
 * @out_size: (out) (optional): its size
 * @error: return location for a #GError
 *
 * Opens a regular file for reading. Links, devices and pipes in a store are damage, and are not
 * followed.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND, %TOMO_ERROR_INVALID_DATA or %TOMO_ERROR_FAILED.
 *
 * Returns: a file descriptor that is the caller's to close, or -1
 */
int
tomo_store_file_open (const char *path, size_t *out_size, GError **error)
{
  /* Without O_NONBLOCK, opening a pipe would wait for ever. */
  autofd fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  struct stat info;

  if (fd < 0 && errno == ELOOP)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s is a symbolic link", path);
      return -1;
    }

  if (fd < 0 || fstat (fd, &info) != 0)
    {
      tomo_store_set_error (error, errno, "read", path);
      return -1;
    }

  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s is not a regular file", path);
      return -1;
    }

  if (out_size != NULL)
    *out_size = (size_t) info.st_size;
  int opened = fd;
  fd = -1;
  return opened;
}

/**
 * tomo_store_file_read_part:
 * @fd: an open file
 * @offset: where to begin
 * @size: how many bytes to read
 * @path: names the file, for messages
 * @error: return location for a #GError
 *
 * Reads a part of a file.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA if it is shorter, or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
tomo_store_file_read_part (int fd, size_t offset, size_t size, const char *path, GError **error)
{
  g_autofree uint8_t *data = g_malloc (size + 1);
  size_t n_read = 0;

  while (n_read < size)
    {
      ssize_t n = pread (fd, data + n_read, size - n_read, (off_t) (offset + n_read));
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          tomo_store_set_error (error, errno, "read", path);
          return NULL;
        }
      if (n == 0)
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s became shorter", path);
          return NULL;
        }
      n_read += (size_t) n;
    }

  return g_bytes_new_take (g_steal_pointer (&data), size);
}

/**
 * tomo_store_file_read:
 * @path: a file
 * @max_bytes: the most it may have
 * @error: return location for a #GError
 *
 * Reads a whole file.
 *
 * On failure this sets what tomo_store_file_open() sets.
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
tomo_store_file_read (const char *path, size_t max_bytes, GError **error)
{
  size_t size = 0;
  autofd fd = tomo_store_file_open (path, &size, error);
  if (fd < 0)
    return NULL;

  if (size > max_bytes)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s is larger than %" G_GSIZE_FORMAT " bytes", path, max_bytes);
      return NULL;
    }

  return tomo_store_file_read_part (fd, 0, size, path, error);
}

/**
 * tomo_store_file_read_link:
 * @path: a symbolic link
 * @error: return location for a #GError
 *
 * Reads where a link leads to, without going there.
 *
 * Returns: (transfer full): the text of the link
 */
char *
tomo_store_file_read_link (const char *path, GError **error)
{
  char target[PATH_MAX + 1];
  ssize_t length = readlink (path, target, PATH_MAX);

  if (length < 0 && errno == EINVAL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s is not a symbolic link", path);
      return NULL;
    }

  if (length < 0)
    {
      tomo_store_set_error (error, errno, "read", path);
      return NULL;
    }

  return g_strndup (target, (size_t) length);
}

static gboolean
is_any_name (const char *name)
{
  return !g_str_equal (name, ".") && !g_str_equal (name, "..");
}

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * tomo_store_folder_list:
 * @path: a folder
 * @is_name: tells which names are ours; others are passed over
 * @error: return location for a #GError
 *
 * Lists a folder. One that does not exist is empty.
 *
 * Returns: (transfer full): names, sorted, %NULL-terminated
 */
char **
tomo_store_folder_list (const char *path, gboolean (*is_name) (const char *name), GError **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  DIR *folder = opendir (path);

  if (folder == NULL && errno != ENOENT)
    {
      tomo_store_set_error (error, errno, "read the folder", path);
      return NULL;
    }

  for (struct dirent *entry; folder != NULL && (entry = readdir (folder)) != NULL;)
    if (is_name (entry->d_name))
      g_ptr_array_add (names, g_strdup (entry->d_name));
  if (folder != NULL)
    closedir (folder);

  g_ptr_array_sort (names, compare_names_cb);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * tomo_store_folder_is_empty:
 * @path: a folder
 * @out_is_empty: (out): whether nothing is in it; one that does not exist is empty
 * @error: return location for a #GError
 *
 * Looks no further than to the first name.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_store_folder_is_empty (const char *path, gboolean *out_is_empty, GError **error)
{
  DIR *folder = opendir (path);
  struct dirent *entry = NULL;

  if (folder == NULL && errno != ENOENT)
    {
      tomo_store_set_error (error, errno, "read the folder", path);
      return FALSE;
    }

  while (folder != NULL && (entry = readdir (folder)) != NULL && !is_any_name (entry->d_name))
    continue;
  if (folder != NULL)
    closedir (folder);

  *out_is_empty = entry == NULL;
  return TRUE;
}

static gboolean
write_all (int fd, GBytes *bytes)
{
  size_t size;
  const uint8_t *data = g_bytes_get_data (bytes, &size);

  for (size_t n_written = 0; n_written < size;)
    {
      ssize_t n = write (fd, data + n_written, size - n_written);
      if (n < 0 && errno != EINTR)
        return FALSE;
      n_written += n > 0 ? (size_t) n : 0;
    }

  return TRUE;
}

/* Modes are as asked for unless the umask is a strict one. To set what is set already would be a
 * change that has to go to the disk. */
static gboolean
has_mode (const struct stat *info, unsigned int mode)
{
  return (info->st_mode & ALLPERMS) == mode;
}

static gboolean
set_file_mode (int fd)
{
  struct stat info;

  return fstat (fd, &info) == 0 &&
         (has_mode (&info, TOMO_STORE_FILE_MODE) || fchmod (fd, TOMO_STORE_FILE_MODE) == 0);
}

static gboolean
set_folder_mode (const char *path, unsigned int mode)
{
  struct stat info;

  return lstat (path, &info) == 0 && (has_mode (&info, mode) || chmod (path, (mode_t) mode) == 0);
}

/* On failure the file is removed, so that a full disk is not filled with pieces. */
static gboolean
write_parts (const char *path, int flags, GBytes *const *parts, GError **error)
{
  if (!begin_step ("write", path, error))
    return FALSE;

  autofd fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | flags,
                    TOMO_STORE_FILE_MODE);
  if (fd < 0)
    {
      tomo_store_set_error (error, errno, "write", path);
      return FALSE;
    }

  gboolean is_written = TRUE;
  for (size_t i = 0; parts[i] != NULL && is_written; i++)
    is_written = write_all (fd, parts[i]);

  if (!is_written || !set_file_mode (fd))
    {
      tomo_store_set_error (error, errno, "write", path);
      unlink (path);
      return FALSE;
    }

  return TRUE;
}

/**
 * tomo_store_file_write_parts:
 * @path: a file that nobody reads yet
 * @parts: (array zero-terminated=1): what to write, one after the other
 * @error: return location for a #GError
 *
 * Writes a file, in place of one that may be there. On failure it is removed, so that a full disk
 * is not filled with pieces.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_store_file_write_parts (const char *path, GBytes *const *parts, GError **error)
{
  return write_parts (path, O_TRUNC, parts, error);
}

/**
 * tomo_store_file_create:
 * @path: a file that is not there yet
 * @bytes: what to write
 * @error: return location for a #GError
 *
 * Writes a file where there was none; see tomo_store_file_write_parts().
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_store_file_create (const char *path, GBytes *bytes, GError **error)
{
  GBytes *const parts[] = { bytes, NULL };

  return write_parts (path, O_EXCL, parts, error);
}

/**
 * tomo_store_file_write:
 * @path: a file that nobody reads yet
 * @bytes: what to write
 * @error: return location for a #GError
 *
 * Writes a new file of one part; see tomo_store_file_write_parts().
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_store_file_write (const char *path, GBytes *bytes, GError **error)
{
  GBytes *const parts[] = { bytes, NULL };

  return tomo_store_file_write_parts (path, parts, error);
}

/**
 * tomo_store_file_rename:
 * @from: what is written
 * @to: where it is read; replaced if it exists
 * @error: return location for a #GError
 *
 * Puts a file or folder in its place at once.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_store_file_rename (const char *from, const char *to, GError **error)
{
  return begin_step ("rename to", to, error) &&
         end_step (rename (from, to) == 0, "rename to", to, error);
}

/**
 * tomo_store_file_link:
 * @target: the text of the link
 * @path: where to make it
 * @error: return location for a #GError
 *
 * Makes a symbolic link.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_store_file_link (const char *target, const char *path, GError **error)
{
  return begin_step ("link", path, error) &&
         end_step (symlink (target, path) == 0, "link", path, error);
}

/**
 * tomo_store_folder_make:
 * @path: a folder whose parent exists
 * @mode: its mode, whatever the umask
 * @error: return location for a #GError
 *
 * Makes a folder; one that exists is fine.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_store_folder_make (const char *path, unsigned int mode, GError **error)
{
  if (!begin_step ("make the folder", path, error))
    return FALSE;

  if (mkdir (path, (mode_t) mode) == 0)
    {
      if (set_folder_mode (path, mode))
        return TRUE;
    }
  else if (errno == EEXIST && g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;

  tomo_store_set_error (error, errno, "make the folder", path);
  return FALSE;
}

static gboolean
sync_folder (const char *path, int (*sync_fd) (int fd), GError **error)
{
  if (!begin_step ("sync", path, error))
    return FALSE;

  autofd fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return end_step (fd >= 0 && sync_fd (fd) == 0, "sync", path, error);
}

/**
 * tomo_store_folder_sync:
 * @path: a folder
 * @error: return location for a #GError
 *
 * Waits until the names in a folder are on the disk.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_store_folder_sync (const char *path, GError **error)
{
  return sync_folder (path, fsync, error);
}

/**
 * tomo_store_sync_all:
 * @path: a folder on the file system to sync
 * @error: return location for a #GError
 *
 * Waits until everything that was written is on the disk. One of these is several times faster
 * than an fsync() of each of a thousand files.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_store_sync_all (const char *path, GError **error)
{
  return sync_folder (path, syncfs, error);
}

static gboolean
remove_tree (const char *path, unsigned int depth, GError **error)
{
  struct stat info;

  if (lstat (path, &info) != 0 && errno == ENOENT)
    return TRUE;

  if (!S_ISDIR (info.st_mode) || depth == 0)
    return end_step (unlink (path) == 0, "remove", path, error);

  g_auto(GStrv) names = tomo_store_folder_list (path, is_any_name, error);
  if (names == NULL)
    return FALSE;

  for (size_t i = 0; names[i] != NULL; i++)
    {
      g_autofree char *child = g_build_filename (path, names[i], NULL);
      if (!remove_tree (child, depth - 1, error))
        return FALSE;
    }

  return end_step (rmdir (path) == 0, "remove", path, error);
}

/**
 * tomo_store_remove_tree:
 * @path: a file or folder; nothing there is fine
 * @error: return location for a #GError
 *
 * Removes @path and all that is in it, links themselves and not what they lead to.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_store_remove_tree (const char *path, GError **error)
{
  return begin_step ("remove", path, error) && remove_tree (path, MAX_DEPTH, error);
}
