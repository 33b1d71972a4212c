/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-mailed-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/tomo-error.h"

/* The file may grow while it is read, so what is read is counted, not what fstat() said. */
static GBytes *
read_all (int fd, const char *path, size_t max_bytes, GError **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  uint8_t buffer[16 * 1024];

  while (bytes->len <= max_bytes)
    {
      ssize_t n = read (fd, buffer, sizeof buffer);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          tomo_set_error_from_errno (error, errno, "cannot read ‘%s’", path);
          return NULL;
        }
      if (n == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
      g_byte_array_append (bytes, buffer, (unsigned int) n);
    }

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "‘%s’ is larger than the %" G_GSIZE_FORMAT " bytes that such a file may have", path,
               max_bytes);
  return NULL;
}

/**
 * tomo_mailed_file_read:
 * @path: a file
 * @max_bytes: refuse more than this
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND, %TOMO_ERROR_INVALID_DATA if it is too large or no
 * plain file, or another #TomoError.
 *
 * Returns: (transfer full): its content
 */
GBytes *
tomo_mailed_file_read (const char *path, size_t max_bytes, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  /* Without O_NONBLOCK a fifo would hold the program before fstat() could name it. */
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (fd < 0)
    {
      tomo_set_error_from_errno (error, errno, "cannot open ‘%s’", path);
      return NULL;
    }

  struct stat status;
  GBytes *bytes = NULL;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    bytes = read_all (fd, path, max_bytes, error);
  else
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "‘%s’ is not a file", path);

  close (fd);
  return bytes;
}
