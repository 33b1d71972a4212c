/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-tile-grid.h"

#include "ui/tomo-style.h"

struct _TomoTileGrid
{
  GtkWidget parent_instance;

  double min_tile_width_rem;
  double max_tile_width_rem;  /* zero: tiles share all the width there is */
  double max_tile_height_rem; /* zero: tiles are as high as they need to be */
  double gap_rem;
  unsigned int max_columns;
};

G_DEFINE_TYPE (TomoTileGrid, tomo_tile_grid, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_MIN_TILE_WIDTH = 1,
  PROP_MAX_TILE_WIDTH,
  PROP_MAX_TILE_HEIGHT,
  PROP_GAP,
  PROP_MAX_COLUMNS,
} TomoTileGridProperty;

static GParamSpec *props[PROP_MAX_COLUMNS + 1] = { NULL };

static void
tomo_tile_grid_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  TomoTileGrid *self = TOMO_TILE_GRID (object);

  switch ((TomoTileGridProperty) property_id)
    {
    case PROP_MIN_TILE_WIDTH:
      g_value_set_double (value, self->min_tile_width_rem);
      break;
    case PROP_MAX_TILE_WIDTH:
      g_value_set_double (value, self->max_tile_width_rem);
      break;
    case PROP_MAX_TILE_HEIGHT:
      g_value_set_double (value, self->max_tile_height_rem);
      break;
    case PROP_GAP:
      g_value_set_double (value, self->gap_rem);
      break;
    case PROP_MAX_COLUMNS:
      g_value_set_uint (value, self->max_columns);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
tomo_tile_grid_set_property (GObject *object,
                             guint property_id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  TomoTileGrid *self = TOMO_TILE_GRID (object);

  switch ((TomoTileGridProperty) property_id)
    {
    case PROP_MIN_TILE_WIDTH:
      self->min_tile_width_rem = g_value_get_double (value);
      break;
    case PROP_MAX_TILE_WIDTH:
      self->max_tile_width_rem = g_value_get_double (value);
      break;
    case PROP_MAX_TILE_HEIGHT:
      self->max_tile_height_rem = g_value_get_double (value);
      break;
    case PROP_GAP:
      self->gap_rem = g_value_get_double (value);
      break;
    case PROP_MAX_COLUMNS:
      self->max_columns = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
tomo_tile_grid_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (tomo_tile_grid_parent_class)->dispose (object);
}

static unsigned int
count_tiles (TomoTileGrid *self)
{
  unsigned int n_tiles = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_tiles++;

  return n_tiles;
}

typedef struct
{
  int gap_px;
  int min_tile_px;
  unsigned int n_tiles;
  unsigned int n_columns;
  unsigned int n_rows;
  int tile_px; /* width of one tile */
} Plan;

/* As many columns as fit, but never one lonely tile under a full row when the rows can be even. */
static Plan
make_plan (TomoTileGrid *self, int width_px)
{
  double rem_px = tomo_style_get_rem_px (GTK_WIDGET (self));
  Plan plan = { 0 };

  plan.gap_px = (int) (self->gap_rem * rem_px);
  plan.min_tile_px = MAX (1, (int) (self->min_tile_width_rem * rem_px));
  plan.n_tiles = count_tiles (self);
  if (plan.n_tiles == 0)
    return plan;

  int n_fit = (width_px + plan.gap_px) / (plan.min_tile_px + plan.gap_px);
  unsigned int n_columns = (unsigned int) CLAMP (n_fit, 1, (int) self->max_columns);
  plan.n_rows = (plan.n_tiles + n_columns - 1) / n_columns;
  plan.n_columns = (plan.n_tiles + plan.n_rows - 1) / plan.n_rows;
  plan.tile_px =
      MAX (1, (width_px - plan.gap_px * ((int) plan.n_columns - 1)) / (int) plan.n_columns);
  if (self->max_tile_width_rem > 0.0)
    plan.tile_px = MIN (plan.tile_px, (int) (self->max_tile_width_rem * rem_px));
  return plan;
}

/* The height of the tallest tile, for all rows: a grid of equal tiles is calmer. */
static int
get_row_height (TomoTileGrid *self, const Plan *plan)
{
  int height_px = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int natural_px = 0;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, plan->tile_px, NULL, &natural_px, NULL,
                          NULL);
      height_px = MAX (height_px, natural_px);
    }

  return height_px;
}

static void
measure_width (TomoTileGrid *self, int *minimum, int *natural)
{
  Plan plan = make_plan (self, G_MAXINT / 2);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int min_px = 0;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min_px, NULL, NULL, NULL);
      *minimum = MAX (*minimum, min_px);
    }
  int tile_px = MAX (*minimum, plan.min_tile_px);
  *natural = tile_px * (int) plan.n_columns + plan.gap_px * MAX (0, (int) plan.n_columns - 1);
}

