/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-style.h"

#include <pango/pangofc-fontmap.h>
#include <string.h>

#include "core/content/tomo-language.h"
#include "ui/tomo-contrast.h"
#include "ui/tomo-i18n.h"

#define RESOURCE_PATH "/org/tomoshibi/Tomoshibi/"

/* At 96 dots an inch this makes one rem 16 pixels. */
#define BASE_FONT "Noto Sans 12"
#define BASE_DPI 96.0
#define BASE_REM_PX 16.0
#define DPI_UNITS 1024.0 /* GtkSettings counts in 1024ths of a dot an inch */
/* What is touched: WCAG 2.2 asks for less, hands in a station hall for more. */
#define MIN_TARGET_PX 44
#define MIN_TARGET_MM 15.0
#define MIN_ANSWER_MM 20.0

/* ‘pale’ of the light palette. */
#define DARKEST_GROUND "#e4f2ee"

struct _TomoStyle
{
  GObject parent_instance;

  GdkDisplay *display;     /* (owned) */
  GtkCssProvider *sheet;   /* (owned) */
  GtkCssProvider *palette; /* (owned) */
  GtkCssProvider *accent;  /* (owned) */
  char *old_font;          /* (owned) (nullable) */
  int old_dpi;
  gboolean old_animations;
  double desktop_scale; /* larger text that the desktop asks for */
};

G_DEFINE_TYPE (TomoStyle, tomo_style, G_TYPE_OBJECT)

static const char *const palette_files[] = {
  [TOMO_PALETTE_LIGHT] = RESOURCE_PATH "tomo-palette-light.css",
  [TOMO_PALETTE_DARK] = RESOURCE_PATH "tomo-palette-dark.css",
  [TOMO_PALETTE_CONTRAST] = RESOURCE_PATH "tomo-palette-contrast.css",
};
G_STATIC_ASSERT (G_N_ELEMENTS (palette_files) == TOMO_N_PALETTES);

static void
tomo_style_dispose (GObject *object)
{
  TomoStyle *self = TOMO_STYLE (object);

  if (self->display != NULL)
    {
      GtkSettings *settings = gtk_settings_get_for_display (self->display);
      g_object_set (settings, "gtk-font-name", self->old_font, "gtk-xft-dpi", self->old_dpi,
                    "gtk-enable-animations", self->old_animations, NULL);
      gtk_style_context_remove_provider_for_display (self->display,
                                                     GTK_STYLE_PROVIDER (self->sheet));
      gtk_style_context_remove_provider_for_display (self->display,
                                                     GTK_STYLE_PROVIDER (self->palette));
      gtk_style_context_remove_provider_for_display (self->display,
                                                     GTK_STYLE_PROVIDER (self->accent));
    }
  g_clear_object (&self->sheet);
  g_clear_object (&self->palette);
  g_clear_object (&self->accent);
  g_clear_object (&self->display);

  G_OBJECT_CLASS (tomo_style_parent_class)->dispose (object);
}

static void
tomo_style_finalize (GObject *object)
{
  TomoStyle *self = TOMO_STYLE (object);

  g_clear_pointer (&self->old_font, g_free);

  G_OBJECT_CLASS (tomo_style_parent_class)->finalize (object);
}

static void
tomo_style_class_init (TomoStyleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tomo_style_dispose;
  object_class->finalize = tomo_style_finalize;
}

static void
tomo_style_init (TomoStyle *self)
{
  self->sheet = gtk_css_provider_new ();
  self->palette = gtk_css_provider_new ();
  self->accent = gtk_css_provider_new ();
}

/**
 * tomo_style_new:
 * @display: a display
 *
 * Dresses all windows of @display, until the result is disposed of.
 *
 * Returns: (transfer full): the style
 */
TomoStyle *
tomo_style_new (GdkDisplay *display)
{
  TomoStyle *self = g_object_new (TOMO_TYPE_STYLE, NULL);
  GtkSettings *settings = gtk_settings_get_for_display (display);

  self->display = g_object_ref (display);
  g_object_get (settings, "gtk-font-name", &self->old_font, "gtk-xft-dpi", &self->old_dpi,
                "gtk-enable-animations", &self->old_animations, NULL);
  self->desktop_scale =
      (self->old_dpi > 0) ? MAX (1.0, self->old_dpi / (BASE_DPI * DPI_UNITS)) : 1.0;
  g_object_set (settings, "gtk-font-name", BASE_FONT, NULL);

  gtk_css_provider_load_from_resource (self->sheet, RESOURCE_PATH "tomo.css");
  tomo_style_set_palette (self, TOMO_PALETTE_LIGHT);

  /* Names of colours are looked up in all providers, the highest priority first. */
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (self->sheet),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (self->palette),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (self->accent),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 2);

  return self;
}

