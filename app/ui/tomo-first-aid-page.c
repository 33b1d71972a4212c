/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-first-aid-page.h"

#include <glib/gi18n-lib.h>

#include "core/content/tomo-first-aid.h"
#include "ui/tomo-clamp.h"
#include "ui/tomo-heading.h"
#include "ui/tomo-icon.h"
#include "ui/tomo-step.h"

/* Somebody who is upset reads slowly, and may be on the telephone already. */
#define READING_SECS 180

struct _TomoFirstAidPage
{
  TomoPage parent_instance;

  GtkScrolledWindow *scroller;
  GtkBox *split;
  TomoClamp *side;
  GtkImage *icon;
  TomoHeading *heading;
  GtkBox *steps;
  GtkLabel *comfort;
};

G_DEFINE_TYPE (TomoFirstAidPage, tomo_first_aid_page, TOMO_TYPE_PAGE)

static unsigned int
tomo_first_aid_page_get_reading_secs (TomoPage *page)
{
  return READING_SECS;
}

static void
show_steps (TomoFirstAidPage *self, TomoFirstAid aid)
{
  for (size_t i = 0; i < TOMO_FIRST_AID_MAX_STEPS; i++)
    {
      const char *step = tomo_first_aid_get_step (aid, i);
      GtkLabel *words = NULL;

      if (step == NULL)
        break;
      gtk_box_append (self->steps, tomo_step_new (i + 1, &words));
      gtk_label_set_text (words, _ (step));
    }
}

static void
tomo_first_aid_page_constructed (GObject *object)
{
  TomoFirstAidPage *self = TOMO_FIRST_AID_PAGE (object);

  G_OBJECT_CLASS (tomo_first_aid_page_parent_class)->constructed (object);

  TomoFirstAid aid = tomo_first_aid_from_id (tomo_page_get_place (TOMO_PAGE (self))->topic);
  tomo_page_set_columns (TOMO_PAGE (self), self->split, self->side);
  tomo_page_set_scroller (TOMO_PAGE (self), self->scroller);
  tomo_page_set_first_focus (TOMO_PAGE (self), GTK_WIDGET (self->heading));
  g_autofree char *icon = g_strdup_printf ("tomo-aid-%s-symbolic", tomo_first_aid_get_id (aid));
  tomo_icon_show (self->icon, icon);
  tomo_heading_set_text (self->heading, _ (tomo_first_aid_get_title (aid)));
  gtk_label_set_text (self->comfort, _ (tomo_first_aid_get_comfort (aid)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->steps), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (tomo_first_aid_get_title (aid)), -1);
  show_steps (self, aid);
}

static void
tomo_first_aid_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TOMO_TYPE_FIRST_AID_PAGE);

  G_OBJECT_CLASS (tomo_first_aid_page_parent_class)->dispose (object);
}

static void
tomo_first_aid_page_class_init (TomoFirstAidPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tomo_first_aid_page_constructed;
  object_class->dispose = tomo_first_aid_page_dispose;
  TOMO_PAGE_CLASS (klass)->get_reading_secs = tomo_first_aid_page_get_reading_secs;

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-first-aid-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoFirstAidPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoFirstAidPage, split);
  gtk_widget_class_bind_template_child (widget_class, TomoFirstAidPage, side);
  gtk_widget_class_bind_template_child (widget_class, TomoFirstAidPage, icon);
  gtk_widget_class_bind_template_child (widget_class, TomoFirstAidPage, heading);
  gtk_widget_class_bind_template_child (widget_class, TomoFirstAidPage, steps);
  gtk_widget_class_bind_template_child (widget_class, TomoFirstAidPage, comfort);
}

static void
tomo_first_aid_page_init (TomoFirstAidPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
