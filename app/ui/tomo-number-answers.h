/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-answers.h"

G_BEGIN_DECLS

/* A number, typed on keys of our own. The answer is one part: its digits. */
#define TOMO_TYPE_NUMBER_ANSWERS (tomo_number_answers_get_type ())
G_DECLARE_FINAL_TYPE (TomoNumberAnswers, tomo_number_answers, TOMO, NUMBER_ANSWERS, TomoAnswers)

G_END_DECLS
