/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl/tomo-ctl.h"

#include <glib/gi18n.h>

#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "core/tomo-update.h"
#include "ctl/tomo-ctl-machine.h"
#include "ctl/tomo-ctl-source.h"

/* Longer than a day is no spreading of a load any more. */
#define MAX_SPLAY_SECS (24 * 60 * 60)

typedef struct
{
  char *store;
  char *campaign;
  GStrv partners;
  GStrv languages;
  char *from;
  int64_t limit_rate;
  int splay_secs;
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
  const char *campaign;
  const TomoCtlSource *source;
  json_t *kept; /* (owned) */
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
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &options->from,
      /* Translators: help of “sync --from” */
      N_("Fetch from this folder or address, such as a USB stick, with the same checks"),
      /* Translators: stands for a folder or a web address */
      N_("DIR|URL") },
    { "limit-rate", 0, 0, G_OPTION_ARG_INT64, &options->limit_rate,
      /* Translators: help of “sync --limit-rate” */
      N_("Fetch at most this many bytes a second"),
      /* Translators: stands for a number of bytes */
      N_("BYTES") },
    { "splay", 0, 0, G_OPTION_ARG_INT, &options->splay_secs,
      /* Translators: help of “sync --splay”; cron is the name of a program */
      N_("Wait up to this long first, by chance, so that not all machines ask at once; for cron"),
      /* Translators: stands for a number of seconds */
      N_("SECONDS") },
    TOMO_CTL_STORE_OPTION (&options->store),
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse_for_job (invocation, entries, 0, 0, error))
    return FALSE;

  if (options->limit_rate < 0)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "--limit-rate takes a number of bytes a second, zero for no limit");
      return FALSE;
    }

  if (options->splay_secs < 0 || options->splay_secs > MAX_SPLAY_SECS)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "--splay takes a number of seconds up to %d", MAX_SPLAY_SECS);
      return FALSE;
    }

  return tomo_ctl_check_languages (options->languages, error);
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

  switch (phase)
    {
    case TOMO_UPDATE_PHASE_METADATA:
      /* Translators: progress of “sync” */
      tomo_invocation_show_progress (report->invocation, _("Asking what is new…"));
      break;

    case TOMO_UPDATE_PHASE_CONTENT:
      tomo_invocation_show_transfer (report->invocation, n_done, n_total, n_bytes, n_bytes_total);
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
  /* A stick that carries ja alone cannot renew what this machine shows in th as well. */
  gboolean is_narrow = report->source->stick != NULL && report->source->stick->languages != NULL &&
                       g_error_matches (reason, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  const char *advice = is_narrow ? "; this machine shows more languages than the stick carries: "
                                   "export them, too, or sync over the network"
                                 : "";

  tomo_invocation_print_error (report->invocation, "%s: kept as before: %s: %s%s\n", partner,
                               tomo_error_get_id (reason), reason->message, advice);
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
  SyncReport *report = user_data;

  if (tomo_invocation_is_verbose (report->invocation))
    tomo_invocation_print_error (report->invocation, "%s: %s\n", report->campaign, reason->message);
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
      tomo_invocation_print_done (invocation, _("%s: nothing is new.\n"), name);
      break;

    case TOMO_UPDATE_OLDER:
      tomo_invocation_print_done (
          /* Translators: end of “sync” from an old USB stick; %s is the name of a campaign */
          invocation, _("%s: this source is older than what this machine has; nothing changed.\n"),
          name);
      break;

    case TOMO_UPDATE_CHANGED:
      tomo_invocation_print_done (invocation,
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

/* What a stick brought, beside what came of it: who brings one wants to know whether to come back.
 */
static void
print_stick (TomoInvocation *invocation, const char *name, const TomoExportStick *stick)
{
  g_autofree char *partners = g_strjoinv (" ", stick->partners);
  g_autofree char *languages =
      stick->languages != NULL ? g_strjoinv (" ", stick->languages) : g_strdup ("");

  if (stick->languages != NULL)
    tomo_invocation_print_done (invocation,
                                /* Translators: after “sync --from”: the name of a campaign, a list
                                 * of partners such as jp th, a list of languages such as en ja */
                                _("%s: the stick carries %s in %s.\n"), name, partners, languages);
  else
    tomo_invocation_print_done (invocation,
                                /* Translators: after “sync --from”: the name of a campaign, a list
                                 * of partners such as jp th */
                                _("%s: the stick carries %s in all their languages.\n"), name,
                                partners);
}

static json_t *
json_from_stick (const TomoCtlSource *source)
{
  static const char *const all[] = { "*", NULL };
  const TomoExportStick *stick = source->stick;

  return json_pack ("{s:o, s:o, s:o}", "folder", tomo_ctl_json_from_path (source->location),
                    "partners", tomo_ctl_json_from_list ((const char *const *) stick->partners),
                    "languages",
                    tomo_ctl_json_from_list (
                        stick->languages != NULL ? (const char *const *) stick->languages : all));
}

static TomoUpdate *
make_update (TomoCtlMachine *machine,
             const TomoCampaignConfig *campaign,
             const TomoCtlSource *source,
             const SyncOptions *options)
{
  TomoUpdate *update = tomo_update_new (machine->store, campaign);
  const char *from[] = { source->location, NULL };

  if (source->location != NULL)
    tomo_update_set_locations (update, from);
  tomo_update_set_selection (update, (const char *const *) source->partners,
                             (const char *const *) source->languages);
  tomo_update_set_limit_rate (update, (uint64_t) options->limit_rate);
  return update;
}

static void
set_run_error (GError **error, GError *reason, const char *name)
{
  if (g_error_matches (reason, TOMO_ERROR, TOMO_ERROR_CANCELLED))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_CANCELLED,
                   "%s: cancelled; nothing is lost, and the next ‘tomoctl sync’ goes on", name);
      g_error_free (reason);
      return;
    }

  g_propagate_prefixed_error (error, reason, "%s: ", name);
}

static gboolean
run_update (TomoInvocation *invocation, TomoUpdate *update, SyncReport *report, GError **error)
{
  g_autoptr(GError) local_error = NULL;

  g_signal_connect (update, "progress", G_CALLBACK (progress_cb), report);
  g_signal_connect (update, "partner-kept", G_CALLBACK (partner_kept_cb), report);
  g_signal_connect (update, "source-failed", G_CALLBACK (source_failed_cb), report);

  if (tomo_update_run (update, tomo_invocation_get_cancellable (invocation), &local_error))
    return TRUE;

  set_run_error (error, g_steal_pointer (&local_error), report->campaign);
  return FALSE;
}

static TomoExit
sync_campaign (TomoInvocation *invocation,
               TomoCtlMachine *machine,
               const char *name,
               const SyncOptions *options,
               json_t *results,
               GError **error)
{
  g_autoptr(TomoCampaignConfig) campaign = tomo_config_dup_campaign (machine->config, name, error);
  if (campaign == NULL)
    return TOMO_EXIT_FAILED;

  g_autoptr(GError) local_error = NULL;
  g_autoptr(TomoCtlSource) source = tomo_ctl_source_new (
      machine, campaign, options->from, (const char *const *) options->partners,
      (const char *const *) options->languages, &local_error);
  if (source == NULL)
    {
      set_run_error (error, g_steal_pointer (&local_error), name);
      return TOMO_EXIT_FAILED;
    }

  g_autoptr(json_t) kept = json_array ();
  SyncReport report = { invocation, name, source, kept };
  g_autoptr(TomoUpdate) update = make_update (machine, campaign, source, options);
  if (!run_update (invocation, update, &report, error))
    return TOMO_EXIT_FAILED;

  print_outcome (invocation, name, update);
  json_t *row = json_pack ("{s:s, s:s, s:i, s:I, s:O}", "campaign", name, "outcome",
                           outcome_to_string (tomo_update_get_outcome (update)), "files",
                           (int) tomo_update_get_n_fetched (update), "bytes",
                           (json_int_t) tomo_update_get_bytes_received (update), "kept", kept);
  if (source->stick != NULL)
    {
      print_stick (invocation, name, source->stick);
      json_object_set_new (row, "stick", json_from_stick (source));
    }
  json_array_append_new (results, row);
  return json_array_size (kept) > 0 ? TOMO_EXIT_PARTLY : TOMO_EXIT_OK;
}

static json_t *
json_from_failure (const char *name, const GError *error)
{
  return json_pack ("{s:s, s:s, s:{s:s, s:s}}", "campaign", name, "outcome", "failed", "error",
                    "code", tomo_error_get_id (error), "message", error->message);
}

/* A fleet whose clocks are right would ask in the same second. */
static gboolean
wait_by_chance (TomoInvocation *invocation, const SyncOptions *options, GError **error)
{
  GCancellable *cancellable = tomo_invocation_get_cancellable (invocation);
  GPollFD fd = { 0 };
  gboolean can_poll = g_cancellable_make_pollfd (cancellable, &fd);
  int n_secs = options->splay_secs > 0 ? g_random_int_range (0, options->splay_secs + 1) : 0;
  int64_t end_usecs = g_get_monotonic_time () + n_secs * G_USEC_PER_SEC;

  for (int64_t left = n_secs * G_USEC_PER_SEC; left > 0; left = end_usecs - g_get_monotonic_time ())
    {
      if (g_cancellable_is_cancelled (cancellable))
        break;
      int secs = (int) (left / G_USEC_PER_SEC) + 1;
      tomo_invocation_show_progress (
          invocation,
          /* Translators: progress of “sync --splay”: a number of seconds */
          ngettext ("Waiting %d s, so that not all machines ask at once…",
                    "Waiting %d s, so that not all machines ask at once…", (unsigned long) secs),
          secs);
      g_poll (&fd, can_poll ? 1 : 0, (int) MIN (left / 1000 + 1, 1000));
    }

  if (can_poll)
    g_cancellable_release_fd (cancellable);
  if (!g_cancellable_is_cancelled (cancellable))
    return TRUE;

  g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_CANCELLED,
                       "cancelled while waiting; nothing was changed");
  return FALSE;
}

