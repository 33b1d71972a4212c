/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl/tomo-ctl.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/fetch/tomo-fetcher.h"
#include "core/tomo-digest.h"
#include "core/tomo-error.h"
#include "core/tomo-export-stick.h"
#include "core/tomo-first-root.h"
#include "core/trust/tomo-trusted-set.h"
#include "ctl/tomo-ctl-machine.h"
#include "ctl/tomo-ctl-source.h"

typedef struct
{
  GStrv urls;
  char *from;
  char *root;
  char *fingerprint;
  GStrv partners;
  GStrv languages;
  char *store;
} AddOptions;

static void
add_options_clear (AddOptions *self)
{
  g_strfreev (self->urls);
  g_free (self->from);
  g_free (self->root);
  g_free (self->fingerprint);
  g_strfreev (self->partners);
  g_strfreev (self->languages);
  g_free (self->store);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AddOptions, add_options_clear)

static gboolean
parse_add (TomoInvocation *invocation, AddOptions *options, GError **error)
{
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "url", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->urls,
      /* Translators: help of “campaign add --url” */
      N_("Where the campaign is published; give it again for each mirror"),
      /* Translators: stands for a web address */
      N_("URL") },
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &options->from,
      /* Translators: help of “campaign add --from” */
      N_("A USB stick that ‘tomoctl export’ has written, to begin with"),
      /* Translators: stands for the name of a folder */
      N_("DIR") },
    { "root", 0, 0, G_OPTION_ARG_FILENAME, &options->root,
      /* Translators: help of “campaign add --root”; root.json is a file name */
      N_("The campaign’s root.json, which this machine will trust"),
      /* Translators: stands for the name of a file */
      N_("FILE") },
    { "fingerprint", 0, 0, G_OPTION_ARG_STRING, &options->fingerprint,
      /* Translators: help of “campaign add --fingerprint” */
      N_("The 16 groups that the organiser printed; capitals and blanks do not matter"),
      /* Translators: stands for hexadecimal digits */
      N_("HEX") },
    { "root-sha256", 0, 0, G_OPTION_ARG_STRING, &options->fingerprint,
      /* Translators: help of “campaign add --root-sha256”; --fingerprint is another option */
      N_("The same as --fingerprint"),
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
    TOMO_CTL_STORE_OPTION (&options->store),
    { 0 },
  };
  /* clang-format on */

  return tomo_invocation_parse (invocation, entries, 1, 1, error);
}

/* Folders become absolute, because sync is called from elsewhere. They need not be there: a stick
 * comes and goes. */
static GStrv
dup_locations (char **urls, GError **error)
{
  g_autoptr(GStrvBuilder) locations = g_strv_builder_new ();

  for (char **url = urls; url != NULL && *url != NULL; url++)
    {
      if (!g_utf8_validate (*url, -1, NULL))
        {
          g_autofree char *shown = g_utf8_make_valid (*url, -1);
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       "--url: ‘%s’ is not written in UTF-8, as the configuration is", shown);
          return NULL;
        }
      if (strstr (*url, "://") == NULL)
        {
          g_autofree char *folder = g_canonicalize_filename (*url, NULL);
          if (**url == '\0' ||
              (!g_path_is_absolute (*url) && !g_file_test (folder, G_FILE_TEST_IS_DIR)))
            {
              g_set_error (
                  error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                  "--url: there is no folder ‘%s’ here; an address begins with https://, and "
                  "a folder that is not there yet with /",
                  *url);
              return NULL;
            }
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

static gboolean
check_options (const AddOptions *options, GError **error)
{
  if (options->urls == NULL && options->from == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "campaign add needs --url with --root or --fingerprint, or --from with "
                           "--fingerprint; the organiser of the campaign has them");
      return FALSE;
    }

  if (options->from != NULL && options->root != NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "--from and --root both say where the root comes from; give one");
      return FALSE;
    }

  return TRUE;
}

