/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GRegex *tomo_pattern_get (const char *pattern, GRegexCompileFlags flags);

G_END_DECLS
