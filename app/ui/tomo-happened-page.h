/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-page.h"

G_BEGIN_DECLS

/* “It has happened to me”: what exactly? */
#define TOMO_TYPE_HAPPENED_PAGE (tomo_happened_page_get_type ())
G_DECLARE_FINAL_TYPE (TomoHappenedPage, tomo_happened_page, TOMO, HAPPENED_PAGE, TomoPage)

G_END_DECLS
