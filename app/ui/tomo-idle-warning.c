/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-idle-warning.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-clamp.h"
#include "ui/tomo-heading.h"
#include "ui/tomo-scroller.h"

struct _TomoIdleWarning
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkLabel *words;
  GtkWidget *stay;
};

G_DEFINE_TYPE (TomoIdleWarning, tomo_idle_warning, GTK_TYPE_WIDGET)

static void
tomo_idle_warning_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TOMO_TYPE_IDLE_WARNING);

  G_OBJECT_CLASS (tomo_idle_warning_parent_class)->dispose (object);
}

static gboolean
tomo_idle_warning_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (TOMO_IDLE_WARNING (widget)->stay);
}

static void
tomo_idle_warning_class_init (TomoIdleWarningClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tomo_idle_warning_dispose;
  widget_class->grab_focus = tomo_idle_warning_grab_focus;

  g_type_ensure (TOMO_TYPE_CLAMP);
  gtk_widget_class_set_css_name (widget_class, "idlewarning");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT_DIALOG);
  g_type_ensure (TOMO_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-idle-warning.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoIdleWarning, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoIdleWarning, words);
  gtk_widget_class_bind_template_child (widget_class, TomoIdleWarning, stay);
}

static void
tomo_idle_warning_init (TomoIdleWarning *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tomo_scroller_mend (GTK_SCROLLED_WINDOW (self->scroller));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Are you still here?"), -1);
}

/**
 * tomo_idle_warning_new:
 *
 * Returns: (transfer floating): a warning in the visitor's language
 */
GtkWidget *
tomo_idle_warning_new (void)
{
  return g_object_new (TOMO_TYPE_IDLE_WARNING, NULL);
}

/**
 * tomo_idle_warning_set_seconds:
 * @self: a warning
 * @seconds: how long there is to answer
 */
void
tomo_idle_warning_set_seconds (TomoIdleWarning *self, unsigned int seconds)
{
  g_return_if_fail (TOMO_IS_IDLE_WARNING (self));

  g_autofree char *words = g_strdup_printf (
      /* Translators: below “Are you still here?”; counts down */
      g_dngettext (GETTEXT_PACKAGE, "In %u second this screen starts again for the next visitor.",
                   "In %u seconds this screen starts again for the next visitor.", seconds),
      seconds);
  gtk_label_set_text (self->words, words);
}
