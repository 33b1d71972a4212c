/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-answers.h"

G_BEGIN_DECLS

/* A place on a picture: numbered regions, and the same again as a list in words. */
#define TOMO_TYPE_HOTSPOT_ANSWERS (tomo_hotspot_answers_get_type ())
G_DECLARE_FINAL_TYPE (TomoHotspotAnswers, tomo_hotspot_answers, TOMO, HOTSPOT_ANSWERS, TomoAnswers)

G_END_DECLS
