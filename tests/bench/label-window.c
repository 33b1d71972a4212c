/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The least that a GTK 4 program with these characters on the screen can be: one application, one
 * window, one label. label-window WIDTH HEIGHT TEXT */

#include <gtk/gtk.h>
#include <stdlib.h>

static void
activate_cb (GtkApplication *application, char **argv)
{
  GtkWidget *window = gtk_application_window_new (application);
  GtkWidget *label = gtk_label_new (argv[3]);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), atoi (argv[1]), atoi (argv[2]));
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  if (argc != 4)
    return 2;

  g_autoptr(GtkApplication) application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), argv);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}
