/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-language.h"

G_BEGIN_DECLS

/* How a text ends, whatever the script. */
typedef enum
{
  TOMO_SENTENCE_END_NONE,
  TOMO_SENTENCE_END_STOP, /* also an exclamation */
  TOMO_SENTENCE_END_QUESTION,
  TOMO_SENTENCE_END_COLON,
  TOMO_SENTENCE_END_ELLIPSIS,
} TomoSentenceEnd;

TomoSentenceEnd
tomo_sentence_end_find (const char *text, const TomoLanguage *language, gunichar *out_sign);
const char *tomo_sentence_end_get_signs (TomoSentenceEnd end, const TomoLanguage *language);
gboolean
tomo_sentence_end_may_lack (const char *text, TomoSentenceEnd end, const TomoLanguage *language);

G_END_DECLS