static TomoCampaignConfig *
config_from_options (const char *name, AddOptions *options, GError **error)
{
  g_autoptr(TomoCampaignConfig) campaign = tomo_campaign_config_new (name);

  if (!check_options (options, error) || !tomo_ctl_check_languages (options->languages, error))
    return NULL;

  g_auto(GStrv) locations = dup_locations (options->urls, error);
  if (locations == NULL)
    return NULL;

  if (options->fingerprint != NULL)
    {
      campaign->root_sha256 = tomo_first_root_parse_fingerprint (options->fingerprint);
      if (campaign->root_sha256 == NULL)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       "--fingerprint: ‘%s’ is not one; it has 64 digits 0-9 and a-f",
                       options->fingerprint);
          return NULL;
        }
    }

  g_strfreev (campaign->urls);
  campaign->urls = g_steal_pointer (&locations);
  campaign->partners = g_strdupv (options->partners);
  campaign->languages = g_strdupv (options->languages);
  return g_steal_pointer (&campaign);
}

/* A stick may hold several campaigns; without a fingerprint the name decides. */
static GStrv
list_trees (const char *folder, const TomoCampaignConfig *campaign, GError **error)
{
  g_auto(GStrv) trees = tomo_export_stick_list_trees (folder, error);
  if (trees == NULL || trees[1] == NULL || campaign->root_sha256 != NULL)
    return g_steal_pointer (&trees);

  g_autoptr(GString) names = g_string_new (NULL);
  for (size_t i = 0; trees[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (trees[i]);
      if (g_str_equal (name, campaign->name))
        {
          g_autoptr(GStrvBuilder) one = g_strv_builder_new ();
          g_strv_builder_add (one, trees[i]);
          return g_strv_builder_end (one);
        }
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
    }

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
               "%s holds %s: give --fingerprint, or one of these names", folder, names->str);
  return NULL;
}

/* Nothing vouches for a root that came with what it is to vouch for. */
static gboolean
confirm (TomoInvocation *invocation,
         GBytes *root,
         const char *location,
         uint64_t version,
         GError **error)
{
  g_autofree char *fingerprint = tomo_first_root_dup_fingerprint (root);

  if (!tomo_invocation_can_ask (invocation))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                   "nothing vouches for the root at %s: give --fingerprint with what the organiser "
                   "printed",
                   location);
      return FALSE;
    }

  g_autofree char *question = g_strdup_printf (
      /* Translators: a question of “campaign add” on a terminal: the version of a file, an address
       * or a folder, and 16 groups of four letters */
      _("Version %u of the root at %s has the fingerprint\n\n  %s\n\nCompare all of it with what "
         "the organiser printed. If it is the same, type its first two groups:"),
      (unsigned int) version, location, fingerprint);
  g_autofree char *answer = tomo_invocation_ask (invocation, question, error);
  if (answer == NULL)
    return FALSE;
  if (tomo_first_root_begins_with (root, answer))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
               "the fingerprint does not begin with ‘%s’; nothing was added", answer);
  return FALSE;
}

static char *
dup_shown (const char *location)
{
  g_autoptr(TomoFetcher) fetcher = tomo_fetcher_new_for_location (location, NULL);

  return g_strdup (fetcher != NULL ? tomo_fetcher_get_location (fetcher) : location);
}

/* The first place that has the root wanted; one that cannot be reached does not hide the next. */
static GBytes *
find_root (TomoInvocation *invocation,
           const TomoCampaignConfig *campaign,
           GStrv locations,
           GError **error)
{
  GCancellable *cancellable = tomo_invocation_get_cancellable (invocation);
  g_autoptr(GError) last_error = NULL;

  for (size_t i = 0; locations[i] != NULL; i++)
    {
      uint64_t version = 0;
      g_clear_error (&last_error);
      g_autoptr(GBytes) root = tomo_first_root_find (locations[i], campaign->root_sha256, &version,
                                                      cancellable, &last_error);
      if (g_error_matches (last_error, TOMO_ERROR, TOMO_ERROR_CANCELLED))
        break;
      if (root == NULL)
        continue;

      g_autofree char *shown = dup_shown (locations[i]);
      if (campaign->root_sha256 == NULL && !confirm (invocation, root, shown, version, error))
        return NULL;
      return g_steal_pointer (&root);
    }

  g_propagate_error (error, g_steal_pointer (&last_error));
  return NULL;
}

