/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/tomo-config.h"

#include <string.h>

#include "core/tomo-config-private.h"
#include "core/tomo-error.h"

/* A configuration file is written by hand or by `campaign add`; 64 campaigns need less. */
#define MAX_FILE_BYTES (256 * 1024)

struct _TomoConfig
{
  char *store_path;       /* (owned) (not nullable) */
  TomoKioskConfig *kiosk; /* (owned) (not nullable) */
  GPtrArray *campaigns;   /* (owned) (element-type TomoCampaignConfig): in the order first named */
};

GBytes *
tomo_config_load_limited (const char *path, size_t max_bytes, GError **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, NULL, error);
  if (stream == NULL)
    {
      tomo_error_convert (error);
      return NULL;
    }

  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_byte_array_set_size (bytes, (unsigned int) max_bytes + 1);
  size_t n_read = 0;
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), bytes->data, max_bytes + 1, &n_read, NULL,
                                error))
    {
      tomo_error_convert (error);
      g_prefix_error (error, "reading %s: ", path);
      return NULL;
    }

  if (n_read > max_bytes)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s is larger than the limit of %" G_GSIZE_FORMAT " bytes", path, max_bytes);
      return NULL;
    }

  g_byte_array_set_size (bytes, (unsigned int) n_read);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/**
 * tomo_config_is_campaign_name:
 * @name: foreign text
 *
 * Tells whether a campaign can be called @name on a machine: small letters a-z, digits and ‘-’, at
 * most 40 and not ‘-’ first.
 *
 * Returns: %TRUE if it can
 */
gboolean
tomo_config_is_campaign_name (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  return g_regex_match_simple ("^[a-z0-9][a-z0-9-]{0,39}$", name, G_REGEX_DOLLAR_ENDONLY, 0);
}

gboolean
tomo_config_check_name (const char *name, const char *where, GError **error)
{
  if (tomo_config_is_campaign_name (name))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "%s: ‘%s’ cannot name a campaign; use small letters a-z, digits and ‘-’, "
               "at most 40",
               where, name);
  return FALSE;
}

gboolean
tomo_config_refuse_value (const TomoConfigGroup *from,
                          const char *key,
                          const char *value,
                          const char *wanted,
                          GError **error)
{
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "%s: [%s] %s=%s is not understood; write %s", from->path, from->group, key, value,
               wanted);
  return FALSE;
}

gboolean
tomo_config_merge_number (const TomoConfigGroup *from,
                          const char *key,
                          unsigned int min,
                          unsigned int max,
                          unsigned int *number,
                          GError **error)
{
  g_autofree char *value = g_key_file_get_string (from->file, from->group, key, NULL);
  uint64_t parsed = 0;
  if (value == NULL)
    return TRUE;

  if (!g_ascii_string_to_unsigned (value, 10, min, max, &parsed, NULL))
    {
      g_autofree char *wanted = g_strdup_printf ("a whole number from %u to %u", min, max);
      return tomo_config_refuse_value (from, key, value, wanted, error);
    }

  *number = (unsigned int) parsed;
  return TRUE;
}

/* A newer release may know more keys; a slip of the fingers is found with G_MESSAGES_DEBUG=all. */
void
tomo_config_mention_unknown_keys (const TomoConfigGroup *from, const char *const *known)
{
  g_auto(GStrv) keys = g_key_file_get_keys (from->file, from->group, NULL, NULL);

  for (size_t i = 0; keys != NULL && keys[i] != NULL; i++)
    if (!g_strv_contains (known, keys[i]))
      g_debug ("%s: [%s] %s= is not known here", from->path, from->group, keys[i]);
}

static TomoCampaignConfig *
find_campaign (TomoConfig *self, const char *name)
{
  for (unsigned int i = 0; i < self->campaigns->len; i++)
    {
      TomoCampaignConfig *campaign = g_ptr_array_index (self->campaigns, i);
      if (g_str_equal (campaign->name, name))
        return campaign;
    }

  return NULL;
}

static gboolean
merge_file (TomoConfig *self, const char *path, gboolean is_kiosk_fixed, GError **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GBytes) bytes = tomo_config_load_limited (path, MAX_FILE_BYTES, error);
  if (bytes == NULL)
    return FALSE;

  if (!g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, error))
    {
      (*error)->domain = TOMO_ERROR;
      (*error)->code = TOMO_ERROR_INVALID_DATA;
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }

  g_autofree char *store = g_key_file_get_string (file, "store", "path", NULL);
  if (store != NULL && store[0] != '\0')
    {
      g_free (self->store_path);
      self->store_path = g_steal_pointer (&store);
    }

  g_auto(GStrv) groups = g_key_file_get_groups (file, NULL);
  for (char **group = groups; *group != NULL; group++)
    {
      TomoConfigGroup from = { file, *group, path };

      if (g_str_equal (*group, "kiosk") && !is_kiosk_fixed &&
          !tomo_kiosk_config_merge (self->kiosk, &from, error))
        return FALSE;
      if (!g_str_has_prefix (*group, TOMO_CONFIG_GROUP_PREFIX))
        continue;

      const char *name = *group + strlen (TOMO_CONFIG_GROUP_PREFIX);
      if (!tomo_config_check_name (name, path, error))
        return FALSE;

      TomoCampaignConfig *campaign = find_campaign (self, name);
      if (campaign == NULL)
        {
          campaign = tomo_campaign_config_new (name);
          g_ptr_array_add (self->campaigns, campaign);
        }

      if (!tomo_campaign_config_merge (campaign, &from, error))
        return FALSE;
    }

  return TRUE;
}

