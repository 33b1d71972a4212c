/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/tomo-contrast.h"

#include <string.h>

#define UI_FOLDER "app", "ui"

/* What stands on what. A shape is a border that tells a state, a symbol, or the ring of the focus.
 * What is only an ornament (lines between cards, shadows, the veil) is not here. */
typedef struct
{
  const char *ink;
  const char *ground;
} Pair;

static const Pair texts[] = {
  { "ink", "paper" },
  { "ink", "card" },
  { "ink", "pale" },
  { "ink", "lamp_pale" },
  { "ink", "coral_pale" },
  { "ink_soft", "paper" },
  { "ink_soft", "card" },
  { "ink_soft", "pale" },
  { "on_picture", "picture" },
  { "on_deep", "deep" },
  { "on_deep_soft", "deep" },
  { "on_accent", "accent" },
  { "on_lamp", "lamp" },
  { "accent_ink", "paper" },
  { "accent_ink", "card" },
  { "accent_ink", "pale" },
  { "coral_ink", "card" },
  { "coral_ink", "coral_pale" },
  { "on_coral_strong", "coral_strong" },
  { "right_ink", "card" },
  { "right_ink", "pale" },
  { "picture", "picture_line" },
  { "picture", "picture_wrong" },
};

static const Pair shapes[] = {
  { "focus", "paper" },
  { "focus", "card" },
  { "lamp", "deep" },
  { "picture_focus", "picture" },
  { "picture_line", "picture" },
  { "picture_wrong", "picture" },
  { "coral", "paper" },
  { "coral", "card" },
  { "coral", "coral_pale" },
  { "card", "coral" },
};

static const struct
{
  const char *name;
  double text_ratio;
  gboolean has_gradient; /* behind the greeting of attract */
  gboolean has_strong_lines;
} palettes[] = {
  { "light", TOMO_CONTRAST_TEXT, TRUE, FALSE },
  { "dark", TOMO_CONTRAST_TEXT, TRUE, FALSE },
  { "contrast", TOMO_CONTRAST_STRONG_TEXT, FALSE, TRUE },
};

