/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-page.h"

G_BEGIN_DECLS

/* All languages to choose from. */
#define TOMO_TYPE_LANGUAGE_PAGE (tomo_language_page_get_type ())
G_DECLARE_FINAL_TYPE (TomoLanguagePage, tomo_language_page, TOMO, LANGUAGE_PAGE, TomoPage)

G_END_DECLS
