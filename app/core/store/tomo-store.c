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
#include "core/tomo-digest.h"
#include "core/tomo-error.h"

#define SYSTEM_PATH "/var/lib/tomoshibi"
#define MAX_FORMAT_BYTES 64
/* No object is larger than an audio file of design.md section 7. */
#define MAX_OBJECT_BYTES (4 * 1024 * 1024)
/* Of the 24 hours in which nothing is collected, this leaves more than an update takes. */
#define MAX_YOUNG_SECS ((int64_t) 60 * 60)

struct _TomoStore
{
  GObject parent_instance;

  char *path;  /* (owned) (not nullable) */
  int lock_fd; /* -1 when not locked */
  gboolean has_begun;
  gboolean was_empty; /* when it was locked */

  GMutex mutex;      /* for the rest */
  GHashTable *added; /* (owned) (element-type utf8 size_t): objects since then, and their sizes */
};

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
tomo_store_is_sha256 (const char *name)
{
  return strlen (name) == 64 && strspn (name, "0123456789abcdef") == 64;
}

static gboolean
check_sha256 (const char *sha256, GError **error)
{
  if (tomo_store_is_sha256 (sha256))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "‘%.70s’ is not the name of an object",
               sha256);
  return FALSE;
}

gboolean
tomo_store_is_locked (TomoStore *self)
{
  return self->lock_fd >= 0;
}

gboolean
tomo_store_has_begun (TomoStore *self)
{
  return self->has_begun;
}

void
tomo_store_set_has_begun (TomoStore *self, gboolean has_begun)
{
  self->has_begun = has_begun;
}

char *
tomo_store_dup_partial_path (TomoStore *self, const char *name)
{
  return g_build_filename (self->path, "private", "partial", name, NULL);
}

char *
tomo_store_dup_object_path (TomoStore *self, const char *sha256)
{
  return build_path (self, "objects", sha256);
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
note_whether_empty (TomoStore *self, GError **error)
{
  g_autofree char *path = build_path (self, "objects", NULL);

  return tomo_store_folder_is_empty (path, &self->was_empty, error);
}

/* What is known of an object without a look at the disk, if anything is. Nobody else writes while
 * the store is locked, and a first sync would look three times for each of its objects. */
static gboolean
is_known (TomoStore *self, const char *sha256, uint64_t size, gboolean *out_is_there)
{
  gpointer added_size = NULL;

  g_mutex_lock (&self->mutex);
  gboolean is_added = g_hash_table_lookup_extended (self->added, sha256, NULL, &added_size);
  g_mutex_unlock (&self->mutex);

  *out_is_there = is_added && GPOINTER_TO_SIZE (added_size) == size;
  return is_added || self->was_empty;
}

static void
note_added (TomoStore *self, const char *sha256, size_t size)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_insert (self->added, g_strdup (sha256), GSIZE_TO_POINTER (size));
  g_mutex_unlock (&self->mutex);
}

/**
 * tomo_store_has_object:
 * @self: a store
 * @sha256: its name
 * @size: how many bytes it must have
 *
 * Tells, without reading it, whether an object is there. It may still be damaged.
 *
 * Returns: %TRUE if a file of that name and size is there
 */
gboolean
tomo_store_has_object (TomoStore *self, const char *sha256, uint64_t size)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), FALSE);
  g_return_val_if_fail (sha256 != NULL, FALSE);

  gboolean is_there = FALSE;
  if (is_known (self, sha256, size, &is_there))
    return is_there;
  if (!tomo_store_is_sha256 (sha256))
    return FALSE;

  g_autofree char *path = tomo_store_dup_object_path (self, sha256);
  struct stat info;
  return lstat (path, &info) == 0 && S_ISREG (info.st_mode) && (uint64_t) info.st_size == size;
}

