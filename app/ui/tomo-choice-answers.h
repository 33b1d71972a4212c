/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-answers.h"

G_BEGIN_DECLS

/* One or several of a list of choices, or true and false. */
#define TOMO_TYPE_CHOICE_ANSWERS (tomo_choice_answers_get_type ())
G_DECLARE_FINAL_TYPE (TomoChoiceAnswers, tomo_choice_answers, TOMO, CHOICE_ANSWERS, TomoAnswers)

G_END_DECLS
