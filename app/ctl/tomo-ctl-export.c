/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl/tomo-ctl.h"

#include <glib/gi18n.h>

#include "core/tomo-error.h"
#include "core/tomo-export.h"
#include "core/tomo-json.h"
#include "ctl/tomo-ctl-machine.h"

typedef struct
{
  char *store;
  char *campaign;
  GStrv partners;
  GStrv languages;
} ExportOptions;

static void
export_options_clear (ExportOptions *self)
{
  g_free (self->store);
  g_free (self->campaign);
  g_strfreev (self->partners);
  g_strfreev (self->languages);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ExportOptions, export_options_clear)

typedef struct
{
  TomoInvocation *invocation;
  json_t *left_out; /* (owned) */
} ExportReport;

static gboolean
parse_export (TomoInvocation *invocation, ExportOptions *options, GError **error)
{
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "campaign", 0, 0, G_OPTION_ARG_STRING, &options->campaign,
      /* Translators: help of “export --campaign” */
      N_("Only this campaign"),
      /* Translators: stands for the name of a campaign on this machine */
      N_("NAME") },
    { "partner", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->partners,
      /* Translators: help of “export --partner”; jp is an example and stays */
      N_("Only this partner, such as jp; may be given again"),
      /* Translators: stands for the short name of a partner, such as jp */
      N_("PARTNER") },
    { "language", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->languages,
      /* Translators: help of “export --language”; ja is an example and stays */
      N_("Only this language, such as ja, and what it falls back to; may be given again"),
      /* Translators: stands for a language tag, such as pt-BR */
      N_("TAG") },
    TOMO_CTL_STORE_OPTION (&options->store),
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse_for_job (invocation, entries, 1, 1, error))
    return FALSE;
  if (*tomo_invocation_get_args (invocation)[0] != '\0')
    return TRUE;

  /* A script whose variable is not set would fill the folder where it stands. */
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       "export: the name of the folder is empty; give the one where the stick is "
                       "mounted");
  return FALSE;
}

static void
progress_cb (TomoExport *export,
             unsigned int n_done,
             unsigned int n_total,
             uint64_t n_bytes,
             uint64_t n_bytes_total,
             gpointer user_data)
{
  ExportReport *report = user_data;

  tomo_invocation_show_transfer (report->invocation, n_done, n_total, n_bytes, n_bytes_total);
}

static void
left_out_cb (TomoExport *export, const char *partner, const GError *reason, gpointer user_data)
{
  ExportReport *report = user_data;

  tomo_invocation_print_error (report->invocation, "%s: left out: %s\n", partner, reason->message);
  json_array_append_new (report->left_out,
                         json_pack ("{s:s, s:s, s:s}", "partner", partner, "code",
                                    tomo_error_get_id (reason), "message", reason->message));
}

/* Update and use are two things: what has expired is still right for those who have it, but no
 * machine takes it in anew. */
static void
warn_if_expired (TomoInvocation *invocation, const char *name, TomoExport *export)
{
  int64_t expires_secs = tomo_export_get_expires_secs (export);
  g_autofree char *expires = tomo_ctl_dup_time (expires_secs);

  if (expires_secs <= g_get_real_time () / G_USEC_PER_SEC)
    tomo_invocation_print_error (invocation,
                                 "%s: warning: what is on this stick has expired on %s, and other "
                                 "machines refuse it; run ‘tomoctl sync’ and export again\n",
                                 name, expires);
}

static void
print_exported (TomoInvocation *invocation, const char *name, TomoExport *export)
{
  const char *const *languages = tomo_export_get_languages (export);
  g_autofree char *partner_list = g_strjoinv (" ", (char **) tomo_export_get_partners (export));
  g_autofree char *language_list =
      /* Translators: in place of a list of languages at the end of “export” */
      languages != NULL ? g_strjoinv (" ", (char **) languages) : g_strdup (_("all languages"));
  g_autofree char *size = g_format_size (tomo_export_get_n_bytes (export));
  unsigned int n_files = tomo_export_get_n_files (export);

  tomo_invocation_print_done (
      invocation,
      /* Translators: end of “export”: the name of a campaign, a number of files, a size such as
       * 3 MB, a folder, a list of partners such as jp th, a list of languages such as en ja */
      ngettext ("%s: %u file, %s, in %s (%s; %s)\n", "%s: %u files, %s, in %s (%s; %s)\n", n_files),
      name, n_files, size, tomo_export_get_tree (export), partner_list, language_list);
}

