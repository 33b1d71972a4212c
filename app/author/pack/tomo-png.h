/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *tomo_png_strip (GBytes *png, GError **error);

G_END_DECLS
