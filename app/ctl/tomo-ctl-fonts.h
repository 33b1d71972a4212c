/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-language.h"

G_BEGIN_DECLS

GStrv tomo_ctl_fonts_dup_missing (GPtrArray *languages, GError **error);
const char *tomo_ctl_fonts_get_package (const TomoLanguage *language);

G_END_DECLS
