/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-scroller.h"
#include "ui/tomo-window-private.h"

/* A window must be able to get smaller than its content asks for: compositors end programs whose
 * full screen does not fit. So everything is in something that scrolls. */
static GtkScrolledWindow *
new_root (void)
{
  GtkWidget *root = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (root), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_EXTERNAL);
  gtk_widget_set_focusable (root, FALSE);
  tomo_scroller_mend (GTK_SCROLLED_WINDOW (root));
  return GTK_SCROLLED_WINDOW (root);
}

/**
 * tomo_window_renew_root:
 * @self: a window
 *
 * Puts everything in the window into a new root, so that the old one goes with what GTK keeps
 * there.
 *
 * Widgets hand what they know of actions to their parents, from one that has shortcuts to the next.
 * There each button says anew that it wants to hear of its action, and all of them together take it
 * back once (GtkActionMuxer, in GTK 4.8 as in 4.18). So a widget with shortcuts that outlives its
 * pages keeps some of that for ever: 200 bytes a visit, and lists that get longer with each button.
 */
void
tomo_window_renew_root (TomoWindow *self)
{
  GtkScrolledWindow *root = new_root ();

  /* What has the focus while it is taken out is kept by the window until the next frame, and for
   * ever if something else is taken out before that (GTK 4.8 and 4.18). */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  /* The template keeps the overlay alive in between. */
  if (self->root != NULL)
    gtk_scrolled_window_set_child (self->root, NULL);
  gtk_window_set_child (GTK_WINDOW (self), NULL);
  gtk_scrolled_window_set_child (root, GTK_WIDGET (self->overlay));
  gtk_window_set_child (GTK_WINDOW (self), GTK_WIDGET (root));
  self->root = root;
}
