/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-answers.h"

G_BEGIN_DECLS

/* Things that are touched one after the other in the right order; one that is touched again goes to
 * the end of the line. The answer is their ids in that order. */
#define TOMO_TYPE_ORDER_ANSWERS (tomo_order_answers_get_type ())
G_DECLARE_FINAL_TYPE (TomoOrderAnswers, tomo_order_answers, TOMO, ORDER_ANSWERS, TomoAnswers)

G_END_DECLS
