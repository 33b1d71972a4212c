/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-greeting.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/tomo-i18n.h"
#include "ui/tomo-icon.h"
#include "ui/tomo-style.h"
#include "ui/tomo-text-label.h"
#include "ui/tomo-width-layout.h"

struct _TomoGreeting
{
  GtkWidget parent_instance;

  GtkWidget *column;
  GtkWidget *call;
  GtkWidget *teaser;
  GtkWidget *teaser_words;
};

G_DEFINE_FINAL_TYPE (TomoGreeting, tomo_greeting, GTK_TYPE_WIDGET)

static void
tomo_greeting_dispose (GObject *object)
{
  g_clear_pointer (&TOMO_GREETING (object)->column, gtk_widget_unparent);

  G_OBJECT_CLASS (tomo_greeting_parent_class)->dispose (object);
}

static void
tomo_greeting_class_init (TomoGreetingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tomo_greeting_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, TOMO_TYPE_WIDTH_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
add_teaser (TomoGreeting *self)
{
  GtkWidget *icon = tomo_icon_image_new ("tomo-tip-symbolic");

  self->teaser = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->teaser_words = tomo_text_label_new ("");
  gtk_widget_set_name (self->teaser_words, "teaser");
  gtk_widget_add_css_class (self->teaser, "teaser");
  gtk_widget_set_visible (self->teaser, FALSE); /* until there is something in it */
  gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->teaser), icon);
  gtk_box_append (GTK_BOX (self->teaser), self->teaser_words);
  gtk_box_append (GTK_BOX (self->column), self->teaser);
}

static void
tomo_greeting_init (TomoGreeting *self)
{
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->column, "greeting");
  gtk_widget_set_parent (self->column, GTK_WIDGET (self));
}

/**
 * tomo_greeting_new:
 * @name: the name of the campaign in @language; may be empty
 * @language: in which to greet
 *
 * Returns: (transfer floating): what stands on the start screen in one language, without a teaser
 */
GtkWidget *
tomo_greeting_new (const char *name, const char *language)
{
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  TomoGreeting *self = g_object_new (TOMO_TYPE_GREETING, NULL);
  GtkWidget *title = tomo_text_label_new (name);
  /* Translators: on the start screen, above buttons with the names of languages; each language
   * takes its turn */
  const char *msgid = N_("Touch your language to begin");

  self->call = tomo_text_label_new (tomo_i18n_lookup (language, NULL, msgid));
  gtk_widget_add_css_class (title, "greeting-name");
  gtk_widget_add_css_class (self->call, "greeting-call");
  gtk_box_append (GTK_BOX (self->column), title);
  gtk_box_append (GTK_BOX (self->column), self->call);
  add_teaser (self);
  tomo_style_set_language (GTK_WIDGET (self), language);
  return GTK_WIDGET (self);
}

/**
 * tomo_greeting_set_teaser:
 * @self: a greeting
 * @title: (nullable): the title of a tip, in the language of the greeting; %NULL for none
 */
void
tomo_greeting_set_teaser (TomoGreeting *self, const char *title)
{
  g_return_if_fail (TOMO_IS_GREETING (self));

  gtk_label_set_text (GTK_LABEL (self->teaser_words), (title != NULL) ? title : "");
  gtk_widget_set_visible (self->teaser, title != NULL);
}

static int
get_end_px (TomoGreeting *self, GtkWidget *part)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (part, GTK_WIDGET (self), &bounds)
             ? (int) ceilf (bounds.origin.y + bounds.size.height)
             : 0;
}

/**
 * tomo_greeting_get_words_px:
 * @self: a greeting that has its allocation
 *
 * Returns: where its words end, without the teaser
 */
int
tomo_greeting_get_words_px (TomoGreeting *self)
{
  g_return_val_if_fail (TOMO_IS_GREETING (self), 0);
  return get_end_px (self, self->call);
}

/**
 * tomo_greeting_fit:
 * @self: a greeting that has its allocation
 * @height_px: how much of its height is free
 *
 * Shows the teaser only if it ends there: it decorates, and what lies below it must be read.
 *
 * Returns: where what is shown ends
 */
int
tomo_greeting_fit (TomoGreeting *self, int height_px)
{
  g_return_val_if_fail (TOMO_IS_GREETING (self), 0);

  int teaser_px = gtk_widget_get_visible (self->teaser) ? get_end_px (self, self->teaser) : 0;
  gtk_widget_set_child_visible (self->teaser, teaser_px <= height_px);
  return (teaser_px > 0 && teaser_px <= height_px) ? teaser_px : get_end_px (self, self->call);
}
