/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-page.h"

G_BEGIN_DECLS

/* Tells an operator, in every language the program has, what to do when there is no content. */
#define TOMO_TYPE_EMPTY_PAGE (tomo_empty_page_get_type ())
G_DECLARE_FINAL_TYPE (TomoEmptyPage, tomo_empty_page, TOMO, EMPTY_PAGE, TomoPage)

G_END_DECLS
