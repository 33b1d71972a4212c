/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-page.h"

G_BEGIN_DECLS

/* One plain sentence before a sensitive card, so that nobody comes upon it unasked. */
#define TOMO_TYPE_CARE_PAGE (tomo_care_page_get_type ())
G_DECLARE_FINAL_TYPE (TomoCarePage, tomo_care_page, TOMO, CARE_PAGE, TomoPage)

G_END_DECLS
