/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-language-button.h"

#include "core/content/tomo-language.h"
#include "ui/tomo-style.h"

/**
 * tomo_language_button_new:
 * @tag: a language tag of the table
 * @action: the action, which gets @tag as its target
 *
 * Makes a large button with the language's own name for itself, in its own letters.
 *
 * Returns: (transfer floating): a button
 */
GtkWidget *
tomo_language_button_new (const char *tag, const char *action)
{
  const TomoLanguage *language = tomo_language_find (tag);
  GtkWidget *button = gtk_button_new_with_label ((language != NULL) ? language->autonym : tag);
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

  gtk_widget_add_css_class (button, "language-button");
  gtk_widget_set_name (button, tag);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", tag);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  tomo_style_set_language (button, tag);
  return button;
}
