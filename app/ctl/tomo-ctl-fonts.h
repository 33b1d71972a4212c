/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-language.h"

G_BEGIN_DECLS

gboolean tomo_ctl_fonts_cover (const TomoLanguage *language);
const char *tomo_ctl_fonts_get_package (const TomoLanguage *language);

G_END_DECLS
