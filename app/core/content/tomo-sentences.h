/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A sentence of the program that stands on a page as it is, so that it can be recorded once. */
typedef struct
{
  const char *name;    /* for files: made of its first words */
  const char *context; /* (nullable): of the message */
  const char *text;    /* in English: the message */
} TomoSentence;

const TomoSentence *tomo_sentences_list (size_t *out_n_sentences);
const TomoSentence *tomo_sentences_find (const char *text);

G_END_DECLS
