/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>
#include <sys/stat.h>

#include "core/store/tomo-store-file-private.h"
#include "core/store/tomo-store-private.h"
#include "core/tomo-error.h"

#define MAX_NAME_CHARS 40
/* The name of a role takes up to 200 when percent-encoded; we put something before and behind. */
#define MAX_METADATA_NAME_CHARS 220

static gboolean
has_only (const char *string, const char *chars, size_t max_length)
{
  size_t length = strspn (string, chars);

  return length > 0 && length <= max_length && string[length] == '\0';
}

static gboolean
is_campaign_name (const char *name)
{
  return has_only (name, "abcdefghijklmnopqrstuvwxyz0123456789-", MAX_NAME_CHARS) && name[0] != '-';
}

/* Names of roles are percent-encoded, so that this covers all of them. */
static gboolean
is_metadata_name (const char *name)
{
  return has_only (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~%-",
                   MAX_METADATA_NAME_CHARS) &&
         name[0] != '.';
}

gboolean
tomo_store_check_campaign (const char *campaign, GError **error)
{
  if (is_campaign_name (campaign))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "‘%.60s’ is not a name of a campaign: use a-z, 0-9 and ‘-’, at most %d", campaign,
               MAX_NAME_CHARS);
  return FALSE;
}

static gboolean
check_metadata_name (const char *name, GError **error)
{
  if (is_metadata_name (name))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "‘%.60s’ is not a name of metadata",
               name);
  return FALSE;
}

/**
 * tomo_store_list_campaigns:
 * @self: a store
 * @error: return location for a #GError
 *
 * Lists the campaigns that something is stored of. A store that does not exist has none.
 *
 * Returns: (transfer full): names, sorted, %NULL-terminated
 */
char **
tomo_store_list_campaigns (TomoStore *self, GError **error)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), NULL);

  g_autofree char *path = g_build_filename (tomo_store_get_path (self), "campaigns", NULL);
  return tomo_store_folder_list (path, is_campaign_name, error);
}

/**
 * tomo_store_dup_campaign_path:
 * @self: a store
 * @campaign: a name
 *
 * Gives the folder of a campaign, for monitoring; it need not exist.
 *
 * Returns: (transfer full) (nullable): a path, or %NULL if @campaign is not a name
 */
char *
tomo_store_dup_campaign_path (TomoStore *self, const char *campaign)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), NULL);
  g_return_val_if_fail (campaign != NULL, NULL);

  return is_campaign_name (campaign)
             ? g_build_filename (tomo_store_get_path (self), "campaigns", campaign, NULL)
             : NULL;
}

/**
 * tomo_store_load_metadata:
 * @self: a store
 * @campaign: whose
 * @name: which file, such as ‘1.root.json’
 * @max_bytes: the most it may have
 * @error: return location for a #GError
 *
 * Reads a cached file of metadata. Nothing vouches for it: verify it like one from the network.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND, %TOMO_ERROR_INVALID_DATA or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
tomo_store_load_metadata (TomoStore *self,
                          const char *campaign,
                          const char *name,
                          size_t max_bytes,
                          GError **error)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), NULL);
  g_return_val_if_fail (campaign != NULL && name != NULL, NULL);

  if (!tomo_store_check_campaign (campaign, error) || !check_metadata_name (name, error))
    return NULL;

  g_autofree char *path =
      g_build_filename (tomo_store_get_path (self), "campaigns", campaign, "metadata", name, NULL);
  return tomo_store_file_read (path, max_bytes, error);
}

/**
 * tomo_store_get_metadata_secs:
 * @self: a store
 * @campaign: whose
 * @name: which file
 *
 * Says when a cached file of metadata was written.
 *
 * Returns: seconds since 1970; 0 if there is none
 */
