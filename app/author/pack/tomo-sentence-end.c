/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-sentence-end.h"

#include <string.h>

/* Where the sign at the end may be left out. */
typedef enum
{
  OMIT_NEVER,
  OMIT_ALONE,  /* behind a text of one sentence, as answers are written */
  OMIT_ALWAYS, /* sentences end with a space or nothing */
} Omission;

/* With which signs sentences end. What a row leaves empty is as in the first row; a sign that may
 * be left out is still one of these when it is there. */
typedef struct
{
  const char *name; /* a tag, or else a script; NULL for all others */
  const char *stops;
  const char *questions;
  const char *colons;
  Omission omission;
} Row;

/* Exclamations count as stops: how loud a sentence is, is the translator’s to say. The first sign
 * of each is the one that is recommended. */
static const Row rows[] = {
  { NULL, ".!", "?", ":", OMIT_NEVER },
  { "mr", ".!", "?", ":", OMIT_NEVER }, /* Devanagari otherwise has the danda */
  { "ur", "۔!", "؟", ":", OMIT_NEVER },
  { "ps", ".۔!", "؟", ":", OMIT_NEVER },
  { "el", ".!", ";\u037e?", ":·", OMIT_NEVER },
  { "Arab", ".!", "؟", ":", OMIT_NEVER },
  { "Armn", "։:", "՞։?", ":։՝", OMIT_NEVER },
  { "Beng", "।!", "?", ":", OMIT_NEVER },
  { "Deva", "।!", "?", ":", OMIT_NEVER },
  { "Ethi", "።!", "?፧", "፦:", OMIT_NEVER },
  { "Guru", "।!", "?", ":", OMIT_NEVER },
  { "Hans", "。！", "？", "：", OMIT_ALONE },
  { "Hant", "。！", "？", "：", OMIT_ALONE },
  { "Jpan", "。！", "？。?", "：:", OMIT_ALONE }, /* か says that it is a question */
  { "Khmr", "។!", "?។", "៖:", OMIT_NEVER },
  { "Laoo", ".!", "?", ":", OMIT_ALWAYS },
  { "Mymr", "။!", "။?", "-။:", OMIT_NEVER },
  { "Thai", ".!", "?", ":", OMIT_ALWAYS },
};

static const Row *
find_row (const TomoLanguage *language)
{
  for (size_t i = 1; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].name, language->tag))
      return &rows[i];
  for (size_t i = 1; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].name, language->script))
      return &rows[i];

  return &rows[0];
}

/* Brackets and quotation marks close behind the sentence. */
static gboolean
is_closing (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_CLOSE_PUNCTUATION || type == G_UNICODE_FINAL_PUNCTUATION ||
         type == G_UNICODE_INITIAL_PUNCTUATION || type == G_UNICODE_FORMAT || c == '"' ||
         c == '\'' || g_unichar_isspace (c);
}

static gboolean
is_among (gunichar c, const char *signs)
{
  return c != 0 && g_utf8_strchr (signs, -1, c) != NULL;
}

/* In the language’s own signs first, then in those of any other, so that a wrong sign is known for
 * what it was meant to be. */
static TomoSentenceEnd
classify (gunichar c, const Row *own)
{
  const Row *order[G_N_ELEMENTS (rows) + 1] = { own };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    order[i + 1] = &rows[i];

  for (size_t i = 0; i < G_N_ELEMENTS (order); i++)
    {
      /* The middle dot and the hyphen end a sentence in one language only. */
      gboolean is_own = i == 0;

      if (is_among (c, order[i]->stops))
        return TOMO_SENTENCE_END_STOP;
      if (is_among (c, order[i]->questions) && (is_own || c != ';'))
        return TOMO_SENTENCE_END_QUESTION;
      if (is_among (c, order[i]->colons) && (is_own || (c != '-' && c != 0xb7)))
        return TOMO_SENTENCE_END_COLON;
    }

  return TOMO_SENTENCE_END_NONE;
}

/**
 * tomo_sentence_end_find:
 * @text: without markup
 * @language: of @text
 * @out_sign: (out) (optional): the sign, or 0
 *
 * Finds how @text ends, looking past what closes behind it.
 *
 * Returns: the kind of end
 */
TomoSentenceEnd
tomo_sentence_end_find (const char *text, const TomoLanguage *language, gunichar *out_sign)
{
  g_return_val_if_fail (text != NULL, TOMO_SENTENCE_END_NONE);
  g_return_val_if_fail (language != NULL, TOMO_SENTENCE_END_NONE);

  const char *p = text + strlen (text);
  gunichar sign = 0;
  gunichar before = 0;

  while (p > text && sign == 0)
    {
      p = g_utf8_prev_char (p);
      if (!is_closing (g_utf8_get_char (p)))
        sign = g_utf8_get_char (p);
    }
  if (p > text)
    before = g_utf8_get_char (g_utf8_prev_char (p));
  if (out_sign != NULL)
    *out_sign = sign;

  if (sign == 0x2026 || (sign == '.' && before == '.') || (sign == 0x3002 && before == 0x3002))
    return TOMO_SENTENCE_END_ELLIPSIS;

  return classify (sign, find_row (language));
}

/**
 * tomo_sentence_end_get_signs:
 * @end: not %TOMO_SENTENCE_END_NONE
 * @language: a language
 *
 * Returns: (transfer none): all signs with which texts of @language may end so, the recommended one
 *    first
 */
const char *
tomo_sentence_end_get_signs (TomoSentenceEnd end, const TomoLanguage *language)
{
  const Row *row = find_row (language);

  switch (end)
    {
    case TOMO_SENTENCE_END_STOP:
      return row->stops;
    case TOMO_SENTENCE_END_QUESTION:
      return row->questions;
    case TOMO_SENTENCE_END_COLON:
      return row->colons;
    case TOMO_SENTENCE_END_ELLIPSIS:
      return "…";
    case TOMO_SENTENCE_END_NONE:
      break;
    }

  return "";
}

static gboolean
has_stop (const char *text, const Row *row)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (is_among (g_utf8_get_char (p), row->stops))
      return TRUE;

  return FALSE;
}

/**
 * tomo_sentence_end_may_lack:
 * @text: without markup, and without a sign at its end
 * @end: how it should end
 * @language: of @text
 *
 * Returns: %TRUE if @language is written without the sign here
 */
gboolean
tomo_sentence_end_may_lack (const char *text, TomoSentenceEnd end, const TomoLanguage *language)
{
  g_return_val_if_fail (text != NULL, FALSE);

  const Row *row = find_row (language);

  return end != TOMO_SENTENCE_END_ELLIPSIS &&
         (row->omission == OMIT_ALWAYS || (row->omission == OMIT_ALONE && !has_stop (text, row)));
}
