/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-repository-private.h"

#include <glib/gstdio.h>

#include "author/pack/tomo-pack-build.h"
#include "author/publish/tomo-campaign-source.h"
#include "author/publish/tomo-public-key-file.h"
#include "core/content/tomo-campaign.h"
#include "core/tomo-error.h"

/* How many keys a demonstration makes for each role. */
static const unsigned int n_demo_keys[] = {
  [TOMO_HUB_ROOT] = 5,      [TOMO_HUB_TARGETS] = 5,  [TOMO_HUB_SNAPSHOT] = 1,
  [TOMO_HUB_TIMESTAMP] = 1, [TOMO_HUB_CAMPAIGN] = 3,
};
G_STATIC_ASSERT (G_N_ELEMENTS (n_demo_keys) == TOMO_N_HUB_ROLES);

/* ‘*’ does not match ‘/’. */
#define MEDIA_PATTERN TOMO_CAMPAIGN_ROLE "/media/*"

static void
role_keys_free (gpointer data)
{
  if (data != NULL)
    tomo_signers_free (data);
}

static char *
dup_demo_key_path (const char *folder, const char *role, unsigned int number)
{
  g_autofree char *name = g_strdup_printf ("%s-%u.pem", role, number);

  return g_build_filename (folder, "keys", name, NULL);
}

/* A folder somebody else fills is left alone. */
static gboolean
check_is_free (const char *folder, GError **error)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);

  if (dir == NULL || g_dir_read_name (dir) == NULL)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
               "‘%s’ is not empty; choose a new folder for the repository", folder);
  return FALSE;
}

static gboolean
make_folders (const char *folder, TomoCampaignKind kind, GError **error)
{
  static const struct
  {
    const char *name;
    int mode;
  } folders[] = {
    { "metadata", 0755 },         { "targets", 0755 },         { "staging", 0700 },
    { "staging/metadata", 0700 }, { "staging/targets", 0700 },
  };

  if (!tomo_repository_make_folder (folder, 0755, error))
    return FALSE;

  for (size_t i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (folder, folders[i].name, NULL);
      if (!tomo_repository_make_folder (path, folders[i].mode, error))
        return FALSE;
    }

  g_autofree char *keys = g_build_filename (folder, "keys", NULL);
  return kind == TOMO_CAMPAIGN_REAL || tomo_repository_make_folder (keys, 0700, error);
}

static TomoSigners *
make_demo_keys (const char *folder, TomoHubRole role, GError **error)
{
  g_autoptr(TomoSigners) keys =
      tomo_signers_new (tomo_hub_role_get_default_threshold (role, n_demo_keys[role]));

  for (unsigned int i = 1; i <= n_demo_keys[role]; i++)
    {
      g_autofree char *path = dup_demo_key_path (folder, tomo_hub_role_get_name (role), i);
      g_autoptr(TomoPrivateKey) key = tomo_private_key_generate (error);
      if (key == NULL || !tomo_private_key_save (key, path, NULL, error))
        return NULL;
      tomo_signers_add (keys, tomo_private_key_get_public (key));
    }

  return g_steal_pointer (&keys);
}

static gboolean
draft_root (TomoRepository *self, TomoSigners *const *hub_keys, GError **error)
{
  g_autoptr(TomoRoleFile) root = tomo_role_file_new ("root");
  json_t *keys = json_object ();
  json_t *roles = json_object ();

  for (TomoHubRole role = TOMO_HUB_ROOT; role <= TOMO_HUB_TIMESTAMP; role++)
    json_object_set_new (roles, tomo_hub_role_get_name (role),
                         tomo_signers_to_json (hub_keys[role], keys));

  json_t *signed_part = tomo_role_file_get_signed (root);
  json_object_set_new (signed_part, "consistent_snapshot", json_true ());
  json_object_set_new (signed_part, "keys", keys);
  json_object_set_new (signed_part, "roles", roles);
  return tomo_repository_save_draft (self, "root", root, error);
}

static gboolean
draft_targets (TomoRepository *self, TomoSigners *campaign_keys, GError **error)
{
  g_autoptr(TomoRoleFile) targets = tomo_role_file_new ("targets");
  json_t *signed_part = tomo_role_file_get_signed (targets);

  json_object_set_new (signed_part, "targets", json_object ());
  json_object_set_new (signed_part, "delegations", json_pack ("{s:{}, s:[]}", "keys", "roles"));
  tomo_repository_delegate (targets, "campaign", campaign_keys,
                            json_pack ("[s, s]", "campaign/*", MEDIA_PATTERN));
  return tomo_repository_save_draft (self, "targets", targets, error);
}

