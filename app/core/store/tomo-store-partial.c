/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/store/tomo-store-file-private.h"
#include "core/store/tomo-store-private.h"
#include "core/tomo-error.h"

#define BEGUN_SUFFIX ".begun"

/* As many as one connection carries at once, each as large as a picture may be; and no longer than
 * a kiosk is usually away from a network. What is over is fetched again. */
#define MAX_BEGUN 64
#define MAX_BEGUN_BYTES (64 * 1024 * 1024)
#define MAX_BEGUN_SECS ((int64_t) 7 * 24 * 60 * 60)

static gboolean
is_any_name (const char *name)
{
  return !g_str_equal (name, ".") && !g_str_equal (name, "..");
}

static gboolean
is_begun_name (const char *name)
{
  g_autofree char *sha256 = g_strndup (name, 64);

  return tomo_store_is_sha256 (sha256) && g_str_equal (name + 64, BEGUN_SUFFIX);
}

static char *
dup_begun_path (TomoStore *self, const char *sha256)
{
  g_autofree char *name = g_strconcat (sha256, BEGUN_SUFFIX, NULL);

  return tomo_store_dup_partial_path (self, name);
}

/* Whether one more file still fits; if it is one that is to be kept, it is counted. */
static gboolean
fits (const char *path, unsigned int *n_files, uint64_t *n_bytes)
{
  int64_t now_secs = g_get_real_time () / G_USEC_PER_SEC;
  struct stat info;

  if (lstat (path, &info) != 0 || !S_ISREG (info.st_mode) || *n_files >= MAX_BEGUN ||
      (uint64_t) info.st_size > MAX_BEGUN_BYTES - *n_bytes ||
      now_secs - (int64_t) info.st_mtime > MAX_BEGUN_SECS)
    return FALSE;

  *n_files += 1;
  *n_bytes += (uint64_t) info.st_size;
  return TRUE;
}

/* Whoever was killed while writing left pieces; with the lock held they are nobody’s. Only what was
 * kept on purpose stays. */
gboolean
tomo_store_clear_partial (TomoStore *self, GError **error)
{
  g_autofree char *folder = tomo_store_dup_partial_path (self, NULL);
  unsigned int n_files = 0;
  uint64_t n_bytes = 0;

  if (!tomo_store_folder_make (folder, TOMO_STORE_PRIVATE_MODE, error))
    return FALSE;

  /* Who cannot write shall hear it at once, not on the day when there is something new. */
  if (access (folder, W_OK | X_OK) != 0)
    {
      tomo_store_set_error (error, errno, "write to", folder);
      return FALSE;
    }

  g_auto(GStrv) names = tomo_store_folder_list (folder, is_any_name, error);
  for (size_t i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      if (is_begun_name (names[i]) && fits (path, &n_files, &n_bytes))
        continue;
      if (!tomo_store_remove_tree (path, error))
        return FALSE;
    }

  self->has_begun = n_files > 0;
  return names != NULL;
}

/**
 * tomo_store_load_begun:
 * @self: a store that is locked
 * @sha256: the name of an object
 * @max_bytes: how large the object is
 *
 * Reads what came of an object before its transfer broke off. Nothing vouches for it.
 *
 * Returns: (transfer full) (nullable): its first bytes, fewer than @max_bytes
 */
GBytes *
tomo_store_load_begun (TomoStore *self, const char *sha256, size_t max_bytes)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), NULL);
  g_return_val_if_fail (tomo_store_is_locked (self), NULL);
  g_return_val_if_fail (sha256 != NULL, NULL);

  /* Usually there is nothing, and a first sync would look for each of its files. */
  if (!tomo_store_is_sha256 (sha256) || max_bytes == 0 || !self->has_begun)
    return NULL;

  g_autofree char *path = dup_begun_path (self, sha256);
  g_autoptr(GBytes) bytes = tomo_store_file_read (path, max_bytes - 1, NULL);
  return bytes != NULL && g_bytes_get_size (bytes) > 0 ? g_steal_pointer (&bytes) : NULL;
}

/**
 * tomo_store_save_begun:
 * @self: a store that is locked
 * @sha256: the name of an object
 * @bytes: the beginning of it, as far as it came
 * @error: return location for a #GError
 *
 * Keeps the beginning of an object, so that the rest can be fetched another time. Limited in
 * number, size and age; what is over is not kept, which is no failure.
 *
 * On failure this sets %TOMO_ERROR_NO_SPACE or %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_store_save_begun (TomoStore *self, const char *sha256, GBytes *bytes, GError **error)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), FALSE);
  g_return_val_if_fail (tomo_store_is_locked (self), FALSE);
  g_return_val_if_fail (sha256 != NULL && tomo_store_is_sha256 (sha256), FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  g_autofree char *folder = tomo_store_dup_partial_path (self, NULL);
  g_auto(GStrv) names = tomo_store_folder_list (folder, is_begun_name, error);
  unsigned int n_files = 0;
  uint64_t n_bytes = 0;
  if (names == NULL)
    return FALSE;

  for (size_t i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      if (!g_str_has_prefix (names[i], sha256) && !fits (path, &n_files, &n_bytes))
        return TRUE;
    }
  if (n_files >= MAX_BEGUN || g_bytes_get_size (bytes) > MAX_BEGUN_BYTES - n_bytes)
    return TRUE;

  g_autofree char *path = dup_begun_path (self, sha256);
  self->has_begun = TRUE;
  return tomo_store_file_write (path, bytes, error);
}

/**
 * tomo_store_remove_begun:
 * @self: a store that is locked
 * @sha256: the name of an object
 *
 * Forgets what came of an object earlier. If that fails, the limits will see to it.
 */
void
tomo_store_remove_begun (TomoStore *self, const char *sha256)
{
  g_return_if_fail (TOMO_IS_STORE (self));
  g_return_if_fail (tomo_store_is_locked (self));
  g_return_if_fail (sha256 != NULL && tomo_store_is_sha256 (sha256));

  g_autofree char *path = dup_begun_path (self, sha256);
  tomo_store_remove_tree (path, NULL);
}
