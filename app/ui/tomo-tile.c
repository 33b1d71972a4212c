/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-tile.h"

#include "ui/tomo-clamp.h"
#include "ui/tomo-flow-layout.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-icon.h"
#include "ui/tomo-phrases.h"
#include "ui/tomo-picture-view.h"
#include "ui/tomo-stamp.h"
#include "ui/tomo-text-label.h"

struct _TomoTile
{
  GtkButton parent_instance;

  TomoPictureView *picture;
  GtkWidget *icon;
  GtkLabel *title;
  GtkLabel *detail;
  GtkBox *marks;
};

G_DEFINE_TYPE (TomoTile, tomo_tile, GTK_TYPE_BUTTON)

static void
tomo_tile_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TOMO_TYPE_TILE);

  G_OBJECT_CLASS (tomo_tile_parent_class)->dispose (object);
}

static void
tomo_tile_class_init (TomoTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tomo_tile_dispose;

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_FLOW_LAYOUT);
  g_type_ensure (TOMO_TYPE_PICTURE_VIEW);
  g_type_ensure (TOMO_TYPE_STAMP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoTile, picture);
  gtk_widget_class_bind_template_child (widget_class, TomoTile, icon);
  gtk_widget_class_bind_template_child (widget_class, TomoTile, title);
  gtk_widget_class_bind_template_child (widget_class, TomoTile, detail);
  gtk_widget_class_bind_template_child (widget_class, TomoTile, marks);
}

static void
tomo_tile_init (TomoTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A screen reader says all that stands on the tile. */
static void
update_name (TomoTile *self)
{
  g_autoptr(GString) name = g_string_new (gtk_label_get_text (self->title));
  const char *language = tomo_i18n_get_language ();

  if (gtk_widget_get_visible (GTK_WIDGET (self->detail)))
    tomo_phrases_append_part (name, gtk_label_get_text (self->detail), language);
  for (GtkWidget *mark = gtk_widget_get_first_child (GTK_WIDGET (self->marks)); mark != NULL;
       mark = gtk_widget_get_next_sibling (mark))
    tomo_phrases_append_part (name, gtk_label_get_text (GTK_LABEL (mark)), language);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}

/**
 * tomo_tile_new:
 * @title: what the tile opens
 *
 * Returns: (transfer floating): a tile
 */
GtkWidget *
tomo_tile_new (const char *title)
{
  TomoTile *self = g_object_new (TOMO_TYPE_TILE, NULL);

  tomo_text_label_set_title (self->title, title);
  update_name (self);
  return GTK_WIDGET (self);
}

/**
 * tomo_tile_set_icon:
 * @self: a tile
 * @icon_name: name of an icon
 */
void
tomo_tile_set_icon (TomoTile *self, const char *icon_name)
{
  g_return_if_fail (TOMO_IS_TILE (self));

  tomo_icon_show (GTK_IMAGE (self->icon), icon_name);
  gtk_widget_set_visible (self->icon, TRUE);
}

/**
 * tomo_tile_set_picture:
 * @self: a tile
 * @png: bytes of a picture
 * @height_rem: how high it is, in rem
 *
 * Puts a picture above the title. It only decorates, so it has no words of its own.
 */
void
tomo_tile_set_picture (TomoTile *self, GBytes *png, double height_rem)
{
  g_return_if_fail (TOMO_IS_TILE (self));

  g_autoptr(GError) error = NULL;
  g_object_set (self->picture, "height", height_rem, NULL);
  if (tomo_picture_view_load (self->picture, png, "", &error))
    gtk_widget_add_css_class (GTK_WIDGET (self), "has-picture");
  else
    g_debug ("no picture on a tile: %s", error->message);
}

/**
 * tomo_tile_set_detail_language:
 * @self: a tile with a detail
 * @language: (nullable): the language of the detail, if it is a name in another one
 */
void
tomo_tile_set_detail_language (TomoTile *self, const char *language)
{
  g_return_if_fail (TOMO_IS_TILE (self));

  tomo_text_label_set_part_language (self->detail, gtk_label_get_text (self->detail), language);
}

/**
 * tomo_tile_set_detail:
 * @self: a tile
 * @detail: the line below the title
 */
void
tomo_tile_set_detail (TomoTile *self, const char *detail)
{
  g_return_if_fail (TOMO_IS_TILE (self));

  gtk_label_set_text (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), TRUE);
  update_name (self);
}

/**
 * tomo_tile_add_mark:
 * @self: a tile
 * @mark: one or two words, such as “Sample”
 */
void
tomo_tile_add_mark (TomoTile *self, const char *mark)
{
  g_return_if_fail (TOMO_IS_TILE (self));

  GtkWidget *label = tomo_text_label_new (mark);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "mark");
  gtk_box_append (self->marks, label);
  gtk_widget_set_visible (GTK_WIDGET (self->marks), TRUE);
  update_name (self);
}
