/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/store/tomo-store.h"

G_BEGIN_DECLS

/* Content as hard to lay out as content may be: every topic, every kind of question, long words,
 * in scripts that are high, that have no spaces, that run from right to left, and in the two
 * languages that are made from English by a rule. Partners ‘jp’ and ‘th’ have three packs each. */
#define TOMO_TRIAL_PACK "trial"
/* One sensitive tip, tip-sextortion, whose address is too long for a code. */
#define TOMO_TRIAL_CARE_PACK "a-pack-whose-name-is-as-long-as-it-may-b"
/* One tip in Japanese or Thai alone. */
#define TOMO_TRIAL_ABROAD_PACK "abroad"
/* Items of the packs: tip-TOPIC for each topic, and one question of each kind by its name. */
#define TOMO_TRIAL_CAMPAIGN "trial"

const char *const *tomo_trial_languages (void);
const char *const *tomo_trial_kinds (void);
void tomo_trial_fill_store (TomoStore *store);
void tomo_trial_fill_store_lightly (TomoStore *store);

G_END_DECLS
