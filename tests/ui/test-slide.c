/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/tomo-stage.h"
#include "ui/tomo-slide.h"

static TomoSlide *
get_slide (TomoStage *stage)
{
  return TOMO_SLIDE (gtk_widget_get_parent (GTK_WIDGET (tomo_window_get_page (stage->window))));
}

/* How far the page that leaves has gone, negative to the left: where its ground is. It is drawn
 * last, cut off at the edge. */
static double
get_shift (TomoSlide *slide)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  graphene_rect_t bounds;

  GTK_WIDGET_GET_CLASS (slide)->snapshot (GTK_WIDGET (slide), snapshot);
  GskRenderNode *root = gtk_snapshot_free_to_node (snapshot);
  g_assert_cmpint (gsk_render_node_get_node_type (root), ==, GSK_CONTAINER_NODE);
  GskRenderNode *leaving =
      gsk_container_node_get_child (root, gsk_container_node_get_n_children (root) - 1);
  if (gsk_render_node_get_node_type (leaving) == GSK_CLIP_NODE)
    leaving = gsk_clip_node_get_child (leaving);
  g_assert_cmpint (gsk_render_node_get_node_type (leaving), ==, GSK_CONTAINER_NODE);
  GskRenderNode *ground = gsk_container_node_get_child (leaving, 0);
  g_assert_cmpint (gsk_render_node_get_node_type (ground), ==, GSK_COLOR_NODE);
  gsk_render_node_get_bounds (ground, &bounds);
  gsk_render_node_unref (root);
  return bounds.origin.x;
}

typedef struct
{
  TomoSlide *slide;
  double sign;
  double shift; /* of the last frame */
  unsigned int n_steps;
} Course;

/* Only now is all laid out. */
static void
after_paint_cb (GdkFrameClock *clock, Course *course)
{
  if (!tomo_slide_is_moving (course->slide))
    return;

  double shift = get_shift (course->slide) * course->sign;
  g_assert_cmpfloat (shift, >=, course->shift);
  g_assert_cmpfloat (shift, <=, gtk_widget_get_width (GTK_WIDGET (course->slide)));
  course->n_steps += (shift > course->shift) ? 1 : 0;
  course->shift = shift;
}

/* Follows a slide to its end. The page must move one way only, and by the width at most; it is seen
 * to move however slow the machine is. */
static void
assert_slides (TomoStage *stage, double sign)
{
  Course course = { .slide = get_slide (stage), .sign = sign };
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (stage->window));

  g_assert_true (tomo_slide_is_moving (course.slide));
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &course);
  while (tomo_slide_is_moving (course.slide))
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (clock, &course);
  g_assert_cmpuint (course.n_steps, >, 0);
}

/* Opens a topic and goes back. */
static void
go_and_return (TomoStage *stage, double forward)
{
  GtkWidget *home = GTK_WIDGET (tomo_window_get_page (stage->window));

  g_object_add_weak_pointer (G_OBJECT (home), (gpointer *) &home);
  tomo_visit_open (stage->visit, tomo_place_new_topic ("passwords"));
  GtkWidget *topic = GTK_WIDGET (tomo_window_get_page (stage->window));
  g_assert_true (topic != home);
  g_assert_true (gtk_widget_get_can_target (topic));
  g_assert_false (gtk_widget_get_can_target (home));
  g_assert_false (gtk_widget_get_can_focus (home));
  assert_slides (stage, forward);
  g_assert_null (home);

  g_assert_true (tomo_visit_back (stage->visit));
  assert_slides (stage, -forward);
}

/* The way there goes with the direction of reading and the way back against it; the new page stands
 * at once and takes touches, the old one does not, and is gone at the end. */
static void
test_slide_way (void)
{
  static const struct
  {
    const char *language;
    double forward;
  } rows[] = { { "en", -1.0 }, { "ar", 1.0 } };

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  for (unsigned int i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].language);
      g_autoptr(TomoStage) stage = tomo_stage_new (1024, 600);

      tomo_stage_activate (stage, "visit.begin", "s", rows[i].language);
      while (tomo_slide_is_moving (get_slide (stage)))
        g_main_context_iteration (NULL, TRUE);
      go_and_return (stage, rows[i].forward);
      g_clear_pointer (&stage, tomo_stage_free);
    }
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

/* Who touches faster than pages slide gets the last page, and no page stays behind. */
static void
test_slide_hurry (void)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  g_autoptr(TomoStage) stage = tomo_stage_new (1024, 600);
  tomo_stage_activate (stage, "visit.begin", "s", "en");
  TomoSlide *slide = get_slide (stage);

  for (unsigned int i = 0; i < 5; i++)
    {
      tomo_visit_open (stage->visit, tomo_place_new_topic ("passwords"));
      g_main_context_iteration (NULL, FALSE);
      g_assert_true (tomo_visit_back (stage->visit));
    }
  while (tomo_slide_is_moving (slide))
    g_main_context_iteration (NULL, TRUE);
  GtkWidget *only = gtk_widget_get_first_child (GTK_WIDGET (slide));
  g_assert_true (only == GTK_WIDGET (tomo_window_get_page (stage->window)));
  g_assert_null (gtk_widget_get_next_sibling (only));
  g_assert_cmpstr (gtk_widget_get_css_name (only), ==, "page");
  g_clear_pointer (&stage, tomo_stage_free);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

int
main (int argc, char **argv)
{
  tomo_stage_init (&argc, &argv);

  g_test_add_func ("/ui/slide/way", test_slide_way);
  g_test_add_func ("/ui/slide/hurry", test_slide_hurry);

  return g_test_run ();
}