/**
 * tomo_style_set_palette:
 * @self: a style
 * @palette: a set of colours
 *
 * Changes all colours at once.
 */
void
tomo_style_set_palette (TomoStyle *self, TomoPalette palette)
{
  g_return_if_fail (TOMO_IS_STYLE (self));
  g_return_if_fail (palette < TOMO_N_PALETTES);

  gtk_css_provider_load_from_resource (self->palette, palette_files[palette]);
}

/**
 * tomo_style_get_usual_palette:
 * @self: a style
 *
 * Says which colours fit the desktop.
 *
 * Returns: light or dark
 */
TomoPalette
tomo_style_get_usual_palette (TomoStyle *self)
{
  gboolean prefers_dark = FALSE;
  g_autofree char *theme = NULL;

  g_return_val_if_fail (TOMO_IS_STYLE (self), TOMO_PALETTE_LIGHT);
  g_object_get (gtk_settings_get_for_display (self->display), "gtk-application-prefer-dark-theme",
                &prefers_dark, "gtk-theme-name", &theme, NULL);

  if (prefers_dark || (theme != NULL && g_str_has_suffix (theme, "-dark")))
    return TOMO_PALETTE_DARK;

  return TOMO_PALETTE_LIGHT;
}

/* The campaign file may bring one colour. It is signed, but it is still data: nothing but a plain
 * colour gets into the style sheet, and none on which white letters could not be read. */
static gboolean
is_usable_accent (const char *accent)
{
  GdkRGBA colour = { 0 };

  if (strlen (accent) != strlen ("#rrggbb") || accent[0] != '#' ||
      strspn (accent + 1, "0123456789abcdefABCDEF") != strlen ("rrggbb") ||
      !gdk_rgba_parse (&colour, accent))
    return FALSE;

  /* White letters stand on it, and it is itself the ink on the darkest of the light grounds. */
  GdkRGBA ground = { 0 };
  gdk_rgba_parse (&ground, DARKEST_GROUND);
  return tomo_contrast_get_ratio (&colour, &ground) >= TOMO_CONTRAST_TEXT;
}

/**
 * tomo_style_set_accent:
 * @self: a style
 * @accent: (nullable): a colour, `#rrggbb`
 *
 * Tints headings, numbers and the main button. A colour that is too light for that is left out.
 */
void
tomo_style_set_accent (TomoStyle *self, const char *accent)
{
  g_return_if_fail (TOMO_IS_STYLE (self));

  g_autofree char *css = (accent != NULL && is_usable_accent (accent))
                             ? g_strdup_printf ("@define-color accent %s;\n", accent)
                             : g_strdup ("");
  gtk_css_provider_load_from_data (self->accent, css, -1);
}

/**
 * tomo_style_set_still:
 * @self: a style
 * @is_still: whether the visitor asked for it
 *
 * Stops all motion, or lets things move as far as the desktop allows it.
 */
void
tomo_style_set_still (TomoStyle *self, gboolean is_still)
{
  g_return_if_fail (TOMO_IS_STYLE (self));
  g_object_set (gtk_settings_get_for_display (self->display), "gtk-enable-animations",
                self->old_animations && !is_still, NULL);
}

/**
 * tomo_style_set_scale:
 * @self: a style
 * @scale: 1.0 for a rem of 16 pixels
 *
 * Makes everything larger or smaller: all lengths of the style sheet are in rem.
 */
void
tomo_style_set_scale (TomoStyle *self, double scale)
{
  g_return_if_fail (TOMO_IS_STYLE (self));

  int dpi = (int) (BASE_DPI * DPI_UNITS * scale * self->desktop_scale);
  int old_dpi = 0;
  GtkSettings *settings = gtk_settings_get_for_display (self->display);

  g_object_get (settings, "gtk-xft-dpi", &old_dpi, NULL);
  if (old_dpi == dpi)
    return;

  /* Pango measures the height of a line with fonts of its own resolution: the same as ours, or each
   * font would be looked up and opened twice. */
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (pango_cairo_font_map_get_default ()),
                                       dpi / DPI_UNITS);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

