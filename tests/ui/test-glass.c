/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/tomo-glass.h"

static const struct
{
  const char *what;
  int width_px;
  int height_px;
  int width_mm;
  int height_mm;
  unsigned int measured_mm;
  int px_of_15_mm;
} screens[] = {
  { "32 inches upright", 1080, 1920, 398, 708, 0, 41 },
  { "24 inches in 4K", 3840, 2160, 527, 296, 0, 110 },
  { "a panel of 7 inches", 800, 480, 154, 86, 0, 78 },
  { "measured by hand", 1920, 1080, 0, 0, 480, 60 },
  { "measured counts before what the display says", 1920, 1080, 480, 270, 960, 30 },
  /* 96 dots an inch where there is nothing to believe. */
  { "says nothing", 1920, 1080, 0, 0, 0, 57 },
  { "the aspect for its size", 1920, 1080, 160, 90, 0, 57 },
  { "the aspect, turned", 1080, 1920, 90, 160, 0, 57 },
  { "a television", 1920, 1080, 1600, 900, 0, 57 },
  { "a size that was not turned with the screen", 1080, 1920, 708, 398, 0, 41 },
  { "a tenth of its size", 1920, 1080, 48, 27, 0, 57 },
  { "ten times its size", 1920, 1080, 4800, 2700, 0, 57 },
};

/* Millimetres are those of the glass: measured, or said by a display that can be believed. */
static void
test_glass_size (void)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      g_autoptr(TomoKioskConfig) config = tomo_kiosk_config_new ();
      TomoGlass glass;

      g_test_message ("%s", screens[i].what);
      config->screen_width_mm = screens[i].measured_mm;
      tomo_glass_init_for_kiosk (&glass, config, screens[i].width_px, screens[i].height_px,
                                 screens[i].width_mm, screens[i].height_mm);
      g_assert_true (glass.is_touched);
      g_assert_cmpint (tomo_glass_mm_to_px (&glass, 15.0), ==, screens[i].px_of_15_mm);
    }
}

/* On a desk nothing is touched, and an inch has 96 pixels. */
static void
test_glass_desk (void)
{
  TomoGlass glass;

  tomo_glass_init (&glass);
  g_assert_false (glass.is_touched);
  g_assert_cmpint (tomo_glass_mm_to_px (&glass, 25.4), ==, 96);
  g_assert_cmpint (tomo_glass_mm_to_px (&glass, 0.0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/glass/size", test_glass_size);
  g_test_add_func ("/ui/glass/desk", test_glass_desk);
  return g_test_run ();
}
