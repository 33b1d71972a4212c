/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/import/tomo-quiz-text.h"

G_BEGIN_DECLS

/* What a text is written in, in the words of GIFT; Moodle XML has the same four. */
typedef enum
{
  TOMO_QUIZ_FORMAT_AUTO, /* plain text with HTML where somebody put it */
  TOMO_QUIZ_FORMAT_HTML,
  TOMO_QUIZ_FORMAT_PLAIN,
  TOMO_QUIZ_FORMAT_MARKDOWN,
} TomoQuizFormat;

/* A picture in a text of HTML. */
typedef struct
{
  char *src; /* (owned) */
  char *alt; /* (owned): plain text */
} TomoHtmlPicture;

/* Reduces foreign texts to our inline markup. What is left out is told once for each question. */
typedef struct
{
  TomoQuiz *quiz;
  unsigned int line;
  GPtrArray *pictures; /* (owned) (element-type TomoHtmlPicture): of the last text */
  gboolean has_formula;
} TomoHtml;

void tomo_html_init (TomoHtml *self, TomoQuiz *quiz, unsigned int line);
void tomo_html_clear (TomoHtml *self);
char *tomo_html_reduce (TomoHtml *self, const char *text, TomoQuizFormat format);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TomoHtml, tomo_html_clear)

G_END_DECLS
