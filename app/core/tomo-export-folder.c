/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-export-folder-private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/tomo-error.h"
#include "core/tomo-export-stick.h"

/* FAT32 counts the bytes of a file in 32 bits, and a name in 255 UTF-16 units. */
#define MAX_FILE_BYTES UINT32_MAX
#define MAX_NAME_BYTES 255
/* What is being written; a stick that was pulled out may still have one. */
#define PARTIAL_NAME "partial.tmp"
/* targets/CC/packs/PACK/ is the deepest of ours. */
#define MAX_DEPTH 8

struct _TomoExportFolder
{
  char *path; /* (owned): for messages */
  int fd;
};

static void
close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
}

#define autofd __attribute__ ((cleanup (close_fd))) int

static void
close_folder (DIR **folder)
{
  if (*folder != NULL)
    closedir (*folder);
}

#define autofolder __attribute__ ((cleanup (close_folder))) DIR *

/* Windows gives these to devices, with or without something behind a full stop. */
static gboolean
is_device_name (const char *name)
{
  static const char *const devices[] = { "con", "prn", "aux", "nul" };
  size_t length = strcspn (name, ".");

  for (size_t i = 0; i < G_N_ELEMENTS (devices); i++)
    if (length == strlen (devices[i]) && g_ascii_strncasecmp (name, devices[i], length) == 0)
      return TRUE;

  return length == 4 && g_ascii_isdigit (name[3]) &&
         (g_ascii_strncasecmp (name, "com", 3) == 0 || g_ascii_strncasecmp (name, "lpt", 3) == 0);
}

static gboolean
is_fat_name (const char *name)
{
  size_t length = strlen (name);

  if (length == 0 || length > MAX_NAME_BYTES || is_device_name (name) || name[0] == '.' ||
      name[length - 1] == '.' || name[length - 1] == ' ')
    return FALSE;

  /* Other scripts would be safe, but the file system of the next machine may normalise them; and a
   * machine that reads the stick undoes ‘%’. */
  for (const char *c = name; *c != '\0'; c++)
    if (*c <= 0x20 || *c >= 0x7f || strchr ("\"%*/:<>?\\|", *c) != NULL)
      return FALSE;

  return TRUE;
}

/**
 * tomo_export_check_name:
 * @name: the path of a file in the tree
 * @size: how many bytes it has
 * @error: return location for a #GError
 *
 * Whether FAT32 and exFAT take a file of this name and size, also on other systems than this.
 *
 * On failure this sets %TOMO_ERROR_UNSUPPORTED.
 *
 * Returns: %TRUE if they do
 */
gboolean
tomo_export_check_name (const char *name, uint64_t size, GError **error)
{
  g_auto(GStrv) components = g_strsplit (name, "/", -1);

  for (size_t i = 0; i == 0 || components[i] != NULL; i++)
    if (components[i] == NULL || !is_fat_name (components[i]))
      {
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
                     "‘%s’ cannot be the name of a file on a stick", name);
        return FALSE;
      }

  if (size > MAX_FILE_BYTES)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
                   "%s: has %" G_GUINT64_FORMAT " bytes, and FAT32 takes files below 4 GiB", name,
                   size);
      return FALSE;
    }

  return TRUE;
}

static void
set_error (GError **error, int errno_value, const char *doing, const char *path)
{
  const char *reason = g_strerror (errno_value);

  switch (errno_value)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NO_SPACE,
                   "cannot %s %s: %s; free some space there, or export fewer partners or languages",
                   doing, path, reason);
      return;
    case EROFS:
    case EACCES:
    case EPERM:
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                   "cannot %s %s: %s; take a stick that you may write to", doing, path, reason);
      return;
    case EIO:
    case ENODEV:
    case ENXIO:
    case ESTALE:
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                   "cannot %s %s: %s; put the stick back, or take another, and export again", doing,
                   path, reason);
      return;
    case ELOOP:
    case EXDEV:
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                   "cannot %s %s: it is or lies behind a symbolic link; remove that first", doing,
                   path);
      return;
    case ENOTDIR:
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                   "cannot %s %s: a file stands where a folder has to be; remove it first", doing,
                   path);
      return;
    default:
      tomo_set_error_from_errno (error, errno_value, "cannot %s %s", doing, path);
      return;
    }
}