static json_t *
json_from_export (const char *name, TomoExport *export, json_t *left_out)
{
  const char *const *languages = tomo_export_get_languages (export);
  static const char *const all[] = { "*", NULL };
  g_autofree char *expires = tomo_ctl_dup_time (tomo_export_get_expires_secs (export));

  return json_pack ("{s:s, s:o, s:o, s:o, s:i, s:i, s:I, s:s, s:O}", "campaign", name, "folder",
                    tomo_ctl_json_from_path (tomo_export_get_tree (export)), "partners",
                    tomo_ctl_json_from_list (tomo_export_get_partners (export)), "languages",
                    tomo_ctl_json_from_list (languages != NULL ? languages : all), "files",
                    (int) tomo_export_get_n_files (export), "written",
                    (int) tomo_export_get_n_written (export), "bytes",
                    (json_int_t) tomo_export_get_n_bytes (export), "expires", expires, "left-out",
                    left_out);
}

static TomoExit
export_campaign (TomoInvocation *invocation,
                 TomoCtlMachine *machine,
                 const char *name,
                 const ExportOptions *options,
                 json_t *results,
                 GError **error)
{
  g_autoptr(TomoCampaignConfig) campaign = tomo_config_dup_campaign (machine->config, name, error);
  if (campaign == NULL)
    return TOMO_EXIT_FAILED;

  g_autoptr(json_t) left_out = json_array ();
  ExportReport report = { invocation, left_out };
  g_autoptr(TomoExport) export = tomo_export_new (machine->store, campaign);
  tomo_export_set_selection (export, (const char *const *) options->partners,
                             (const char *const *) options->languages);
  g_signal_connect (export, "progress", G_CALLBACK (progress_cb), &report);
  g_signal_connect (export, "partner-left-out", G_CALLBACK (left_out_cb), &report);

  if (!tomo_export_run (export, tomo_invocation_get_args (invocation)[0],
                        tomo_invocation_get_cancellable (invocation), error))
    {
      g_prefix_error (error, "%s: ", name);
      return TOMO_EXIT_FAILED;
    }

  print_exported (invocation, name, export);
  warn_if_expired (invocation, name, export);
  json_array_append_new (results, json_from_export (name, export, left_out));
  return json_array_size (left_out) > 0 ? TOMO_EXIT_PARTLY : TOMO_EXIT_OK;
}

TomoExit
tomo_ctl_export (TomoInvocation *invocation, GError **error)
{
  g_auto(ExportOptions) options = { 0 };
  if (!parse_export (invocation, &options, error))
    return TOMO_EXIT_USAGE;

  g_autoptr(TomoCtlMachine) machine = tomo_ctl_machine_open (options.store, error);
  if (machine == NULL)
    return TOMO_EXIT_FAILED;

  g_auto(GStrv) names = tomo_ctl_machine_dup_campaigns (machine, options.campaign, error);
  if (names == NULL || !tomo_store_check_format (machine->store, error))
    return TOMO_EXIT_FAILED;

  TomoExit status = TOMO_EXIT_OK;
  g_autoptr(json_t) results = json_array ();
  for (char **name = names; *name != NULL; name++)
    {
      TomoExit one = export_campaign (invocation, machine, *name, &options, results, error);
      /* A stick that lacks a campaign must not look finished. */
      if (one != TOMO_EXIT_OK && one != TOMO_EXIT_PARTLY)
        return one;
      status = MAX (status, one);
    }

  if (tomo_invocation_wants_json (invocation))
    tomo_invocation_print_json (invocation, json_pack ("{s:O}", "campaigns", results));
  return status;
}
