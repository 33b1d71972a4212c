/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl/tomo-ctl.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/fetch/tomo-fetcher.h"
#include "core/tomo-error.h"
#include "core/trust/tomo-trusted-set.h"
#include "ctl/tomo-ctl-machine.h"

typedef struct
{
  GStrv urls;
  char *root;
  char *root_sha256;
  GStrv partners;
  GStrv languages;
} AddOptions;

static void
add_options_clear (AddOptions *self)
{
  g_strfreev (self->urls);
  g_free (self->root);
  g_free (self->root_sha256);
  g_strfreev (self->partners);
  g_strfreev (self->languages);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AddOptions, add_options_clear)

static gboolean
parse_add (TomoInvocation *invocation, AddOptions *options, GError **error)
{
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "url", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->urls,
      /* Translators: help of “campaign add --url” */
      N_("Where the campaign is published; give it again for each mirror"),
      /* Translators: stands for a web address */
      N_("URL") },
    { "root", 0, 0, G_OPTION_ARG_FILENAME, &options->root,
      /* Translators: help of “campaign add --root”; root.json is a file name */
      N_("The campaign’s root.json, which this machine will trust"),
      /* Translators: stands for the name of a file */
      N_("FILE") },
    { "root-sha256", 0, 0, G_OPTION_ARG_STRING, &options->root_sha256,
      /* Translators: help of “campaign add --root-sha256” */
      N_("The fingerprint that the organiser printed; blanks do not matter"),
      /* Translators: stands for hexadecimal digits */
      N_("HEX") },
    { "partner", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->partners,
      /* Translators: help of “campaign add --partner”; jp is an example and stays */
      N_("Show only this partner, such as jp; may be given again"),
      /* Translators: stands for the short name of a partner, such as jp */
      N_("PARTNER") },
    { "language", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->languages,
      /* Translators: help of “campaign add --language”; ja is an example and stays */
      N_("Show only this language, such as ja; may be given again"),
      /* Translators: stands for a language tag, such as pt-BR */
      N_("TAG") },
    { 0 },
  };
  /* clang-format on */

  return tomo_invocation_parse (invocation, entries, 1, 1, error);
}

static gboolean
check_name (const char *name, GError **error)
{
  if (tomo_config_is_campaign_name (name))
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "‘%s’ cannot name a campaign; use small letters a-z, digits and ‘-’, at most 40",
               name);
  return FALSE;
}

/* Folders become absolute, because sync is called from elsewhere. They need not be there: a stick
 * comes and goes. */
static GStrv
dup_locations (char **urls, GError **error)
{
  g_autoptr(GStrvBuilder) locations = g_strv_builder_new ();

  for (char **url = urls; *url != NULL; url++)
    {
      if (strstr (*url, "://") == NULL)
        {
          g_autofree char *folder = g_canonicalize_filename (*url, NULL);
          g_strv_builder_add (locations, folder);
          continue;
        }

      g_autoptr(GError) local_error = NULL;
      g_autoptr(TomoFetcher) fetcher = tomo_fetcher_new_for_location (*url, &local_error);
      if (fetcher == NULL && !g_error_matches (local_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--url: %s",
                       local_error->message);
          return NULL;
        }
      g_strv_builder_add (locations, *url);
    }

  return g_strv_builder_end (locations);
}

/* People copy the fingerprint from paper: in groups, in capitals. */
static char *
normalise_fingerprint (const char *text, GError **error)
{
  g_autoptr(GString) hex = g_string_new (NULL);
  const char *c = text;

  for (; g_ascii_isxdigit (*c) || g_ascii_isspace (*c) || *c == '-' || *c == ':'; c++)
    if (g_ascii_isxdigit (*c))
      g_string_append_c (hex, g_ascii_tolower (*c));

  if (*c != '\0' || hex->len != 64)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "--root-sha256: ‘%s’ is not a fingerprint; it has 64 digits 0-9 and a-f", text);
      return NULL;
    }

  return g_string_free (g_steal_pointer (&hex), FALSE);
}

static TomoCampaignConfig *
config_from_options (const char *name, AddOptions *options, GError **error)
{
  g_autoptr(TomoCampaignConfig) campaign = tomo_campaign_config_new (name);

  if (options->root == NULL || options->urls == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "campaign add needs --url and --root; the organiser of the campaign "
                           "has both");
      return NULL;
    }

  g_auto(GStrv) locations = dup_locations (options->urls, error);
  if (locations == NULL)
    return NULL;

  if (options->root_sha256 != NULL)
    {
      campaign->root_sha256 = normalise_fingerprint (options->root_sha256, error);
      if (campaign->root_sha256 == NULL)
        return NULL;
    }

  g_free (campaign->root);
  campaign->root = g_canonicalize_filename (options->root, NULL);
  g_strfreev (campaign->urls);
  campaign->urls = g_steal_pointer (&locations);
  campaign->partners = g_strdupv (options->partners);
  campaign->languages = g_strdupv (options->languages);
  return g_steal_pointer (&campaign);
}

