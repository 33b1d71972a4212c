/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl/tomo-ctl-machine.h"

#include <glib/gi18n.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/content/tomo-language.h"
#include "core/tomo-error.h"

/**
 * tomo_ctl_machine_open:
 * @store_path: (nullable): what `--store` says; %NULL for the configured or default store
 * @error: return location for a #GError
 *
 * Reads the configuration and names the store. The store need not exist yet.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, naming the configuration file.
 *
 * Returns: (transfer full): this machine
 */
TomoCtlMachine *
tomo_ctl_machine_open (const char *store_path, GError **error)
{
  g_autoptr(TomoConfig) config = tomo_config_load (TOMO_CONFIG_ALL_LAYERS, error);
  if (config == NULL)
    return NULL;

  if (store_path == NULL)
    store_path = tomo_config_get_store_path (config);
  g_autofree char *path =
      store_path != NULL ? g_strdup (store_path) : tomo_store_dup_default_path ();

  TomoCtlMachine *self = g_new0 (TomoCtlMachine, 1);
  self->config = g_steal_pointer (&config);
  self->store = tomo_store_new (path);
  return self;
}

void
tomo_ctl_machine_free (TomoCtlMachine *self)
{
  tomo_config_free (self->config);
  g_object_unref (self->store);
  g_free (self);
}

/**
 * tomo_ctl_machine_check_owner:
 * @self: this machine
 * @error: return location for a #GError
 *
 * Refuses to let root write into a store that belongs to the account of the timer: that account
 * could not change what root leaves there.
 *
 * On failure this sets %TOMO_ERROR_FAILED, naming the owner.
 *
 * Returns: %TRUE if the caller may write
 */
gboolean
tomo_ctl_machine_check_owner (TomoCtlMachine *self, GError **error)
{
  const char *path = tomo_store_get_path (self->store);
  struct stat info;

  if (geteuid () != 0 || stat (path, &info) != 0 || info.st_uid == 0)
    return TRUE;

  const struct passwd *owner = getpwuid (info.st_uid);
  if (owner == NULL)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
               "the store at %s belongs to %s, who could not change what root writes: run it as "
               "‘runuser -u %s -- tomoctl …’",
               path, owner->pw_name, owner->pw_name);
  return FALSE;
}

/**
 * tomo_ctl_machine_dup_campaigns:
 * @self: this machine
 * @only: (nullable): the one campaign that was asked for
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND: @only is not configured, or nothing is.
 *
 * Returns: (transfer full) (array zero-terminated=1): the campaigns a command works on
 */
GStrv
tomo_ctl_machine_dup_campaigns (TomoCtlMachine *self, const char *only, GError **error)
{
  g_auto(GStrv) names = tomo_config_list_campaigns (self->config);

  if (only != NULL && !g_strv_contains ((const char *const *) names, only))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "no campaign ‘%s’ is configured; ‘tomoctl campaign list’ shows those that are",
                   only);
      return NULL;
    }

  if (names[0] == NULL)
    {
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                           "no campaign is configured; add one with ‘tomoctl campaign add’");
      return NULL;
    }

  return only != NULL ? g_strsplit (only, " ", 0) : g_steal_pointer (&names);
}

/**
 * tomo_ctl_machine_open_library:
 * @self: this machine
 * @campaign: the name of a campaign
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if nothing of @campaign is stored, or what is wrong
 * with the store.
 *
 * Returns: (transfer full): the stored content of @campaign that is shown on this machine
 */
TomoLibrary *
tomo_ctl_machine_open_library (TomoCtlMachine *self, const char *campaign, GError **error)
{
  g_autoptr(TomoLibrary) library = tomo_library_new (self->store, campaign);
  g_autoptr(TomoCampaignConfig) config = tomo_config_dup_campaign (self->config, campaign, NULL);

  if (config != NULL)
    tomo_library_set_expired_content (library, config->expired_content);
  if (!tomo_library_reload (library, NULL, error))
    return NULL;

  if (tomo_library_is_empty (library))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "nothing of the campaign ‘%s’ is in %s yet; fetch it with ‘tomoctl sync’",
                   campaign, tomo_store_get_path (self->store));
      return NULL;
    }

  return g_steal_pointer (&library);
}

