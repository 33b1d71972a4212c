/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-help-page.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-choice-button.h"
#include "ui/tomo-clamp.h"
#include "ui/tomo-heading.h"
#include "ui/tomo-text-label.h"

#define READING_SECS 90

struct _TomoHelpPage
{
  TomoPage parent_instance;

  GtkScrolledWindow *scroller;
  GtkBox *split;
  TomoClamp *side;
  TomoHeading *heading;
  GtkBox *switches;
  GtkBox *keys;
};

G_DEFINE_TYPE (TomoHelpPage, tomo_help_page, TOMO_TYPE_PAGE)

static unsigned int
tomo_help_page_get_reading_secs (TomoPage *page)
{
  return READING_SECS;
}

/* A switch and the visit say the same, whichever of them changes. */
static void
add_switch (TomoHelpPage *self, const char *property, const char *words)
{
  TomoVisit *visit = tomo_page_get_visit (TOMO_PAGE (self));
  TomoChoiceButton *button = tomo_choice_button_new (property, GTK_ACCESSIBLE_ROLE_CHECKBOX);

  gtk_widget_set_name (GTK_WIDGET (button), property);
  tomo_choice_button_set_words (button, words);
  g_object_bind_property (visit, property, button, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  gtk_box_append (self->switches, GTK_WIDGET (button));
}

static void
add_key (TomoHelpPage *self, const char *key, const char *meaning)
{
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM,
                                 "orientation", GTK_ORIENTATION_VERTICAL, NULL);
  GtkWidget *name = tomo_text_label_new (key);
  GtkWidget *words = tomo_text_label_new (meaning);

  gtk_widget_add_css_class (row, "fact");
  gtk_widget_add_css_class (name, "fact-name");
  gtk_widget_add_css_class (words, "fact-value");
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (self->keys, row);
}

static void
add_keys (TomoHelpPage *self)
{
  /* Translators: on the page of help: keys of a keyboard, as they are called on it */
  add_key (self, _("Tab, or Next on the keypad"),
           /* Translators: on the page of help: what the key Tab does */
           _("To the next thing that can be chosen; long text moves on"));
  /* Translators: on the page of help: keys of a keyboard, as they are called on it */
  add_key (self, _("Shift and Tab, or Previous on the keypad"),
           /* Translators: on the page of help: what the keys Shift and Tab do */
           _("To the thing before"));
  /* Translators: on the page of help: keys of a keyboard, as they are called on it */
  add_key (self, _("Enter, or Select on the keypad"),
           /* Translators: on the page of help: what the key Enter does */
           _("Choose what has the frame around it"));
  /* Translators: on the page of help: keys of a keyboard, as they are called on it */
  add_key (self, _("Esc, or Back on the keypad"),
           /* Translators: on the page of help: what the key Esc does */
           _("To the page before"));
  /* Translators: on the page of help: keys of a keyboard, as they are called on it */
  add_key (self, _("F1, or Help on the keypad"),
           /* Translators: on the page of help: what the key F1 does */
           _("To this page, and away from it again"));
}

static void
tomo_help_page_constructed (GObject *object)
{
  TomoHelpPage *self = TOMO_HELP_PAGE (object);
  TomoScene *scene = tomo_page_get_scene (TOMO_PAGE (self));

  G_OBJECT_CLASS (tomo_help_page_parent_class)->constructed (object);

  tomo_page_set_columns (TOMO_PAGE (self), self->split, self->side);
  tomo_page_set_scroller (TOMO_PAGE (self), self->scroller);
  tomo_page_set_first_focus (TOMO_PAGE (self), GTK_WIDGET (self->heading));
  /* Translators: a switch on the page of help: no pages that slide, nothing that turns by itself */
  add_switch (self, "still", _("Nothing moves by itself"));
  if (tomo_scene_can_be_lowered (scene))
    /* Translators: a switch on the page of help: everything moves to the lower part of a tall
     * screen, within reach of a child or from a wheelchair */
    add_switch (self, "lowered", _("Everything lower down, within easy reach"));
  add_keys (self);
}

static void
tomo_help_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TOMO_TYPE_HELP_PAGE);

  G_OBJECT_CLASS (tomo_help_page_parent_class)->dispose (object);
}

static void
tomo_help_page_class_init (TomoHelpPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tomo_help_page_constructed;
  object_class->dispose = tomo_help_page_dispose;
  TOMO_PAGE_CLASS (klass)->get_reading_secs = tomo_help_page_get_reading_secs;

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-help-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoHelpPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoHelpPage, split);
  gtk_widget_class_bind_template_child (widget_class, TomoHelpPage, side);
  gtk_widget_class_bind_template_child (widget_class, TomoHelpPage, heading);
  gtk_widget_class_bind_template_child (widget_class, TomoHelpPage, switches);
  gtk_widget_class_bind_template_child (widget_class, TomoHelpPage, keys);
}

static void
tomo_help_page_init (TomoHelpPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
