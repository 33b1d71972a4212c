/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-light.h"

#include <math.h>

#define N_LIGHTS 9

/* Where the arc is highest, as a share of the height: usually, and at most. */
#define USUAL_TOP 0.58
#define LOWEST_TOP 0.84
/* Of the shorter side: what the flames there need above the arc. */
#define FLAME_SHARE 0.055
/* Of the shorter side: the last flame, which is the largest. */
#define LAST_FLAME_SHARE 0.040
/* Where the arc begins, and where it usually ends, in half turns from the end of a line. */
#define ARC_START 0.94
#define USUAL_ARC_END 0.28

/* The glow is painted this much coarser than the screen. */
#define GLOW_CELL_PX 4
/* Where it stops falling fast, and how strong it is there, both as a share. */
#define GLOW_KNEE 0.3f
#define GLOW_AT_KNEE 0.38f

/* Sizes are in pixels of the widget. */
typedef struct
{
  float x;
  float y;
  float size;     /* of the flame */
  float radius;   /* of the glow */
  float strength; /* of the glow, in the middle of it */
  GdkRGBA colour; /* of the flame */
} Light;

struct _TomoLight
{
  GtkWidget parent_instance;

  int top_px;    /* the arc stays below */
  int bottom_px; /* the last flame stays above; zero if it may be anywhere */

  GdkTexture *glow; /* (owned) (nullable): as it was painted last */
  int glow_width;
  int glow_height;
  int glow_top_px;
  int glow_bottom_px;
  gboolean glow_is_rtl;
  GdkRGBA glow_colour;
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

/* ---- The glow ---- */

/* How strong one light is so far from its centre: falling fast at first, then slowly. */
static float
get_strength (const Light *light, float distance)
{
  float share = distance / light->radius;

  if (share >= 1.0f)
    return 0.0f;
  if (share >= GLOW_KNEE)
    return light->strength * GLOW_AT_KNEE * (1.0f - share) / (1.0f - GLOW_KNEE);

  return light->strength * (1.0f - share * (1.0f - GLOW_AT_KNEE) / GLOW_KNEE);
}

/* Puts one light over what is there: what it lets through is multiplied. */
static void
add_glow (float *dark, int width, int height, const Light *light)
{
  float x = light->x / GLOW_CELL_PX - 0.5f;
  float y = light->y / GLOW_CELL_PX - 0.5f;
  float reach = light->radius / GLOW_CELL_PX;
  int first_row = MAX (0, (int) floorf (y - reach));
  int last_row = MIN (height - 1, (int) ceilf (y + reach));
  int first_column = MAX (0, (int) floorf (x - reach));
  int last_column = MIN (width - 1, (int) ceilf (x + reach));

  for (int row = first_row; row <= last_row; row++)
    {
      float *cells = dark + (size_t) row * (size_t) width;
      for (int column = first_column; column <= last_column; column++)
        {
          float distance = sqrtf ((column - x) * (column - x) + (row - y) * (row - y));
          cells[column] *= 1.0f - get_strength (light, distance * GLOW_CELL_PX);
        }
    }
}

static GdkTexture *
new_glow_texture (const float *dark, int width, int height, const GdkRGBA *colour)
{
  size_t n_cells = (size_t) width * (size_t) height;
  guint8 *pixels = g_malloc (4 * n_cells);

  for (size_t i = 0; i < n_cells; i++)
    {
      float alpha = (1.0f - dark[i]) * 255.0f;
      pixels[4 * i] = (guint8) (colour->red * alpha + 0.5f);
      pixels[4 * i + 1] = (guint8) (colour->green * alpha + 0.5f);
      pixels[4 * i + 2] = (guint8) (colour->blue * alpha + 0.5f);
      pixels[4 * i + 3] = (guint8) (alpha + 0.5f);
    }

  g_autoptr(GBytes) bytes = g_bytes_new_take (pixels, 4 * n_cells);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8_PREMULTIPLIED, bytes,
                                 4 * (size_t) width);
}

static GdkTexture *
paint_glow (const Light *lights, int width_px, int height_px, const GdkRGBA *colour)
{
  int width = (width_px + GLOW_CELL_PX - 1) / GLOW_CELL_PX;
  int height = (height_px + GLOW_CELL_PX - 1) / GLOW_CELL_PX;
  size_t n_cells = (size_t) width * (size_t) height;
  g_autofree float *dark = g_new (float, n_cells);

  for (size_t i = 0; i < n_cells; i++)
    dark[i] = 1.0f;
  for (unsigned int i = 0; i < N_LIGHTS; i++)
    add_glow (dark, width, height, &lights[i]);

  return new_glow_texture (dark, width, height, colour);
}

/* A glow has no edge, so a coarse picture of it is as good as a fine one; gradients as large as
 * these took a third of the first frame, and their share of each frame in which a greeting moves.
 */
static void
update_glow (TomoLight *self, const Light *lights, const GdkRGBA *colour)
{
  int width_px = gtk_widget_get_width (GTK_WIDGET (self));
  int height_px = gtk_widget_get_height (GTK_WIDGET (self));
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (self->glow != NULL && self->glow_width == width_px && self->glow_height == height_px &&
      self->glow_top_px == self->top_px && self->glow_bottom_px == self->bottom_px &&
      self->glow_is_rtl == is_rtl && gdk_rgba_equal (&self->glow_colour, colour))
    return;

  g_clear_object (&self->glow);
  self->glow = paint_glow (lights, width_px, height_px, colour);
  self->glow_width = width_px;
  self->glow_height = height_px;
  self->glow_top_px = self->top_px;
  self->glow_bottom_px = self->bottom_px;
  self->glow_is_rtl = is_rtl;
  self->glow_colour = *colour;
}

/* ---- The flames ---- */

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

