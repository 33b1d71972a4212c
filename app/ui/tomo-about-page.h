/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-page.h"

G_BEGIN_DECLS

/* Who publishes a card, and how we know. */
#define TOMO_TYPE_ABOUT_PAGE (tomo_about_page_get_type ())
G_DECLARE_FINAL_TYPE (TomoAboutPage, tomo_about_page, TOMO, ABOUT_PAGE, TomoPage)

G_END_DECLS
