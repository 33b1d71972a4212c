/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-source-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/tomo-error.h"

static GBytes *
read_all (int fd, const char *path, size_t size, GError **error)
{
  g_autofree char *data = g_malloc (size + 1);
  size_t n_read = 0;

  while (n_read < size)
    {
      ssize_t n = read (fd, data + n_read, size - n_read);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          tomo_set_error_from_errno (error, errno, "cannot read %s", path);
          return NULL;
        }
      if (n == 0)
        break;
      n_read += (size_t) n;
    }

  return g_bytes_new_take (g_steal_pointer (&data), n_read);
}

/**
 * tomo_source_file_read:
 * @path: a file of a pack folder
 * @max_bytes: refuse a larger one
 * @error: return location for a #GError
 *
 * Reads a regular file whole. A symbolic link is refused: a pack that was unpacked from somebody
 * else’s archive must not publish a file from elsewhere on this machine.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND, %TOMO_ERROR_INVALID_DATA (too large, not a regular
 * file) or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
tomo_source_file_read (const char *path, size_t max_bytes, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0);
  struct stat info;

  if (fd < 0)
    {
      int open_errno = errno;

      if (open_errno == ELOOP)
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                     "%s is a symbolic link; put the file itself there", path);
      else
        tomo_set_error_from_errno (error, open_errno, "cannot open %s", path);
      return NULL;
    }

  g_autoptr(GBytes) bytes = NULL;

  if (fstat (fd, &info) != 0)
    tomo_set_error_from_errno (error, errno, "cannot look at %s", path);
  else if (!S_ISREG (info.st_mode))
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s is not a regular file", path);
  else if ((uint64_t) info.st_size > max_bytes)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                 "%s has %" G_GUINT64_FORMAT " bytes, the limit is %" G_GSIZE_FORMAT, path,
                 (uint64_t) info.st_size, max_bytes);
  else
    bytes = read_all (fd, path, (size_t) info.st_size, error);

  close (fd);
  return g_steal_pointer (&bytes);
}
