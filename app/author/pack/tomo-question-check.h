/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-source-pack.h"
#include "author/pack/tomo-xml.h"

G_BEGIN_DECLS

/* More choices than these do not fit on a kiosk’s screen in the largest text. */
#define TOMO_QUESTION_MAX_CHOICES 8
/* Both sides of a pair stand on the screen at once. */
#define TOMO_QUESTION_MAX_PAIRS 6

void tomo_question_check (const TomoSourceItem *item, const TomoXmlPlace *place);

G_END_DECLS