/**
 * tomo_style_forget_fonts:
 *
 * Lets go of the fonts that texts were written with. Pango and cairo keep letters of every script,
 * font and size that anybody has seen, which piles up with visitors of many languages; between them
 * nobody waits for fonts to be opened again.
 */
void
tomo_style_forget_fonts (void)
{
  PangoFontMap *font_map = pango_cairo_font_map_get_default ();

  if (PANGO_IS_FC_FONT_MAP (font_map))
    pango_fc_font_map_cache_clear (PANGO_FC_FONT_MAP (font_map));
}

/**
 * tomo_style_get_rem_px:
 * @widget: a widget
 *
 * Returns: what one rem of the style sheet is on the display of @widget
 */
double
tomo_style_get_rem_px (GtkWidget *widget)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return (dpi > 0) ? BASE_REM_PX * dpi / (BASE_DPI * DPI_UNITS) : BASE_REM_PX;
}

/* A button is high enough for two lines, and so GTK would rather make it narrow than leave one. */
static void
wrap_words (GtkButton *button)
{
  GtkWidget *label = gtk_button_get_child (button);

  if (!GTK_IS_LABEL (label))
    return;

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
}

/**
 * tomo_style_set_targets:
 * @widget: a widget with all its children
 * @glass: what it is touched through
 *
 * Makes every button under @widget large enough for a finger, whatever the style sheet says, and
 * lets the words on it take more lines rather than push the screen apart. Buttons that are added
 * later need a call of their own.
 */
void
tomo_style_set_targets (GtkWidget *widget, const TomoGlass *glass)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (GTK_IS_BUTTON (widget))
    {
      double mm = gtk_widget_has_css_class (widget, "choice") ? MIN_ANSWER_MM : MIN_TARGET_MM;
      int size_px = glass->is_touched ? tomo_glass_mm_to_px (glass, mm) : 0;
      size_px = MAX (size_px, MIN_TARGET_PX);
      gtk_widget_set_size_request (widget, size_px, size_px);
      wrap_words (GTK_BUTTON (widget));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    tomo_style_set_targets (child, glass);
}

static gboolean
has_own_language (GtkWidget *widget)
{
  g_auto(GStrv) classes = gtk_widget_get_css_classes (widget);

  for (unsigned int i = 0; classes[i] != NULL; i++)
    {
      if (g_str_has_prefix (classes[i], "script-"))
        return TRUE;
    }

  return FALSE;
}

static void
apply_language (GtkWidget *widget, PangoLanguage *language, GtkTextDirection direction)
{
  /* Without a language Pango draws Chinese with Japanese glyphs. What is set on the context stays
   * through changes of style, direction and resolution. */
  pango_context_set_language (gtk_widget_get_pango_context (widget), language);
  if (gtk_widget_has_css_class (widget, TOMO_STYLE_LEFT_TO_RIGHT))
    direction = GTK_TEXT_DIR_LTR;
  gtk_widget_set_direction (widget, direction);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!has_own_language (child))
        apply_language (child, language, direction);
    }
}

/**
 * tomo_style_set_language:
 * @widget: a widget with all its children
 * @language: the language of its text
 *
 * Gives @widget the fonts, the glyphs and the direction of @language. Descendants that were given
 * a language of their own before keep it; children that are added later need a call of their own.
 */
void
tomo_style_set_language (GtkWidget *widget, const char *language)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (language != NULL);

  const TomoLanguage *row = tomo_language_find (language);
  g_auto(GStrv) classes = gtk_widget_get_css_classes (widget);
  for (unsigned int i = 0; classes[i] != NULL; i++)
    {
      if (g_str_has_prefix (classes[i], "script-"))
        gtk_widget_remove_css_class (widget, classes[i]);
    }

  g_autofree char *script = g_ascii_strdown ((row != NULL) ? row->script : "Latn", -1);
  g_autofree char *style_class = g_strconcat ("script-", script, NULL);
  gtk_widget_add_css_class (widget, style_class);
  apply_language (widget, pango_language_from_string (language),
                  tomo_i18n_is_rtl (language) ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
}