static GBytes *
load_root (TomoInvocation *invocation,
           TomoCampaignConfig *campaign,
           const AddOptions *options,
           GError **error)
{
  if (options->root != NULL)
    {
      g_free (campaign->root);
      campaign->root = g_canonicalize_filename (options->root, NULL);
      return tomo_campaign_config_load_root (campaign, error);
    }

  if (options->from == NULL)
    return find_root (invocation, campaign, campaign->urls, error);

  g_autofree char *folder = tomo_ctl_source_dup_folder (options->from);
  g_auto(GStrv) trees = list_trees (folder != NULL ? folder : options->from, campaign, error);
  return trees != NULL ? find_root (invocation, campaign, trees, error) : NULL;
}

/* Whoever trusts one root of a campaign trusts all that follow from it, and no other. */
static gboolean
check_not_another (TomoCtlMachine *machine, const char *name, GBytes *root, GError **error)
{
  g_autoptr(TomoCampaignConfig) before = tomo_config_dup_campaign (machine->config, name, NULL);
  g_autoptr(GPtrArray) roots =
      before != NULL ? tomo_held_load_roots (machine->store, before, NULL) : NULL;

  /* One whose root cannot be read is as good as none: this is how it is set right. */
  if (roots == NULL)
    return TRUE;

  for (unsigned int i = 0; i < roots->len; i++)
    {
      const TomoHeldFile *known = g_ptr_array_index (roots, i);
      if (g_bytes_equal (known->bytes, root))
        return TRUE;
    }

  const TomoHeldFile *newest = g_ptr_array_index (roots, roots->len - 1);
  g_autoptr(TomoTrustedSet) set = tomo_trusted_set_new (newest->bytes, 0, NULL);
  if (set != NULL && tomo_trusted_set_update_root (set, root, NULL))
    return TRUE;

  g_autofree char *fingerprint = tomo_first_root_dup_fingerprint (newest->bytes);
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
               "this machine follows ‘%s’ already, with another root (%s): choose another name, or "
               "‘tomoctl campaign remove %s’ first",
               name, fingerprint, name);
  return FALSE;
}

static void
print_added (TomoInvocation *invocation,
             const char *name,
             const char *file,
             const AddOptions *options)
{
  /* Translators: after “campaign add”; the first %s is the campaign, the second a file */
  tomo_invocation_print_done (invocation, _("Added the campaign “%s” to %s.\n"), name, file);
  if (options->from != NULL)
    tomo_invocation_print_done (invocation,
                                /* Translators: the next step after “campaign add --from”; the
                                 * command stays as it is, and %s is a folder */
                                _("Fetch it with: tomoctl sync --from %s\n"), options->from);
  else
    /* Translators: the next step after “campaign add”; the command stays as it is */
    tomo_invocation_print_done (invocation, _("Fetch it with: tomoctl sync\n"));
}

TomoExit
tomo_ctl_campaign_add (TomoInvocation *invocation, GError **error)
{
  g_auto(AddOptions) options = { 0 };
  if (!parse_add (invocation, &options, error))
    return TOMO_EXIT_USAGE;

  const char *name = tomo_invocation_get_args (invocation)[0];
  if (!tomo_ctl_check_campaign_name (name, error))
    return TOMO_EXIT_USAGE;

  g_autoptr(TomoCampaignConfig) campaign = config_from_options (name, &options, error);
  if (campaign == NULL)
    return TOMO_EXIT_USAGE;

  g_autoptr(TomoCtlMachine) machine = tomo_ctl_machine_open (options.store, error);
  g_autoptr(GBytes) root =
      machine != NULL ? load_root (invocation, campaign, &options, error) : NULL;
  if (root == NULL)
    return TOMO_EXIT_FAILED;

  /* A root that does not verify itself would only be found out at the first sync. */
  g_autoptr(TomoTrustedSet) set = tomo_trusted_set_new (root, 0, error);
  if (set == NULL)
    {
      const char *where = options.root != NULL ? options.root : options.from;
      g_prefix_error (error, "%s: ", where != NULL ? where : "--url");
      return TOMO_EXIT_UNTRUSTED;
    }

  /* What was confirmed once is held to from now on. */
  if (campaign->root_sha256 == NULL && options.root == NULL)
    campaign->root_sha256 = tomo_digest_dup_sha256 (root);

  g_autofree char *file = NULL;
  if (!check_not_another (machine, name, root, error) ||
      !tomo_config_add_campaign (campaign, root, &file, error))
    return TOMO_EXIT_FAILED;

  print_added (invocation, name, file, &options);
  return TOMO_EXIT_OK;
}