static char *
load_sheet (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("TOMO_SOURCE_ROOT"), UI_FOLDER, name, NULL);
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* The names of a palette, and what they stand for: ‘#rrggbb’, ‘rgba(…)’ or ‘@name’. */
static GHashTable *
load_palette (const char *name)
{
  g_autofree char *file = g_strdup_printf ("tomo-palette-%s.css", name);
  g_autofree char *text = load_sheet (file);
  g_autoptr(GRegex) regex =
      g_regex_new ("@define-color ([a-z_]+) ([^;]+);", G_REGEX_DEFAULT, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  GHashTable *palette = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    g_hash_table_insert (palette, g_match_info_fetch (match, 1), g_match_info_fetch (match, 2));

  return palette;
}

static GdkRGBA
get_colour (GHashTable *palette, const char *name)
{
  const char *value = g_hash_table_lookup (palette, name);
  GdkRGBA colour = { 0 };

  g_assert_nonnull (value);
  if (value[0] == '@')
    return get_colour (palette, value + 1);

  g_assert_true (gdk_rgba_parse (&colour, value));
  return colour;
}

/* Prints each figure, so that ACCESSIBILITY.md can be held against it. */
static unsigned int
count_weak (GHashTable *palette, const char *name, const Pair *pairs, size_t n_pairs, double least)
{
  unsigned int n_weak = 0;

  for (size_t i = 0; i < n_pairs; i++)
    {
      GdkRGBA ink = get_colour (palette, pairs[i].ink);
      GdkRGBA ground = get_colour (palette, pairs[i].ground);
      double ratio = tomo_contrast_get_ratio (&ink, &ground);

      g_test_message ("%s: %s on %s %.2f (at least %.1f)", name, pairs[i].ink, pairs[i].ground,
                      ratio, least);
      if (ratio < least)
        {
          g_printerr ("%s: %s on %s is %.2f, less than %.1f\n", name, pairs[i].ink, pairs[i].ground,
                      ratio, least);
          n_weak++;
        }
    }

  return n_weak;
}

/* Black on white is 21, a colour on itself 1, and the grey of the WCAG examples is at its edge. */
static void
test_contrast_ratio (void)
{
  GdkRGBA black, white, grey;

  g_assert_true (gdk_rgba_parse (&black, "#000000"));
  g_assert_true (gdk_rgba_parse (&white, "#ffffff"));
  g_assert_true (gdk_rgba_parse (&grey, "#767676"));
  g_assert_cmpfloat_with_epsilon (tomo_contrast_get_ratio (&black, &white), 21.0, 0.001);
  g_assert_cmpfloat_with_epsilon (tomo_contrast_get_ratio (&white, &black), 21.0, 0.001);
  g_assert_cmpfloat_with_epsilon (tomo_contrast_get_ratio (&grey, &grey), 1.0, 0.001);
  g_assert_cmpfloat_with_epsilon (tomo_contrast_get_ratio (&grey, &white), 4.54, 0.005);
}

/* Everything that is to be read or to be told apart can be, in each of the three palettes. */
static void
test_contrast_palettes (void)
{
  static const Pair gradient[] = { { "on_deep", "deep_edge" }, { "on_deep_soft", "deep_edge" } };
  static const Pair lines[] = { { "line", "paper" }, { "line", "card" } };
  unsigned int n_weak = 0;

  for (size_t i = 0; i < G_N_ELEMENTS (palettes); i++)
    {
      const char *name = palettes[i].name;
      g_autoptr(GHashTable) palette = load_palette (name);
      double text_ratio = palettes[i].text_ratio;

      n_weak += count_weak (palette, name, texts, G_N_ELEMENTS (texts), text_ratio);
      n_weak += count_weak (palette, name, shapes, G_N_ELEMENTS (shapes), TOMO_CONTRAST_SHAPE);
      if (palettes[i].has_gradient)
        n_weak += count_weak (palette, name, gradient, G_N_ELEMENTS (gradient), text_ratio);
      if (palettes[i].has_strong_lines)
        n_weak += count_weak (palette, name, lines, G_N_ELEMENTS (lines), TOMO_CONTRAST_SHAPE);
    }

  g_assert_cmpuint (n_weak, ==, 0);
}

static gboolean
is_measured (const char *ink)
{
  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].ink, ink))
      return TRUE;
  for (size_t i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (g_str_equal (shapes[i].ink, ink))
      return TRUE;

  return FALSE;
}

/* What the style sheet writes with is among what is measured, and every palette has all names. */
static void
test_contrast_style_sheet (void)
{
  g_autofree char *sheet = load_sheet ("tomo.css");
  g_autoptr(GRegex) names = g_regex_new ("@([a-z_]+)", G_REGEX_DEFAULT, 0, NULL);
  g_autoptr(GRegex) inks =
      g_regex_new ("[^-]\\b(?:outline-)?color: @([a-z_]+)", G_REGEX_DEFAULT, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autoptr(GMatchInfo) ink_match = NULL;

  for (size_t i = 0; i < G_N_ELEMENTS (palettes); i++)
    {
      g_autoptr(GHashTable) palette = load_palette (palettes[i].name);

      for (g_regex_match (names, sheet, 0, &match); g_match_info_matches (match);
           g_match_info_next (match, NULL))
        {
          g_autofree char *name = g_match_info_fetch (match, 1);
          if (!g_hash_table_contains (palette, name))
            g_error ("the palette ‘%s’ lacks @%s", palettes[i].name, name);
        }
      g_clear_pointer (&match, g_match_info_free);
    }

  for (g_regex_match (inks, sheet, 0, &ink_match); g_match_info_matches (ink_match);
       g_match_info_next (ink_match, NULL))
    {
      g_autofree char *ink = g_match_info_fetch (ink_match, 1);
      if (!is_measured (ink))
        g_error ("tomo.css writes with @%s, which is in no pair of this test", ink);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/contrast/ratio", test_contrast_ratio);
  g_test_add_func ("/contrast/palettes", test_contrast_palettes);
  g_test_add_func ("/contrast/style-sheet", test_contrast_style_sheet);

  return g_test_run ();
}
