/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-clamp.h"

#include "ui/tomo-style.h"

struct _TomoClamp
{
  GtkWidget parent_instance;

  GtkWidget *child; /* (owned) (nullable) */
  double max_width_rem;
  double min_width_rem; /* zero: as narrow as the child can be */
};

static void tomo_clamp_buildable_init (GtkBuildableIface *iface);

G_DEFINE_TYPE_WITH_CODE (TomoClamp,
                         tomo_clamp,
                         GTK_TYPE_WIDGET,
                         G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, tomo_clamp_buildable_init))

typedef enum
{
  PROP_MAX_WIDTH = 1,
  PROP_MIN_WIDTH,
} TomoClampProperty;

static GParamSpec *props[PROP_MIN_WIDTH + 1] = { NULL };
static GtkBuildableIface *parent_buildable_iface = NULL;

static void
tomo_clamp_add_child (GtkBuildable *buildable,
                      GtkBuilder *builder,
                      GObject *child,
                      const char *type)
{
  if (GTK_IS_WIDGET (child))
    tomo_clamp_set_child (TOMO_CLAMP (buildable), GTK_WIDGET (child));
  else
    parent_buildable_iface->add_child (buildable, builder, child, type);
}

static void
tomo_clamp_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable_iface = g_type_interface_peek_parent (iface);
  iface->add_child = tomo_clamp_add_child;
}

static void
tomo_clamp_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch ((TomoClampProperty) property_id)
    {
    case PROP_MAX_WIDTH:
      g_value_set_double (value, TOMO_CLAMP (object)->max_width_rem);
      break;
    case PROP_MIN_WIDTH:
      g_value_set_double (value, TOMO_CLAMP (object)->min_width_rem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
tomo_clamp_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  switch ((TomoClampProperty) property_id)
    {
    case PROP_MAX_WIDTH:
      TOMO_CLAMP (object)->max_width_rem = g_value_get_double (value);
      gtk_widget_queue_resize (GTK_WIDGET (object));
      break;
    case PROP_MIN_WIDTH:
      TOMO_CLAMP (object)->min_width_rem = g_value_get_double (value);
      gtk_widget_queue_resize (GTK_WIDGET (object));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
tomo_clamp_dispose (GObject *object)
{
  TomoClamp *self = TOMO_CLAMP (object);

  g_clear_pointer (&self->child, gtk_widget_unparent);

  G_OBJECT_CLASS (tomo_clamp_parent_class)->dispose (object);
}

static int
get_child_width (TomoClamp *self, int width_px)
{
  int min_px = 0;
  double rem_px = tomo_style_get_rem_px (GTK_WIDGET (self));
  int max_px = (int) (self->max_width_rem * rem_px);

  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &min_px, NULL, NULL, NULL);
  min_px = MAX (min_px, (int) (self->min_width_rem * rem_px));
  return MAX (min_px, MIN (width_px, max_px));
}

static void
tomo_clamp_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  TomoClamp *self = TOMO_CLAMP (widget);

  *minimum = 0;
  *natural = 0;
  if (self->child == NULL)
    return;

  /* Without a width the lowest height is asked for, which is that of the widest child. */
  if (orientation == GTK_ORIENTATION_VERTICAL)
    for_size = get_child_width (self, (for_size >= 0) ? for_size : G_MAXINT);
  else if (orientation == GTK_ORIENTATION_HORIZONTAL)
    for_size = -1;
  gtk_widget_measure (self->child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = get_child_width (self, *minimum);
      *natural = MAX (*minimum, get_child_width (self, *natural));
    }
}

static void
tomo_clamp_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TomoClamp *self = TOMO_CLAMP (widget);

  if (self->child == NULL)
    return;

  int child_width = get_child_width (self, width);
  GtkAllocation allocation = { (width - child_width) / 2, 0, child_width, height };
  gtk_widget_size_allocate (self->child, &allocation, baseline);
}

/* A box that lays out a row of GTK 4.18 looks for the widths with which the row is lowest, asks for
 * its minimum height with these, and then gives others. Beside a child of one size there is nothing
 * to look for. */
static GtkSizeRequestMode
tomo_clamp_get_request_mode (GtkWidget *widget)
{
  TomoClamp *self = TOMO_CLAMP (widget);

  return (self->min_width_rem < self->max_width_rem) ? GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH
                                                     : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
tomo_clamp_class_init (TomoClampClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tomo_clamp_get_property;
  object_class->set_property = tomo_clamp_set_property;
  object_class->dispose = tomo_clamp_dispose;
  widget_class->measure = tomo_clamp_measure;
  widget_class->size_allocate = tomo_clamp_size_allocate;
  widget_class->get_request_mode = tomo_clamp_get_request_mode;

  /**
   * TomoClamp:max-width:
   *
   * Width that the child gets at most, in rem.
   */
  props[PROP_MAX_WIDTH] =
      g_param_spec_double ("max-width", NULL, NULL, 1.0, 1000.0, 44.0,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  /**
   * TomoClamp:min-width:
   *
   * Width that the child gets at least, in rem: a column that neighbours do not press together.
   */
  props[PROP_MIN_WIDTH] =
      g_param_spec_double ("min-width", NULL, NULL, 0.0, 1000.0, 0.0,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
  gtk_widget_class_set_css_name (widget_class, "clamp");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tomo_clamp_init (TomoClamp *self)
{
}

/**
 * tomo_clamp_new:
 * @max_width_rem: width that the child gets at most, in rem
 *
 * Returns: (transfer floating): a clamp
 */
GtkWidget *
tomo_clamp_new (double max_width_rem)
{
  return g_object_new (TOMO_TYPE_CLAMP, "max-width", max_width_rem, NULL);
}

/**
 * tomo_clamp_set_child:
 * @self: a clamp
 * @child: its only child
 */
void
tomo_clamp_set_child (TomoClamp *self, GtkWidget *child)
{
  g_return_if_fail (TOMO_IS_CLAMP (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
