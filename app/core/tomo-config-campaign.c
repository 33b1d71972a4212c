/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-config-private.h"

#include <string.h>

#include "core/tomo-digest.h"
#include "core/tomo-error.h"
#include "core/trust/tomo-trusted-set.h"

static const char *const keys[] = {
  "urls",
  "root",
  "root-sha256",
  "partners",
  "languages",
  "max-age-days",
  "expired-content",
  "max-partner-targets",
  "max-partner-mbytes",
  NULL,
};

/**
 * tomo_campaign_config_new:
 * @name: the name of a campaign on this machine
 *
 * Returns: (transfer full): a selection of everything, from nowhere yet
 */
TomoCampaignConfig *
tomo_campaign_config_new (const char *name)
{
  TomoCampaignConfig *self = g_new0 (TomoCampaignConfig, 1);
  self->name = g_strdup (name);
  self->urls = g_new0 (char *, 1);
  self->root = g_strdup ("");
  self->max_partner_targets = TOMO_CONFIG_MAX_PARTNER_TARGETS;
  self->max_partner_mbytes = TOMO_CONFIG_MAX_PARTNER_MBYTES;
  return self;
}

/**
 * tomo_campaign_config_copy:
 * @self: the configuration of a campaign
 *
 * Returns: (transfer full): a copy
 */
TomoCampaignConfig *
tomo_campaign_config_copy (const TomoCampaignConfig *self)
{
  TomoCampaignConfig *copy = g_new0 (TomoCampaignConfig, 1);
  copy->name = g_strdup (self->name);
  copy->urls = g_strdupv (self->urls);
  copy->root = g_strdup (self->root);
  copy->root_sha256 = g_strdup (self->root_sha256);
  copy->partners = g_strdupv (self->partners);
  copy->languages = g_strdupv (self->languages);
  copy->max_age_days = self->max_age_days;
  copy->expired_content = self->expired_content;
  copy->max_partner_targets = self->max_partner_targets;
  copy->max_partner_mbytes = self->max_partner_mbytes;
  return copy;
}

void
tomo_campaign_config_free (TomoCampaignConfig *self)
{
  g_free (self->name);
  g_strfreev (self->urls);
  g_free (self->root);
  g_free (self->root_sha256);
  g_strfreev (self->partners);
  g_strfreev (self->languages);
  g_free (self);
}

/**
 * tomo_campaign_config_load_root:
 * @self: the configuration of a campaign
 * @error: return location for a #GError
 *
 * Reads the first trusted root and, if a fingerprint is configured, compares it.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND, or %TOMO_ERROR_UNTRUSTED if the fingerprint differs.
 *
 * Returns: (transfer full): the bytes of root.json, not verified further
 */
GBytes *
tomo_campaign_config_load_root (const TomoCampaignConfig *self, GError **error)
{
  g_autoptr(GBytes) root = tomo_config_load_limited (self->root, TOMO_TRUST_MAX_ROOT_BYTES, error);
  if (root == NULL)
    {
      g_prefix_error (error, "root of the campaign ‘%s’: ", self->name);
      return NULL;
    }

  if (self->root_sha256 != NULL)
    {
      g_autofree char *actual = tomo_digest_dup_sha256 (root);
      if (!g_str_equal (actual, self->root_sha256))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                       "%s has the fingerprint %s, but the campaign ‘%s’ is configured with %s; "
                       "ask the organiser which is right",
                       self->root, actual, self->name, self->root_sha256);
          return NULL;
        }
    }

  return g_steal_pointer (&root);
}

/* `*` and an absent key both mean everything. */
static GStrv
dup_selection (GKeyFile *file, const char *group, const char *key)
{
  GStrv list = g_key_file_get_string_list (file, group, key, NULL, NULL);

  if (list != NULL && (list[0] == NULL || g_str_equal (list[0], "*")))
    g_clear_pointer (&list, g_strfreev);

  return list;
}

static gboolean
merge_expired_content (TomoCampaignConfig *self, const TomoConfigGroup *from, GError **error)
{
  static const char *const words[] = {
    [TOMO_EXPIRED_CONTENT_KEEP] = "keep",
    [TOMO_EXPIRED_CONTENT_HIDE] = "hide",
  };
  g_autofree char *value = g_key_file_get_string (from->file, from->group, "expired-content", NULL);
  if (value == NULL)
    return TRUE;

  for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (value, words[i]))
      {
        self->expired_content = (TomoExpiredContent) i;
        return TRUE;
      }

  return tomo_config_refuse_value (from, "expired-content", value, "keep or hide", error);
}

/* The fingerprint is printed in groups, and may be typed as it was read. */
static gboolean
merge_root_sha256 (TomoCampaignConfig *self, const TomoConfigGroup *from, GError **error)
{
  g_autofree char *value = g_key_file_get_string (from->file, from->group, "root-sha256", NULL);
  if (value == NULL)
    return TRUE;

  g_auto(GStrv) groups = g_strsplit (value, " ", -1);
  g_autofree char *joined = g_strjoinv ("", groups);
  g_autofree char *sha256 = g_ascii_strdown (joined, -1);
  if (sha256[0] != '\0' && (strlen (sha256) != 64 || strspn (sha256, "0123456789abcdef") != 64))
    return tomo_config_refuse_value (from, "root-sha256", value, "the 64 digits of the fingerprint",
                                     error);

  g_free (self->root_sha256);
  self->root_sha256 = sha256[0] != '\0' ? g_steal_pointer (&sha256) : NULL;
  return TRUE;
}

static void
merge_lists (TomoCampaignConfig *self, const TomoConfigGroup *from)
{
  if (g_key_file_has_key (from->file, from->group, "urls", NULL))
    {
      g_strfreev (self->urls);
      self->urls = g_key_file_get_string_list (from->file, from->group, "urls", NULL, NULL);
      if (self->urls == NULL)
        self->urls = g_new0 (char *, 1);
    }

  if (g_key_file_has_key (from->file, from->group, "partners", NULL))
    {
      g_strfreev (self->partners);
      self->partners = dup_selection (from->file, from->group, "partners");
    }

  if (g_key_file_has_key (from->file, from->group, "languages", NULL))
    {
      g_strfreev (self->languages);
      self->languages = dup_selection (from->file, from->group, "languages");
    }
}

gboolean
tomo_campaign_config_merge (TomoCampaignConfig *self, const TomoConfigGroup *from, GError **error)
{
  g_autofree char *root = g_key_file_get_string (from->file, from->group, "root", NULL);
  if (root != NULL)
    {
      /* A relative path is meant relative to the file that says it, which may have one, too. */
      g_autofree char *path = g_canonicalize_filename (from->path, NULL);
      g_autofree char *folder = g_path_get_dirname (path);
      g_free (self->root);
      self->root = g_canonicalize_filename (root, folder);
    }

  merge_lists (self, from);
  tomo_config_mention_unknown_keys (from, keys);

  /* A century, every file a partner of any size could have, a terabyte: more is a slip. */
  return merge_root_sha256 (self, from, error) &&
         tomo_config_merge_number (from, "max-age-days", 0, 36500, &self->max_age_days, error) &&
         merge_expired_content (self, from, error) &&
         tomo_config_merge_number (from, "max-partner-targets", 1, 10000000,
                                   &self->max_partner_targets, error) &&
         tomo_config_merge_number (from, "max-partner-mbytes", 1, 1024 * 1024,
                                   &self->max_partner_mbytes, error);
}