TomoExit
tomo_ctl_campaign_add (TomoInvocation *invocation, GError **error)
{
  g_auto(AddOptions) options = { 0 };
  if (!parse_add (invocation, &options, error))
    return TOMO_EXIT_USAGE;

  const char *name = tomo_invocation_get_args (invocation)[0];
  if (!check_name (name, error))
    return TOMO_EXIT_USAGE;

  g_autoptr(TomoCampaignConfig) campaign = config_from_options (name, &options, error);
  if (campaign == NULL)
    return TOMO_EXIT_USAGE;

  g_autoptr(GBytes) root = tomo_campaign_config_load_root (campaign, error);
  if (root == NULL)
    return TOMO_EXIT_FAILED;

  /* A root that does not verify itself would only be found out at the first sync. */
  g_autoptr(TomoTrustedSet) set = tomo_trusted_set_new (root, 0, error);
  if (set == NULL)
    {
      g_prefix_error (error, "%s: ", options.root);
      return TOMO_EXIT_UNTRUSTED;
    }

  g_autofree char *file = NULL;
  if (!tomo_config_add_campaign (campaign, root, &file, error))
    return TOMO_EXIT_FAILED;

  /* Translators: after “campaign add”; the first %s is the campaign, the second a file */
  tomo_invocation_print (invocation, _("Added the campaign “%s” to %s.\n"), name, file);
  /* Translators: the next step after “campaign add”; the command stays as it is */
  tomo_invocation_print (invocation, _("Fetch it with: tomoctl sync\n"));
  return TOMO_EXIT_OK;
}

static json_t *
json_from_list (char **list)
{
  json_t *array = json_array ();

  if (list == NULL)
    json_array_append_new (array, json_string ("*"));
  for (char **s = list; s != NULL && *s != NULL; s++)
    json_array_append_new (array, json_string (*s));

  return array;
}

TomoExit
tomo_ctl_campaign_list (TomoInvocation *invocation, GError **error)
{
  if (!tomo_invocation_parse_with_json (invocation, NULL, 0, 0, error))
    return TOMO_EXIT_USAGE;

  g_autoptr(TomoConfig) config = tomo_config_load (TOMO_CONFIG_ALL_LAYERS, error);
  if (config == NULL)
    return TOMO_EXIT_FAILED;

  g_auto(GStrv) names = tomo_config_list_campaigns (config);
  json_t *array = json_array ();
  for (char **name = names; *name != NULL; name++)
    {
      g_autoptr(TomoCampaignConfig) campaign = tomo_config_dup_campaign (config, *name, NULL);
      g_autofree char *urls = g_strjoinv (" ", campaign->urls);
      tomo_invocation_print (invocation, "%s\t%s\n", *name, urls);
      json_array_append_new (array,
                             json_pack ("{s:s, s:o, s:s, s:o, s:o}", "name", *name, "urls",
                                        json_from_list (campaign->urls), "root", campaign->root,
                                        "partners", json_from_list (campaign->partners),
                                        "languages", json_from_list (campaign->languages)));
    }

  if (names[0] == NULL)
    /* Translators: answer of “campaign list” on a machine without any */
    tomo_invocation_print (invocation, _("No campaign is configured.\n"));
  if (tomo_invocation_wants_json (invocation))
    tomo_invocation_print_json (invocation, json_pack ("{s:o}", "campaigns", array));
  else
    json_decref (array);
  return TOMO_EXIT_OK;
}

TomoExit
tomo_ctl_campaign_remove (TomoInvocation *invocation, GError **error)
{
  g_autofree char *store_path = NULL;
  /* clang-format off */
  const GOptionEntry entries[] = {
    TOMO_CTL_STORE_OPTION (&store_path),
    { 0 },
  };
  /* clang-format on */
  if (!tomo_invocation_parse (invocation, entries, 1, 1, error))
    return TOMO_EXIT_USAGE;

  const char *name = tomo_invocation_get_args (invocation)[0];
  if (!check_name (name, error))
    return TOMO_EXIT_USAGE;

  g_autofree char *file = NULL;
  g_autoptr(TomoCtlMachine) machine = tomo_ctl_machine_open (store_path, error);
  if (machine == NULL)
    return TOMO_EXIT_FAILED;

  /* The lock comes first: what is configured no more could not be removed a second time. */
  gboolean has_store = tomo_store_exists (machine->store);
  if ((has_store && !tomo_store_lock (machine->store, error)) ||
      !tomo_config_remove_campaign (name, &file, error) ||
      (has_store && !tomo_store_remove_campaign (machine->store, name, error)))
    return TOMO_EXIT_FAILED;

  /* Translators: after “campaign remove”; the first %s is the campaign, the second a file */
  tomo_invocation_print (invocation, _("Removed the campaign “%s” from %s and from the store.\n"),
                         name, file);
  return TOMO_EXIT_OK;
}
