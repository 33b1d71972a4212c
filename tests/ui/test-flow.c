/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/tomo-stage.h"
#include "ui/tomo-flow-layout.h"

#define N_MARKS 3
#define MARK_WIDTH 80
#define MARK_HEIGHT 20

typedef struct
{
  GtkWidget *window;
  GtkWidget *row;
  GtkWidget *marks[N_MARKS];
} Row;

/* Marks of one size in a row of @width. */
static void
row_init (Row *self, int width, GtkTextDirection direction)
{
  self->window = gtk_window_new ();
  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->row, g_object_new (TOMO_TYPE_FLOW_LAYOUT, NULL));
  gtk_widget_set_direction (self->row, direction);
  gtk_widget_set_halign (self->row, GTK_ALIGN_START);
  gtk_widget_set_valign (self->row, GTK_ALIGN_START);
  for (unsigned int i = 0; i < N_MARKS; i++)
    {
      self->marks[i] = gtk_drawing_area_new ();
      gtk_widget_set_size_request (self->marks[i], MARK_WIDTH, MARK_HEIGHT);
      gtk_box_append (GTK_BOX (self->row), self->marks[i]);
    }
  gtk_window_set_child (GTK_WINDOW (self->window), self->row);
  gtk_window_set_decorated (GTK_WINDOW (self->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, 200);
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_test_widget_wait_for_draw (self->window);
}

static GdkRectangle
get_place (Row *self, unsigned int i)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (self->marks[i], self->row, &bounds));
  return (GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                         (int) bounds.size.height };
}

/* What has room stays in one row. */
static void
test_flow_one_row (void)
{
  Row self;

  row_init (&self, 400, GTK_TEXT_DIR_LTR);
  for (unsigned int i = 0; i < N_MARKS; i++)
    g_assert_cmpint (get_place (&self, i).y, ==, 0);
  g_assert_cmpint (get_place (&self, 1).x, >, MARK_WIDTH);
  g_assert_cmpint (gtk_widget_get_height (self.row), ==, MARK_HEIGHT);
  gtk_window_destroy (GTK_WINDOW (self.window));
}

/* What has none begins the next, at the side where reading begins; nothing is pressed or hidden. */
static void
check_two_rows (GtkTextDirection direction)
{
  Row self;

  row_init (&self, 2 * MARK_WIDTH + 30, direction);
  GdkRectangle first = get_place (&self, 0);
  GdkRectangle second = get_place (&self, 1);
  GdkRectangle third = get_place (&self, 2);

  g_assert_cmpint (second.y, ==, first.y);
  g_assert_cmpint (third.y, >=, first.y + MARK_HEIGHT);
  g_assert_cmpint (third.x, ==, first.x);
  g_assert_true ((first.x < second.x) == (direction == GTK_TEXT_DIR_LTR));
  g_assert_cmpint (third.width, ==, MARK_WIDTH);
  g_assert_cmpint (gtk_widget_get_height (self.row), ==, third.y + MARK_HEIGHT);
  gtk_window_destroy (GTK_WINDOW (self.window));
}

static void
test_flow_two_rows (void)
{
  check_two_rows (GTK_TEXT_DIR_LTR);
  check_two_rows (GTK_TEXT_DIR_RTL);
}

/* What is not shown takes no room and leaves no gap. */
static void
test_flow_hidden (void)
{
  Row self;

  row_init (&self, 400, GTK_TEXT_DIR_LTR);
  int second_x = get_place (&self, 1).x;
  gtk_widget_set_visible (self.marks[0], FALSE);
  gtk_test_widget_wait_for_draw (self.window);
  g_assert_cmpint (get_place (&self, 1).x, ==, 0);
  g_assert_cmpint (get_place (&self, 2).x, ==, second_x);
  gtk_window_destroy (GTK_WINDOW (self.window));
}

int
main (int argc, char **argv)
{
  tomo_stage_init (&argc, &argv);
  g_test_add_func ("/ui/flow/one-row", test_flow_one_row);
  g_test_add_func ("/ui/flow/two-rows", test_flow_two_rows);
  g_test_add_func ("/ui/flow/hidden", test_flow_hidden);
  return g_test_run ();
}
