/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Letters as a reader counts them, in any script. */
unsigned int tomo_letters_count (const char *text);

G_END_DECLS
