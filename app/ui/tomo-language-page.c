/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-language-page.h"

#include "ui/tomo-clamp.h"
#include "ui/tomo-heading.h"
#include "ui/tomo-language-button.h"
#include "ui/tomo-tile-grid.h"

struct _TomoLanguagePage
{
  TomoPage parent_instance;

  GtkScrolledWindow *scroller;
  TomoTileGrid *grid;
};

G_DEFINE_TYPE (TomoLanguagePage, tomo_language_page, TOMO_TYPE_PAGE)

static void
tomo_language_page_constructed (GObject *object)
{
  TomoLanguagePage *self = TOMO_LANGUAGE_PAGE (object);
  TomoScene *scene = tomo_page_get_scene (TOMO_PAGE (self));
  const char *current = tomo_visit_get_language (tomo_page_get_visit (TOMO_PAGE (self)));

  G_OBJECT_CLASS (tomo_language_page_parent_class)->constructed (object);

  tomo_page_set_scroller (TOMO_PAGE (self), self->scroller);
  g_auto(GStrv) languages = tomo_scene_dup_languages (scene);
  for (unsigned int i = 0; languages[i] != NULL; i++)
    {
      GtkWidget *button = tomo_language_button_new (languages[i], "visit.language");
      if (g_strcmp0 (languages[i], current) == 0)
        {
          gtk_widget_add_css_class (button, "current");
          tomo_page_set_first_focus (TOMO_PAGE (self), button);
        }
      tomo_tile_grid_append (self->grid, button);
    }
}

static void
tomo_language_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TOMO_TYPE_LANGUAGE_PAGE);

  G_OBJECT_CLASS (tomo_language_page_parent_class)->dispose (object);
}

static void
tomo_language_page_class_init (TomoLanguagePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tomo_language_page_constructed;
  object_class->dispose = tomo_language_page_dispose;

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_TILE_GRID);
  g_type_ensure (TOMO_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-language-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoLanguagePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoLanguagePage, grid);
}

static void
tomo_language_page_init (TomoLanguagePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
