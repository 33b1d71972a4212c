/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "core/tomo-config-private.h"
#include "core/tomo-error.h"

/* Where `campaign add` writes: root has a file for each campaign, everybody else has one. */
static char *
dup_writable_file (const char *name)
{
  const char *only = g_getenv ("TOMOSHIBI_CONFIG");
  if (only != NULL)
    return g_strdup (only);
  if (geteuid () != 0)
    return tomo_config_dup_user_file ();

  g_autofree char *folder = tomo_config_dup_system_folder ();
  g_autofree char *base = g_strconcat (name, ".conf", NULL);
  return g_build_filename (folder, "conf.d", base, NULL);
}

static char *
dup_root_path (const char *config_path, const char *name)
{
  g_autofree char *folder = g_path_get_dirname (config_path);
  g_autofree char *base = g_strconcat (name, ".root.json", NULL);
  return g_build_filename (folder, base, NULL);
}

static GKeyFile *
load_for_editing (const char *path, GError **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) local_error = NULL;

  if (!g_key_file_load_from_file (
          file, path, G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS, &local_error) &&
      !g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: %s", path,
                   local_error->message);
      return NULL;
    }

  return g_steal_pointer (&file);
}

/* What root configures is for all users of the machine, above all for the kiosk’s, whatever the
 * umask of root; what anybody else configures is his own. */
static gboolean
make_public (const char *path, int mode, GError **error)
{
  if (geteuid () != 0 || g_chmod (path, mode) == 0)
    return TRUE;

  tomo_set_error_from_errno (error, errno, "changing the mode of %s", path);
  return FALSE;
}

static gboolean
make_folder (const char *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;

  g_autofree char *parent = g_path_get_dirname (path);
  if (!make_folder (parent, error))
    return FALSE;

  if (g_mkdir (path, 0755) != 0 && errno != EEXIST)
    {
      tomo_set_error_from_errno (error, errno, "making %s", path);
      return FALSE;
    }

  return make_public (path, 0755, error);
}

static gboolean
save (const char *path, const char *data, size_t length, GError **error)
{
  if (!g_file_set_contents (path, data, (gssize) length, error))
    {
      tomo_error_convert (error);
      return FALSE;
    }

  return make_public (path, 0644, error);
}

static gboolean
save_edited (GKeyFile *file, const char *path, GError **error)
{
  size_t length = 0;
  g_autofree char *text = g_key_file_to_data (file, &length, NULL);

  return save (path, text, length, error);
}

static void
set_number (GKeyFile *file,
            const char *group,
            const char *key,
            unsigned int number,
            unsigned int usual)
{
  if (number != usual)
    g_key_file_set_uint64 (file, group, key, number);
}

/* What is as usual is not written, so that a later release may choose better. */
static void
write_demands (GKeyFile *file, const char *group, const TomoCampaignConfig *campaign)
{
  set_number (file, group, "max-age-days", campaign->max_age_days, 0);
  set_number (file, group, "max-partner-targets", campaign->max_partner_targets,
              TOMO_CONFIG_MAX_PARTNER_TARGETS);
  set_number (file, group, "max-partner-mbytes", campaign->max_partner_mbytes,
              TOMO_CONFIG_MAX_PARTNER_MBYTES);
  if (campaign->expired_content == TOMO_EXPIRED_CONTENT_HIDE)
    g_key_file_set_string (file, group, "expired-content", "hide");
}

/**
 * tomo_config_add_campaign:
 * @campaign: what to write; its `root` is ignored
 * @root: the first trusted root, which is copied beside the configuration
 * @out_file: (out) (transfer full) (optional): the file that was written
 * @error: return location for a #GError
 *
 * Adds @campaign to the configuration, or replaces what was configured under its name. Nothing
 * in @root is verified here.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA for a bad name, or the code of the failed write.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_config_add_campaign (const TomoCampaignConfig *campaign,
                          GBytes *root,
                          char **out_file,
                          GError **error)
{
  if (!tomo_config_check_name (campaign->name, "campaign add", error))
    return FALSE;

  g_autofree char *path = dup_writable_file (campaign->name);
  g_autofree char *folder = g_path_get_dirname (path);
  if (!make_folder (folder, error))
    return FALSE;

  g_autoptr(GKeyFile) file = load_for_editing (path, error);
  if (file == NULL)
    return FALSE;

  g_autofree char *root_path = dup_root_path (path, campaign->name);
  g_autofree char *root_base = g_path_get_basename (root_path);
  size_t root_size;
  const char *root_data = g_bytes_get_data (root, &root_size);
  if (!save (root_path, root_data, root_size, error))
    return FALSE;

  static const char *const all[] = { "*" };
  g_autofree char *group = g_strconcat (TOMO_CONFIG_GROUP_PREFIX, campaign->name, NULL);
  g_key_file_remove_group (file, group, NULL);
  g_key_file_set_string_list (file, group, "urls", (const char *const *) campaign->urls,
                              g_strv_length (campaign->urls));
  g_key_file_set_string (file, group, "root", root_base);
  if (campaign->root_sha256 != NULL)
    g_key_file_set_string (file, group, "root-sha256", campaign->root_sha256);
  g_key_file_set_string_list (file, group, "partners",
                              campaign->partners != NULL ? (const char *const *) campaign->partners
                                                         : all,
                              campaign->partners != NULL ? g_strv_length (campaign->partners) : 1);
  g_key_file_set_string_list (
      file, group, "languages",
      campaign->languages != NULL ? (const char *const *) campaign->languages : all,
      campaign->languages != NULL ? g_strv_length (campaign->languages) : 1);
  write_demands (file, group, campaign);

  if (!save_edited (file, path, error))
    return FALSE;

  if (out_file != NULL)
    *out_file = g_steal_pointer (&path);
  return TRUE;
}

/**
 * tomo_config_remove_campaign:
 * @name: the name of a campaign
 * @out_file: (out) (transfer full) (optional): the file that was changed
 * @error: return location for a #GError
 *
 * Removes @name and its copied root from the file that tomo_config_add_campaign() writes.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND, naming that file, if @name is not in it.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_config_remove_campaign (const char *name, char **out_file, GError **error)
{
  if (!tomo_config_check_name (name, "campaign remove", error))
    return FALSE;

  g_autofree char *path = dup_writable_file (name);
  g_autofree char *group = g_strconcat (TOMO_CONFIG_GROUP_PREFIX, name, NULL);
  g_autoptr(GKeyFile) file = load_for_editing (path, error);
  if (file == NULL)
    return FALSE;

  if (!g_key_file_remove_group (file, group, NULL))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "%s does not configure the campaign ‘%s’; remove it from the file that does",
                   path, name);
      return FALSE;
    }

  g_auto(GStrv) groups = g_key_file_get_groups (file, NULL);
  if (groups[0] == NULL)
    g_unlink (path);
  else if (!save_edited (file, path, error))
    return FALSE;

  g_autofree char *root_path = dup_root_path (path, name);
  g_unlink (root_path);

  if (out_file != NULL)
    *out_file = g_steal_pointer (&path);
  return TRUE;
}
