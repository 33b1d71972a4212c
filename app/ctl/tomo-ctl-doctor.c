/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl/tomo-ctl.h"

#include <glib/gi18n.h>
#include <sys/statvfs.h>

#include "core/content/tomo-language.h"
#include "core/tomo-error.h"
#include "ctl/tomo-ctl-fonts.h"
#include "ctl/tomo-ctl-machine.h"

/* Twice what one partner may have, and the next generation beside the old one. */
#define MIN_FREE_MIB 1024

/* What is looked at, and what came of it. */
typedef struct
{
  TomoInvocation *invocation;
  json_t *checks; /* (owned) */
  unsigned int n_problems;
} Doctor;

static void
note (Doctor *self, const char *id, gboolean is_problem, const char *message)
{
  json_array_append_new (self->checks, json_pack ("{s:s, s:b, s:o}", "id", id, "ok", !is_problem,
                                                  "message", tomo_ctl_json_from_path (message)));
  if (is_problem)
    self->n_problems++;
}

static void
print_finding (Doctor *self, gboolean is_problem, const char *message)
{
  if (is_problem)
    /* Translators: begins a line about something that is not as it should be */
    tomo_invocation_print (self->invocation, "%s: %s\n", _("problem"), message);
  else
    /* Translators: begins a line about something that is as it should be */
    tomo_invocation_print (self->invocation, "%s: %s\n", _("good"), message);
}

static void
report (Doctor *self, const char *id, gboolean is_problem, const char *message)
{
  note (self, id, is_problem, message);
  print_finding (self, is_problem, message);
}

/* ---- Clock ---- */

static void
check_clock (Doctor *self)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *shown = g_date_time_format (now, "%Y-%m-%d %H:%M UTC");
  gboolean is_wrong = g_date_time_to_unix (now) < RELEASE_SECS;
  g_autofree char *message =
      g_strdup_printf (is_wrong
                           /* Translators: a finding of “tomoctl doctor”; %s is a date and a time */
                           ? _("the clock says %s, which is before this program was made; set it, "
                                "or nothing that is "
                                "fetched can be checked for its age")
                           /* Translators: a finding of “tomoctl doctor”; %s is a date and a time */
                           : _("the clock says %s"),
                       shown);

  report (self, "clock", is_wrong, message);
}

/* ---- Store ---- */

static void
check_space (Doctor *self, const char *path)
{
  g_autofree char *existing = g_strdup (path);
  struct statvfs info;

  while (!g_file_test (existing, G_FILE_TEST_EXISTS) && !g_str_equal (existing, "/"))
    {
      char *parent = g_path_get_dirname (existing);

      g_free (existing);
      existing = parent;
    }
  if (statvfs (existing, &info) != 0)
    return;

  uint64_t n_mib = (uint64_t) info.f_bavail * info.f_frsize / (1024 * 1024);
  g_autofree char *message = g_strdup_printf (
      n_mib < MIN_FREE_MIB
          /* Translators: a finding of “tomoctl doctor”; %s is a folder; MiB are 1,048,576 bytes */
          ? _("only %u MiB are free where the store is (%s); make room, or name another place "
               "with "
               "store= in the configuration")
          /* Translators: a finding of “tomoctl doctor”; %s is a folder; MiB are 1,048,576 bytes */
          : _("%u MiB are free where the store is (%s)"),
      (unsigned int) MIN (n_mib, G_MAXUINT), path);

  report (self, "space", n_mib < MIN_FREE_MIB, message);
}

/* What root is told to do here, root must also be able to do. */
static void
report_store_for_sync (Doctor *self, TomoCtlMachine *machine, const char *message)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *whole = tomo_ctl_machine_check_owner (machine, &error)
                               ? g_strdup (message)
                               : g_strdup_printf ("%s (%s)", message, error->message);

  report (self, "store", TRUE, whole);
}

