/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-bar.h"
#include "ui/tomo-window-private.h"

static void
apply_layout (TomoWindow *self, TomoLayout layout)
{
  const char *const style_class = tomo_layout_get_style_class (layout);

  if (gtk_widget_has_css_class (GTK_WIDGET (self), style_class))
    return;

  for (unsigned int i = 0; i < TOMO_N_LAYOUTS; i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), tomo_layout_get_style_class ((TomoLayout) i));
  gtk_widget_add_css_class (GTK_WIDGET (self), style_class);
  tomo_scene_set_layout (self->scene, layout);
  if (self->page != NULL)
    tomo_window_refresh (self);
}

static void
set_class (TomoWindow *self, const char *style_class, gboolean is_set)
{
  if (is_set)
    gtk_widget_add_css_class (GTK_WIDGET (self), style_class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), style_class);
}

/**
 * tomo_window_relayout:
 * @self: a window
 *
 * Makes everything as large as the window, the glass and the visitor ask for, and builds the page
 * anew if that needs another layout.
 */
void
tomo_window_relayout (TomoWindow *self)
{
  TomoVisit *visit = tomo_window_get_visit (self);
  const TomoGlass *glass = tomo_scene_get_glass (self->scene);
  unsigned int text_size = tomo_visit_get_text_size (visit);
  int lowered_px = tomo_glass_get_lowered_px (glass, self->height_px);
  gboolean is_lowered = tomo_visit_is_lowered (visit) && lowered_px > 0;
  int height_px = is_lowered ? lowered_px : self->height_px;
  double scale = tomo_layout_get_text_scale (self->width_px, height_px, glass, text_size);

  tomo_scene_set_height (self->scene, self->height_px);
  gtk_widget_set_size_request (self->above, -1, self->height_px - height_px);
  gtk_widget_set_visible (self->above, is_lowered);
  tomo_style_set_scale (self->style, scale);
  tomo_scene_set_width_rem (self->scene,
                            self->width_px / tomo_style_get_rem_px (GTK_WIDGET (self)));
  set_class (self, "largest", text_size + 1 == TOMO_N_TEXT_SIZES);
  set_class (self, "short", tomo_layout_is_short (height_px, scale));
  tomo_window_update_header (self);
  if (self->bar != NULL)
    tomo_bar_lay_out (TOMO_BAR (self->bar), self->width_px);
  apply_layout (self, tomo_layout_for_scale (self->width_px, height_px, scale));
}

/**
 * tomo_window_get_above_px:
 * @self: a window
 *
 * Returns: how much of its height, from above, is left free because the visitor has lowered the
 *    screen
 */
int
tomo_window_get_above_px (TomoWindow *self)
{
  int above_px = 0;

  if (gtk_widget_get_visible (self->above))
    gtk_widget_get_size_request (self->above, NULL, &above_px);

  return above_px;
}

static gboolean
relayout_cb (gpointer user_data)
{
  TomoWindow *self = user_data;

  g_clear_pointer (&self->relayout_source, g_source_unref);
  tomo_window_relayout (self);
  return G_SOURCE_REMOVE;
}

/**
 * tomo_window_take_size:
 * @self: a window that is being allocated
 * @width_px: its width now
 * @height_px: its height now
 *
 * Notes a change of size, and lays out before the next frame.
 */
void
tomo_window_take_size (TomoWindow *self, int width_px, int height_px)
{
  if (width_px == self->width_px && height_px == self->height_px)
    return;

  self->width_px = width_px;
  self->height_px = height_px;
  if (self->relayout_source != NULL)
    return;

  /* Styles and children must not change in the middle of an allocation. */
  self->relayout_source = g_idle_source_new ();
  g_source_set_name (self->relayout_source, "tomo-window-relayout");
  g_source_set_priority (self->relayout_source, GDK_PRIORITY_REDRAW - 1);
  g_source_set_callback (self->relayout_source, relayout_cb, self, NULL);
  g_source_attach (self->relayout_source, NULL);
}

static void
size_cb (TomoWindow *self, GParamSpec *pspec, TomoVisit *visit)
{
  TomoPage *page = self->page;

  /* Pages give words and pictures other shares of the room when letters are large. */
  tomo_window_relayout (self);
  if (page != NULL && self->page == page)
    tomo_window_refresh (self);
  tomo_window_update_bar (self);
}

/**
 * tomo_window_watch_size:
 * @self: a window that has its scene
 *
 * Follows what the visitor does to the size of things.
 */
void
tomo_window_watch_size (TomoWindow *self)
{
  TomoVisit *visit = tomo_window_get_visit (self);

  g_signal_connect_swapped (visit, "notify::text-size", G_CALLBACK (size_cb), self);
  g_signal_connect_swapped (visit, "notify::lowered", G_CALLBACK (size_cb), self);
}

/**
 * tomo_window_glass_changed:
 * @self: a window
 *
 * Says that the scene has another glass: everything is made as large as that asks for.
 */
void
tomo_window_glass_changed (TomoWindow *self)
{
  g_return_if_fail (TOMO_IS_WINDOW (self));

  tomo_window_relayout (self);
  if (self->page != NULL)
    tomo_window_refresh (self);
}
