/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-page.h"

G_BEGIN_DECLS

/* One tip: one idea on a card. */
#define TOMO_TYPE_TIP_PAGE (tomo_tip_page_get_type ())
G_DECLARE_FINAL_TYPE (TomoTipPage, tomo_tip_page, TOMO, TIP_PAGE, TomoPage)

G_END_DECLS
