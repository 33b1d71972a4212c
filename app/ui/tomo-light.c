/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-light.h"

#include <math.h>

#define N_LIGHTS 9

struct _TomoLight
{
  GtkWidget parent_instance;
};

G_DEFINE_TYPE (TomoLight, tomo_light, GTK_TYPE_WIDGET)

static void
get_colour (GtkWidget *widget, const char *name, GdkRGBA *out_colour)
{
  /* gtk_widget_get_color() came with GTK 4.10 only. */
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  if (!gtk_style_context_lookup_color (context, name, out_colour))
    gtk_style_context_get_color (context, out_colour);
}

static void
draw_glow (cairo_t *cr, const GdkRGBA *colour, double x, double y, double radius, double strength)
{
  cairo_pattern_t *glow = cairo_pattern_create_radial (x, y, 0, x, y, radius);

  cairo_pattern_add_color_stop_rgba (glow, 0.0, colour->red, colour->green, colour->blue, strength);
  cairo_pattern_add_color_stop_rgba (glow, 0.3, colour->red, colour->green, colour->blue,
                                     strength * 0.38);
  cairo_pattern_add_color_stop_rgba (glow, 1.0, colour->red, colour->green, colour->blue, 0.0);
  cairo_set_source (cr, glow);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_pattern_destroy (glow);
}

/* A drop that stands on its round end. */
static void
draw_flame (cairo_t *cr, const GdkRGBA *colour, double x, double y, double size)
{
  cairo_move_to (cr, x, y - size * 1.35);
  cairo_curve_to (cr, x + size * 0.25, y - size * 0.75, x + size * 0.8, y - size * 0.35,
                  x + size * 0.8, y + size * 0.25);
  cairo_curve_to (cr, x + size * 0.8, y + size * 0.75, x + size * 0.42, y + size, x, y + size);
  cairo_curve_to (cr, x - size * 0.42, y + size, x - size * 0.8, y + size * 0.75, x - size * 0.8,
                  y + size * 0.25);
  cairo_curve_to (cr, x - size * 0.8, y - size * 0.35, x - size * 0.25, y - size * 0.75, x,
                  y - size * 1.35);
  cairo_close_path (cr);
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_fill (cr);
}

static void
tomo_light_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA lamp = { 0 };
  GdkRGBA pale = { 0 };

  if (width < 1 || height < 1)
    return;

  get_colour (widget, "lamp", &lamp);
  get_colour (widget, "mint", &pale);
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));

  /* The arc rises in the direction of reading. Sizes follow the shorter side, so that a tall and a
   * wide panel show the same picture. */
  double unit = MIN (width, height);
  double centre_x = width * 0.5;
  double centre_y = height + unit * 0.30;
  double radius_x = width * 0.44;
  double radius_y = height * 0.42 + unit * 0.30;
  for (int i = 0; i < N_LIGHTS; i++)
    {
      double share = (double) i / (N_LIGHTS - 1);
      double angle = G_PI * (0.94 - 0.66 * share);
      double x = centre_x + radius_x * cos (angle);
      double y = centre_y - radius_y * sin (angle);
      double size = unit * (0.010 + 0.030 * share * share);
      GdkRGBA colour = { (float) (pale.red + (lamp.red - pale.red) * share),
                         (float) (pale.green + (lamp.green - pale.green) * share),
                         (float) (pale.blue + (lamp.blue - pale.blue) * share),
                         (float) (0.25 + 0.75 * share) };
      if (is_rtl)
        x = width - x;
      draw_glow (cr, &lamp, x, y, size * (4 + 6 * share), 0.10 + 0.38 * share * share);
      draw_flame (cr, &colour, x, y, size);
    }
  cairo_destroy (cr);
}

static void
tomo_light_class_init (TomoLightClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = tomo_light_snapshot;
  gtk_widget_class_set_css_name (widget_class, "light");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
tomo_light_init (TomoLight *self)
{
}
