/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-icon.h"

#include <stdlib.h>
#include <string.h>

#include "ui/tomo-icon-private.h"

/* GTK looks an icon up in the themes of the system, has it read by librsvg in a thread, and keeps
 * it as a picture of one size. Loading that library and what it needs took a tenth of the first
 * frame, and GTK 4.8 may hand out an icon that its thread is just freeing. Ours are a few dozen
 * paths, which cairo fills as fast as it copies a picture. */
struct _TomoIcon
{
  GObject parent_instance;

  char *name; /* (owned) (nullable) */
  const TomoIconDrawing *drawing;
};

static void tomo_icon_paintable_init (GdkPaintableInterface *iface);
static void tomo_icon_symbolic_init (GtkSymbolicPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TomoIcon,
                               tomo_icon,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, tomo_icon_paintable_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SYMBOLIC_PAINTABLE,
                                                          tomo_icon_symbolic_init))

typedef enum
{
  PROP_NAME = 1,
} TomoIconProperty;

static GParamSpec *props[PROP_NAME + 1] = { NULL };

/* ---- Drawing ---- */

/* Fills the paths, and returns what comes after the step. */
static const float *
draw_step (cairo_t *cr, const float *step)
{
  switch ((int) step[0])
    {
    case (int) TOMO_ICON_MOVE:
      cairo_move_to (cr, step[1], step[2]);
      return step + 3;
    case (int) TOMO_ICON_LINE:
      cairo_line_to (cr, step[1], step[2]);
      return step + 3;
    case (int) TOMO_ICON_CURVE:
      cairo_curve_to (cr, step[1], step[2], step[3], step[4], step[5], step[6]);
      return step + 7;
    case (int) TOMO_ICON_CLOSE:
      cairo_close_path (cr);
      return step + 1;
    case (int) TOMO_ICON_FILL_NONZERO:
    case (int) TOMO_ICON_FILL_EVENODD:
    default:
      cairo_set_fill_rule (cr, ((int) step[0] == (int) TOMO_ICON_FILL_EVENODD)
                                   ? CAIRO_FILL_RULE_EVEN_ODD
                                   : CAIRO_FILL_RULE_WINDING);
      cairo_fill (cr);
      return step + 1;
    }
}

static void
draw (const TomoIconDrawing *drawing, cairo_t *cr, const GdkRGBA *colour)
{
  gboolean is_solid = colour->alpha >= 1.0f;
  const float *step = tomo_icon_steps + drawing->begin;
  const float *end = tomo_icon_steps + drawing->end;

  /* Where two paths lie over one another the paper must not shine through less. */
  if (!is_solid)
    cairo_push_group (cr);
  cairo_set_source_rgb (cr, (double) colour->red, (double) colour->green, (double) colour->blue);
  while (step < end)
    step = draw_step (cr, step);
  if (is_solid)
    return;

  cairo_pop_group_to_source (cr);
  cairo_paint_with_alpha (cr, (double) colour->alpha);
}

static void
tomo_icon_snapshot_symbolic (GtkSymbolicPaintable *paintable,
                             GdkSnapshot *snapshot,
                             double width,
                             double height,
                             const GdkRGBA *colours,
                             size_t n_colours)
{
  TomoIcon *self = TOMO_ICON (paintable);
  static const GdkRGBA black = { 0.0f, 0.0f, 0.0f, 1.0f };

  if (self->drawing == NULL)
    return;

  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cairo_scale (cr, width / TOMO_ICON_SIDE, height / TOMO_ICON_SIDE);
  draw (self->drawing, cr, (n_colours > 0) ? &colours[0] : &black);
  cairo_destroy (cr);
}

static void
tomo_icon_symbolic_init (GtkSymbolicPaintableInterface *iface)
{
  iface->snapshot_symbolic = tomo_icon_snapshot_symbolic;
}

static void
tomo_icon_snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  tomo_icon_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (paintable), snapshot, width, height, NULL,
                               0);
}

static GdkPaintableFlags
tomo_icon_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_SIZE | GDK_PAINTABLE_STATIC_CONTENTS;
}

static int
tomo_icon_get_intrinsic_side (GdkPaintable *paintable)
{
  return TOMO_ICON_SIDE;
}

static void
tomo_icon_paintable_init (GdkPaintableInterface *iface)
{
  iface->snapshot = tomo_icon_snapshot;
  iface->get_flags = tomo_icon_get_flags;
  iface->get_intrinsic_width = tomo_icon_get_intrinsic_side;
  iface->get_intrinsic_height = tomo_icon_get_intrinsic_side;
}

/* ---- The class ---- */

static int
compare_name (const void *name, const void *drawing)
{
  return strcmp (name, ((const TomoIconDrawing *) drawing)->name);
}

static void
tomo_icon_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch ((TomoIconProperty) property_id)
    {
    case PROP_NAME:
      g_value_set_string (value, TOMO_ICON (object)->name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
tomo_icon_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  TomoIcon *self = TOMO_ICON (object);

  switch ((TomoIconProperty) property_id)
    {
    case PROP_NAME:
      self->name = g_value_dup_string (value);
      if (self->name != NULL)
        self->drawing = bsearch (self->name, tomo_icon_drawings, tomo_icon_n_drawings,
                                 sizeof tomo_icon_drawings[0], compare_name);
      if (self->drawing == NULL)
        g_warning ("there is no icon ‘%s’", (self->name != NULL) ? self->name : "");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
tomo_icon_finalize (GObject *object)
{
  g_free (TOMO_ICON (object)->name);

  G_OBJECT_CLASS (tomo_icon_parent_class)->finalize (object);
}

static void
tomo_icon_class_init (TomoIconClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tomo_icon_get_property;
  object_class->set_property = tomo_icon_set_property;
  object_class->finalize = tomo_icon_finalize;

  /**
   * TomoIcon:name:
   *
   * Which icon it is, such as ‘tomo-tip-symbolic’; never %NULL.
   */
  props[PROP_NAME] =
      g_param_spec_string ("name", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
tomo_icon_init (TomoIcon *self)
{
}

/**
 * tomo_icon_new:
 * @name: the name of a drawing in `app/ui/icons`, without its ending
 *
 * Makes an icon that #GtkImage paints in the colour of its text. Arrows of the direction of reading
 * are turned around by the style sheet, where their image has the class ‘mirrored’.
 *
 * Returns: (transfer full): an icon
 */
GdkPaintable *
tomo_icon_new (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);
  return g_object_new (TOMO_TYPE_ICON, "name", name, NULL);
}

/**
 * tomo_icon_image_new:
 * @name: the name of a drawing
 *
 * Returns: (transfer floating): an image that adds nothing to the words beside it
 */
GtkWidget *
tomo_icon_image_new (const char *name)
{
  GtkWidget *image =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  tomo_icon_show (GTK_IMAGE (image), name);
  return image;
}

/**
 * tomo_icon_show:
 * @image: an image
 * @name: the name of a drawing
 *
 * Shows an icon in place of what @image shows.
 */
void
tomo_icon_show (GtkImage *image, const char *name)
{
  g_return_if_fail (GTK_IS_IMAGE (image));

  g_autoptr(GdkPaintable) icon = tomo_icon_new (name);
  gtk_image_set_from_paintable (image, icon);
}
