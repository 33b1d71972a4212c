/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl/tomo-ctl.h"

#include <glib/gi18n.h>

#include "core/store/tomo-generation.h"
#include "core/tomo-error.h"
#include "core/tomo-held.h"
#include "core/tomo-json.h"
#include "ctl/tomo-ctl-machine.h"

/* Partners whose news could not be taken in at the last sync, and why: partner → code. */
static GVariant *
dup_kept (TomoGeneration *generation)
{
  GVariant *properties = tomo_generation_get_properties (generation);
  GVariant *kept = g_variant_lookup_value (properties, "kept", G_VARIANT_TYPE ("a{ss}"));

  return kept != NULL ? kept
                      : g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("{ss}"), NULL, 0));
}

static json_t *
json_from_kept (GVariant *kept)
{
  json_t *object = json_object ();
  GVariantIter iter;
  const char *partner;
  const char *reason;

  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "{&s&s}", &partner, &reason))
    json_object_set_new (object, partner, json_string (reason));

  return object;
}

static char *
dup_date (int64_t secs)
{
  g_autoptr(GDateTime) time = secs > 0 ? g_date_time_new_from_unix_utc (secs) : NULL;
  return time != NULL ? g_date_time_format (time, "%Y-%m-%d") : g_strdup ("?");
}

/* Whoever looks wants to know whether to do something: hours and days are enough for that. */
static char *
dup_age (int64_t secs)
{
  int64_t minutes = MAX (secs, 0) / 60;
  unsigned int hours = (unsigned int) (minutes / 60);
  unsigned int days = hours / 24;

  if (days > 1)
    /* Translators: how long ago, in “tomoctl status” */
    return g_strdup_printf (ngettext ("%u day ago", "%u days ago", days), days);
  if (hours > 0)
    /* Translators: how long ago, in “tomoctl status” */
    return g_strdup_printf (ngettext ("%u hour ago", "%u hours ago", hours), hours);

  /* Translators: how long ago, in “tomoctl status” */
  return g_strdup_printf (ngettext ("%u minute ago", "%u minutes ago", (unsigned long) minutes),
                          (unsigned int) minutes);
}

static json_t *
json_from_time (int64_t secs)
{
  g_autofree char *time = tomo_ctl_dup_time (secs);

  return secs > 0 ? json_string (time) : json_null ();
}

static json_t *
show_partner (TomoInvocation *invocation,
              const TomoHeldPartner *partner,
              const char *kept,
              gboolean is_hidden)
{
  g_autofree char *signed_on = dup_date (partner->signed_on_secs);
  g_autofree char *expires = dup_date (partner->expires_secs);
  gboolean is_expired = partner->expires_secs <= g_get_real_time () / G_USEC_PER_SEC;

  if (partner->version == 0)
    /* Translators: a line of “tomoctl status”: the short name of a partner */
    tomo_invocation_print (invocation, _("  %s: nothing is here\n"), partner->name);
  else
    tomo_invocation_print (invocation,
                           is_expired
                               /* Translators: a line of “tomoctl status”: the short name of a
                                * partner, a version, a date and a date */
                               ? _("  %s: version %u, signed on %s, EXPIRED on %s\n")
                               /* Translators: a line of “tomoctl status”: the short name of a
                                * partner, a version, a date and a date */
                               : _("  %s: version %u, signed on %s, valid until %s\n"),
                           partner->name, (unsigned int) partner->version, signed_on, expires);
  if (kept != NULL)
    tomo_invocation_print (invocation,
                           /* Translators: a line of “tomoctl status”: the short name of a partner,
                            * and a code such as offline or untrusted that is not translated */
                           _("  %s is kept as before (%s)\n"), partner->name, kept);

  json_t *row = json_pack (
      "{s:I, s:o, s:o, s:b, s:b, s:b}", "version", (json_int_t) partner->version, "signed-on",
      json_from_time (partner->signed_on_secs), "expires", json_from_time (partner->expires_secs),
      "expired", is_expired, "current", partner->is_current, "hidden", is_hidden);
  if (kept != NULL)
    json_object_set_new (row, "kept", json_string (kept));
  return row;
}

/* What the signed files say of each partner. A store without whole metadata still has content. */
static json_t *
show_partners (TomoInvocation *invocation, TomoHeld *held, GVariant *kept, TomoLibrary *library)
{
  json_t *object = json_object ();
  g_autoptr(GPtrArray) partners =
      held != NULL ? tomo_held_list_partners (held) : g_ptr_array_new ();

  for (unsigned int i = 0; i < partners->len; i++)
    {
      const TomoHeldPartner *partner = g_ptr_array_index (partners, i);
      const char *reason = NULL;
      g_variant_lookup (kept, partner->name, "&s", &reason);
      gboolean is_hidden = g_strv_contains (tomo_library_get_hidden (library), partner->name);
      json_object_set_new (object, partner->name,
                           show_partner (invocation, partner, reason, is_hidden));
    }

  return object;
}

