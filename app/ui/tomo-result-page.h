/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-page.h"

G_BEGIN_DECLS

/* What became of a round. */
#define TOMO_TYPE_RESULT_PAGE (tomo_result_page_get_type ())
G_DECLARE_FINAL_TYPE (TomoResultPage, tomo_result_page, TOMO, RESULT_PAGE, TomoPage)

G_END_DECLS
