/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>
#include <stdint.h>

#include "core/content/tomo-index.h"
#include "ui/tomo-verdict.h"

G_BEGIN_DECLS

#define TOMO_ROUND_MAX_QUESTIONS 5

/* A round of questions and what the visitor answered, by ids only, so that it holds in every
 * language. */
#define TOMO_TYPE_ROUND (tomo_round_get_type ())
G_DECLARE_FINAL_TYPE (TomoRound, tomo_round, TOMO, ROUND, GObject)

TomoRound *tomo_round_new (const char *topic);
TomoRound *
tomo_round_new_from_index (TomoIndex *index, const char *topic, uint32_t seed, unsigned int number);
const char *tomo_round_get_topic (TomoRound *self);
void
tomo_round_add_question (TomoRound *self, const char *partner, const char *pack, const char *item);
unsigned int tomo_round_get_n_questions (TomoRound *self);
const char *tomo_round_get_partner (TomoRound *self, unsigned int question);
const char *tomo_round_get_pack (TomoRound *self, unsigned int question);
const char *tomo_round_get_item (TomoRound *self, unsigned int question);

unsigned int tomo_round_get_position (TomoRound *self);
gboolean tomo_round_next (TomoRound *self);

const char *const *tomo_round_get_answer (TomoRound *self, unsigned int question);
void tomo_round_set_answer (TomoRound *self, unsigned int question, const char *const *answer);
gboolean tomo_round_is_chosen (TomoRound *self, unsigned int question, const char *choice);
gboolean tomo_round_has_choice (TomoRound *self, unsigned int question);
void tomo_round_choose (TomoRound *self, unsigned int question, const char *choice);
void tomo_round_unchoose (TomoRound *self, unsigned int question, const char *choice);
void tomo_round_finish_question (TomoRound *self, unsigned int question, TomoVerdictKind verdict);
gboolean tomo_round_is_finished (TomoRound *self, unsigned int question);
gboolean tomo_round_is_right (TomoRound *self, unsigned int question);
TomoVerdictKind tomo_round_get_verdict (TomoRound *self, unsigned int question);
unsigned int tomo_round_count_finished (TomoRound *self);
unsigned int tomo_round_count_right (TomoRound *self);

G_END_DECLS
