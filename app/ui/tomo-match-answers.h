/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-answers.h"

G_BEGIN_DECLS

/* What belongs together: the things above take turns, and a touch below answers for the one whose
 * turn it is. The answer has a part ‘thing=match’ for each, both by the id of their pair. */
#define TOMO_TYPE_MATCH_ANSWERS (tomo_match_answers_get_type ())
G_DECLARE_FINAL_TYPE (TomoMatchAnswers, tomo_match_answers, TOMO, MATCH_ANSWERS, TomoAnswers)

G_END_DECLS