/**
 * tomo_ctl_dup_hidden:
 * @library: stored content
 *
 * Says of whom nothing is shown, why, and what to do.
 *
 * Returns: (transfer full) (nullable): a sentence; %NULL if nobody is hidden
 */
char *
tomo_ctl_dup_hidden (TomoLibrary *library)
{
  const char *const *hidden = tomo_library_get_hidden (library);
  g_autofree char *names = g_strjoinv (", ", (char **) hidden);

  if (hidden[0] == NULL)
    return NULL;

  /* Translators: in “tomoctl status”, “list” and “doctor”; the first %s is a campaign, the second
   * the short names of partners, such as “jp, th”; the words with a hyphen and an equals sign are
   * literal, and so is the command */
  return g_strdup_printf (_("campaign %s: expired and hidden here (expired-content=hide): %s; "
                             "“tomoctl sync” fetches what is newer"),
                          tomo_library_get_campaign_id (library), names);
}

/**
 * tomo_ctl_match_language:
 * @library: stored content
 * @language: what was asked for
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND, naming the languages there are.
 *
 * Returns: (transfer none): the language of @library that suits a reader of @language
 */
const char *
tomo_ctl_match_language (TomoLibrary *library, const char *language, GError **error)
{
  const char *const *languages = tomo_library_get_languages (library);
  const char *match = tomo_language_match (language, languages);

  if (match == NULL)
    {
      g_autofree char *all = g_strjoinv (", ", (char **) languages);
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "the campaign ‘%s’ is not here in ‘%s’; it is in %s",
                   tomo_library_get_campaign_id (library), language, all);
    }

  return match;
}

/**
 * tomo_ctl_check_campaign_name:
 * @name: an argument
 * @error: return location for a #GError
 *
 * On failure this sets %G_OPTION_ERROR_BAD_VALUE.
 *
 * Returns: %TRUE if a campaign can be called @name
 */
gboolean
tomo_ctl_check_campaign_name (const char *name, GError **error)
{
  if (tomo_config_is_campaign_name (name))
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "‘%s’ cannot name a campaign; use small letters a-z, digits and ‘-’, at most 40",
               name);
  return FALSE;
}

/**
 * tomo_ctl_check_languages:
 * @tags: (nullable): what was given with `--language`
 * @error: return location for a #GError
 *
 * Refuses what no language is called: a run that wants such a one would fetch nothing, and say that
 * all is well.
 *
 * On failure this sets %G_OPTION_ERROR_BAD_VALUE.
 *
 * Returns: %TRUE if all of @tags are known
 */
gboolean
tomo_ctl_check_languages (GStrv tags, GError **error)
{
  for (char **tag = tags; tag != NULL && *tag != NULL; tag++)
    if (tomo_language_find (*tag) == NULL)
      {
        g_set_error (
            error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
            "--language: ‘%s’ is no language that this program knows; write ja for Japanese, "
            "pt-BR for the Portuguese of Brazil",
            *tag);
        return FALSE;
      }

  return TRUE;
}

/**
 * tomo_ctl_dup_time:
 * @secs: seconds since 1970
 *
 * Returns: (transfer full): the time in UTC, as ISO 8601
 */
char *
tomo_ctl_dup_time (int64_t secs)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (secs);
  return time != NULL ? g_date_time_format_iso8601 (time) : g_strdup ("");
}

/**
 * tomo_ctl_json_from_path:
 * @path: the name of a file or a folder, in whatever bytes
 *
 * Returns: (transfer full): a string, as JSON allows only such of valid UTF-8
 */
json_t *
tomo_ctl_json_from_path (const char *path)
{
  g_autofree char *valid = g_utf8_make_valid (path, -1);

  return json_string (valid);
}

/**
 * tomo_ctl_json_from_list:
 * @list: (array zero-terminated=1): strings
 *
 * Returns: (transfer full): an array of them
 */
json_t *
tomo_ctl_json_from_list (const char *const *list)
{
  json_t *array = json_array ();

  for (size_t i = 0; list[i] != NULL; i++)
    json_array_append_new (array, json_string (list[i]));

  return array;
}