/* A repository from before campaigns had recordings lets the hub publish one file and no more. */
static gboolean
delegate_media (TomoRepository *self, GError **error)
{
  g_autoptr(TomoRoleFile) targets = NULL;
  if (!tomo_repository_load_targets (self, &targets, error))
    return FALSE;

  json_t *delegation = tomo_repository_find_delegation (targets, TOMO_CAMPAIGN_ROLE);
  json_t *paths = json_object_get (delegation, "paths");
  size_t i;
  json_t *path;
  json_array_foreach (paths, i, path)
    if (g_strcmp0 (json_string_value (path), MEDIA_PATTERN) == 0)
      return TRUE;

  json_array_append_new (paths, json_string (MEDIA_PATTERN));
  return tomo_repository_save_draft (self, "targets", targets, error);
}

/* Recordings that the campaign file does not name are not offered for fetching. */
static gboolean
stage_media (TomoRepository *self, json_t *targets, GPtrArray *media, GError **error)
{
  const char *path;
  json_t *target;
  void *next;

  json_object_foreach_safe (targets, next, path, target)
  {
    if (!g_str_equal (path, TOMO_CAMPAIGN_TARGET))
      json_object_del (targets, path);
  }

  for (unsigned int i = 0; i < media->len; i++)
    {
      const TomoBuiltFile *file = g_ptr_array_index (media, i);
      if (!tomo_repository_stage_target (self, targets, file->path, file->bytes, error))
        return FALSE;
    }

  return media->len == 0 || delegate_media (self, error);
}

static gboolean
draft_campaign (TomoRepository *self, GBytes *compiled, GPtrArray *media, GError **error)
{
  g_autoptr(TomoRoleFile) campaign = NULL;
  if (!tomo_repository_load_latest (self, "campaign", &campaign, error))
    return FALSE;

  if (campaign == NULL)
    {
      campaign = tomo_role_file_new ("targets");
      json_object_set_new (tomo_role_file_get_signed (campaign), "targets", json_object ());
    }

  json_t *targets = json_object_get (tomo_role_file_get_signed (campaign), "targets");
  return tomo_repository_stage_target (self, targets, TOMO_CAMPAIGN_TARGET, compiled, error) &&
         stage_media (self, targets, media, error) &&
         tomo_repository_save_draft (self, "campaign", campaign, error);
}

static gboolean
write_settings (const char *folder, TomoCampaignKind kind, GError **error)
{
  static const struct
  {
    const char *key;
    int days;
  } lifetimes[] = {
    { "root-days", 365 },    { "targets-days", 365 },  { "partner-days", 365 },
    { "snapshot-days", 30 }, { "timestamp-days", 30 },
  };
  g_autoptr(GKeyFile) settings = g_key_file_new ();
  g_autofree char *path = g_build_filename (folder, TOMO_REPOSITORY_CONF, NULL);

  g_key_file_set_integer (settings, TOMO_REPOSITORY_GROUP, "format", TOMO_REPOSITORY_FORMAT);
  g_key_file_set_boolean (settings, TOMO_REPOSITORY_GROUP, "demo", kind == TOMO_CAMPAIGN_DEMO);
  for (size_t i = 0; i < G_N_ELEMENTS (lifetimes); i++)
    g_key_file_set_integer (settings, TOMO_REPOSITORY_LIFETIMES, lifetimes[i].key,
                            lifetimes[i].days);

  if (g_key_file_save_to_file (settings, path, error))
    return TRUE;

  tomo_error_convert (error);
  return FALSE;
}

static gboolean
fill (const char *folder,
      GBytes *compiled,
      GPtrArray *media,
      TomoSigners *const *hub_keys,
      int64_t now_secs,
      TomoRepository **out_self,
      GError **error)
{
  g_autoptr(TomoRepository) self =
      tomo_repository_open (folder, TOMO_REPOSITORY_WRITE, now_secs, error);

  if (self == NULL || !draft_root (self, hub_keys, error) ||
      !draft_targets (self, hub_keys[TOMO_HUB_CAMPAIGN], error) ||
      !draft_campaign (self, compiled, media, error))
    return FALSE;

  *out_self = g_steal_pointer (&self);
  return TRUE;
}