/* The files from the @n_system-th on are a user's own. They count less where the machine is locked:
 * else a pupil would unlock it with a file in a home folder. */
TomoConfig *
tomo_config_load_layers (const char *const *files, size_t n_system, GError **error)
{
  g_autoptr(TomoConfig) self = g_new0 (TomoConfig, 1);
  g_autoptr(GError) local_error = NULL;
  self->store_path = g_strdup ("");
  self->kiosk = tomo_kiosk_config_new ();
  self->campaigns = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_campaign_config_free);

  for (size_t i = 0; files[i] != NULL; i++)
    {
      gboolean is_kiosk_fixed = i >= n_system && tomo_kiosk_config_is_locked (self->kiosk);
      if (merge_file (self, files[i], is_kiosk_fixed, &local_error))
        continue;
      if (!g_error_matches (local_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      g_clear_error (&local_error);
    }

  return g_steal_pointer (&self);
}

/**
 * tomo_config_load_files:
 * @files: (array zero-terminated=1): paths, the weakest layer first
 * @error: return location for a #GError
 *
 * Reads @files; a later one overrides an earlier one key by key, and a list replaces a list.
 * Files that do not exist are passed over.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, naming the file.
 *
 * Returns: (transfer full): what is configured
 */
TomoConfig *
tomo_config_load_files (const char *const *files, GError **error)
{
  return tomo_config_load_layers (files, SIZE_MAX, error);
}

char *
tomo_config_dup_system_folder (void)
{
  return g_build_filename (SYSCONFDIR, "tomoshibi", NULL);
}

char *
tomo_config_dup_user_file (void)
{
  return g_build_filename (g_get_user_config_dir (), "tomoshibi", "tomoshibi.conf", NULL);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* conf.d is read in byte order, as everywhere. */
static void
add_drop_ins (GPtrArray *files, const char *folder)
{
  g_autofree char *drop_in_folder = g_build_filename (folder, "conf.d", NULL);
  g_autoptr(GDir) dir = g_dir_open (drop_in_folder, 0, NULL);
  g_autoptr(GPtrArray) found = g_ptr_array_new ();

  if (dir == NULL)
    return;

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    if (g_str_has_suffix (name, ".conf"))
      g_ptr_array_add (found, g_build_filename (drop_in_folder, name, NULL));

  g_ptr_array_sort (found, compare_strings);
  for (unsigned int i = 0; i < found->len; i++)
    g_ptr_array_add (files, g_ptr_array_index (found, i));
}

/**
 * tomo_config_load:
 * @layers: which layers count
 * @error: return location for a #GError
 *
 * Reads the configuration of this machine in the layers of design.md section 10. If the
 * environment names a file in `TOMOSHIBI_CONFIG`, that file stands for all layers: for trying
 * things out beside an installed configuration.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, naming the file.
 *
 * Returns: (transfer full): what is configured
 */
TomoConfig *
tomo_config_load (TomoConfigLayers layers, GError **error)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  const char *only = g_getenv ("TOMOSHIBI_CONFIG");

  if (only != NULL)
    {
      g_ptr_array_add (files, g_strdup (only));
    }
  else
    {
      g_autofree char *folder = tomo_config_dup_system_folder ();
      g_ptr_array_add (files, g_build_filename (PKGDATADIR, "tomoshibi.conf", NULL));
      g_ptr_array_add (files, g_build_filename (folder, "tomoshibi.conf", NULL));
      add_drop_ins (files, folder);
    }
  size_t n_system = files->len;
  if (only == NULL && layers == TOMO_CONFIG_ALL_LAYERS)
    g_ptr_array_add (files, tomo_config_dup_user_file ());
  g_ptr_array_add (files, NULL);

  return tomo_config_load_layers ((const char *const *) files->pdata, n_system, error);
}

void
tomo_config_free (TomoConfig *self)
{
  g_free (self->store_path);
  tomo_kiosk_config_free (self->kiosk);
  g_ptr_array_unref (self->campaigns);
  g_free (self);
}

/**
 * tomo_config_get_store_path:
 * @self: a configuration
 *
 * Returns: (nullable): `[store] path=`, or %NULL if the default holds
 */
const char *
tomo_config_get_store_path (TomoConfig *self)
{
  return self->store_path[0] != '\0' ? self->store_path : NULL;
}

/**
 * tomo_config_list_campaigns:
 * @self: a configuration
 *
 * Returns: (transfer full) (array zero-terminated=1): names, in the order of the files
 */
char **
tomo_config_list_campaigns (TomoConfig *self)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  for (unsigned int i = 0; i < self->campaigns->len; i++)
    {
      TomoCampaignConfig *campaign = g_ptr_array_index (self->campaigns, i);
      g_strv_builder_add (names, campaign->name);
    }

  return g_strv_builder_end (names);
}

/**
 * tomo_config_dup_campaign:
 * @self: a configuration
 * @name: the name of a campaign
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND.
 *
 * Returns: (transfer full): what is configured for @name
 */
TomoCampaignConfig *
tomo_config_dup_campaign (TomoConfig *self, const char *name, GError **error)
{
  TomoCampaignConfig *campaign = find_campaign (self, name);

  if (campaign == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "no campaign ‘%s’ is configured; ‘tomoctl campaign list’ shows those that are",
                   name);
      return NULL;
    }

  return tomo_campaign_config_copy (campaign);
}

/**
 * tomo_config_get_kiosk:
 * @self: a configuration
 *
 * Returns: (transfer none): `[kiosk]`, with the defaults where nothing is said
 */
const TomoKioskConfig *
tomo_config_get_kiosk (TomoConfig *self)
{
  return self->kiosk;
}
