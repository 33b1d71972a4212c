/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl/tomo-ctl.h"

#include <glib/gi18n.h>

#include "core/tomo-error.h"
#include "core/tomo-update.h"
#include "ctl/tomo-ctl-machine.h"

typedef struct
{
  char *store;
  char *campaign;
  GStrv partners;
  GStrv languages;
  char *from;
  int64_t limit_rate;
} SyncOptions;

static void
sync_options_clear (SyncOptions *self)
{
  g_free (self->store);
  g_free (self->campaign);
  g_strfreev (self->partners);
  g_strfreev (self->languages);
  g_free (self->from);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SyncOptions, sync_options_clear)

/* How one campaign ended, for the JSON and the exit code. */
typedef struct
{
  TomoInvocation *invocation;
  json_t *kept;
} SyncReport;

static gboolean
parse_sync (TomoInvocation *invocation, SyncOptions *options, GError **error)
{
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "campaign", 0, 0, G_OPTION_ARG_STRING, &options->campaign,
      /* Translators: help of “sync --campaign” */
      N_("Only this campaign"),
      /* Translators: stands for the name of a campaign on this machine */
      N_("NAME") },
    { "partner", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->partners,
      /* Translators: help of “sync --partner”; jp is an example and stays */
      N_("Fetch only from this partner, such as jp, this time; nothing is removed"),
      /* Translators: stands for the short name of a partner, such as jp */
      N_("PARTNER") },
    { "language", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->languages,
      /* Translators: help of “sync --language”; ja is an example and stays */
      N_("Fetch only this language, such as ja, this time; nothing is removed"),
      /* Translators: stands for a language tag, such as pt-BR */
      N_("TAG") },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options->from,
      /* Translators: help of “sync --from” */
      N_("Fetch from this folder or address, such as a USB stick, with the same checks"),
      /* Translators: stands for a folder or a web address */
      N_("DIR|URL") },
    { "limit-rate", 0, 0, G_OPTION_ARG_INT64, &options->limit_rate,
      /* Translators: help of “sync --limit-rate” */
      N_("Fetch at most this many bytes a second"),
      /* Translators: stands for a number of bytes */
      N_("BYTES") },
    TOMO_CTL_STORE_OPTION (&options->store),
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse_with_json (invocation, entries, 0, 0, error))
    return FALSE;

  if (options->limit_rate < 0)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "--limit-rate takes a number of bytes a second, zero for no limit");
      return FALSE;
    }

  return TRUE;
}

static void
progress_cb (TomoUpdate *update,
             TomoUpdatePhase phase,
             unsigned int n_done,
             unsigned int n_total,
             uint64_t n_bytes,
             uint64_t n_bytes_total,
             gpointer user_data)
{
  SyncReport *report = user_data;
  g_autofree char *size = g_format_size (n_bytes);

  switch (phase)
    {
    case TOMO_UPDATE_PHASE_METADATA:
      /* Translators: progress of “sync” */
      tomo_invocation_show_progress (report->invocation, _("Asking what is new…"));
      break;

    case TOMO_UPDATE_PHASE_CONTENT:
      tomo_invocation_show_progress (
          report->invocation,
          /* Translators: progress of “sync”: files done, files in all, and a size such as 3 MB */
          ngettext ("Fetched %u of %u file, %s…", "Fetched %u of %u files, %s…", n_total), n_done,
          n_total, size);
      break;

    case TOMO_UPDATE_PHASE_WRITING:
      /* Translators: progress of “sync”: the last step */
      tomo_invocation_show_progress (report->invocation, _("Making it current…"));
      break;

    default:
      g_assert_not_reached ();
    }
}

static void
partner_kept_cb (TomoUpdate *update, const char *partner, const GError *reason, gpointer user_data)
{
  SyncReport *report = user_data;

  tomo_invocation_print_error (report->invocation, "%s: kept as before: %s: %s\n", partner,
                               tomo_error_get_id (reason), reason->message);
  json_array_append_new (report->kept,
                         json_pack ("{s:s, s:s, s:s}", "partner", partner, "code",
                                    tomo_error_get_id (reason), "message", reason->message));
}

static void
source_failed_cb (TomoUpdate *update,
                  const char *location,
                  const GError *reason,
                  gpointer user_data)
{
  g_debug ("%s: %s", location, reason->message);
}

static const char *
outcome_to_string (TomoUpdateOutcome outcome)
{
  static const char *const strings[] = {
    [TOMO_UPDATE_UNCHANGED] = "unchanged",
    [TOMO_UPDATE_CHANGED] = "changed",
    [TOMO_UPDATE_OLDER] = "older",
  };

  return strings[outcome];
}

