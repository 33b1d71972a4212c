/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/content/tomo-item.h"
#include "ui/tomo-layout.h"
#include "ui/tomo-round.h"
#include "ui/tomo-verdict.h"

G_BEGIN_DECLS

/* Base of the widgets that take the answer to a question: one for each way of answering. What was
 * answered is kept in the round, by ids, so that it survives any change of language. All of them
 * work by single taps and by keyboard alike.
 *
 * Signal ‘changed’ (no arguments): the answer did. */
#define TOMO_TYPE_ANSWERS (tomo_answers_get_type ())
G_DECLARE_DERIVABLE_TYPE (TomoAnswers, tomo_answers, TOMO, ANSWERS, GtkWidget)

struct _TomoAnswersClass
{
  GtkWidgetClass parent_class;

  /* Builds what can be touched, and shows what the round knows already. */
  void (*show) (TomoAnswers *self);
  /* Whether there is enough to be judged; without it, anything will do. */
  gboolean (*is_given) (TomoAnswers *self);
  TomoVerdictKind (*judge) (TomoAnswers *self);
  /* Ends the answering: says of each part what was right. */
  void (*show_outcome) (TomoAnswers *self);
  /* How to answer, if that does not go without saying: marked for translation, or NULL. */
  const char *(*get_hint) (TomoAnswers *self);
};

GtkWidget *tomo_answers_new (TomoItem *item,
                             const char *language,
                             TomoRound *round,
                             unsigned int question,
                             GBytes *picture,
                             TomoLayout layout);
TomoItem *tomo_answers_get_item (TomoAnswers *self);
const char *tomo_answers_get_language (TomoAnswers *self);
GBytes *tomo_answers_get_picture (TomoAnswers *self);
TomoLayout tomo_answers_get_layout (TomoAnswers *self);
void tomo_answers_add (TomoAnswers *self, GtkWidget *child);

const char *const *tomo_answers_get_answer (TomoAnswers *self);
void tomo_answers_set_answer (TomoAnswers *self, const char *const *answer);
gboolean tomo_answers_is_chosen (TomoAnswers *self, const char *part);
void tomo_answers_choose (TomoAnswers *self, const char *part, gboolean is_chosen);
gboolean tomo_answers_is_finished (TomoAnswers *self);
unsigned int *tomo_answers_dup_shuffle (TomoAnswers *self, gboolean may_be_sorted);

const char *tomo_answers_get_hint (TomoAnswers *self);
gboolean tomo_answers_is_given (TomoAnswers *self);
TomoVerdictKind tomo_answers_judge (TomoAnswers *self);
void tomo_answers_show_outcome (TomoAnswers *self);

G_END_DECLS