/**
 * tomo_store_load_object:
 * @self: a store
 * @sha256: its name
 * @max_bytes: the most it may have
 * @error: return location for a #GError
 *
 * Reads an object and checks that its bytes are what its name says.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if it is not there, %TOMO_ERROR_INVALID_DATA if it is
 * damaged, or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
tomo_store_load_object (TomoStore *self, const char *sha256, size_t max_bytes, GError **error)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), NULL);
  g_return_val_if_fail (sha256 != NULL, NULL);

  if (!check_sha256 (sha256, error))
    return NULL;

  g_autofree char *path = tomo_store_dup_object_path (self, sha256);
  g_autoptr(GError) read_error = NULL;
  g_autoptr(GBytes) bytes = tomo_store_file_read (path, max_bytes, &read_error);
  if (g_error_matches (read_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "object %s is missing: run tomoctl verify, then tomoctl sync, to repair it",
                   sha256);
      return NULL;
    }
  if (bytes == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&read_error));
      return NULL;
    }

  g_autofree char *actual = tomo_digest_dup_sha256 (bytes);
  if (!g_str_equal (actual, sha256))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "object %s is damaged: run tomoctl verify, then tomoctl sync, to repair it",
                   sha256);
      return NULL;
    }

  return g_steal_pointer (&bytes);
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

  /* A power cut may have left out what was made before the format: this, for the lock, and what
   * tomo_store_lock() sees to. */
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

  /* The format comes last: what has one is whole. */
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
      note_whether_empty (self, error))
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
  self->was_empty = FALSE;
  g_hash_table_remove_all (self->added);
}

/* The object is there and whole. Its age begins anew, so that a collection in another program does
 * not take it from the generation that is being written; unless it is young, as when two partners
 * have the same picture. */
static gboolean
keep_whole_object (TomoStore *self, const char *sha256)
{
  g_autoptr(GBytes) bytes = tomo_store_load_object (self, sha256, MAX_OBJECT_BYTES, NULL);
  if (bytes == NULL)
    return FALSE;

  g_autofree char *path = tomo_store_dup_object_path (self, sha256);
  int64_t now_secs = g_get_real_time () / G_USEC_PER_SEC;
  struct stat info;
  if (lstat (path, &info) != 0 || now_secs - (int64_t) info.st_mtime > MAX_YOUNG_SECS)
    utimensat (AT_FDCWD, path, NULL, AT_SYMLINK_NOFOLLOW);
  return TRUE;
}

/**
 * tomo_store_add_object:
 * @self: a store that is locked
 * @sha256: what @bytes hash to, which the caller has made sure of
 * @bytes: what to keep
 * @error: return location for a #GError
 *
 * Keeps @bytes. An object that is there already stays; one that is damaged is replaced.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA if @sha256 cannot be a name, %TOMO_ERROR_NO_SPACE,
 * or %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_store_add_object (TomoStore *self, const char *sha256, GBytes *bytes, GError **error)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), FALSE);
  g_return_val_if_fail (tomo_store_is_locked (self), FALSE);
  g_return_val_if_fail (sha256 != NULL && bytes != NULL, FALSE);

  if (!check_sha256 (sha256, error))
    return FALSE;

  gboolean is_there = tomo_store_has_object (self, sha256, g_bytes_get_size (bytes));
  if (is_there && keep_whole_object (self, sha256))
    return TRUE;

  g_autofree char *path = tomo_store_dup_object_path (self, sha256);
  g_autofree char *partial = tomo_store_dup_partial_path (self, sha256);
  /* Where nothing was, nobody lists the object before the next generation does. Until then it need
   * not be whole: what a kill leaves of it is told by its hash. */
  gboolean is_first = self->was_empty && !is_there;
  gboolean is_in = is_first ? tomo_store_file_create (path, bytes, error)
                            : tomo_store_file_write (partial, bytes, error) &&
                                  tomo_store_file_rename (partial, path, error);
  if (!is_in)
    return FALSE;

  note_added (self, sha256, g_bytes_get_size (bytes));
  return TRUE;
}
