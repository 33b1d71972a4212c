/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-new-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/tomo-error.h"

static gboolean
write_all (int fd, const char *data, size_t size)
{
  while (size > 0)
    {
      ssize_t n = write (fd, data, size);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      size -= (size_t) n;
    }

  return fsync (fd) == 0;
}

/**
 * tomo_new_file_write:
 * @path: a file that does not exist yet
 * @data: (array length=size): what to write
 * @size: how many bytes
 * @mode: permissions, not widened by the umask
 * @error: return location for a #GError
 *
 * Writes a file that must be new: keys are never overwritten, and a link laid out in their place
 * is not followed. On failure nothing is left behind.
 *
 * On failure this sets a #TomoError; %TOMO_ERROR_FAILED if @path is there already.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_new_file_write (const char *path, const void *data, size_t size, int mode, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
  if (fd < 0 && errno == EEXIST)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                   "‘%s’ exists and is not overwritten; choose another name", path);
      return FALSE;
    }
  if (fd < 0)
    {
      tomo_set_error_from_errno (error, errno, "cannot create ‘%s’", path);
      return FALSE;
    }

  gboolean written = write_all (fd, data, size);
  int errno_value = errno;
  close (fd);

  if (!written)
    {
      g_unlink (path);
      tomo_set_error_from_errno (error, errno_value, "cannot write ‘%s’", path);
      return FALSE;
    }

  return TRUE;
}

/**
 * tomo_new_folder_remove:
 * @path: a folder that was made just now, for a time or in vain
 *
 * Removes it with all that is in it, and follows no links. What cannot be removed stays.
 */
void
tomo_new_folder_remove (const char *path)
{
  g_return_if_fail (path != NULL);

  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        tomo_new_folder_remove (child);
      else
        g_unlink (child);
    }

  g_rmdir (path);
}
