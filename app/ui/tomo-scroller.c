/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-scroller.h"

static void
unrealized_cb (GtkWidget *scroller, gpointer user_data)
{
  g_signal_handlers_disconnect_matched (
      gtk_widget_get_settings (scroller),
      G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DETAIL | G_SIGNAL_MATCH_DATA,
      g_signal_lookup ("notify", GTK_TYPE_SETTINGS),
      g_quark_from_static_string ("gtk-overlay-scrolling"), NULL, NULL, scroller);
}

/**
 * tomo_scroller_mend:
 * @scroller: what is scrolled, not yet on the screen
 *
 * Lets @scroller go without a trace. When it comes to the screen, a GtkScrolledWindow of GTK 4.8
 * begins to listen to GtkSettings; when it leaves, it takes back another function (4.18 does not).
 * What is left costs 150 bytes a page, makes each change of a setting slower, and would be called
 * with a scroller that is gone.
 */
void
tomo_scroller_mend (GtkScrolledWindow *scroller)
{
  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scroller));
  g_signal_connect_after (scroller, "unrealize", G_CALLBACK (unrealized_cb), NULL);
}
