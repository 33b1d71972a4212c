/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "kiosk/tomo-preview-show.h"

static gboolean
is_shown (TomoScene *scene, const TomoPreviewCard *card, TomoItemKind kind)
{
  TomoVisit *visit = tomo_scene_get_visit (scene);
  TomoPlace *place = tomo_visit_get_place (visit);

  return kind == TOMO_ITEM_TIP && place->kind == TOMO_PLACE_TIP &&
         g_strcmp0 (place->partner, card->partner) == 0 &&
         g_strcmp0 (place->pack, card->pack) == 0 && g_strcmp0 (place->item, card->item) == 0;
}

static void
open_question (TomoScene *scene, const TomoPreviewCard *card)
{
  TomoVisit *visit = tomo_scene_get_visit (scene);
  g_autoptr(TomoRound) round = tomo_round_new (NULL);

  tomo_round_add_question (round, card->partner, card->pack, card->item);
  if (card->answer != NULL)
    {
      tomo_round_set_answer (round, 0, (const char *const *) card->answer);
      tomo_round_finish_question (round, 0, TOMO_VERDICT_RIGHT);
    }
  tomo_visit_go_home (visit);
  tomo_visit_set_round (visit, round);
  tomo_visit_open (visit, tomo_place_new (TOMO_PLACE_QUIZ));
}

/**
 * tomo_preview_show:
 * @scene: what pages are made from
 * @card: a card
 *
 * Leads the visit to @card, in its language. If it is there already, it stays as it is.
 *
 * Returns: %FALSE if there is no such card
 */
gboolean
tomo_preview_show (TomoScene *scene, const TomoPreviewCard *card)
{
  g_return_val_if_fail (TOMO_IS_SCENE (scene), FALSE);
  g_return_val_if_fail (card != NULL, FALSE);

  TomoVisit *visit = tomo_scene_get_visit (scene);
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoPack) pack = NULL;
  TomoIndexEntry entry = { 0 };

  tomo_visit_set_language (visit, card->language);
  g_autoptr(TomoItem) item =
      tomo_scene_load_item (scene, card->partner, card->pack, card->item, &entry, &pack, &error);
  if (item == NULL)
    {
      g_debug ("cannot show %s: %s", card->item, error->message);
      return FALSE;
    }

  TomoItemKind kind = tomo_item_get_kind (item);
  if (is_shown (scene, card, kind))
    return TRUE;
  if (kind != TOMO_ITEM_TIP)
    {
      open_question (scene, card);
      return TRUE;
    }

  tomo_visit_go_home (visit);
  tomo_visit_open (visit,
                   tomo_place_new_item (TOMO_PLACE_TIP, card->partner, card->pack, card->item));
  return TRUE;
}
