/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Larger codes have modules so fine that a telephone must come closer than an arm's length. */
#define TOMO_QR_CODE_MAX_VERSION 6

/* An address as a QR code, black on white whatever the colours around it are: many readers know
 * nothing else. */
#define TOMO_TYPE_QR_CODE (tomo_qr_code_get_type ())
G_DECLARE_FINAL_TYPE (TomoQrCode, tomo_qr_code, TOMO, QR_CODE, GtkWidget)

GtkWidget *tomo_qr_code_new (const char *address, int min_px);
int tomo_qr_code_get_version (TomoQrCode *self);
int tomo_qr_code_get_code_px (TomoQrCode *self);

G_END_DECLS
