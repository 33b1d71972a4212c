/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>

#include "tests/ui/tomo-stage.h"
#include "ui/tomo-stamp.h"

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer colour)
{
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_paint (cr);
}

/* The pixel in the middle, blue first. */
static void
read_middle (GtkWidget *window, guchar pixel[4])
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (window);
  float width = (float) gtk_widget_get_width (window);
  float height = (float) gtk_widget_get_height (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderer *renderer = gsk_cairo_renderer_new ();

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  GskRenderNode *node = gtk_snapshot_free_to_node (snapshot);
  g_assert_true (gsk_renderer_realize (renderer, NULL, &error));
  g_autoptr(GdkTexture) texture = gsk_renderer_render_texture (
      renderer, node, &GRAPHENE_RECT_INIT (floorf (width / 2), floorf (height / 2), 1, 1));
  gdk_texture_download (texture, pixel, 4);
  gsk_renderer_unrealize (renderer);
  g_object_unref (renderer);
  gsk_render_node_unref (node);
}

/* What is kept is never older than what it stands for. */
static void
test_stamp_renewed (void)
{
  GdkRGBA colour = { 1.0F, 0.0F, 0.0F, 1.0F };
  GtkWidget *window = gtk_window_new ();
  GtkWidget *stamp = g_object_new (TOMO_TYPE_STAMP, NULL);
  GtkWidget *area = gtk_drawing_area_new ();
  guchar pixel[4] = { 0 };

  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_cb, &colour, NULL);
  gtk_widget_set_hexpand (area, TRUE);
  gtk_widget_set_vexpand (area, TRUE);
  gtk_widget_set_parent (area, stamp);
  gtk_window_set_child (GTK_WINDOW (window), stamp);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 200, 100);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  read_middle (window, pixel);
  g_assert_cmpuint (pixel[0], ==, 0);
  g_assert_cmpuint (pixel[2], ==, 255);

  colour = (GdkRGBA){ 0.0F, 0.0F, 1.0F, 1.0F };
  gtk_widget_queue_draw (area);
  gtk_test_widget_wait_for_draw (window);
  read_middle (window, pixel);
  g_assert_cmpuint (pixel[0], ==, 255);
  g_assert_cmpuint (pixel[2], ==, 0);

  gtk_widget_set_visible (window, FALSE);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  read_middle (window, pixel);
  g_assert_cmpuint (pixel[0], ==, 255);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  tomo_stage_init (&argc, &argv);

  g_test_add_func ("/ui/stamp/renewed", test_stamp_renewed);

  return g_test_run ();
}