/* With several campaigns, one that fails does not stop the next. */
static TomoExit
sync_campaigns (TomoInvocation *invocation,
                TomoCtlMachine *machine,
                GStrv names,
                const SyncOptions *options,
                json_t *results,
                GError **error)
{
  gboolean is_only = names[1] == NULL;
  TomoExit status = TOMO_EXIT_OK;

  for (char **name = names; *name != NULL; name++)
    {
      g_autoptr(GError) local_error = NULL;
      TomoExit one = sync_campaign (invocation, machine, *name, options, results, &local_error);
      if (local_error != NULL &&
          (is_only || g_error_matches (local_error, TOMO_ERROR, TOMO_ERROR_CANCELLED)))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return one;
        }

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

  return status;
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

  g_auto(GStrv) all = tomo_ctl_machine_dup_campaigns (machine, options.campaign, error);
  if (all == NULL || !tomo_ctl_machine_check_owner (machine, error) ||
      !wait_by_chance (invocation, &options, error))
    return TOMO_EXIT_FAILED;
  g_auto(GStrv) names = tomo_ctl_source_dup_present (machine, all, options.from, error);
  if (names == NULL)
    return TOMO_EXIT_FAILED;

  g_autoptr(json_t) results = json_array ();
  g_autoptr(GError) local_error = NULL;
  TomoExit status = sync_campaigns (invocation, machine, names, &options, results, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return status;
    }

  if (tomo_invocation_wants_json (invocation))
    tomo_invocation_print_json (invocation, json_pack ("{s:O}", "campaigns", results));
  return status;
}
