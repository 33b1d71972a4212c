/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl/tomo-ctl.h"

#include <glib/gi18n.h>

#include "core/store/tomo-generation.h"
#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "ctl/tomo-ctl-machine.h"

/* Partners whose news could not be taken in at the last sync, and why. */
static json_t *
list_kept (TomoInvocation *invocation, TomoGeneration *generation)
{
  GVariant *properties = tomo_generation_get_properties (generation);
  g_autoptr(GVariant) kept = g_variant_lookup_value (properties, "kept", G_VARIANT_TYPE ("a{ss}"));
  json_t *object = json_object ();
  GVariantIter iter;
  const char *partner;
  const char *reason;

  if (kept == NULL)
    return object;

  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "{&s&s}", &partner, &reason))
    {
      tomo_invocation_print (
          invocation,
          /* Translators: a line of “tomoctl status”: the short name of a partner, and a code
           * such as offline or untrusted that is not translated */
          _("  %s is kept as before (%s)\n"), partner, reason);
      json_object_set_new (object, partner, json_string (reason));
    }

  return object;
}

static json_t *
show_stored (TomoInvocation *invocation, TomoLibrary *library, TomoGeneration *generation)
{
  g_autofree char *updated = tomo_ctl_dup_time (tomo_library_get_updated_secs (library));
  const char *const *languages = tomo_library_get_languages (library);
  const char *const *partners = tomo_campaign_get_partners (tomo_library_get_campaign (library));
  g_autofree char *language_list = g_strjoinv (" ", (char **) languages);
  g_autofree char *partner_list = g_strjoinv (" ", (char **) partners);
  size_t n_objects = tomo_generation_get_n_objects (generation);

  /* Translators: a line of “tomoctl status”; %s is a time such as 2026-11-23T09:00:00Z */
  tomo_invocation_print (invocation, _("  updated %s\n"), updated);
  /* Translators: a line of “tomoctl status”; %s is a list such as jp th id */
  tomo_invocation_print (invocation, _("  partners: %s\n"), partner_list);
  /* Translators: a line of “tomoctl status”; %s is a list such as en ja */
  tomo_invocation_print (invocation, _("  languages: %s\n"), language_list);
  tomo_invocation_print (
      invocation,
      /* Translators: a line of “tomoctl status”: packs, pictures and the campaign file together */
      ngettext ("  %u file\n", "  %u files\n", (unsigned int) n_objects), (unsigned int) n_objects);

  return json_pack ("{s:I, s:s, s:o, s:o, s:i}", "generation",
                    (json_int_t) tomo_generation_get_number (generation), "updated", updated,
                    "partners", tomo_ctl_json_from_list (partners), "languages",
                    tomo_ctl_json_from_list (languages), "files", (int) n_objects);
}

static gboolean
show_campaign (TomoInvocation *invocation,
               TomoCtlMachine *machine,
               const char *name,
               json_t *rows,
               GError **error)
{
  g_autoptr(GError) local_error = NULL;
  json_t *row = NULL;

  tomo_invocation_print (invocation, "%s\n", name);
  g_autoptr(TomoLibrary) library = tomo_ctl_machine_open_library (machine, name, &local_error);
  if (library != NULL)
    {
      g_autoptr(TomoGeneration) generation =
          tomo_generation_open_current (machine->store, name, error);
      if (generation == NULL)
        return FALSE;
      row = show_stored (invocation, library, generation);
      json_object_set_new (row, "kept", list_kept (invocation, generation));
    }
  else if (g_error_matches (local_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
    {
      /* Translators: a line of “tomoctl status” for a campaign that was never fetched */
      tomo_invocation_print (invocation, _("  nothing fetched yet\n"));
      row = json_object ();
    }
  else
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  json_object_set_new (row, "campaign", json_string (name));
  json_array_append_new (rows, row);
  return TRUE;
}

TomoExit
tomo_ctl_status (TomoInvocation *invocation, GError **error)
{
  g_autofree char *store_path = NULL;
  /* clang-format off */
  const GOptionEntry entries[] = {
    TOMO_CTL_STORE_OPTION (&store_path),
    { 0 },
  };
  /* clang-format on */
  if (!tomo_invocation_parse_with_json (invocation, entries, 0, 0, error))
    return TOMO_EXIT_USAGE;

  g_autoptr(TomoCtlMachine) machine = tomo_ctl_machine_open (store_path, error);
  if (machine == NULL)
    return TOMO_EXIT_FAILED;
  g_auto(GStrv) names = tomo_ctl_machine_dup_campaigns (machine, NULL, error);
  if (names == NULL)
    return TOMO_EXIT_FAILED;

  if (tomo_store_exists (machine->store) && !tomo_store_check_format (machine->store, error))
    return TOMO_EXIT_FAILED;

  g_autoptr(json_t) rows = json_array ();
  /* Translators: first line of “tomoctl status”; %s is a folder */
  tomo_invocation_print (invocation, _("store: %s\n"), tomo_store_get_path (machine->store));
  for (char **name = names; *name != NULL; name++)
    if (!show_campaign (invocation, machine, *name, rows, error))
      return TOMO_EXIT_FAILED;

  if (tomo_invocation_wants_json (invocation))
    tomo_invocation_print_json (
        invocation,
        json_pack ("{s:s, s:O}", "store", tomo_store_get_path (machine->store), "campaigns", rows));
  return TOMO_EXIT_OK;
}
