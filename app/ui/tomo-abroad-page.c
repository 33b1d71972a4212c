/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-abroad-page.h"

#include "ui/tomo-clamp.h"
#include "ui/tomo-heading.h"
#include "ui/tomo-tip-list.h"

struct _TomoAbroadPage
{
  TomoPage parent_instance;

  GtkScrolledWindow *scroller;
  GtkBox *split;
  TomoClamp *side;
  TomoTipList *list;
};

G_DEFINE_TYPE (TomoAbroadPage, tomo_abroad_page, TOMO_TYPE_PAGE)

static void
tomo_abroad_page_constructed (GObject *object)
{
  TomoAbroadPage *self = TOMO_ABROAD_PAGE (object);
  TomoScene *scene = tomo_page_get_scene (TOMO_PAGE (self));

  G_OBJECT_CLASS (tomo_abroad_page_parent_class)->constructed (object);

  tomo_page_set_columns (TOMO_PAGE (self), self->split, self->side);
  tomo_page_set_scroller (TOMO_PAGE (self), self->scroller);
  tomo_tip_list_fill (self->list, scene, "");
}

static void
tomo_abroad_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TOMO_TYPE_ABROAD_PAGE);

  G_OBJECT_CLASS (tomo_abroad_page_parent_class)->dispose (object);
}

static void
tomo_abroad_page_class_init (TomoAbroadPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tomo_abroad_page_constructed;
  object_class->dispose = tomo_abroad_page_dispose;

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_TIP_LIST);
  g_type_ensure (TOMO_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-abroad-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoAbroadPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoAbroadPage, split);
  gtk_widget_class_bind_template_child (widget_class, TomoAbroadPage, side);
  gtk_widget_class_bind_template_child (widget_class, TomoAbroadPage, list);
}

static void
tomo_abroad_page_init (TomoAbroadPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
