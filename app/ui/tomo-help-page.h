/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-page.h"

G_BEGIN_DECLS

/* How to use this screen, and what makes it easier: no motion, everything lower down. */
#define TOMO_TYPE_HELP_PAGE (tomo_help_page_get_type ())
G_DECLARE_FINAL_TYPE (TomoHelpPage, tomo_help_page, TOMO, HELP_PAGE, TomoPage)

G_END_DECLS
