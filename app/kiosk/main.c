/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/tomo-application.h"
#include "kiosk/tomo-lockdown.h"
#include "ui/tomo-heap.h"
#include "ui/tomo-i18n.h"

/* As the exit codes of tomoctl and tomopress. */
#define EXIT_CODE_FAILED 1
#define EXIT_CODE_USAGE 2
/* Of this program alone: the unit of the kiosk does not start it again. */
#define EXIT_CODE_LEFT 10

/* The same program and options, and the environment as it was, without the language of the last
 * visitor; nothing of what was in memory. */
static int
restart (char **argv, char **environment)
{
  execve ("/proc/self/exe", argv, environment);
  fprintf (stderr, "tomoshibi: the program cannot start itself again: %s\n", strerror (errno));
  return EXIT_CODE_FAILED;
}

int
main (int argc, char **argv)
{
  g_auto(GStrv) environment = g_get_environ ();

  /* Before anything else: the heap and the locale, while there is one thread and no GTK. */
  tomo_heap_init ();
  tomo_i18n_init ();

  g_autoptr(GError) error = NULL;
  g_autoptr(TomoOptions) options = tomo_options_parse (argv, &error);
  if (options == NULL)
    {
      fprintf (stderr, "tomoshibi: %s\n", error->message);
      return EXIT_CODE_USAGE;
    }
  if (options->wants_version)
    {
      g_autofree char *version = tomo_options_dup_version ();
      puts (version);
      return 0;
    }

  if (options->is_kiosk)
    tomo_lockdown_clean_environment ();
  /* GTK would end the program as well, and not say what to do. */
  if (!gtk_init_check ())
    {
      fputs ("tomoshibi: there is no display to draw on: neither WAYLAND_DISPLAY nor DISPLAY names "
             "one that can be opened; start it in a desktop session, or without a screen with: "
             "xvfb-run -a COMMAND\n",
             stderr);
      return EXIT_CODE_FAILED;
    }
  g_autoptr(TomoApplication) application = tomo_application_new (g_steal_pointer (&options));
  int status = g_application_run (G_APPLICATION (application), 0, NULL);
  const GError *failure = tomo_application_get_error (application);
  if (failure != NULL)
    {
      fprintf (stderr, "tomoshibi: %s\n", failure->message);
      return EXIT_CODE_FAILED;
    }

  TomoEnding ending = tomo_application_get_ending (application);
  g_clear_object (&application);
  if (ending == TOMO_ENDING_RESTART)
    return restart (argv, environment);

  return (ending == TOMO_ENDING_LEFT) ? EXIT_CODE_LEFT : status;
}
