/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text on its way to a terminal. */
char *tomo_cli_text_escape (const char *text);
size_t tomo_cli_text_measure (const char *text);
char *tomo_cli_text_fit (const char *text, size_t columns);
void tomo_cli_text_print_error (const char *line);

G_END_DECLS