static void
tomo_tile_grid_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  TomoTileGrid *self = TOMO_TILE_GRID (widget);

  *minimum = 0;
  *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, minimum, natural);
      return;
    }

  /* Without a width the lowest height is asked for, which is that of the widest grid. */
  Plan plan = make_plan (self, (for_size >= 0) ? for_size : G_MAXINT / 2);
  if (plan.n_rows == 0)
    return;
  int gaps_px = plan.gap_px * ((int) plan.n_rows - 1);
  *minimum = get_row_height (self, &plan) * (int) plan.n_rows + gaps_px;
  int max_px = (int) (self->max_tile_height_rem * tomo_style_get_rem_px (widget));
  *natural = MAX (*minimum, max_px * (int) plan.n_rows + gaps_px);
}

static void
tomo_tile_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TomoTileGrid *self = TOMO_TILE_GRID (widget);
  Plan plan = make_plan (self, width);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  unsigned int i = 0;

  if (plan.n_tiles == 0)
    return;

  int max_px = (int) (self->max_tile_height_rem * tomo_style_get_rem_px (widget));
  int share_px = (height - plan.gap_px * ((int) plan.n_rows - 1)) / (int) plan.n_rows;
  int row_px = MAX (get_row_height (self, &plan), MIN (share_px, max_px));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child), i++)
    {
      int column = (int) (i % plan.n_columns);
      int row = (int) (i / plan.n_columns);
      int x = column * (plan.tile_px + plan.gap_px);
      GtkAllocation allocation = { is_rtl ? width - x - plan.tile_px : x,
                                   row * (row_px + plan.gap_px), plan.tile_px, row_px };
      gtk_widget_size_allocate (child, &allocation, -1);
    }
}

static GtkSizeRequestMode
tomo_tile_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
tomo_tile_grid_class_init (TomoTileGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tomo_tile_grid_get_property;
  object_class->set_property = tomo_tile_grid_set_property;
  object_class->dispose = tomo_tile_grid_dispose;
  widget_class->measure = tomo_tile_grid_measure;
  widget_class->size_allocate = tomo_tile_grid_size_allocate;
  widget_class->get_request_mode = tomo_tile_grid_get_request_mode;

  /**
   * TomoTileGrid:min-tile-width:
   *
   * Width below which a tile does not go while there is another column to give up, in rem.
   */
  props[PROP_MIN_TILE_WIDTH] =
      g_param_spec_double ("min-tile-width", NULL, NULL, 1.0, 100.0, 14.0, flags);

  /**
   * TomoTileGrid:max-tile-width:
   *
   * Width up to which tiles grow, in rem; zero if they share all the width there is.
   */
  props[PROP_MAX_TILE_WIDTH] =
      g_param_spec_double ("max-tile-width", NULL, NULL, 0.0, 1000.0, 0.0, flags);

  /**
   * TomoTileGrid:max-tile-height:
   *
   * Height up to which tiles grow when there is room, in rem; zero if they do not.
   */
  props[PROP_MAX_TILE_HEIGHT] =
      g_param_spec_double ("max-tile-height", NULL, NULL, 0.0, 100.0, 0.0, flags);

  /**
   * TomoTileGrid:gap:
   *
   * Room between tiles, in rem.
   */
  props[PROP_GAP] = g_param_spec_double ("gap", NULL, NULL, 0.0, 100.0, 1.0, flags);

  /**
   * TomoTileGrid:max-columns:
   *
   * How many columns there are at most.
   */
  props[PROP_MAX_COLUMNS] = g_param_spec_uint ("max-columns", NULL, NULL, 1, 12, 4, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
  gtk_widget_class_set_css_name (widget_class, "tilegrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tomo_tile_grid_init (TomoTileGrid *self)
{
}

/**
 * tomo_tile_grid_new:
 * @min_tile_width_rem: width below which a tile does not go, in rem
 * @max_columns: how many columns there are at most
 *
 * Returns: (transfer floating): an empty grid
 */
GtkWidget *
tomo_tile_grid_new (double min_tile_width_rem, unsigned int max_columns)
{
  return g_object_new (TOMO_TYPE_TILE_GRID, "min-tile-width", min_tile_width_rem, "max-columns",
                       max_columns, NULL);
}

/**
 * tomo_tile_grid_append:
 * @self: a grid
 * @tile: what to put at its end
 */
void
tomo_tile_grid_append (TomoTileGrid *self, GtkWidget *tile)
{
  g_return_if_fail (TOMO_IS_TILE_GRID (self));
  g_return_if_fail (GTK_IS_WIDGET (tile));

  gtk_widget_set_parent (tile, GTK_WIDGET (self));
}
