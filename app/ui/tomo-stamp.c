/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-stamp.h"

#include <math.h>

/* Painting with cairo, GTK 4.8 turns all pixels of a texture into cairo's format in every frame,
 * also where little or nothing of it is seen, then makes it larger or smaller and cuts its corners;
 * a symbol gets its colour pixel by pixel. On a page that slides this took more than all the rest.
 * A stamp does it once, and again when its child draws itself anew. */
struct _TomoStamp
{
  GtkWidget parent_instance;

  GskRenderNode *node;      /* (owned) (nullable): what the child looked like */
  cairo_surface_t *surface; /* (owned) (nullable): the same in pixels */
  cairo_rectangle_int_t area;
};

G_DEFINE_TYPE (TomoStamp, tomo_stamp, GTK_TYPE_WIDGET)

static void
forget (TomoStamp *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
}

static void
tomo_stamp_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  forget (TOMO_STAMP (object));
  g_clear_pointer (&child, gtk_widget_unparent);

  G_OBJECT_CLASS (tomo_stamp_parent_class)->dispose (object);
}

/* The next window may be on another display. */
static void
tomo_stamp_unrealize (GtkWidget *widget)
{
  forget (TOMO_STAMP (widget));

  GTK_WIDGET_CLASS (tomo_stamp_parent_class)->unrealize (widget);
}

static void
take_area (TomoStamp *self, GskRenderNode *node)
{
  graphene_rect_t bounds;

  gsk_render_node_get_bounds (node, &bounds);
  self->area.x = (int) floorf (bounds.origin.x);
  self->area.y = (int) floorf (bounds.origin.y);
  self->area.width = (int) ceilf (bounds.origin.x + bounds.size.width) - self->area.x;
  self->area.height = (int) ceilf (bounds.origin.y + bounds.size.height) - self->area.y;
}

static void
renew (TomoStamp *self, GskRenderNode *node)
{
  GdkSurface *window = gtk_native_get_surface (gtk_widget_get_native (GTK_WIDGET (self)));

  forget (self);
  self->node = gsk_render_node_ref (node);
  take_area (self, node);
  self->surface = gdk_surface_create_similar_surface (
      window, CAIRO_CONTENT_COLOR_ALPHA, MAX (1, self->area.width), MAX (1, self->area.height));
  cairo_t *cr = cairo_create (self->surface);
  cairo_translate (cr, -self->area.x, -self->area.y);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
}

static void
append_surface (TomoStamp *self, GtkSnapshot *snapshot)
{
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT ((float) self->area.x, (float) self->area.y,
                                     (float) self->area.width, (float) self->area.height));

  cairo_set_source_surface (cr, self->surface, self->area.x, self->area.y);
  cairo_paint (cr);
  cairo_destroy (cr);
}

/* A renderer on a GPU keeps textures itself. */
static gboolean
is_painted_by_cairo (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);

  return native != NULL && GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (native));
}

/* A child that did not change hands over the node that it had, at its place in this one. */
static gboolean
is_same (GskRenderNode *one, GskRenderNode *other)
{
  if (one == NULL || gsk_render_node_get_node_type (one) != GSK_TRANSFORM_NODE ||
      gsk_render_node_get_node_type (other) != GSK_TRANSFORM_NODE)
    return one == other;

  return gsk_transform_node_get_child (one) == gsk_transform_node_get_child (other) &&
         gsk_transform_equal (gsk_transform_node_get_transform (one),
                              gsk_transform_node_get_transform (other));
}

static void
tomo_stamp_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TomoStamp *self = TOMO_STAMP (widget);
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (child == NULL)
    return;
  if (!is_painted_by_cairo (widget))
    {
      gtk_widget_snapshot_child (widget, child, snapshot);
      return;
    }

  GtkSnapshot *inner = gtk_snapshot_new ();
  gtk_widget_snapshot_child (widget, child, inner);
  GskRenderNode *node = gtk_snapshot_free_to_node (inner);
  if (node == NULL)
    return;
  if (!is_same (self->node, node))
    renew (self, node);
  append_surface (self, snapshot);
  gsk_render_node_unref (node);
}

static void
tomo_stamp_compute_expand (GtkWidget *widget, gboolean *hexpand, gboolean *vexpand)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  *hexpand = child != NULL && gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
  *vexpand = child != NULL && gtk_widget_compute_expand (child, GTK_ORIENTATION_VERTICAL);
}

static void
tomo_stamp_class_init (TomoStampClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tomo_stamp_dispose;
  widget_class->unrealize = tomo_stamp_unrealize;
  widget_class->snapshot = tomo_stamp_snapshot;
  widget_class->compute_expand = tomo_stamp_compute_expand;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "stamp");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tomo_stamp_init (TomoStamp *self)
{
}
