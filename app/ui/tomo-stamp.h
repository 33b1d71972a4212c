/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Holds one child that looks the same for long, such as a picture, and keeps its pixels as they
 * are painted. */
#define TOMO_TYPE_STAMP (tomo_stamp_get_type ())
G_DECLARE_FINAL_TYPE (TomoStamp, tomo_stamp, TOMO, STAMP, GtkWidget)

G_END_DECLS
