/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Foreign text on a terminal: nothing in it moves the cursor, turns the direction of what stands
 * beside it, or hides. */
char *tomo_safe_text_escape (const char *text);

G_END_DECLS
