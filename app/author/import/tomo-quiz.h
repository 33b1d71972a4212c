/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-findings.h"
#include "core/content/tomo-item.h"

G_BEGIN_DECLS

/* A foreign quiz in our words: what the readers of CSV, GIFT and Moodle XML fill, and what becomes
 * a pack. Texts are markup in the form of a msgid; NULL and empty are the same. */
typedef struct
{
  char *text;     /* (owned) */
  char *match;    /* (owned) (nullable): of a pair: what belongs to @text */
  char *feedback; /* (owned) (nullable) */
  gboolean is_correct;
} TomoQuizAnswer;

typedef struct
{
  unsigned int line; /* in the foreign file */
  TomoItemKind kind;
  char *name;              /* (owned) (nullable): what it was called; becomes the id */
  char *category;          /* (owned) (nullable) */
  char *topic;             /* (owned) (nullable): of our closed list, as it was written */
  char *prompt;            /* (owned) (nullable) */
  GPtrArray *answers;      /* (owned) (element-type TomoQuizAnswer): as they stood */
  char *answer;            /* (owned) (nullable): ‘true’, ‘false’ or a number */
  char *tolerance;         /* (owned) (nullable) */
  char *explanation;       /* (owned) (nullable) */
  gboolean is_unexplained; /* nobody wrote @explanation */
  char *note;              /* (owned) (nullable): to teachers */
  char *picture;           /* (owned) (nullable): id */
} TomoQuizQuestion;

typedef struct
{
  char *id;      /* (owned) */
  char *src;     /* (owned): in the folder of the pack */
  char *alt;     /* (owned): markup */
  GBytes *bytes; /* (owned) */
} TomoQuizPicture;

/* A <source> or a <term> that a text refers to. */
typedef struct
{
  char *id;    /* (owned) */
  char *value; /* (owned): the address of a source, the meaning of a term */
  char *name;  /* (owned) */
} TomoQuizReference;

typedef struct
{
  char *file;             /* (owned): as the caller named it */
  TomoFindings *findings; /* borrowed: errors are questions not imported, warnings what of one is
                             left out or was taken to mean something */
  GPtrArray *questions;   /* (owned) (element-type TomoQuizQuestion) */
  GPtrArray *pictures;    /* (owned) (element-type TomoQuizPicture) */
  GPtrArray *sources;     /* (owned) (element-type TomoQuizReference) */
  GPtrArray *terms;       /* (owned) (element-type TomoQuizReference) */
  GHashTable *by_value;   /* (owned): pictures by hash, sources and terms by value; borrowed */
  unsigned int n_refused; /* questions that were not imported */
} TomoQuiz;

TomoQuiz *tomo_quiz_new (const char *file, TomoFindings *findings);
void tomo_quiz_free (TomoQuiz *self);
TomoQuizQuestion *tomo_quiz_question_new (unsigned int line);
void tomo_quiz_question_free (TomoQuizQuestion *question);
TomoQuizAnswer *tomo_quiz_question_add_answer (TomoQuizQuestion *question, char *text);
void tomo_quiz_question_explain (TomoQuizQuestion *question, const char *text);
void tomo_quiz_take (TomoQuiz *self, TomoQuizQuestion *question);
void tomo_quiz_refuse (TomoQuiz *self, unsigned int line, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void tomo_quiz_note (TomoQuiz *self, unsigned int line, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
const char *tomo_quiz_add_source (TomoQuiz *self, const char *href, const char *name);
const char *tomo_quiz_add_term (TomoQuiz *self, const char *meaning, const char *name);
char *tomo_quiz_dup_id (const char *name, const char *fallback);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoQuiz, tomo_quiz_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoQuizQuestion, tomo_quiz_question_free)

G_END_DECLS
