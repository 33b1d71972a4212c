/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/tomo-contact-sheet.h"

#include <math.h>

/* A cell has this area, whatever its shape, so that words can still be made out; a row is about so
 * wide. */
#define CELL_AREA_PX (560 * 315)
#define ROW_WIDTH_PX 2320
#define GAP_PX 16
#define NAME_HEIGHT_PX 22

struct _TomoContactSheet
{
  int cell_width_px;
  int cell_height_px;
  GPtrArray *names;  /* (owned) (element-type utf8) */
  GPtrArray *thumbs; /* (owned) (element-type cairo_surface_t) */
};

static void
destroy_surface (gpointer surface)
{
  cairo_surface_destroy (surface);
}

/* A sheet of pictures of @width_px by @height_px. */
TomoContactSheet *
tomo_contact_sheet_new (int width_px, int height_px)
{
  TomoContactSheet *self = g_new0 (TomoContactSheet, 1);
  double scale = sqrt ((double) CELL_AREA_PX / ((double) width_px * height_px));

  self->cell_width_px = (int) (width_px * scale);
  self->cell_height_px = (int) (height_px * scale);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->thumbs = g_ptr_array_new_with_free_func (destroy_surface);
  return self;
}

void
tomo_contact_sheet_free (TomoContactSheet *self)
{
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->thumbs);
  g_free (self);
}

static cairo_surface_t *
new_surface_for_texture (GdkTexture *texture)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, gdk_texture_get_width (texture), gdk_texture_get_height (texture));

  gdk_texture_download (texture, cairo_image_surface_get_data (surface),
                        (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);
  return surface;
}

/* Adds a picture, which is made small at once: a visit in 4K would not fit into memory. */
void
tomo_contact_sheet_add (TomoContactSheet *self, const char *name, GdkTexture *texture)
{
  cairo_surface_t *whole = new_surface_for_texture (texture);
  cairo_surface_t *thumb =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, self->cell_width_px, self->cell_height_px);
  cairo_t *cr = cairo_create (thumb);

  cairo_scale (cr, (double) self->cell_width_px / gdk_texture_get_width (texture),
               (double) self->cell_height_px / gdk_texture_get_height (texture));
  cairo_set_source_surface (cr, whole, 0.0, 0.0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (whole);
  g_ptr_array_add (self->names, g_strdup (name));
  g_ptr_array_add (self->thumbs, thumb);
}

/* Writes what was added as one PNG. */
void
tomo_contact_sheet_write (TomoContactSheet *self, const char *path)
{
  int n_columns = MAX (1, ROW_WIDTH_PX / (self->cell_width_px + GAP_PX));
  int n_rows = ((int) self->thumbs->len + n_columns - 1) / n_columns;
  int row_height_px = self->cell_height_px + NAME_HEIGHT_PX + GAP_PX;
  cairo_surface_t *sheet = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, GAP_PX + n_columns * (self->cell_width_px + GAP_PX),
      GAP_PX + n_rows * row_height_px);
  cairo_t *cr = cairo_create (sheet);

  cairo_set_source_rgb (cr, 0.42, 0.42, 0.42);
  cairo_paint (cr);
  cairo_select_font_face (cr, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, 14.0);
  for (unsigned int i = 0; i < self->thumbs->len; i++)
    {
      double x = GAP_PX + (int) (i % (unsigned int) n_columns) * (self->cell_width_px + GAP_PX);
      double y = GAP_PX + (int) (i / (unsigned int) n_columns) * row_height_px;
      cairo_set_source_surface (cr, g_ptr_array_index (self->thumbs, i), x, y);
      cairo_paint (cr);
      cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
      cairo_move_to (cr, x, y + self->cell_height_px + NAME_HEIGHT_PX - 6);
      cairo_show_text (cr, g_ptr_array_index (self->names, i));
    }
  cairo_destroy (cr);
  g_assert_cmpint (cairo_surface_write_to_png (sheet, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (sheet);
}
