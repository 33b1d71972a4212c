/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-text-place.h"

static gboolean
is_of_source (const TomoSourcePack *pack, const TomoSourceItem *item, const TomoSourceText *text)
{
  for (size_t i = 0; item->sources[i] != NULL; i++)
    {
      const TomoSourceReference *reference =
          tomo_source_pack_find_reference (pack, item->sources[i]);

      if (reference != NULL && reference->title == text)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_of_picture (const TomoSourcePack *pack, const TomoSourceItem *item, const TomoSourceText *text)
{
  const TomoSourcePicture *picture =
      item->picture != NULL ? tomo_source_pack_find_picture (pack, item->picture) : NULL;

  return picture != NULL && picture->alt == text;
}

static gboolean
is_of_term (const TomoSourcePack *pack, const TomoSourceText *owner, const TomoSourceText *text)
{
  for (size_t i = 0; i < tomo_fragment_get_n_parts (owner->fragment); i++)
    {
      const TomoFragmentPart *part = tomo_fragment_get_part (owner->fragment, i);
      const TomoSourceTerm *term =
          part->style == TOMO_TEXT_TERM ? tomo_source_pack_find_term (pack, part->argument) : NULL;

      if (term != NULL && (term->name == text || term->meaning == text))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_on_card (const TomoSourcePack *pack, const TomoSourceItem *item, const TomoSourceText *text)
{
  for (unsigned int i = 0; i < item->texts->len; i++)
    {
      const TomoSourceText *own = g_ptr_array_index (item->texts, i);

      if (own == text || is_of_term (pack, own, text))
        return TRUE;
    }

  return is_of_picture (pack, item, text) || is_of_source (pack, item, text);
}

/**
 * tomo_text_place_find_item:
 * @pack: a pack
 * @text: one of its texts
 *
 * Finds the card on which @text can be read: its own words, what describes its picture, the title
 * of a source, or a glossary word in it.
 *
 * Returns: (transfer none) (nullable): the first such item; for what stands on none, such as the
 *    title of the pack, its first
 */
const TomoSourceItem *
tomo_text_place_find_item (const TomoSourcePack *pack, const TomoSourceText *text)
{
  g_return_val_if_fail (pack != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  for (unsigned int i = 0; i < pack->items->len; i++)
    if (is_on_card (pack, g_ptr_array_index (pack->items, i), text))
      return g_ptr_array_index (pack->items, i);

  return pack->items->len > 0 ? g_ptr_array_index (pack->items, 0) : NULL;
}

/**
 * tomo_text_place_find_owner:
 * @pack: a pack
 * @text: one of its texts
 *
 * Returns: (transfer none) (nullable): the item that @text is written in, or %NULL if it belongs to
 *    the pack as a whole
 */
const TomoSourceItem *
tomo_text_place_find_owner (const TomoSourcePack *pack, const TomoSourceText *text)
{
  g_return_val_if_fail (pack != NULL, NULL);

  for (unsigned int i = 0; i < pack->items->len; i++)
    {
      const TomoSourceItem *item = g_ptr_array_index (pack->items, i);

      if (g_ptr_array_find (item->texts, text, NULL))
        return item;
    }

  return NULL;
}

static void
add_right_answer (GStrvBuilder *answer, const TomoSourceItem *item)
{
  if (item->kind == TOMO_ITEM_TRUE_FALSE || item->kind == TOMO_ITEM_NUMBER)
    g_strv_builder_add (answer, item->answer);

  for (unsigned int i = 0; i < item->choices->len; i++)
    {
      const TomoSourceChoice *choice = g_ptr_array_index (item->choices, i);
      g_autofree char *match = g_strconcat (choice->id, "=", choice->id, NULL);

      if (item->kind == TOMO_ITEM_MATCH)
        g_strv_builder_add (answer, match);
      else if (item->kind == TOMO_ITEM_ORDER || choice->is_correct)
        g_strv_builder_add (answer, choice->id);
    }
}

/**
 * tomo_text_place_dup_answer:
 * @item: a question
 * @text: a text of it
 *
 * Says what a visitor must answer to see @text: a choice has its own feedback, and the explanation
 * comes after any answer, so it is shown with the right one.
 *
 * Returns: (transfer full) (nullable): an answer as tomo_round_set_answer() takes it; %NULL if
 * @text is seen without one
 */
char **
tomo_text_place_dup_answer (const TomoSourceItem *item, const TomoSourceText *text)
{
  g_return_val_if_fail (item != NULL, NULL);

  g_autoptr(GStrvBuilder) answer = g_strv_builder_new ();

  for (unsigned int i = 0; i < item->choices->len; i++)
    {
      const TomoSourceChoice *choice = g_ptr_array_index (item->choices, i);
      gboolean takes_one = item->kind == TOMO_ITEM_SINGLE || item->kind == TOMO_ITEM_MULTIPLE ||
                           item->kind == TOMO_ITEM_HOTSPOT;

      if (choice->feedback != text || text == NULL)
        continue;
      if (takes_one)
        g_strv_builder_add (answer, choice->id);
      else
        add_right_answer (answer, item);
      return g_strv_builder_end (answer);
    }

  if (text == NULL || item->explanation != text)
    return NULL;

  add_right_answer (answer, item);
  return g_strv_builder_end (answer);
}