static int
open_beneath (int folder_fd, const char *relative, int flags)
{
  const struct open_how how = {
    .flags = (uint64_t) flags | O_CLOEXEC | O_NOFOLLOW,
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

/* Opens @relative below @fd, making what is missing on the way. */
static int
make_folders (int fd, const char *relative, const char *shown, GError **error)
{
  g_auto(GStrv) components = g_strsplit (relative, "/", -1);
  autofd current = fcntl (fd, F_DUPFD_CLOEXEC, 0);

  for (size_t i = 0; components[i] != NULL && current >= 0; i++)
    {
      if (components[i][0] == '\0')
        continue;

      int next = -1;
      if (mkdirat (current, components[i], 0755) == 0 || errno == EEXIST)
        next = open_beneath (current, components[i], O_RDONLY | O_DIRECTORY);
      int errno_value = errno;
      close (current);
      current = next;
      errno = errno_value;
    }

  if (current < 0)
    set_error (error, errno, "make the folder", shown);

  int result = current;
  current = -1;
  return result;
}

/**
 * tomo_export_folder_open:
 * @base: a folder that exists: where a stick is mounted
 * @tree: where below it the tree goes, such as ‘tomoshibi/demo’; made if it is not there
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if @base is not there, %TOMO_ERROR_NO_SPACE or
 * %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): the tree
 */
TomoExportFolder *
tomo_export_folder_open (const char *base, const char *tree, GError **error)
{
  autofd base_fd = open (base, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (base_fd < 0)
    {
      if (errno == ENOENT)
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                     "there is no folder %s; is the stick there and mounted?", base);
      else
        set_error (error, errno, "open the folder", base);
      return NULL;
    }

  g_autofree char *path = g_build_filename (base, tree, NULL);
  int fd = make_folders (base_fd, tree, path, error);
  if (fd < 0)
    return NULL;

  TomoExportFolder *self = g_new0 (TomoExportFolder, 1);
  self->path = g_steal_pointer (&path);
  self->fd = fd;
  return self;
}

/**
 * tomo_export_folder_free:
 * @self: (transfer full): a tree
 */
void
tomo_export_folder_free (TomoExportFolder *self)
{
  close_fd (&self->fd);
  g_free (self->path);
  g_free (self);
}

const char *
tomo_export_folder_get_path (TomoExportFolder *self)
{
  return self->path;
}

static GBytes *
read_fd (int fd, size_t max_bytes)
{
  struct stat info;

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode) || (uint64_t) info.st_size > max_bytes)
    return NULL;

  size_t size = (size_t) info.st_size;
  g_autofree uint8_t *data = g_malloc (size + 1);
  size_t n_read = 0;
  while (n_read < size)
    {
      ssize_t n = read (fd, data + n_read, size - n_read);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return NULL;
      n_read += (size_t) n;
    }

  return g_bytes_new_take (g_steal_pointer (&data), size);
}

/**
 * tomo_export_folder_read:
 * @self: a tree
 * @name: a file of it
 * @max_bytes: the most it may have
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND or %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full): the file’s bytes
 */
GBytes *
tomo_export_folder_read (TomoExportFolder *self, const char *name, size_t max_bytes, GError **error)
{
  g_autofree char *shown = g_build_filename (self->path, name, NULL);
  autofd fd = open_beneath (self->fd, name, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (fd < 0)
    {
      set_error (error, errno, "read", shown);
      return NULL;
    }

  GBytes *bytes = read_fd (fd, max_bytes);
  if (bytes == NULL)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                 "%s: cannot be read, or is no file of at most %" G_GSIZE_FORMAT " bytes", shown,
                 max_bytes);
  return bytes;
}

