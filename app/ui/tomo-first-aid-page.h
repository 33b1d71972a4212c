/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-page.h"

G_BEGIN_DECLS

/* What to do now, after one of the things that happen. */
#define TOMO_TYPE_FIRST_AID_PAGE (tomo_first_aid_page_get_type ())
G_DECLARE_FINAL_TYPE (TomoFirstAidPage, tomo_first_aid_page, TOMO, FIRST_AID_PAGE, TomoPage)

G_END_DECLS