static void
check_store (Doctor *self, TomoCtlMachine *machine)
{
  const char *path = tomo_store_get_path (machine->store);
  g_autoptr(GError) error = NULL;

  if (!tomo_store_exists (machine->store))
    {
      g_autofree char *message
          /* Translators: a finding of “tomoctl doctor”; %s is a folder; the command is literal */
          = g_strdup_printf (_("there is no store at %s yet; “tomoctl sync” makes it"), path);

      report_store_for_sync (self, machine, message);
    }
  else if (!tomo_store_check_format (machine->store, &error))
    report (self, "store", TRUE, error->message);
  else
    {
      gboolean is_damaged = tomo_store_needs_repair (machine->store);
      g_autofree char *message = g_strdup_printf (
          is_damaged
              /* Translators: a finding of “tomoctl doctor”; %s is a folder; the command is literal
               */
              ? _("damage was found in the store at %s; “tomoctl sync” repairs it")
              /* Translators: a finding of “tomoctl doctor”; %s is a folder */
              : _("the store at %s can be read"),
          path);

      if (is_damaged)
        report_store_for_sync (self, machine, message);
      else
        report (self, "store", FALSE, message);
    }
  check_space (self, path);
}

/* ---- Campaigns ---- */

static void
add_languages (GHashTable *languages, TomoLibrary *library)
{
  const char *const *tags = tomo_library_get_languages (library);

  for (size_t i = 0; tags[i] != NULL; i++)
    {
      const TomoLanguage *language = tomo_language_find (tags[i]);

      if (language != NULL)
        g_hash_table_add (languages, (gpointer) language);
    }
}

/* A machine that is locked to what its campaign lacks does not keep the lock, and nobody would know
 * why. */
static void
check_locked_language (Doctor *self,
                       TomoCtlMachine *machine,
                       const char *campaign,
                       TomoLibrary *library)
{
  const char *tag = tomo_config_get_kiosk (machine->config)->language;
  const TomoLanguage *language = tag != NULL ? tomo_language_find (tag) : NULL;
  const char *const *present = tomo_library_get_languages (library);

  if (language == NULL || tomo_language_match (tag, present) != NULL)
    return;

  g_autofree char *list = g_strjoinv (" ", (char **) present);
  g_autofree char *id = g_strconcat ("language.", campaign, NULL);
  g_autofree char *message = g_strdup_printf (
      /* Translators: a finding of “tomoctl doctor”; the first %s is a language in its own
       * script, the second its English name, the third a campaign, the fourth a list such as “en ja
       * th”; the words with an equals sign and in brackets are literal */
      _("this machine is locked to %s (%s), which campaign %s lacks, so visitors choose among its "
         "languages; set language= in [kiosk] to one of these, or remove it: %s"),
      language->autonym, language->english, campaign, list);

  report (self, id, TRUE, message);
}

/* Somebody wrote expired-content=hide long ago, and somebody else wonders where everything went. */
static void
check_hidden (Doctor *self, const char *campaign, TomoLibrary *library)
{
  g_autofree char *message = tomo_ctl_dup_hidden (library);
  g_autofree char *id = g_strconcat ("expired.", campaign, NULL);

  if (message != NULL)
    report (self, id, TRUE, message);
}

static void
check_campaigns (Doctor *self, TomoCtlMachine *machine, GHashTable *languages)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) names = tomo_ctl_machine_dup_campaigns (machine, NULL, &error);

  if (names == NULL || names[0] == NULL)
    report (self, "campaigns", TRUE,
            names == NULL ? error->message
                          /* Translators: a finding of “tomoctl doctor”; the command is literal */
                          : _("this machine follows no campaign; “tomoctl campaign add” lets it"));

  for (size_t i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autoptr(GError) local_error = NULL;
      g_autofree char *id = g_strconcat ("campaign.", names[i], NULL);
      g_autoptr(TomoLibrary) library =
          tomo_ctl_machine_open_library (machine, names[i], &local_error);
      g_autofree char *updated =
          library != NULL ? tomo_ctl_dup_time (tomo_library_get_updated_secs (library)) : NULL;
      g_autofree char *message =
          library != NULL
              /* Translators: a finding of “tomoctl doctor”; %s are a campaign and a time */
              ? g_strdup_printf (_("campaign %s was fetched on %s"), names[i], updated)
              /* Translators: a finding of “tomoctl doctor”; %s are a campaign and an English
               * message */
              : g_strdup_printf (_("campaign %s cannot be shown: %s"), names[i],
                                 local_error->message);

      if (library != NULL)
        add_languages (languages, library);
      report (self, id, library == NULL, message);
      if (library == NULL)
        continue;
      check_locked_language (self, machine, names[i], library);
      check_hidden (self, names[i], library);
    }
}

