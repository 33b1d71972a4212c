/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Preloaded into a GTK program, ends it when its first window has painted its first frame, and says
 * on file descriptor 3 what that took:
 *
 *   usecs since TOMO_BENCH_BEGUN_USECS of the monotonic clock, peak KiB of memory
 *
 * So a program is measured as it is, without a line in it for the purpose. */

#include <dlfcn.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#define REPORT_FD 3

static void
painted_cb (GdkFrameClock *clock, gpointer user_data)
{
  const char *begun = getenv ("TOMO_BENCH_BEGUN_USECS");
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  dprintf (REPORT_FD, "%lld %ld\n",
           (long long) (g_get_monotonic_time () - g_ascii_strtoll (begun, NULL, 10)),
           usage.ru_maxrss);
  _exit (0);
}

/* In front of GTK’s own: the frame clock is there once the window has been realised. */
__attribute__ ((visibility ("default"))) void
gtk_window_present (GtkWindow *window)
{
  void (*present) (GtkWindow *) = NULL;

  *(void **) &present = dlsym (RTLD_NEXT, "gtk_window_present");
  present (window);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint",
                    G_CALLBACK (painted_cb), NULL);
}
