/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-page.h"

G_BEGIN_DECLS

/* Topics as tiles, the quiz of the day, and the way to what is there in other languages only. */
#define TOMO_TYPE_HOME_PAGE (tomo_home_page_get_type ())
G_DECLARE_FINAL_TYPE (TomoHomePage, tomo_home_page, TOMO, HOME_PAGE, TomoPage)

G_END_DECLS
