/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-care-page.h"

#include "ui/tomo-clamp.h"
#include "ui/tomo-heading.h"

/* Nobody is hurried into a decision. */
#define READING_SECS 90

struct _TomoCarePage
{
  TomoPage parent_instance;

  GtkScrolledWindow *scroller;
  GtkWidget *heading;
  GtkWidget *open;
};

G_DEFINE_TYPE (TomoCarePage, tomo_care_page, TOMO_TYPE_PAGE)

static unsigned int
tomo_care_page_get_reading_secs (TomoPage *page)
{
  return READING_SECS;
}

static void
tomo_care_page_constructed (GObject *object)
{
  TomoCarePage *self = TOMO_CARE_PAGE (object);
  const TomoPlace *place = tomo_page_get_place (TOMO_PAGE (self));

  G_OBJECT_CLASS (tomo_care_page_parent_class)->constructed (object);

  tomo_page_set_scroller (TOMO_PAGE (self), self->scroller);
  tomo_page_set_first_focus (TOMO_PAGE (self), self->heading);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open), "(sss)", place->partner,
                                    place->pack, place->item);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->open), "visit.open-card");
}

static void
tomo_care_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TOMO_TYPE_CARE_PAGE);

  G_OBJECT_CLASS (tomo_care_page_parent_class)->dispose (object);
}

static void
tomo_care_page_class_init (TomoCarePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tomo_care_page_constructed;
  object_class->dispose = tomo_care_page_dispose;
  TOMO_PAGE_CLASS (klass)->get_reading_secs = tomo_care_page_get_reading_secs;

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-care-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoCarePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoCarePage, heading);
  gtk_widget_class_bind_template_child (widget_class, TomoCarePage, open);
}

static void
tomo_care_page_init (TomoCarePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
