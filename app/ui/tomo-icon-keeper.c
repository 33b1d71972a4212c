/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-icon-keeper.h"

/* GTK 4.8 reads an icon in a thread and forgets it when the last picture of it goes. If a page goes
 * while the thread still reads, the thread lets go last, and an icon of the same name and size that
 * is looked up in that moment is one that is being freed: a random visitor met this after some
 * thirty visits. An icon that is never freed cannot be met so; ours are few and small. */
static GHashTable *kept = NULL; /* (owned) (nullable) (element-type GtkIconPaintable) */

static void
keep_image (GtkImage *image)
{
  GtkWidget *widget = GTK_WIDGET (image);
  const char *name = gtk_image_get_icon_name (image);
  /* A picture fills its room one way only; the other way it is as large as the icon. */
  int size_px = MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  if (name == NULL || size_px <= 0)
    return;

  g_autoptr(GIcon) icon = g_themed_icon_new (name);
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  /* As GtkImage itself asks: what it gets is then the same object. */
  g_autoptr(GtkIconPaintable) paintable =
      gtk_icon_theme_lookup_by_gicon (theme, icon, size_px, gtk_widget_get_scale_factor (widget),
                                      gtk_widget_get_direction (widget), GTK_ICON_LOOKUP_PRELOAD);
  g_hash_table_add (kept, g_steal_pointer (&paintable));
}

/**
 * tomo_icon_keeper_keep:
 * @widget: a widget that is about to go
 *
 * Keeps the icons of @widget and of all that is in it for as long as the program runs.
 */
void
tomo_icon_keeper_keep (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (kept == NULL)
    kept = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  if (GTK_IS_IMAGE (widget))
    keep_image (GTK_IMAGE (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    tomo_icon_keeper_keep (child);
}