static gboolean
is_all_hidden (TomoLibrary *library, TomoHeld *held)
{
  const char *const *hidden = tomo_library_get_hidden (library);
  g_autoptr(GPtrArray) partners = tomo_held_list_partners (held);

  for (unsigned int i = 0; i < partners->len; i++)
    {
      const TomoHeldPartner *partner = g_ptr_array_index (partners, i);
      if (partner->version > 0 && !g_strv_contains (hidden, partner->name))
        return FALSE;
    }

  return hidden[0] != NULL;
}

static void
show_validity (TomoInvocation *invocation, TomoLibrary *library, TomoHeld *held, json_t *row)
{
  int64_t expires_secs = held != NULL ? tomo_held_get_expires_secs (held) : 0;
  g_autofree char *expires = dup_date (expires_secs);

  json_object_set_new (row, "expires", json_from_time (expires_secs));
  if (held == NULL)
    return;

  if (expires_secs > g_get_real_time () / G_USEC_PER_SEC)
    /* Translators: a line of “tomoctl status”; %s is a date */
    tomo_invocation_print (invocation, _("  signatures of the campaign hold until %s\n"), expires);
  else if (!is_all_hidden (library, held))
    tomo_invocation_print (
        invocation,
        /* Translators: a line of “tomoctl status”; %s is a date */
        _("  expired on %s: still shown here, but no machine takes it in anew\n"), expires);
}

static json_t *
show_stored (TomoInvocation *invocation,
             TomoLibrary *library,
             TomoGeneration *generation,
             TomoHeld *held)
{
  int64_t updated_secs = tomo_library_get_updated_secs (library);
  int64_t age_secs = g_get_real_time () / G_USEC_PER_SEC - updated_secs;
  g_autofree char *updated = tomo_ctl_dup_time (updated_secs);
  g_autofree char *age = dup_age (age_secs);
  const char *const *languages = tomo_library_get_languages (library);
  const char *const *partners = tomo_campaign_get_partners (tomo_library_get_campaign (library));
  g_autofree char *language_list = g_strjoinv (" ", (char **) languages);
  g_autoptr(GVariant) kept = dup_kept (generation);
  size_t n_objects = tomo_generation_get_n_objects (generation);

  /* Translators: a line of “tomoctl status”; a time such as 2026-11-23T09:00:00Z, and how long ago
   * that is */
  tomo_invocation_print (invocation, _("  updated %s, %s\n"), updated, age);
  json_t *row = json_pack (
      "{s:I, s:s, s:I, s:o, s:o, s:i, s:o}", "generation",
      (json_int_t) tomo_generation_get_number (generation), "updated", updated, "age-secs",
      (json_int_t) age_secs, "partners", tomo_ctl_json_from_list (partners), "languages",
      tomo_ctl_json_from_list (languages), "files", (int) n_objects, "kept", json_from_kept (kept));
  show_validity (invocation, library, held, row);
  json_object_set_new (row, "publishers", show_partners (invocation, held, kept, library));
  g_autofree char *hidden = tomo_ctl_dup_hidden (library);
  if (hidden != NULL)
    tomo_invocation_print (invocation, "  %s\n", hidden);
  /* Translators: a line of “tomoctl status”; %s is a list such as en ja */
  tomo_invocation_print (invocation, _("  languages: %s\n"), language_list);
  tomo_invocation_print (
      invocation,
      /* Translators: a line of “tomoctl status”: packs, pictures and the campaign file together */
      ngettext ("  %u file\n", "  %u files\n", (unsigned int) n_objects), (unsigned int) n_objects);
  return row;
}

static void
show_mirror (TomoInvocation *invocation, TomoCtlMachine *machine, const char *name, json_t *row)
{
  g_autoptr(TomoCampaignConfig) campaign = tomo_config_dup_campaign (machine->config, name, NULL);
  g_autofree char *mirror = tomo_held_dup_mirror (machine->store, campaign);

  if (mirror == NULL)
    return;
  /* Translators: a line of “tomoctl status”; %s is an address: the one that was good last time */
  tomo_invocation_print (invocation, _("  next fetched from: %s\n"), mirror);
  json_object_set_new (row, "mirror", json_string (mirror));
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
      g_autoptr(TomoCampaignConfig) campaign =
          tomo_config_dup_campaign (machine->config, name, NULL);
      g_autoptr(TomoHeld) held = tomo_held_new (machine->store, campaign, NULL);
      row = show_stored (invocation, library, generation, held);
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

  show_mirror (invocation, machine, name, row);
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
        invocation, json_pack ("{s:o, s:O}", "store",
                               tomo_ctl_json_from_path (tomo_store_get_path (machine->store)),
                               "campaigns", rows));
  return TOMO_EXIT_OK;
}
