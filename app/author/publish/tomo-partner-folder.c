/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-partner-folder.h"

#include <errno.h>
#include <string.h>

#include "core/tomo-error.h"

#define GROUP_PARTNER "partner"
#define GROUP_CAMPAIGN "campaign"
#define FORMAT 1

struct _TomoPartnerFolder
{
  char *path;        /* (owned) */
  GKeyFile *conf;    /* (owned) */
  char *partner;     /* (owned) */
  char *address;     /* (owned) (nullable) */
  char *fingerprint; /* (owned) (nullable): SHA-256 of a root file that was verified once */
};

/**
 * tomo_partner_folder_free:
 * @self: (transfer full): a partner's folder
 */
void
tomo_partner_folder_free (TomoPartnerFolder *self)
{
  g_free (self->path);
  g_clear_pointer (&self->conf, g_key_file_unref);
  g_free (self->partner);
  g_free (self->address);
  g_free (self->fingerprint);
  g_free (self);
}

static char *
dup_conf_path (const char *path)
{
  return g_build_filename (path, TOMO_PARTNER_CONF, NULL);
}

static char *
dup_setting (GKeyFile *conf, const char *group, const char *key)
{
  g_autofree char *value = g_key_file_get_string (conf, group, key, NULL);

  return value != NULL && *value != '\0' ? g_steal_pointer (&value) : NULL;
}

/**
 * tomo_partner_folder_open:
 * @path: a folder made by `tomopress partner init`
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if it is none, %TOMO_ERROR_UNSUPPORTED for a later
 * format, %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full): the folder
 */
TomoPartnerFolder *
tomo_partner_folder_open (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autofree char *conf_path = dup_conf_path (path);
  g_autoptr(TomoPartnerFolder) self = g_new0 (TomoPartnerFolder, 1);
  self->path = g_strdup (path);
  self->conf = g_key_file_new ();

  if (!g_key_file_load_from_file (self->conf, conf_path,
                                  G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS, error))
    {
      tomo_error_convert (error);
      g_prefix_error (
          error, "‘%s’ is not a partner's folder; make one with ‘tomopress partner init’: ", path);
      return NULL;
    }

  int format = g_key_file_get_integer (self->conf, GROUP_PARTNER, "format", NULL);
  if (format != FORMAT)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
                   "‘%s’ says format %d, this program knows %d; update the program", conf_path,
                   format, FORMAT);
      return NULL;
    }

  self->partner = dup_setting (self->conf, GROUP_PARTNER, "short-name");
  self->address = dup_setting (self->conf, GROUP_CAMPAIGN, "address");
  self->fingerprint = dup_setting (self->conf, GROUP_CAMPAIGN, "fingerprint");
  if (self->partner == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "‘%s’ lacks ‘short-name=’",
                   conf_path);
      return NULL;
    }

  return g_steal_pointer (&self);
}

const char *
tomo_partner_folder_get_path (TomoPartnerFolder *self)
{
  return self->path;
}

const char *
tomo_partner_folder_get_partner (TomoPartnerFolder *self)
{
  return self->partner;
}

const char *
tomo_partner_folder_get_address (TomoPartnerFolder *self)
{
  return self->address;
}

const char *
tomo_partner_folder_get_fingerprint (TomoPartnerFolder *self)
{
  return self->fingerprint;
}

static gboolean
save (GKeyFile *conf, const char *path, GError **error)
{
  g_autofree char *conf_path = dup_conf_path (path);

  if (g_key_file_save_to_file (conf, conf_path, error))
    return TRUE;

  tomo_error_convert (error);
  return FALSE;
}

/**
 * tomo_partner_folder_open_or_start:
 * @path: a folder, which may not exist
 * @partner: whose it shall be
 * @error: return location for a #GError
 *
 * Opens the folder of one who signs but does not write; makes it the first time.
 *
 * Returns: (transfer full): the folder
 */
TomoPartnerFolder *
tomo_partner_folder_open_or_start (const char *path, const char *partner, GError **error)
{
  g_return_val_if_fail (path != NULL && partner != NULL, NULL);

  g_autofree char *conf_path = dup_conf_path (path);
  if (!g_file_test (conf_path, G_FILE_TEST_EXISTS))
    {
      g_autoptr(GKeyFile) conf = g_key_file_new ();
      g_key_file_set_integer (conf, GROUP_PARTNER, "format", FORMAT);
      g_key_file_set_string (conf, GROUP_PARTNER, "short-name", partner);
      if (g_mkdir_with_parents (path, 0700) != 0)
        {
          tomo_set_error_from_errno (error, errno, "cannot make the folder ‘%s’", path);
          return NULL;
        }
      if (!save (conf, path, error))
        return NULL;
    }

  return tomo_partner_folder_open (path, error);
}

/**
 * tomo_partner_folder_pin:
 * @self: a partner's folder
 * @address: where the campaign is published, or a folder
 * @fingerprint: SHA-256 of its root file, which somebody has compared
 * @error: return location for a #GError
 *
 * Remembers which campaign this is.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_partner_folder_pin (TomoPartnerFolder *self,
                         const char *address,
                         const char *fingerprint,
                         GError **error)
{
  g_return_val_if_fail (self != NULL && address != NULL && fingerprint != NULL, FALSE);

  if (g_strcmp0 (self->address, address) == 0 && g_strcmp0 (self->fingerprint, fingerprint) == 0)
    return TRUE;

  g_key_file_set_string (self->conf, GROUP_CAMPAIGN, "address", address);
  g_key_file_set_string (self->conf, GROUP_CAMPAIGN, "fingerprint", fingerprint);
  if (!save (self->conf, self->path, error))
    return FALSE;

  /* What is given may be what is known. */
  g_autofree char *known_address = g_steal_pointer (&self->address);
  g_autofree char *known_fingerprint = g_steal_pointer (&self->fingerprint);
  self->address = g_strdup (address);
  self->fingerprint = g_strdup (fingerprint);
  return TRUE;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * tomo_partner_folder_list_packs:
 * @self: a partner's folder
 * @role: the partner itself, or a joint role it belongs to
 * @error: return location for a #GError
 *
 * Lists the folders of the packs that @role publishes: those in packs/, or in a folder named like
 * the joint role.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if there is no such folder.
 *
 * Returns: (transfer full): paths, sorted; perhaps none
 */
GStrv
tomo_partner_folder_list_packs (TomoPartnerFolder *self, const char *role, GError **error)
{
  g_return_val_if_fail (self != NULL && role != NULL, NULL);

  const char *name = g_str_equal (role, self->partner) ? "packs" : role;
  g_autofree char *path = g_build_filename (self->path, name, NULL);
  g_autoptr(GPtrArray) packs = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (path, 0, error);

  if (dir == NULL)
    {
      tomo_error_convert (error);
      g_prefix_error (error, "the packs of %s lie in ‘%s’: ", role, path);
      return NULL;
    }

  for (const char *child = g_dir_read_name (dir); child != NULL; child = g_dir_read_name (dir))
    {
      g_autofree char *pack = g_build_filename (path, child, NULL);
      g_autofree char *xml = g_build_filename (pack, "pack.xml", NULL);
      if (g_file_test (xml, G_FILE_TEST_EXISTS))
        g_ptr_array_add (packs, g_steal_pointer (&pack));
    }

  g_ptr_array_sort (packs, compare_paths);
  g_ptr_array_add (packs, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&packs), FALSE);
}
