/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl/tomo-ctl.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/fetch/tomo-fetcher.h"
#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "ctl/tomo-ctl-machine.h"

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

/* An address may hold a password, which is for the server and not for the screen. */
static GStrv
dup_shown_urls (char **urls)
{
  g_autoptr(GStrvBuilder) shown = g_strv_builder_new ();

  for (char **url = urls; *url != NULL; url++)
    {
      g_autoptr(TomoFetcher) fetcher =
          strstr (*url, "://") != NULL ? tomo_fetcher_new_for_location (*url, NULL) : NULL;
      const char *at = strchr (*url, '@');
      if (fetcher != NULL)
        g_strv_builder_add (shown, tomo_fetcher_get_location (fetcher));
      else
        /* What we cannot read may still be a secret. */
        g_strv_builder_add (shown, at != NULL && strstr (*url, "://") != NULL ? at + 1 : *url);
    }

  return g_strv_builder_end (shown);
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
      g_auto(GStrv) shown_urls = dup_shown_urls (campaign->urls);
      g_autofree char *urls = g_strjoinv (" ", shown_urls);
      tomo_invocation_print (invocation, "%s\t%s\n", *name, urls);
      json_array_append_new (array, json_pack ("{s:s, s:o, s:s, s:o, s:o}", "name", *name, "urls",
                                               json_from_list (shown_urls), "root", campaign->root,
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
  if (!tomo_ctl_check_campaign_name (name, error))
    return TOMO_EXIT_USAGE;

  g_autofree char *file = NULL;
  g_autoptr(TomoCtlMachine) machine = tomo_ctl_machine_open (store_path, error);
  if (machine == NULL || !tomo_ctl_machine_check_owner (machine, error))
    return TOMO_EXIT_FAILED;

  /* The lock comes first: what is configured no more could not be removed a second time. */
  gboolean has_store = tomo_store_exists (machine->store);
  if ((has_store && !tomo_store_lock (machine->store, error)) ||
      !tomo_config_remove_campaign (name, &file, error) ||
      (has_store && !tomo_store_remove_campaign (machine->store, name, error)))
    return TOMO_EXIT_FAILED;

  tomo_invocation_print_done (
      invocation,
      /* Translators: after “campaign remove”; the first %s is the campaign, the second a file */
      _("Removed the campaign “%s” from %s and from the store.\n"), name, file);
  return TOMO_EXIT_OK;
}
