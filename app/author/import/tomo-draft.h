/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/import/tomo-html.h"
#include "author/import/tomo-quiz.h"

G_BEGIN_DECLS

/* A question of GIFT or Moodle XML while it is read: the first reason not to take it is kept, and
 * told in the end. */
typedef struct
{
  TomoQuiz *quiz;
  TomoQuizQuestion *question; /* (owned) (nullable) */
  TomoQuizFormat format;      /* of texts that say nothing else */
  TomoHtml html;
  char *refusal; /* (owned) (nullable) */
} TomoDraft;

void tomo_draft_init (TomoDraft *self, TomoQuiz *quiz, unsigned int line);
void tomo_draft_clear (TomoDraft *self);
void tomo_draft_refuse (TomoDraft *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void tomo_draft_read_prompt (TomoDraft *self,
                             const char *text,
                             TomoQuizFormat format,
                             GHashTable *files);
TomoQuizAnswer *tomo_draft_add_answer (TomoDraft *self, const char *text, TomoQuizFormat format);
char *tomo_draft_dup_text (TomoDraft *self, const char *text, TomoQuizFormat format);
char *tomo_draft_dup_feedback (TomoDraft *self, const char *text, TomoQuizFormat format);
void tomo_draft_explain (TomoDraft *self, const char *text, TomoQuizFormat format);
void tomo_draft_decide_statement (TomoDraft *self, gboolean is_true);
void tomo_draft_decide_choices (TomoDraft *self, gboolean is_single, const double *fractions);
void tomo_draft_decide_pairs (TomoDraft *self);
void tomo_draft_decide_number (TomoDraft *self, const char *number, const char *tolerance);
void tomo_draft_note_wrong_number (TomoDraft *self);
void tomo_draft_finish (TomoDraft *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TomoDraft, tomo_draft_clear)

G_END_DECLS