static gboolean
holds_already (int folder_fd, const char *name, GBytes *bytes)
{
  autofd fd = open_beneath (folder_fd, name, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (fd < 0)
    return FALSE;

  g_autoptr(GBytes) present = read_fd (fd, g_bytes_get_size (bytes));
  return present != NULL && g_bytes_equal (present, bytes);
}

static gboolean
write_partial (int folder_fd, GBytes *bytes)
{
  size_t size;
  const uint8_t *data = g_bytes_get_data (bytes, &size);

  if (unlinkat (folder_fd, PARTIAL_NAME, 0) != 0 && errno != ENOENT)
    return FALSE;

  autofd fd =
      openat (folder_fd, PARTIAL_NAME, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (fd < 0)
    return FALSE;

  for (size_t n_written = 0; n_written < size;)
    {
      ssize_t n = write (fd, data + n_written, size - n_written);
      if (n < 0 && errno != EINTR)
        return FALSE;
      n_written += n > 0 ? (size_t) n : 0;
    }

  /* A sheet of paper is no secret, and the next machine has other users. FAT has no modes. */
  if (fchmod (fd, 0644) != 0)
    g_debug ("a stick without modes: %s", g_strerror (errno));
  return TRUE;
}

/**
 * tomo_export_folder_write:
 * @self: a tree
 * @name: a file of it, with its folders, which are made
 * @bytes: what to write
 * @out_written: (out): %FALSE if the file was there already, byte for byte
 * @error: return location for a #GError
 *
 * Puts a file in its place at once.
 *
 * On failure this sets %TOMO_ERROR_UNSUPPORTED for a name that FAT does not take,
 * %TOMO_ERROR_NO_SPACE or %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_export_folder_write (TomoExportFolder *self,
                          const char *name,
                          GBytes *bytes,
                          gboolean *out_written,
                          GError **error)
{
  if (!tomo_export_check_name (name, g_bytes_get_size (bytes), error))
    return FALSE;

  g_autofree char *shown = g_build_filename (self->path, name, NULL);
  g_autofree char *base = g_path_get_basename (name);
  g_autofree char *folder = g_strndup (name, strlen (name) - strlen (base));
  autofd folder_fd = make_folders (self->fd, folder, shown, error);
  if (folder_fd < 0)
    return FALSE;

  *out_written = !holds_already (folder_fd, base, bytes);
  if (!*out_written)
    return TRUE;

  if (write_partial (folder_fd, bytes) && renameat (folder_fd, PARTIAL_NAME, folder_fd, base) == 0)
    return TRUE;

  int errno_value = errno;
  unlinkat (folder_fd, PARTIAL_NAME, 0);
  set_error (error, errno_value, "write", shown);
  return FALSE;
}

/**
 * tomo_export_folder_sync:
 * @self: a tree
 * @error: return location for a #GError
 *
 * Waits until everything that was written is on the stick. FAT keeps no order of its own.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_export_folder_sync (TomoExportFolder *self, GError **error)
{
  if (syncfs (self->fd) == 0)
    return TRUE;

  set_error (error, errno, "bring everything to", self->path);
  return FALSE;
}

static gboolean
is_dots (const char *name)
{
  return g_str_equal (name, ".") || g_str_equal (name, "..");
}

static gboolean
remove_entry (int folder_fd, const char *name, const char *shown, GError **error)
{
  if (unlinkat (folder_fd, name, 0) == 0 || errno == ENOENT)
    return TRUE;

  set_error (error, errno, "remove", shown);
  return FALSE;
}

/* Removes what @kept does not name below @relative, and the folders that are empty then. */
static gboolean
prune_folder (TomoExportFolder *self,
              const char *relative,
              unsigned int depth,
              GHashTable *kept,
              GError **error)
{
  int fd = open_beneath (self->fd, relative, O_RDONLY | O_DIRECTORY);
  autofolder folder = fd >= 0 ? fdopendir (fd) : NULL;
  if (folder == NULL)
    {
      if (fd < 0 && errno == ENOENT)
        return TRUE;
      g_autofree char *shown = g_build_filename (self->path, relative, NULL);
      set_error (error, errno, "read the folder", shown);
      return FALSE;
    }

  for (struct dirent *entry = readdir (folder); entry != NULL; entry = readdir (folder))
    {
      g_autofree char *name = g_build_filename (relative, entry->d_name, NULL);
      g_autofree char *shown = g_build_filename (self->path, name, NULL);
      struct stat info;
      if (is_dots (entry->d_name) || g_hash_table_contains (kept, name) ||
          fstatat (dirfd (folder), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        continue;

      if (!S_ISDIR (info.st_mode))
        {
          if (!remove_entry (dirfd (folder), entry->d_name, shown, error))
            return FALSE;
        }
      else if (depth > 0)
        {
          if (!prune_folder (self, name, depth - 1, kept, error))
            return FALSE;
          /* A folder that something is left in stays. */
          unlinkat (dirfd (folder), entry->d_name, AT_REMOVEDIR);
        }
    }

  return TRUE;
}

/**
 * tomo_export_folder_prune:
 * @self: a tree
 * @kept: (element-type utf8): a set of names
 * @error: return location for a #GError
 *
 * Removes from metadata/ and targets/ what is not in @kept.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_export_folder_prune (TomoExportFolder *self, GHashTable *kept, GError **error)
{
  return prune_folder (self, "metadata", MAX_DEPTH, kept, error) &&
         prune_folder (self, "targets", MAX_DEPTH, kept, error) &&
         remove_entry (self->fd, PARTIAL_NAME, self->path, error);
}

/* What file managers leave in every folder that somebody looks into. */
static gboolean
is_dropping (const char *name)
{
  return name[0] == '.' || g_ascii_strcasecmp (name, "thumbs.db") == 0 ||
         g_ascii_strcasecmp (name, "desktop.ini") == 0;
}

/**
 * tomo_export_folder_check_others:
 * @self: a tree
 * @is_ours: whether an export wrote it
 * @error: return location for a #GError
 *
 * Refuses to write among somebody’s files: an export removes what it does not list.
 *
 * On failure this sets %TOMO_ERROR_FAILED, naming what is in the way.
 *
 * Returns: %TRUE if nothing is
 */
gboolean
tomo_export_folder_check_others (TomoExportFolder *self, gboolean is_ours, GError **error)
{
  static const char *const ours[] = { TOMO_EXPORT_STICK_NAME, PARTIAL_NAME, "metadata", "targets",
                                      NULL };
  /* With nothing written yet, only what an interrupted first step leaves may be there. */
  static const char *const unfinished[] = { PARTIAL_NAME, NULL };
  int fd = open_beneath (self->fd, ".", O_RDONLY | O_DIRECTORY);
  autofolder folder = fd >= 0 ? fdopendir (fd) : NULL;

  if (folder == NULL)
    {
      set_error (error, errno, "read the folder", self->path);
      return FALSE;
    }

  for (struct dirent *entry = readdir (folder); entry != NULL; entry = readdir (folder))
    if (!is_dropping (entry->d_name) &&
        !g_strv_contains (is_ours ? ours : unfinished, entry->d_name))
      {
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                     "%s holds ‘%s’, which no export has written; move it away, or give another "
                     "folder",
                     self->path, entry->d_name);
        return FALSE;
      }

  return TRUE;
}
