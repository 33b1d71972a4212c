/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stddef.h>

/* POSIX names of the languages that have every word of the window, but for English, which is in the
 * source; NULL at the end. Made at build time from the PO files. */
extern const char *const tomo_interface_languages[];
