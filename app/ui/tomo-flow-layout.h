/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOMO_TYPE_FLOW_LAYOUT (tomo_flow_layout_get_type ())
G_DECLARE_FINAL_TYPE (TomoFlowLayout, tomo_flow_layout, TOMO, FLOW_LAYOUT, GtkLayoutManager)

G_END_DECLS
