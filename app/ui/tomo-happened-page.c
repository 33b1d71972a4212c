/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-happened-page.h"

#include <glib/gi18n-lib.h>

#include "core/content/tomo-first-aid.h"
#include "ui/tomo-clamp.h"
#include "ui/tomo-heading.h"
#include "ui/tomo-tile-grid.h"
#include "ui/tomo-tile.h"

struct _TomoHappenedPage
{
  TomoPage parent_instance;

  GtkScrolledWindow *scroller;
  GtkBox *split;
  TomoClamp *side;
  TomoTileGrid *grid;
};

G_DEFINE_TYPE (TomoHappenedPage, tomo_happened_page, TOMO_TYPE_PAGE)

static void
add_tile (TomoHappenedPage *self, TomoFirstAid aid)
{
  GtkWidget *tile = tomo_tile_new (_ (tomo_first_aid_get_title (aid)));
  g_autofree char *icon = g_strdup_printf ("tomo-aid-%s-symbolic", tomo_first_aid_get_id (aid));

  tomo_tile_set_icon (TOMO_TILE (tile), icon);
  tomo_tile_set_detail (TOMO_TILE (tile), _ (tomo_first_aid_get_detail (aid)));
  gtk_widget_set_name (tile, tomo_first_aid_get_id (aid));
  gtk_widget_add_css_class (tile, "aid-tile");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (tile), "visit.first-aid");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (tile), "s", tomo_first_aid_get_id (aid));
  tomo_tile_grid_append (self->grid, tile);
}

static void
tomo_happened_page_constructed (GObject *object)
{
  TomoHappenedPage *self = TOMO_HAPPENED_PAGE (object);

  G_OBJECT_CLASS (tomo_happened_page_parent_class)->constructed (object);

  tomo_page_set_columns (TOMO_PAGE (self), self->split, self->side);
  tomo_page_set_scroller (TOMO_PAGE (self), self->scroller);
  for (int i = 0; i < TOMO_N_FIRST_AIDS; i++)
    add_tile (self, (TomoFirstAid) i);
}

static void
tomo_happened_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TOMO_TYPE_HAPPENED_PAGE);

  G_OBJECT_CLASS (tomo_happened_page_parent_class)->dispose (object);
}

static void
tomo_happened_page_class_init (TomoHappenedPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tomo_happened_page_constructed;
  object_class->dispose = tomo_happened_page_dispose;

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_TILE_GRID);
  g_type_ensure (TOMO_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-happened-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoHappenedPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoHappenedPage, split);
  gtk_widget_class_bind_template_child (widget_class, TomoHappenedPage, side);
  gtk_widget_class_bind_template_child (widget_class, TomoHappenedPage, grid);
}

static void
tomo_happened_page_init (TomoHappenedPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
