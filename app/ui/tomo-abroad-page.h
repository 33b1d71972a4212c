/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-page.h"

G_BEGIN_DECLS

/* The tips that are not there in the visitor's language, each marked with its own. */
#define TOMO_TYPE_ABROAD_PAGE (tomo_abroad_page_get_type ())
G_DECLARE_FINAL_TYPE (TomoAbroadPage, tomo_abroad_page, TOMO, ABROAD_PAGE, TomoPage)

G_END_DECLS
