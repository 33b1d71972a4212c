/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *tomo_program_catalog_prepare (GBytes *bytes,
                                      const char *file,
                                      const char *language,
                                      GError **error);

G_END_DECLS
