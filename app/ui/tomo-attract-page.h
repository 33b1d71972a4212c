/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-page.h"

G_BEGIN_DECLS

/* The start screen, which is the choice of a language. */
#define TOMO_TYPE_ATTRACT_PAGE (tomo_attract_page_get_type ())
G_DECLARE_FINAL_TYPE (TomoAttractPage, tomo_attract_page, TOMO, ATTRACT_PAGE, TomoPage)
void tomo_attract_page_turn (TomoAttractPage *self);
gboolean tomo_attract_page_is_moving (TomoAttractPage *self);

G_END_DECLS
