/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gtk/gtk.h>
#include <string.h>

#include "ui/tomo-icon-private.h"
#include "ui/tomo-icon.h"

#define SIDE_PX 96
/* Of 255 levels. Most differ by less than 0.01; a small path that is missing is 1 or more. */
#define MAX_MEAN_DIFFERENCE 0.1

static const GdkRGBA ink = { 0.0f, 0.0f, 0.0f, 1.0f };
static const GdkRGBA pale_ink = { 0.0f, 0.0f, 0.0f, 0.5f };

static cairo_surface_t *
draw_icon (const char *name, const GdkRGBA *colour)
{
  g_autoptr(GdkPaintable) icon = tomo_icon_new (name);
  g_autoptr(GtkSnapshot) snapshot = gtk_snapshot_new ();

  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, SIDE_PX,
                                            SIDE_PX, colour, 1);
  g_autoptr(GskRenderNode) node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);

  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIDE_PX, SIDE_PX);
  cairo_t *cr = cairo_create (surface);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static unsigned int
get_alpha (cairo_surface_t *surface, int x, int y)
{
  const unsigned char *row =
      cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);
  uint32_t pixel = 0;

  memcpy (&pixel, row + 4 * x, sizeof pixel);
  return pixel >> 24;
}

/* Each drawing looks as its file does to librsvg, which GTK would have asked. */
static void
test_icon_looks (void)
{
  for (unsigned int i = 0; i < tomo_icon_n_drawings; i++)
    {
      const char *name = tomo_icon_drawings[i].name;
      g_autofree char *file = g_strconcat (name, ".svg", NULL);
      g_autofree char *path = g_build_filename (g_getenv ("TOMO_SOURCE_ROOT"), "app", "ui", "icons",
                                                "scalable", "actions", file, NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(GdkPixbuf) expected =
          gdk_pixbuf_new_from_file_at_size (path, SIDE_PX, SIDE_PX, &error);

      if (g_error_matches (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_UNKNOWN_TYPE))
        {
          g_test_skip ("gdk-pixbuf cannot read SVG here (package librsvg2-common)");
          return;
        }
      g_assert_no_error (error);
      g_assert_true (gdk_pixbuf_get_has_alpha (expected));

      cairo_surface_t *surface = draw_icon (name, &ink);
      uint64_t difference = 0;
      for (int y = 0; y < SIDE_PX; y++)
        for (int x = 0; x < SIDE_PX; x++)
          {
            const guint8 *pixel =
                gdk_pixbuf_read_pixels (expected) + y * gdk_pixbuf_get_rowstride (expected) + 4 * x;
            difference += (uint64_t) ABS ((int) get_alpha (surface, x, y) - (int) pixel[3]);
          }
      cairo_surface_destroy (surface);
      g_test_message ("%s: %.2f", name, (double) difference / (SIDE_PX * SIDE_PX));
      g_assert_cmpfloat ((double) difference / (SIDE_PX * SIDE_PX), <, MAX_MEAN_DIFFERENCE);
    }
}

/* A pale colour is equally pale where two paths of a drawing lie over one another. */
static void
test_icon_pale (void)
{
  for (unsigned int i = 0; i < tomo_icon_n_drawings; i++)
    {
      unsigned int most = 0;
      cairo_surface_t *surface = draw_icon (tomo_icon_drawings[i].name, &pale_ink);

      for (int y = 0; y < SIDE_PX; y++)
        for (int x = 0; x < SIDE_PX; x++)
          most = MAX (most, get_alpha (surface, x, y));
      cairo_surface_destroy (surface);
      g_assert_cmpuint (most, >=, 127);
      g_assert_cmpuint (most, <=, 128);
    }
}

/* A name that is not there is a mistake of the program, and shows nothing. */
static void
test_icon_unknown (void)
{
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "*no icon*tomo-none*");
  g_autoptr(GdkPaintable) icon = tomo_icon_new ("tomo-none");
  g_test_assert_expected_messages ();

  g_autoptr(GtkSnapshot) snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (icon, snapshot, SIDE_PX, SIDE_PX);
  g_autoptr(GskRenderNode) node = gtk_snapshot_to_node (snapshot);
  g_assert_null (node);
}

int
main (int argc, char **argv)
{
  /* No isolated folders: gdk-pixbuf knows SVG by the system’s list of types. */
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/icon/looks", test_icon_looks);
  g_test_add_func ("/ui/icon/pale", test_icon_pale);
  g_test_add_func ("/ui/icon/unknown", test_icon_unknown);
  return g_test_run ();
}
