/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-page.h"

G_BEGIN_DECLS

/* A card to take home: as a code where the campaign has an address, else laid out so that one
 * photograph holds all of it. */
#define TOMO_TYPE_TAKE_PAGE (tomo_take_page_get_type ())
G_DECLARE_FINAL_TYPE (TomoTakePage, tomo_take_page, TOMO, TAKE_PAGE, TomoPage)

G_END_DECLS
