/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A piece of a paragraph. */
typedef struct
{
  char *text;        /* (owned) */
  gboolean is_fixed; /* code, which stays as it is */
} TomoLinePiece;

gboolean tomo_line_breaks_are_needed (const char *language);
void tomo_line_breaks_add (const char *language, TomoLinePiece *pieces, size_t n_pieces);
char *tomo_line_breaks_add_to_string (const char *language, const char *text);

G_END_DECLS
