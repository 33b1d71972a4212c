/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/tomo-layout.h"

static const struct
{
  int width_px;
  int height_px;
  TomoLayout layout;
  double scale;
} sizes[] = {
  { 1080, 1920, TOMO_LAYOUT_PORTRAIT, 1.675 }, { 2160, 3840, TOMO_LAYOUT_PORTRAIT, 3.375 },
  { 480, 800, TOMO_LAYOUT_PORTRAIT, 0.8 },     { 1920, 1080, TOMO_LAYOUT_LANDSCAPE, 1.5 },
  { 3840, 2160, TOMO_LAYOUT_LANDSCAPE, 3.0 },  { 1280, 800, TOMO_LAYOUT_LANDSCAPE, 1.0 },
  { 1024, 600, TOMO_LAYOUT_COMPACT, 1.025 },   { 800, 480, TOMO_LAYOUT_COMPACT, 0.85 },
  { 1024, 1024, TOMO_LAYOUT_LANDSCAPE, 0.95 },
};

/* Each usual screen gets the layout that was drawn for it. */
static void
test_layout_for_size (void)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_test_message ("%d×%d", sizes[i].width_px, sizes[i].height_px);
      g_assert_cmpint (tomo_layout_for_size (sizes[i].width_px, sizes[i].height_px), ==,
                       sizes[i].layout);
      g_assert_cmpfloat_with_epsilon (tomo_layout_get_scale (sizes[i].width_px, sizes[i].height_px),
                                      sizes[i].scale, 0.001);
    }
}

/* A panel with twice the dots shows the same picture: the scale is twice as large. */
static void
test_layout_scale_doubles (void)
{
  g_assert_cmpfloat_with_epsilon (tomo_layout_get_scale (3840, 2160),
                                  2.0 * tomo_layout_get_scale (1920, 1080), 0.03);
}

/* Even a window without any size has a scale that can be drawn with. */
static void
test_layout_scale_of_nothing (void)
{
  g_assert_cmpfloat (tomo_layout_get_scale (0, 0), >, 0.5);
  g_assert_cmpfloat (tomo_layout_get_scale (100000, 100000), <, 10.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/layout/for-size", test_layout_for_size);
  g_test_add_func ("/ui/layout/scale-doubles", test_layout_scale_doubles);
  g_test_add_func ("/ui/layout/scale-of-nothing", test_layout_scale_of_nothing);
  return g_test_run ();
}
