/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/fetch/tomo-folder-fetcher.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/fetch/tomo-fetcher-private.h"
#include "core/tomo-error.h"

struct _TomoFolderFetcher
{
  TomoFetcher parent_instance;

  char *path; /* (owned) (not nullable) */
  int folder_fd;
  uint64_t bytes_received;
};

G_DEFINE_FINAL_TYPE (TomoFolderFetcher, tomo_folder_fetcher, TOMO_TYPE_FETCHER)

/* A file that would lie outside, or behind a symbolic link, is not opened at all: a stick could
 * otherwise make the machine read its own secrets or a device without end. Not waiting for a FIFO
 * is what O_NONBLOCK is for. */
static int
open_beneath (int folder_fd, const char *relative)
{
  const struct open_how how = {
    .flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
    .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
  };
  int fd = -1;

  /* EAGAIN: something was renamed while the kernel looked. */
  for (unsigned int attempt = 0; fd < 0 && attempt < 8; attempt++)
    {
      fd = (int) syscall (SYS_openat2, folder_fd, relative, &how, sizeof how);
      if (fd < 0 && errno != EAGAIN && errno != EINTR)
        break;
    }
  return fd;
}

static void
set_open_error (GError **error, int errno_value, const char *shown)
{
  switch (errno_value)
    {
    case ELOOP:
    case EXDEV:
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                   "%s: is or lies behind a symbolic link, or outside the folder; copy the "
                   "repository with its files, not links",
                   shown);
      return;
    case ENOSYS:
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
                   "%s: the kernel has no openat2; Linux 5.6 or newer is needed", shown);
      return;
    case EIO:
    case ENODEV:
    case ENXIO:
    case ESTALE:
      /* A stick that was pulled out is a server that went away. */
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_OFFLINE,
                   "%s: the folder went away (%s); put the stick back", shown,
                   g_strerror (errno_value));
      return;
    default:
      tomo_set_error_from_errno (error, errno_value, "%s", shown);
      return;
    }
}

static gboolean
check_kind_and_size (int fd, const char *shown, size_t max_bytes, GError **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    {
      set_open_error (error, errno, shown);
      return FALSE;
    }
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED, "%s: is not a regular file", shown);
      return FALSE;
    }
  if ((uint64_t) info.st_size > max_bytes)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: has %" G_GUINT64_FORMAT " bytes, more than the limit of %" G_GSIZE_FORMAT,
                   shown, (uint64_t) info.st_size, max_bytes);
      return FALSE;
    }
  return TRUE;
}

/* Reads to the end, and looks at the limit again: the file may grow while it is read. */
static GBytes *
read_all (TomoFolderFetcher *self, int fd, const char *shown, size_t max_bytes, GError **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  uint8_t step[16 * 1024];

  while (TRUE)
    {
      ssize_t n_read = read (fd, step, sizeof step);
      if (n_read < 0 && errno == EINTR)
        continue;
      if (n_read < 0)
        {
          set_open_error (error, errno, shown);
          return NULL;
        }
      if (n_read == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
      if ((size_t) n_read > max_bytes - bytes->len)
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "%s: has more bytes than the limit of %" G_GSIZE_FORMAT, shown, max_bytes);
          return NULL;
        }
      g_byte_array_append (bytes, step, (unsigned int) n_read);
      self->bytes_received += (uint64_t) n_read;
      tomo_fetcher_report_progress (TOMO_FETCHER (self));
    }
}

static GBytes *
read_file (TomoFolderFetcher *self, const TomoFetchRequest *request, GError **error)
{
  g_autofree char *shown = g_build_filename (self->path, request->path, NULL);

  /* Requests carry the form that goes into a URL; a web server would undo it as well. */
  g_autofree char *relative = g_uri_unescape_string (request->path, "/");
  if (relative == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED, "%s: is not a usable path", shown);
      return NULL;
    }

  int fd = open_beneath (self->folder_fd, relative);
  if (fd < 0)
    {
      set_open_error (error, errno, shown);
      return NULL;
    }

  g_autoptr(GBytes) bytes = NULL;
  if (check_kind_and_size (fd, shown, request->max_bytes, error))
    bytes = read_all (self, fd, shown, request->max_bytes, error);
  close (fd);
  return g_steal_pointer (&bytes);
}

static gboolean
tomo_folder_fetcher_fetch_all (TomoFetcher *fetcher,
                               GPtrArray *requests,
                               TomoFetchDoneFunc done_func,
                               gpointer user_data,
                               GCancellable *cancellable,
                               GError **error)
{
  TomoFolderFetcher *self = TOMO_FOLDER_FETCHER (fetcher);

  /* The length is looked at anew each time: done_func may add requests. */
  for (unsigned int i = 0; i < requests->len; i++)
    {
      TomoFetchRequest *request = g_ptr_array_index (requests, i);

      if (g_cancellable_is_cancelled (cancellable))
        request->error = g_error_new (TOMO_ERROR, TOMO_ERROR_CANCELLED,
                                      "reading from %s was stopped", self->path);
      else
        request->body = read_file (self, request, &request->error);
      if (done_func != NULL)
        done_func (request, user_data);
    }

  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_CANCELLED, "reading from %s was stopped",
                   self->path);
      return FALSE;
    }
  return TRUE;
}

static const char *
tomo_folder_fetcher_get_location (TomoFetcher *fetcher)
{
  return TOMO_FOLDER_FETCHER (fetcher)->path;
}

static uint64_t
tomo_folder_fetcher_get_bytes_received (TomoFetcher *fetcher)
{
  return TOMO_FOLDER_FETCHER (fetcher)->bytes_received;
}

static void
tomo_folder_fetcher_finalize (GObject *object)
{
  TomoFolderFetcher *self = TOMO_FOLDER_FETCHER (object);

  g_free (self->path);
  if (self->folder_fd >= 0)
    close (self->folder_fd);
  G_OBJECT_CLASS (tomo_folder_fetcher_parent_class)->finalize (object);
}

static void
tomo_folder_fetcher_class_init (TomoFolderFetcherClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tomo_folder_fetcher_finalize;

  TomoFetcherClass *fetcher_class = TOMO_FETCHER_CLASS (klass);
  fetcher_class->fetch_all = tomo_folder_fetcher_fetch_all;
  fetcher_class->get_location = tomo_folder_fetcher_get_location;
  fetcher_class->get_bytes_received = tomo_folder_fetcher_get_bytes_received;
}

static void
tomo_folder_fetcher_init (TomoFolderFetcher *self)
{
  self->folder_fd = -1;
}

/**
 * tomo_folder_fetcher_new:
 * @path: a folder that holds a repository, such as one on a USB stick
 * @error: return location for a #GError
 *
 * Makes a fetcher that reads files below @path, and only regular files reached without a symbolic
 * link. Only a file that does not exist is %TOMO_ERROR_NOT_FOUND to it; one that may not be read
 * is an error, so that a badly copied stick does not look like an older repository.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if there is no such folder, or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): a new fetcher
 */
TomoFetcher *
tomo_folder_fetcher_new (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autoptr(TomoFolderFetcher) self = g_object_new (TOMO_TYPE_FOLDER_FETCHER, NULL);
  self->path = g_strdup (path);
  self->folder_fd = open (path, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (self->folder_fd < 0)
    {
      tomo_set_error_from_errno (error, errno, "%s", path);
      return NULL;
    }
  return TOMO_FETCHER (g_steal_pointer (&self));
}
