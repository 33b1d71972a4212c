/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-flow-layout.h"

#include "ui/tomo-style.h"

#define GAP_REM 0.5

/* A row of short words, such as marks: what has no room in it goes to the next row, as words do,
 * rather than being pressed until its words break. */
struct _TomoFlowLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (TomoFlowLayout, tomo_flow_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
tomo_flow_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
get_gap (GtkWidget *widget)
{
  return (int) (GAP_REM * tomo_style_get_rem_px (widget));
}

static GtkAllocation
measure_child (GtkWidget *child, int width)
{
  GtkAllocation box = { 0 };
  int minimum = 0;
  int natural = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  box.width = MAX (minimum, MIN (natural, width));
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, box.width, NULL, &box.height, NULL, NULL);
  return box;
}

/* Returns: how high the rows are together. */
static int
flow (GtkWidget *widget, int width, gboolean is_allocated)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int gap = get_gap (widget);
  int x = 0;
  int y = 0;
  int row_height = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_widget_should_layout (child))
        continue;

      GtkAllocation box = measure_child (child, width);
      if (x > 0 && x + box.width > width)
        {
          y += row_height + gap;
          x = 0;
          row_height = 0;
        }
      box.x = is_rtl ? width - x - box.width : x;
      box.y = y;
      if (is_allocated)
        gtk_widget_size_allocate (child, &box, -1);
      x += box.width + gap;
      row_height = MAX (row_height, box.height);
    }

  return y + row_height;
}

static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum = 0;
      int child_natural = 0;
      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural,
                          NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + ((*natural > 0) ? get_gap (widget) : 0);
    }
}

static void
tomo_flow_layout_measure (GtkLayoutManager *manager,
                          GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  *minimum = 0;
  *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (widget, minimum, natural);
      return;
    }

  /* Without a width the lowest height is asked for, which is that of one row. */
  *minimum = flow (widget, (for_size >= 0) ? for_size : G_MAXINT / 2, FALSE);
  *natural = *minimum;
}

static void
tomo_flow_layout_allocate (GtkLayoutManager *manager,
                           GtkWidget *widget,
                           int width,
                           int height,
                           int baseline)
{
  flow (widget, width, TRUE);
}

static void
tomo_flow_layout_class_init (TomoFlowLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = tomo_flow_layout_get_request_mode;
  layout_class->measure = tomo_flow_layout_measure;
  layout_class->allocate = tomo_flow_layout_allocate;
}

static void
tomo_flow_layout_init (TomoFlowLayout *self)
{
}
