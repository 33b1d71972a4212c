/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/import/tomo-quiz.h"
#include "core/content/tomo-text.h"

G_BEGIN_DECLS

/* A text that is being written in our inline markup, run by run. */
typedef struct _TomoQuizText TomoQuizText;

TomoQuizText *tomo_quiz_text_new (void);
void tomo_quiz_text_free (TomoQuizText *self);
void tomo_quiz_text_add (TomoQuizText *self,
                         TomoTextStyle style,
                         const char *argument,
                         const char *text);
void tomo_quiz_text_add_plain (TomoQuizText *self, const char *text);
char *tomo_quiz_text_free_to_markup (TomoQuizText *self);
char *tomo_quiz_text_from_plain (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoQuizText, tomo_quiz_text_free)

G_END_DECLS