int64_t
tomo_store_get_metadata_secs (TomoStore *self, const char *campaign, const char *name)
{
  struct stat status;

  g_return_val_if_fail (TOMO_IS_STORE (self), 0);
  g_return_val_if_fail (campaign != NULL && name != NULL, 0);

  if (!is_campaign_name (campaign) || !is_metadata_name (name))
    return 0;

  g_autofree char *path =
      g_build_filename (tomo_store_get_path (self), "campaigns", campaign, "metadata", name, NULL);
  return (lstat (path, &status) == 0) ? (int64_t) status.st_mtime : 0;
}

/**
 * tomo_store_save_metadata:
 * @self: a store that is locked
 * @campaign: whose
 * @name: which file
 * @bytes: what was verified
 * @error: return location for a #GError
 *
 * Keeps a file of metadata. The next commit of a generation, or the system, brings it to the disk:
 * it is verified again when it is read.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA for names, %TOMO_ERROR_NO_SPACE, or
 * %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_store_save_metadata (TomoStore *self,
                          const char *campaign,
                          const char *name,
                          GBytes *bytes,
                          GError **error)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), FALSE);
  g_return_val_if_fail (tomo_store_is_locked (self), FALSE);
  g_return_val_if_fail (campaign != NULL && name != NULL && bytes != NULL, FALSE);

  if (!tomo_store_check_campaign (campaign, error) || !check_metadata_name (name, error))
    return FALSE;

  g_autofree char *campaign_path =
      g_build_filename (tomo_store_get_path (self), "campaigns", campaign, NULL);
  g_autofree char *folder = g_build_filename (campaign_path, "metadata", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *partial = tomo_store_dup_partial_path (self, "metadata");
  g_autoptr(GError) local_error = NULL;
  if (!tomo_store_file_write (partial, bytes, error))
    return FALSE;
  if (tomo_store_file_rename (partial, path, &local_error))
    return TRUE;

  /* The folders are there but for the first file. */
  if (!g_error_matches (local_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return tomo_store_folder_make (campaign_path, TOMO_STORE_FOLDER_MODE, error) &&
         tomo_store_folder_make (folder, TOMO_STORE_FOLDER_MODE, error) &&
         tomo_store_file_rename (partial, path, error);
}

/**
 * tomo_store_remove_metadata:
 * @self: a store that is locked
 * @campaign: whose
 * @name: which file; if it is not there, that is fine
 * @error: return location for a #GError
 *
 * Forgets a file of metadata.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA for names, or %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE if it is not there now
 */
gboolean
tomo_store_remove_metadata (TomoStore *self, const char *campaign, const char *name, GError **error)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), FALSE);
  g_return_val_if_fail (tomo_store_is_locked (self), FALSE);
  g_return_val_if_fail (campaign != NULL && name != NULL, FALSE);

  if (!tomo_store_check_campaign (campaign, error) || !check_metadata_name (name, error))
    return FALSE;

  g_autofree char *path =
      g_build_filename (tomo_store_get_path (self), "campaigns", campaign, "metadata", name, NULL);
  return tomo_store_remove_tree (path, error);
}

/**
 * tomo_store_remove_campaign:
 * @self: a store that is locked
 * @campaign: which; if it is not there, that is fine
 * @error: return location for a #GError
 *
 * Removes a campaign at once. Its objects go with the next tomo_store_collect().
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA for the name, or %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE if it is not there now
 */
gboolean
tomo_store_remove_campaign (TomoStore *self, const char *campaign, GError **error)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), FALSE);
  g_return_val_if_fail (tomo_store_is_locked (self), FALSE);
  g_return_val_if_fail (campaign != NULL, FALSE);

  if (!tomo_store_check_campaign (campaign, error))
    return FALSE;

  g_autofree char *path =
      g_build_filename (tomo_store_get_path (self), "campaigns", campaign, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  g_autofree char *partial = tomo_store_dup_partial_path (self, "removed");
  return tomo_store_remove_tree (partial, error) && tomo_store_file_rename (path, partial, error) &&
         tomo_store_remove_tree (partial, error);
}
