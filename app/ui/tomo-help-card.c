/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-help-card.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-heading.h"
#include "ui/tomo-text-label.h"
#include "ui/tomo-tile.h"

/**
 * tomo_help_card_new:
 *
 * Makes what a sensitive card begins with: where to get help. The words are the program's and name
 * no number and no authority, as those of the first aid do.
 *
 * Returns: (transfer floating): the words, in the visitor's language, and the way to first aid
 */
GtkWidget *
tomo_help_card_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *heading = g_object_new (TOMO_TYPE_HEADING, NULL);
  GtkWidget *words = tomo_text_label_new (
      /* Translators: at the beginning of a card about something that hurts, such as threats */
      _("Tell somebody you trust today: your family, a teacher, a doctor, or the police. You are "
         "not to blame, and there is a way out."));
  GtkWidget *tile = tomo_tile_new (_("It has happened to me"));

  /* Translators: heading at the beginning of a card about something that hurts */
  tomo_heading_set_text (TOMO_HEADING (heading), _("Where to get help"));
  gtk_widget_set_name (box, "help-card");
  gtk_widget_add_css_class (box, "help-card");
  gtk_widget_add_css_class (heading, "title-2");
  tomo_tile_set_icon (TOMO_TILE (tile), "tomo-aid-threat-symbolic");
  gtk_widget_set_name (tile, "help-happened");
  gtk_widget_add_css_class (tile, "happened-tile");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (tile), "visit.happened");
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), tile);
  return box;
}