/* ---- The picture ---- */

static double
get_unit (TomoLight *self)
{
  return MIN (gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
}

/* How low the highest place of the arc may be. */
static double
get_lowest_top (TomoLight *self)
{
  double lowest = gtk_widget_get_height (GTK_WIDGET (self)) * LOWEST_TOP;

  return self->bottom_px > 0 ? MIN (lowest, self->bottom_px - get_unit (self) * LAST_FLAME_SHARE)
                             : lowest;
}

/* An arc that is low ends earlier, where the last flame still stands above what is below it. */
static double
get_arc_end (TomoLight *self, double centre_y, double radius_y)
{
  double rise = centre_y - (self->bottom_px - get_unit (self) * LAST_FLAME_SHARE);

  if (self->bottom_px == 0)
    return G_PI * USUAL_ARC_END;

  return MAX (G_PI * USUAL_ARC_END, asin (CLAMP (rise / radius_y, 0.0, 1.0)));
}

/* The arc rises in the direction of reading. Sizes follow the shorter side, so that a tall and a
 * wide panel show the same picture. */
static void
place_lights (TomoLight *self, const GdkRGBA *lamp, Light *lights)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double unit = get_unit (self);
  double centre_x = width * 0.5;
  double centre_y = height + unit * 0.30;
  double radius_x = width * 0.44;
  double top = MAX (height * USUAL_TOP, self->top_px + unit * FLAME_SHARE);
  double radius_y = centre_y - MIN (top, get_lowest_top (self));
  double end = get_arc_end (self, centre_y, radius_y);
  GdkRGBA pale = { 0 };

  get_colour (widget, "mint", &pale);
  for (int i = 0; i < N_LIGHTS; i++)
    {
      double share = (double) i / (N_LIGHTS - 1);
      double angle = G_PI * ARC_START + (end - G_PI * ARC_START) * share;
      double x = centre_x + radius_x * cos (angle);
      double size = unit * (0.010 + (LAST_FLAME_SHARE - 0.010) * share * share);

      lights[i] = (Light){ .x = (float) (is_rtl ? width - x : x),
                           .y = (float) (centre_y - radius_y * sin (angle)),
                           .size = (float) size,
                           .radius = (float) (size * (4 + 6 * share)),
                           .strength = (float) (0.10 + 0.38 * share * share),
                           .colour = { (float) (pale.red + (lamp->red - pale.red) * share),
                                       (float) (pale.green + (lamp->green - pale.green) * share),
                                       (float) (pale.blue + (lamp->blue - pale.blue) * share),
                                       (float) (0.25 + 0.75 * share) } };
    }
}

static void
draw_flames (GtkSnapshot *snapshot, const Light *lights)
{
  for (unsigned int i = 0; i < N_LIGHTS; i++)
    {
      const Light *light = &lights[i];
      graphene_rect_t bounds =
          GRAPHENE_RECT_INIT (light->x - light->size, light->y - 1.5f * light->size,
                              2.0f * light->size, 2.6f * light->size);
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

      draw_flame (cr, &light->colour, light->x, light->y, light->size);
      cairo_destroy (cr);
    }
}

static void
tomo_light_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TomoLight *self = TOMO_LIGHT (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  GdkRGBA lamp = { 0 };
  Light lights[N_LIGHTS];

  if (width < 1 || height < 1)
    return;

  get_colour (widget, "lamp", &lamp);
  place_lights (self, &lamp, lights);
  update_glow (self, lights, &lamp);

  /* Its last column and row may reach beyond the widget. */
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  gtk_snapshot_push_clip (snapshot, &bounds);
  bounds.size.width = (float) (gdk_texture_get_width (self->glow) * GLOW_CELL_PX);
  bounds.size.height = (float) (gdk_texture_get_height (self->glow) * GLOW_CELL_PX);
  gtk_snapshot_append_texture (snapshot, self->glow, &bounds);
  draw_flames (snapshot, lights);
  gtk_snapshot_pop (snapshot);
}

static void
tomo_light_dispose (GObject *object)
{
  g_clear_object (&TOMO_LIGHT (object)->glow);

  G_OBJECT_CLASS (tomo_light_parent_class)->dispose (object);
}

static void
tomo_light_class_init (TomoLightClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tomo_light_dispose;
  widget_class->snapshot = tomo_light_snapshot;
  gtk_widget_class_set_css_name (widget_class, "light");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
tomo_light_init (TomoLight *self)
{
}

/**
 * tomo_light_get_free_px:
 * @self: a light that has its allocation
 *
 * Returns: how much of it, from above, words may take without a flame behind them
 */
int
tomo_light_get_free_px (TomoLight *self)
{
  g_return_val_if_fail (TOMO_IS_LIGHT (self), 0);

  return (int) (get_lowest_top (self) - get_unit (self) * FLAME_SHARE);
}

/**
 * tomo_light_keep_below:
 * @self: a light
 * @top_px: how much of it, from above, something else needs
 *
 * Lowers the arc, so that no flame stands behind words. It does not rise again: words that take
 * turns would make it jump.
 */
void
tomo_light_keep_below (TomoLight *self, int top_px)
{
  g_return_if_fail (TOMO_IS_LIGHT (self));

  if (top_px <= self->top_px)
    return;

  self->top_px = top_px;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * tomo_light_keep_above:
 * @self: a light
 * @bottom_px: where something begins in the corner below the end of the arc, from above; zero if
 *    there is nothing
 *
 * Ends the arc above what stands in that corner.
 */
void
tomo_light_keep_above (TomoLight *self, int bottom_px)
{
  g_return_if_fail (TOMO_IS_LIGHT (self));

  if (bottom_px == self->bottom_px)
    return;

  self->bottom_px = bottom_px;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
