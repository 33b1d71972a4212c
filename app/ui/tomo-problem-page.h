/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-page.h"

G_BEGIN_DECLS

/* Stands in for a page that could not be built. */
#define TOMO_TYPE_PROBLEM_PAGE (tomo_problem_page_get_type ())
G_DECLARE_FINAL_TYPE (TomoProblemPage, tomo_problem_page, TOMO, PROBLEM_PAGE, TomoPage)

void tomo_problem_page_show (TomoProblemPage *self, const GError *error);

G_END_DECLS
