/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Many pictures of the same size on one, each with its name below it, for people to look at. */
typedef struct _TomoContactSheet TomoContactSheet;

TomoContactSheet *tomo_contact_sheet_new (int width_px, int height_px);
void tomo_contact_sheet_free (TomoContactSheet *self);
void tomo_contact_sheet_add (TomoContactSheet *self, const char *name, GdkTexture *texture);
void tomo_contact_sheet_write (TomoContactSheet *self, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoContactSheet, tomo_contact_sheet_free)

G_END_DECLS