static void
print_outcome (TomoInvocation *invocation, const char *name, TomoUpdate *update)
{
  unsigned int n_files = tomo_update_get_n_fetched (update);
  g_autofree char *size = g_format_size (tomo_update_get_bytes_received (update));

  switch (tomo_update_get_outcome (update))
    {
    case TOMO_UPDATE_UNCHANGED:
      /* Translators: end of “sync”; %s is the name of a campaign */
      tomo_invocation_print (invocation, _("%s: nothing is new.\n"), name);
      break;

    case TOMO_UPDATE_OLDER:
      tomo_invocation_print (
          /* Translators: end of “sync” from an old USB stick; %s is the name of a campaign */
          invocation, _("%s: this source is older than what this machine has; nothing changed.\n"),
          name);
      break;

    case TOMO_UPDATE_CHANGED:
      tomo_invocation_print (invocation,
                             /* Translators: end of “sync”: the name of a campaign, a number of
                              * files, and a size such as 3 MB */
                             ngettext ("%s: up to date; fetched %u file, %s.\n",
                                       "%s: up to date; fetched %u files, %s.\n", n_files),
                             name, n_files, size);
      break;

    default:
      g_assert_not_reached ();
    }
}

static TomoUpdate *
make_update (TomoCtlMachine *machine, const char *name, const SyncOptions *options, GError **error)
{
  g_autoptr(TomoCampaignConfig) campaign = tomo_config_dup_campaign (machine->config, name, error);
  if (campaign == NULL)
    return NULL;

  TomoUpdate *update = tomo_update_new (machine->store, campaign);
  const char *from[] = { options->from, NULL };
  if (options->from != NULL)
    tomo_update_set_locations (update, from);
  tomo_update_set_selection (update, (const char *const *) options->partners,
                             (const char *const *) options->languages);
  tomo_update_set_limit_rate (update, (uint64_t) options->limit_rate);
  return update;
}

static TomoExit
sync_campaign (TomoInvocation *invocation,
               TomoCtlMachine *machine,
               const char *name,
               const SyncOptions *options,
               json_t *results,
               GError **error)
{
  SyncReport report = { invocation, json_array () };
  g_autoptr(TomoUpdate) update = make_update (machine, name, options, error);
  if (update == NULL)
    {
      json_decref (report.kept);
      return TOMO_EXIT_FAILED;
    }

  g_signal_connect (update, "progress", G_CALLBACK (progress_cb), &report);
  g_signal_connect (update, "partner-kept", G_CALLBACK (partner_kept_cb), &report);
  g_signal_connect (update, "source-failed", G_CALLBACK (source_failed_cb), &report);

  if (!tomo_update_run (update, tomo_invocation_get_cancellable (invocation), error))
    {
      json_decref (report.kept);
      g_prefix_error (error, "%s: ", name);
      return TOMO_EXIT_FAILED;
    }

  print_outcome (invocation, name, update);
  gboolean partly = json_array_size (report.kept) > 0;
  json_array_append_new (results,
                         json_pack ("{s:s, s:s, s:i, s:I, s:o}", "campaign", name, "outcome",
                                    outcome_to_string (tomo_update_get_outcome (update)), "files",
                                    (int) tomo_update_get_n_fetched (update), "bytes",
                                    (json_int_t) tomo_update_get_bytes_received (update), "kept",
                                    report.kept));
  return partly ? TOMO_EXIT_PARTLY : TOMO_EXIT_OK;
}

static json_t *
json_from_failure (const char *name, const GError *error)
{
  return json_pack ("{s:s, s:s, s:{s:s, s:s}}", "campaign", name, "outcome", "failed", "error",
                    "code", tomo_error_get_id (error), "message", error->message);
}

TomoExit
tomo_ctl_sync (TomoInvocation *invocation, GError **error)
{
  g_auto(SyncOptions) options = { 0 };
  if (!parse_sync (invocation, &options, error))
    return TOMO_EXIT_USAGE;

  g_autoptr(TomoCtlMachine) machine = tomo_ctl_machine_open (options.store, error);
  if (machine == NULL)
    return TOMO_EXIT_FAILED;

  g_auto(GStrv) names = tomo_ctl_machine_dup_campaigns (machine, options.campaign, error);
  if (names == NULL)
    return TOMO_EXIT_FAILED;

  TomoExit status = TOMO_EXIT_OK;
  json_t *results = json_array ();
  for (char **name = names; *name != NULL; name++)
    {
      g_autoptr(GError) local_error = NULL;
      TomoExit one = sync_campaign (invocation, machine, *name, &options, results, &local_error);
      if (local_error != NULL && names[1] == NULL)
        {
          json_decref (results);
          g_propagate_error (error, g_steal_pointer (&local_error));
          return one;
        }

      /* With several campaigns, one that fails does not stop the next. */
      if (local_error != NULL)
        {
          tomo_invocation_print_error (invocation, "%s: %s\n", g_get_prgname (),
                                       local_error->message);
          one = tomo_exit_from_error (local_error);
          json_array_append_new (results, json_from_failure (*name, local_error));
        }
      if (status == TOMO_EXIT_OK || (status == TOMO_EXIT_PARTLY && one != TOMO_EXIT_OK))
        status = one;
    }

  if (tomo_invocation_wants_json (invocation))
    tomo_invocation_print_json (invocation, json_pack ("{s:o}", "campaigns", results));
  else
    json_decref (results);
  return status;
}
