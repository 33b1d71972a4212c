/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-qr-code.h"

#include <qrencode.h>

/* Modules of white on each side: ISO/IEC 18004 asks for four. */
#define QUIET_MODULES 4

struct _TomoQrCode
{
  GtkWidget parent_instance;

  QRcode *code; /* (owned) (not nullable) */
  int min_px;   /* of the code without its margin */
};

G_DEFINE_TYPE (TomoQrCode, tomo_qr_code, GTK_TYPE_WIDGET)

/* All modules are equally large, so the code comes in steps; this is the first that is not smaller
 * than asked for. */
static int
get_module_px (TomoQrCode *self)
{
  return (self->min_px + self->code->width - 1) / self->code->width;
}

static void
tomo_qr_code_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  TomoQrCode *self = TOMO_QR_CODE (widget);

  *minimum = get_module_px (self) * (self->code->width + 2 * QUIET_MODULES);
  *natural = *minimum;
}

/* Dark modules that touch are drawn as one, so that no seam shows between them. */
static void
draw_row (TomoQrCode *self, GtkSnapshot *snapshot, int row, graphene_point_t start, int module_px)
{
  static const GdkRGBA black = { 0, 0, 0, 1 };
  const unsigned char *modules = self->code->data + row * self->code->width;

  for (int from = 0; from < self->code->width;)
    {
      int to = from;
      while (to < self->code->width && (modules[to] & 1) != 0)
        to++;
      if (to > from)
        gtk_snapshot_append_color (snapshot, &black,
                                   &GRAPHENE_RECT_INIT (start.x + (float) (from * module_px),
                                                        start.y + (float) (row * module_px),
                                                        (float) ((to - from) * module_px),
                                                        (float) module_px));
      from = to + 1;
    }
}

static void
tomo_qr_code_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA white = { 1, 1, 1, 1 };
  TomoQrCode *self = TOMO_QR_CODE (widget);
  int module_px = get_module_px (self);
  int side_px = module_px * self->code->width;
  graphene_point_t start =
      GRAPHENE_POINT_INIT ((float) ((gtk_widget_get_width (widget) - side_px) / 2),
                           (float) ((gtk_widget_get_height (widget) - side_px) / 2));
  float margin = (float) (QUIET_MODULES * module_px);

  gtk_snapshot_append_color (snapshot, &white,
                             &GRAPHENE_RECT_INIT (start.x - margin, start.y - margin,
                                                  (float) side_px + 2 * margin,
                                                  (float) side_px + 2 * margin));
  for (int row = 0; row < self->code->width; row++)
    draw_row (self, snapshot, row, start, module_px);
}

static void
tomo_qr_code_finalize (GObject *object)
{
  QRcode_free (TOMO_QR_CODE (object)->code);

  G_OBJECT_CLASS (tomo_qr_code_parent_class)->finalize (object);
}

static void
tomo_qr_code_class_init (TomoQrCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tomo_qr_code_finalize;
  widget_class->measure = tomo_qr_code_measure;
  widget_class->snapshot = tomo_qr_code_snapshot;

  gtk_widget_class_set_css_name (widget_class, "qrcode");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tomo_qr_code_init (TomoQrCode *self)
{
}

/* A code that survives a scratch and a reflection, if the address is short enough for that; else
 * one that holds more. */
static QRcode *
encode (const char *address)
{
  static const QRecLevel levels[] = { QR_ECLEVEL_M, QR_ECLEVEL_L };

  for (size_t i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      QRcode *code = QRcode_encodeString8bit (address, 0, levels[i]);
      if (code != NULL && code->version <= TOMO_QR_CODE_MAX_VERSION)
        return code;
      QRcode_free (code);
    }

  return NULL;
}

/**
 * tomo_qr_code_new:
 * @address: what a telephone is to open, ASCII
 * @min_px: how wide the code is at least, without its margin
 *
 * Returns: (transfer floating) (nullable): a code, or %NULL if @address is too long for one that
 *    can be read from where a visitor stands
 */
GtkWidget *
tomo_qr_code_new (const char *address, int min_px)
{
  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (min_px > 0, NULL);

  QRcode *code = encode (address);
  if (code == NULL)
    return NULL;

  TomoQrCode *self = g_object_new (TOMO_TYPE_QR_CODE, NULL);
  self->code = code;
  self->min_px = min_px;
  return GTK_WIDGET (self);
}

/**
 * tomo_qr_code_get_version:
 * @self: a code
 *
 * Returns: how fine it is, from 1 to %TOMO_QR_CODE_MAX_VERSION
 */
int
tomo_qr_code_get_version (TomoQrCode *self)
{
  g_return_val_if_fail (TOMO_IS_QR_CODE (self), 0);
  return self->code->version;
}

/**
 * tomo_qr_code_get_code_px:
 * @self: a code
 *
 * Returns: how wide the code is drawn, without its margin
 */
int
tomo_qr_code_get_code_px (TomoQrCode *self)
{
  g_return_val_if_fail (TOMO_IS_QR_CODE (self), 0);
  return get_module_px (self) * self->code->width;
}
