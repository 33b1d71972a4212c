/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl/tomo-ctl.h"

#include <glib/gi18n.h>

#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "ctl/tomo-ctl-machine.h"

typedef struct
{
  TomoInvocation *invocation;
  json_t *damaged;
} VerifyReport;

static void
damage_cb (const char *sha256, const GError *error, gpointer user_data)
{
  VerifyReport *report = user_data;

  tomo_invocation_print_error (report->invocation, "%s: %s\n", sha256, error->message);
  json_array_append_new (report->damaged,
                         json_pack ("{s:s, s:s}", "sha256", sha256, "message", error->message));
}

TomoExit
tomo_ctl_verify (TomoInvocation *invocation, GError **error)
{
  g_autofree char *store_path = NULL;
  /* clang-format off */
  const GOptionEntry entries[] = {
    TOMO_CTL_STORE_OPTION (&store_path),
    { 0 },
  };
  /* clang-format on */
  if (!tomo_invocation_parse_for_job (invocation, entries, 0, 0, error))
    return TOMO_EXIT_USAGE;

  g_autoptr(TomoCtlMachine) machine = tomo_ctl_machine_open (store_path, error);
  if (machine == NULL)
    return TOMO_EXIT_FAILED;

  g_autoptr(json_t) damaged = json_array ();
  VerifyReport report = { invocation, damaged };
  size_t n_objects = 0;
  if (!tomo_store_verify (machine->store, damage_cb, &report, &n_objects,
                          tomo_invocation_get_cancellable (invocation), error))
    return TOMO_EXIT_FAILED;

  if (tomo_invocation_wants_json (invocation))
    tomo_invocation_print_json (
        invocation, json_pack ("{s:I, s:O}", "files", (json_int_t) n_objects, "damaged", damaged));

  if (json_array_size (damaged) > 0)
    {
      /* The next sync may not take the short way. One that is not told so would find nothing new.
       */
      g_autoptr(GError) local_error = NULL;
      gboolean is_noted = tomo_store_mark_repair (machine->store, &local_error);
      if (!is_noted)
        tomo_invocation_print_error (invocation, "%s\n", local_error->message);
      tomo_invocation_print_error (
          invocation,
          is_noted ? "tomoctl: the store is damaged; ‘tomoctl sync’ repairs it\n"
                   : "tomoctl: the store is damaged; ‘tomoctl verify’ and then ‘tomoctl sync’, run "
                     "by the user who owns it, repair it\n");
      return TOMO_EXIT_INVALID;
    }

  tomo_invocation_print_done (invocation,
                              /* Translators: end of “tomoctl verify” when all is well */
                              ngettext ("%u file, all as signed.\n", "%u files, all as signed.\n",
                                        (unsigned int) n_objects),
                              (unsigned int) n_objects);
  return TOMO_EXIT_OK;
}
