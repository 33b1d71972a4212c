/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>

#include "tests/ui/tomo-stage.h"
#include "ui/tomo-greeting.h"
#include "ui/tomo-light.h"

/* What stands on the start screen has room there, whatever it says. */

/* What greets is as high as its lines are, however long, and no height makes it or a page wider. */
static void
test_attract_greeting_fits (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new (1024, 600);

  tomo_stage_settle (stage);
  GtkWidget *greeting =
      gtk_widget_get_ancestor (tomo_stage_find (stage, "teaser"), TOMO_TYPE_GREETING);
  int old_height_px = gtk_widget_get_height (greeting);
  tomo_greeting_set_teaser (TOMO_GREETING (greeting),
                            "A parcel that you did not order, from a sender that you do not know, "
                            "with a fee that somebody asks for in a message");
  tomo_stage_settle (stage);

  int least_px = 0;
  gtk_widget_measure (greeting, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (greeting),
                      &least_px, NULL, NULL, NULL);
  g_assert_cmpint (gtk_widget_get_height (greeting), >, old_height_px);
  g_assert_cmpint (gtk_widget_get_height (greeting), >=, least_px);
  g_assert_cmpint (gtk_widget_get_height (gtk_widget_get_parent (greeting)), >=, least_px);

  GtkWidget *const widgets[] = { greeting, GTK_WIDGET (tomo_window_get_page (stage->window)) };
  for (unsigned int i = 0; i < G_N_ELEMENTS (widgets); i++)
    {
      int any_px = 0;
      int low_px = 0;
      int lowest_px = 0;
      /* GTK 4.18 warns of a question for less than the lowest there is. */
      gtk_widget_measure (widgets[i], GTK_ORIENTATION_VERTICAL, -1, &lowest_px, NULL, NULL, NULL);
      gtk_widget_measure (widgets[i], GTK_ORIENTATION_HORIZONTAL, -1, &any_px, NULL, NULL, NULL);
      gtk_widget_measure (widgets[i], GTK_ORIENTATION_HORIZONTAL, lowest_px, &low_px, NULL, NULL,
                          NULL);
      g_assert_cmpint (any_px, ==, low_px);
    }
}

static void
find_light_cb (GtkWidget *widget, gpointer user_data)
{
  if (TOMO_IS_LIGHT (widget))
    *(TomoLight **) user_data = TOMO_LIGHT (widget);
}

/* The longer a teaser is the lower are the flames, until it goes: none stands behind it. */
static void
test_attract_teaser_above_flames (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new (1024, 600);
  g_autoptr(GString) words = g_string_new (NULL);
  TomoLight *light = NULL;
  unsigned int n_shown = 0;

  tomo_stage_settle (stage);
  GtkWidget *teaser = tomo_stage_find (stage, "teaser");
  GtkWidget *greeting = gtk_widget_get_ancestor (teaser, TOMO_TYPE_GREETING);
  tomo_stage_foreach (GTK_WIDGET (stage->window), find_light_cb, &light);
  g_assert_nonnull (light);
  for (unsigned int i = 0; i < 24; i++)
    {
      graphene_rect_t bounds;
      g_string_append (words, "a parcel that you did not order ");
      tomo_greeting_set_teaser (TOMO_GREETING (greeting), words->str);
      tomo_stage_settle (stage);
      if (!gtk_widget_get_mapped (teaser))
        continue;
      n_shown++;
      g_assert_true (gtk_widget_compute_bounds (teaser, GTK_WIDGET (light), &bounds));
      g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, tomo_light_get_free_px (light));
    }
  g_assert_cmpuint (n_shown, >, 0);
  g_assert_cmpuint (n_shown, <, 24);
}

/* Whether a part of the light, from above, has the colour that only the last flame has. */
static gboolean
has_flame (TomoLight *light, int from_px, int to_px)
{
  GdkRGBA lamp = { 0 };
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (light));
  g_assert_true (gtk_style_context_lookup_color (context, "lamp", &lamp));
  int width = gtk_widget_get_width (GTK_WIDGET (light));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GTK_WIDGET_GET_CLASS (light)->snapshot (GTK_WIDGET (light), snapshot);
  g_autoptr(GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, to_px);
  cairo_t *cr = cairo_create (surface);
  unsigned int n_pixels = 0;

  gsk_render_node_draw (node, cr);
  cairo_surface_flush (surface);
  for (int y = from_px; y < to_px; y++)
    {
      const uint32_t *row = (const uint32_t *) (cairo_image_surface_get_data (surface) +
                                                y * cairo_image_surface_get_stride (surface));
      for (int x = 0; x < width; x++)
        n_pixels += row[x] >> 24 == 0xff &&
                    fabs ((row[x] >> 16 & 0xff) / 255.0 - lamp.red) < 0.01 &&
                    fabs ((row[x] & 0xff) / 255.0 - lamp.blue) < 0.01;
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return n_pixels > 0;
}

/* However low the arc is, its last flame stands above the button in the corner, if there is one. */
static void
test_attract_flames_above_button (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new (1024, 600);
  TomoLight *light = NULL;

  tomo_stage_settle (stage);
  tomo_stage_foreach (GTK_WIDGET (stage->window), find_light_cb, &light);
  int height = gtk_widget_get_height (GTK_WIDGET (light));
  int button_px = height * 4 / 5;

  for (int top_px = 0; top_px < height; top_px += height / 8)
    {
      tomo_light_keep_below (light, top_px);
      tomo_light_keep_above (light, button_px);
      g_assert_true (has_flame (light, 0, button_px));
      g_assert_false (has_flame (light, button_px, height));
    }

  tomo_light_keep_above (light, 0);
  g_assert_true (has_flame (light, button_px, height));
}

int
main (int argc, char **argv)
{
  tomo_stage_init (&argc, &argv);
  g_test_add_func ("/ui/attract/greeting-fits", test_attract_greeting_fits);
  g_test_add_func ("/ui/attract/teaser-above-flames", test_attract_teaser_above_flames);
  g_test_add_func ("/ui/attract/flames-above-button", test_attract_flames_above_button);
  return g_test_run ();
}