/* ---- Fonts ---- */

/* Seventy lines of good news would hide the bad. */
static void
report_font (Doctor *self, const TomoLanguage *language, gboolean is_covered)
{
  g_autofree char *id = g_strconcat ("font.", language->tag, NULL);
  g_autofree char *message = g_strdup_printf (
      is_covered
          /* Translators: a finding of “tomoctl doctor”; the first %s is a language in its own
           * script, the second its English name, the third a script such as ‘Thai’ */
          ? _("there is a font for %s (%s, script %s)")
          /* Translators: a finding of “tomoctl doctor”; the first %s is a language in its own
           * script, the second its English name, the third a script such as ‘Thai’, the fourth a
           * Debian package; the command is literal */
          : _("there is no font for %s (%s, script %s): apt install %s"),
      language->autonym, language->english, language->script,
      tomo_ctl_fonts_get_package (language));

  note (self, id, !is_covered, message);
  if (!is_covered)
    print_finding (self, TRUE, message);
}

/* Those that are shown here; before there is any content, all that could be. */
static void
check_fonts (Doctor *self, GHashTable *shown)
{
  size_t n_all = 0;
  const TomoLanguage *all = tomo_language_list (&n_all);
  g_autoptr(GPtrArray) languages = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;

  for (size_t i = 0; i < n_all; i++)
    if (g_hash_table_size (shown) == 0 || g_hash_table_contains (shown, &all[i]))
      g_ptr_array_add (languages, (gpointer) &all[i]);

  g_auto(GStrv) missing = tomo_ctl_fonts_dup_missing (languages, &error);
  if (missing == NULL)
    {
      g_prefix_error (&error, "fonts cannot be looked for, install tomoctl anew: ");
      report (self, "fonts", TRUE, error->message);
      return;
    }

  for (unsigned int i = 0; i < languages->len; i++)
    {
      const TomoLanguage *language = g_ptr_array_index (languages, i);
      report_font (self, language, !g_strv_contains ((const char *const *) missing, language->tag));
    }

  unsigned int n_covered = languages->len - g_strv_length (missing);
  g_autofree char *message = g_strdup_printf (
      /* Translators: a finding of “tomoctl doctor” */
      ngettext ("there is a font for %u language", "there are fonts for %u languages", n_covered),
      n_covered);
  print_finding (self, FALSE, message);
}

TomoExit
tomo_ctl_doctor (TomoInvocation *invocation, GError **error)
{
  g_autofree char *store_path = NULL;
  gboolean all_languages = FALSE;
  /* clang-format off */
  const GOptionEntry entries[] = {
    TOMO_CTL_STORE_OPTION (&store_path),
    { "all-languages", 0, 0, G_OPTION_ARG_NONE, &all_languages,
      /* Translators: help of the option --all-languages of “tomoctl doctor” */
      N_("Look for fonts of every language, not only of those shown here"), NULL },
    { 0 },
  };
  /* clang-format on */
  if (!tomo_invocation_parse_with_json (invocation, entries, 0, 0, error))
    return TOMO_EXIT_USAGE;

  Doctor doctor = { invocation, json_array (), 0 };
  g_autoptr(GHashTable) languages = g_hash_table_new (NULL, NULL);
  g_autoptr(GError) config_error = NULL;
  g_autoptr(TomoCtlMachine) machine = tomo_ctl_machine_open (store_path, &config_error);

  check_clock (&doctor);
  report (&doctor, "config", machine == NULL,
          machine == NULL ? config_error->message
                          /* Translators: a finding of “tomoctl doctor” */
                          : _("the configuration can be read"));
  if (machine != NULL)
    {
      check_store (&doctor, machine);
      check_campaigns (&doctor, machine, languages);
    }
  if (all_languages)
    g_hash_table_remove_all (languages);
  check_fonts (&doctor, languages);

  if (tomo_invocation_wants_json (invocation))
    tomo_invocation_print_json (invocation, json_pack ("{s:O, s:i}", "checks", doctor.checks,
                                                       "problems", (int) doctor.n_problems));
  json_decref (doctor.checks);
  return doctor.n_problems > 0 ? TOMO_EXIT_FAILED : TOMO_EXIT_OK;
}
