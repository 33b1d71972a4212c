/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "core/store/tomo-store-file-private.h"
#include "core/store/tomo-store-private.h"
#include "core/tomo-digest.h"
#include "core/tomo-error.h"

/* No object is larger than an audio file of design.md section 7. */
#define MAX_OBJECT_BYTES (4 * 1024 * 1024)
/* Of the 24 hours in which nothing is collected, this leaves more than an update takes. */
#define MAX_YOUNG_SECS ((int64_t) 60 * 60)

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

char *
tomo_store_dup_object_path (TomoStore *self, const char *sha256)
{
  return g_build_filename (self->path, "objects", sha256, NULL);
}

/* When the store has been locked. */
gboolean
tomo_store_note_objects (TomoStore *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->path, "objects", NULL);

  return tomo_store_folder_is_empty (path, &self->was_empty, error);
}

/* Others may write from now on. */
void
tomo_store_forget_objects (TomoStore *self)
{
  self->was_empty = FALSE;
  g_hash_table_remove_all (self->added);
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
