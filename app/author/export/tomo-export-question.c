/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/export/tomo-export-question.h"

#include "author/pack/tomo-question-check.h"

/* The shares of a whole point that Moodle knows, for 1 to 8 right answers; no others are taken. */
static const char *const shares[] = { "100", "50",       "33.33333", "25",
                                      "20",  "16.66667", "14.28571", "12.5" };
G_STATIC_ASSERT (G_N_ELEMENTS (shares) == TOMO_QUESTION_MAX_CHOICES);

static unsigned int
count_correct (const TomoSourceItem *item)
{
  unsigned int n_correct = 0;

  for (unsigned int i = 0; i < item->choices->len; i++)
    n_correct += ((TomoSourceChoice *) g_ptr_array_index (item->choices, i))->is_correct ? 1 : 0;

  return n_correct;
}

/**
 * tomo_export_is_single:
 * @item: a question with choices or regions
 *
 * Returns: %TRUE if exactly one may be chosen. A hotspot with one right place is such a question,
 *    for its places have names.
 */
gboolean
tomo_export_is_single (const TomoSourceItem *item)
{
  return item->kind == TOMO_ITEM_SINGLE ||
         (item->kind == TOMO_ITEM_HOTSPOT && count_correct (item) == 1);
}

/**
 * tomo_export_get_share:
 * @item: a question with choices or regions
 *
 * Returns: (transfer none): what one right answer earns, in percent
 */
const char *
tomo_export_get_share (const TomoSourceItem *item)
{
  unsigned int n_correct = count_correct (item);

  return shares[CLAMP (n_correct, 1, TOMO_QUESTION_MAX_CHOICES) - 1];
}

/**
 * tomo_export_dup_image:
 * @self: an export
 * @item: an item with a picture
 * @src: (nullable): where it is, or %NULL to put it into the text itself
 *
 * Returns: (transfer full): an element of HTML
 */
char *
tomo_export_dup_image (const TomoExport *self, const TomoSourceItem *item, const char *src)
{
  const TomoSourcePicture *picture = tomo_source_pack_find_picture (self->pack, item->picture);
  g_autofree char *plain = tomo_export_dup_plain (self, picture->alt);
  g_autofree char *alt = g_markup_escape_text (plain, -1);
  GBytes *png = g_hash_table_lookup (self->pictures, item->picture);

  if (src != NULL)
    return g_strdup_printf ("<img src=\"%s\" alt=\"%s\">", src, alt);

  size_t size = 0;
  const guchar *data = g_bytes_get_data (png, &size);
  g_autofree char *base64 = g_base64_encode (data, size);
  return g_strdup_printf ("<img src=\"data:image/png;base64,%s\" alt=\"%s\">", base64, alt);
}

/**
 * tomo_export_dup_explanation:
 * @self: an export
 * @item: a question
 *
 * Returns: (transfer full): HTML: the explanation, and behind it the feedback to answers that no
 *    other program can show with the answer
 */
char *
tomo_export_dup_explanation (const TomoExport *self, const TomoSourceItem *item)
{
  g_autofree char *explanation = tomo_export_dup_html (self, item->explanation);
  GString *html = g_string_new (explanation);

  for (unsigned int i = 0; i < item->choices->len; i++)
    {
      const TomoSourceChoice *choice = g_ptr_array_index (item->choices, i);
      g_autofree char *feedback = tomo_export_dup_html (self, choice->feedback);

      if ((item->kind == TOMO_ITEM_MATCH || item->kind == TOMO_ITEM_ORDER) && feedback[0] != '\0')
        g_string_append_printf (html, " %s", feedback);
    }

  return g_string_free (html, FALSE);
}
