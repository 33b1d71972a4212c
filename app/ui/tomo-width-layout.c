/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-width-layout.h"

/* Everything here is as high as its width asks for. GtkStack nevertheless asks its child how wide
 * it must be for the height it gets, and that question goes down to each label, which GTK answers
 * by wrapping its text at a dozen widths, once for each box on the way. Shaping the text of the
 * start screen 300 times was a third of the first frame; here the question ends. */
struct _TomoWidthLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (TomoWidthLayout, tomo_width_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
tomo_width_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
tomo_width_layout_measure (GtkLayoutManager *manager,
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
    for_size = -1;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum = 0;
      int child_natural = 0;
      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, orientation, for_size, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
    }
}

static void
tomo_width_layout_allocate (GtkLayoutManager *manager,
                            GtkWidget *widget,
                            int width,
                            int height,
                            int baseline)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      gtk_widget_allocate (child, width, height, baseline, NULL);
}

static void
tomo_width_layout_class_init (TomoWidthLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = tomo_width_layout_get_request_mode;
  layout_class->measure = tomo_width_layout_measure;
  layout_class->allocate = tomo_width_layout_allocate;
}

static void
tomo_width_layout_init (TomoWidthLayout *self)
{
}

/**
 * tomo_width_layout_new:
 *
 * Makes a layout that gives all children the whole widget, and of which the width never depends on
 * a height.
 *
 * Returns: (transfer full): a layout manager
 */
GtkLayoutManager *
tomo_width_layout_new (void)
{
  return g_object_new (TOMO_TYPE_WIDTH_LAYOUT, NULL);
}
