/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-step.h"

#include "ui/tomo-clamp.h"
#include "ui/tomo-text-label.h"

#define WHOLE_WIDTH_REM 1000.0

/**
 * tomo_step_new:
 * @number: which step, from 1
 * @out_words: (out) (transfer none): what says the step, still empty
 *
 * Makes one line of a list of things to do.
 *
 * Returns: (transfer floating): the line
 */
GtkWidget *
tomo_step_new (size_t number, GtkLabel **out_words)
{
  GtkWidget *row =
      g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  g_autofree char *digits = g_strdup_printf ("%zu", number);
  GtkWidget *count = gtk_label_new (digits);
  GtkWidget *words = tomo_text_label_new ("");

  gtk_widget_add_css_class (row, "step");
  gtk_widget_add_css_class (count, "step-number");
  gtk_widget_add_css_class (words, "step-words");
  gtk_widget_set_valign (count, GTK_ALIGN_START);
  /* A box asks a label how wide it must be for a height, which GTK 4.8 finds by trial, and a pixel
   * lost to rounding makes it wider than the row. A clamp asks for the width alone. */
  GtkWidget *clamp = tomo_clamp_new (WHOLE_WIDTH_REM);
  tomo_clamp_set_child (TOMO_CLAMP (clamp), words);
  gtk_widget_set_hexpand (clamp, TRUE);
  gtk_box_append (GTK_BOX (row), count);
  gtk_box_append (GTK_BOX (row), clamp);
  *out_words = GTK_LABEL (words);
  return row;
}