/**
 * tomo_repository_create:
 * @folder: a folder that is empty or does not exist
 * @campaign_conf: the campaign's source, such as content/campaign.conf
 * @hub_keys: (array fixed-size=5) (nullable): public keys by #TomoHubRole; %NULL makes a
 *   demonstration with keys of its own, which every card of it will say
 * @now_secs: the time
 * @error: return location for a #GError
 *
 * Makes a repository with drafts of root, targets and campaign. In a demonstration they are
 * signed; else their owners sign next.
 *
 * On failure this sets a #TomoError, such as %TOMO_ERROR_INVALID_DATA for the campaign's source.
 *
 * Returns: (transfer full): the repository, opened for writing
 */
TomoRepository *
tomo_repository_create (const char *folder,
                        const char *campaign_conf,
                        TomoSigners *const hub_keys[TOMO_N_HUB_ROLES],
                        int64_t now_secs,
                        GError **error)
{
  g_return_val_if_fail (folder != NULL && campaign_conf != NULL, NULL);

  TomoCampaignKind kind = hub_keys == NULL ? TOMO_CAMPAIGN_DEMO : TOMO_CAMPAIGN_REAL;
  for (TomoHubRole role = 0; hub_keys != NULL && role < TOMO_N_HUB_ROLES; role++)
    if (!tomo_signers_check (hub_keys[role], tomo_hub_role_get_name (role), error))
      return NULL;

  /* All that can be wrong with the input is found before anything is written. */
  g_autoptr(GPtrArray) media = NULL;
  g_autoptr(GBytes) compiled = tomo_campaign_source_compile (campaign_conf, kind, &media, error);
  if (compiled == NULL || !check_is_free (folder, error) || !make_folders (folder, kind, error))
    return NULL;

  g_autoptr(GPtrArray) made = g_ptr_array_new_with_free_func (role_keys_free);
  for (TomoHubRole role = 0; hub_keys == NULL && role < TOMO_N_HUB_ROLES; role++)
    {
      TomoSigners *keys = make_demo_keys (folder, role, error);
      if (keys == NULL)
        return NULL;
      g_ptr_array_add (made, keys);
    }

  TomoSigners *const *used = hub_keys != NULL ? hub_keys : (TomoSigners **) made->pdata;
  TomoRepository *self = NULL;
  if (!write_settings (folder, kind, error) ||
      !fill (folder, compiled, media, used, now_secs, &self, error))
    return NULL;

  return self;
}

/**
 * tomo_repository_stage_campaign:
 * @self: a repository
 * @campaign_conf: the campaign's source
 * @error: return location for a #GError
 *
 * Drafts a new campaign file, for example after a partner came.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_repository_stage_campaign (TomoRepository *self, const char *campaign_conf, GError **error)
{
  g_return_val_if_fail (self != NULL && campaign_conf != NULL, FALSE);

  TomoCampaignKind kind = tomo_repository_is_demo (self) ? TOMO_CAMPAIGN_DEMO : TOMO_CAMPAIGN_REAL;
  g_autoptr(GPtrArray) media = NULL;
  g_autoptr(GBytes) compiled = tomo_campaign_source_compile (campaign_conf, kind, &media, error);

  return compiled != NULL && draft_campaign (self, compiled, media, error);
}

static TomoPrivateKey *
load_demo_key (TomoRepository *self, const char *role, unsigned int number, GError **error)
{
  g_autofree char *path = dup_demo_key_path (self->folder, role, number);

  return tomo_private_key_load (path, NULL, NULL, error);
}

/* (element-type TomoPrivateKey): those of the demonstration's keys of @role that are @allowed, as
 * many as must sign. Elsewhere, or where they were rotated out, there are none. */
GPtrArray *
tomo_repository_load_demo_keys (TomoRepository *self,
                                const char *role,
                                TomoSigners *allowed,
                                GError **error)
{
  g_autoptr(GPtrArray) keys =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_private_key_unref);

  for (TomoHubRole r = 0; r < TOMO_N_HUB_ROLES; r++)
    {
      if (!g_str_equal (tomo_hub_role_get_name (r), role) || !tomo_repository_is_demo (self))
        continue;

      for (unsigned int i = 1; i <= n_demo_keys[r] && keys->len < allowed->threshold; i++)
        {
          g_autoptr(TomoPrivateKey) key = load_demo_key (self, role, i, error);
          if (key == NULL)
            return NULL;
          if (tomo_signers_find_id (allowed, tomo_private_key_get_public (key)) != NULL)
            g_ptr_array_add (keys, g_steal_pointer (&key));
        }
    }

  return g_steal_pointer (&keys);
}
