/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-sentences.h"

/* Made by list-sentences.py from the sources of the pages. */
#include "core/content/tomo-sentences-table.h"

/**
 * tomo_sentences_list:
 * @out_n_sentences: (out): how many there are
 *
 * Lists what the program says on its pages and a campaign can have read aloud: whatever stands
 * there without a number or a name in it.
 *
 * Returns: (transfer none) (array length=out_n_sentences): the sentences, page by page
 */
const TomoSentence *
tomo_sentences_list (size_t *out_n_sentences)
{
  g_return_val_if_fail (out_n_sentences != NULL, NULL);

  *out_n_sentences = G_N_ELEMENTS (sentences);
  return sentences;
}

/**
 * tomo_sentences_find:
 * @text: in English
 *
 * Returns: (transfer none) (nullable): the sentence; %NULL if the program does not say it
 */
const TomoSentence *
tomo_sentences_find (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_str_equal (sentences[i].text, text))
      return &sentences[i];

  return NULL;
}
