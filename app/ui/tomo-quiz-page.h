/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-page.h"

G_BEGIN_DECLS

/* One question of a round, and after the answer what is right and why. */
#define TOMO_TYPE_QUIZ_PAGE (tomo_quiz_page_get_type ())
G_DECLARE_FINAL_TYPE (TomoQuizPage, tomo_quiz_page, TOMO, QUIZ_PAGE, TomoPage)

G_END_DECLS
