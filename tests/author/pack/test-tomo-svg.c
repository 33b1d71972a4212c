/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "author/pack/tomo-png.h"
#include "author/pack/tomo-svg.h"
#include "core/content/tomo-picture.h"
#include "core/tomo-error.h"

#define SVG(...)                                                                                   \
  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 96 60\" " __VA_ARGS__ "</svg>"

static GBytes *
new_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* Each drawing that could look elsewhere, run a script, or keep a computer busy is refused with a
 * sentence about it, without rendering it. */
static void
test_svg_refuses (void)
{
  static const struct
  {
    const char *svg;
    const char *part;
  } vectors[] = {
    { SVG ("><image href=\"data:image/png;base64,AAAA\"/>"), "contains <image>" },
    { SVG ("><script>1</script>"), "contains <script>" },
    { SVG ("><foreignObject/>"), "contains <foreignObject>" },
    { SVG ("><text>Hi</text>"), "contains <text>" },
    { SVG ("><filter id=\"f\"/>"), "contains <filter>" },
    { SVG ("><pattern id=\"p\"/>"), "contains <pattern>" },
    { SVG ("><animate/>"), "contains <animate>" },
    { SVG ("><rect filter=\"blur(9px)\"/>"), "uses a filter" },
    { SVG ("><rect style=\"filter:blur(9px)\"/>"), "url(), @import, filter" },
    { SVG ("><rect onclick=\"x()\"/>"), "has the script" },
    { SVG ("><use href=\"other.svg#a\"/>"), "outside itself" },
    { SVG ("xmlns:x=\"http://www.w3.org/1999/xlink\"><use x:href=\"http://a.example/b\"/>"),
      "outside itself" },
    { SVG ("><rect fill=\"url(http://a.example/b)\"/>"), "outside itself" },
    { SVG ("><style>@import 'a.css';</style>"), "url(), @import, filter" },
    { SVG ("><style>rect { fill: u\\72l(x) }</style>"), "a backslash" },
    { SVG ("><g id=\"a\"><use href=\"#a\"/></g>"), "repeats them within themselves" },
    { "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "how large it is" },
    { "<svg/>", "this is not SVG" },
    { "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>", "<!DOCTYPE" },
    { "GIF89a", "not well-formed XML" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(TomoFindings) findings = tomo_findings_new ();
      g_autoptr(GBytes) svg = new_bytes (vectors[i].svg);

      g_test_message ("Refused: %s", vectors[i].svg);
      g_assert_false (tomo_svg_check (svg, "x.svg", findings));
      g_assert_cmpuint (tomo_findings_get_n (findings), >=, 1);
      g_assert_nonnull (strstr (tomo_findings_get (findings, 0)->message, vectors[i].part));
    }
}

/* Ten levels of ten repetitions are ten milliards of shapes: counted, never drawn. */
static void
test_svg_repetition (void)
{
  g_autoptr(GString) text = g_string_new (
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><g id=\"g0\"><rect/></g>");

  for (unsigned int level = 1; level <= 10; level++)
    {
      g_string_append_printf (text, "<g id=\"g%u\">", level);
      for (unsigned int i = 0; i < 10; i++)
        g_string_append_printf (text, "<use href=\"#g%u\"/>", level - 1);
      g_string_append (text, "</g>");
    }
  g_string_append (text, "</svg>");

  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GBytes) svg = new_bytes (text->str);
  g_assert_false (tomo_svg_check (svg, "x.svg", findings));
}

/* A drawing of allowed parts that still takes too long is ended by the kernel. */
static void
test_svg_time (void)
{
  g_autoptr(GString) text = g_string_new ("<svg xmlns=\"http://www.w3.org/2000/svg\" "
                                           "viewBox=\"0 0 1440 1440\">");

  if (!g_test_slow () && g_getenv ("TOMO_TEST_LONG") == NULL)
    {
      g_test_skip ("takes as long as the limit on time; run with --long");
      return;
    }

  for (unsigned int i = 0; i < 12000; i++)
    g_string_append (text, "<g opacity=\".5\"><path opacity=\".5\" d=\"M0 0h1440v1440H0z\"/></g>");
  g_string_append (text, "</svg>");

  g_autoptr(GBytes) svg = new_bytes (text->str);
  g_autoptr(GError) error = NULL;

  g_assert_null (tomo_svg_render (svg, TOMO_SVG_RENDER_EDGE_PX, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "takes longer than"));
}

/* The longer edge has the size that kiosks want, whatever the drawing says. */
static void
test_svg_renders (void)
{
  static const struct
  {
    const char *svg;
    unsigned int width_px;
    unsigned int height_px;
  } vectors[] = {
    { SVG ("><rect width=\"9\" height=\"9\"/>"), 1440, 900 },
    { "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10mm\" height=\"20mm\"/>", 720, 1440 },
    { SVG ("width=\"100%\" height=\"100%\">"), 1440, 900 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(TomoFindings) findings = tomo_findings_new ();
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) svg = new_bytes (vectors[i].svg);
      unsigned int width_px = 0;
      unsigned int height_px = 0;

      g_test_message ("Rendered: %s", vectors[i].svg);
      g_assert_true (tomo_svg_check (svg, "x.svg", findings));
      g_autoptr(GBytes) png = tomo_svg_render (svg, TOMO_SVG_RENDER_EDGE_PX, &error);
      g_assert_no_error (error);
      g_assert_true (tomo_picture_check (png, &width_px, &height_px, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (width_px, ==, vectors[i].width_px);
      g_assert_cmpuint (height_px, ==, vectors[i].height_px);
    }
}

/* What librsvg cannot draw is an error, not a crash of the parent. */
static void
test_svg_cannot_render (void)
{
  g_autoptr(GBytes) svg = new_bytes ("<svg");
  g_autoptr(GError) error = NULL;

  g_assert_null (tomo_svg_render (svg, TOMO_SVG_RENDER_EDGE_PX, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
}

/* Metadata goes, pixels stay; a file that ends too early is refused. */
static void
test_png_strip (void)
{
  static const guint8 png[] = {
    0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n',                               /* signature */
    0,    0,   0,   2,   't',  'E',  'X',  't',  'm',  'e',  1,    2,    3, 4, /* who made it */
    0,    0,   0,   1,   'I',  'D',  'A',  'T',  0x55, 5,    6,    7,    8,    /* pixels */
    0,    0,   0,   0,   'e',  'X',  'I',  'f',  5,    6,    7,    8,          /* where */
    0,    0,   0,   0,   'I',  'E',  'N',  'D',  0xae, 0x42, 0x60, 0x82,
  };
  g_autoptr(GBytes) bytes = g_bytes_new_static (png, sizeof (png));
  g_autoptr(GBytes) cut = g_bytes_new_static (png, sizeof (png) - 1);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) clean = tomo_png_strip (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (clean), ==, 8 + 13 + 12);
  g_assert_null (tomo_png_strip (cut, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/svg/refuses", test_svg_refuses);
  g_test_add_func ("/svg/repetition", test_svg_repetition);
  g_test_add_func ("/svg/time", test_svg_time);
  g_test_add_func ("/svg/renders", test_svg_renders);
  g_test_add_func ("/svg/cannot-render", test_svg_cannot_render);
  g_test_add_func ("/png/strip", test_png_strip);
  return g_test_run ();
}
