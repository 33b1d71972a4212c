/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One row of a table: its cells, and the line it begins in. */
typedef struct
{
  unsigned int line;
  GPtrArray *cells; /* (owned) (element-type utf8) */
} TomoCsvRow;

GPtrArray *tomo_csv_read (const char *text, char *out_separator, GError **error);

G_END_DECLS
