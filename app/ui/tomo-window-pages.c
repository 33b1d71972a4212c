/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-about-page.h"
#include "ui/tomo-abroad-page.h"
#include "ui/tomo-attract-page.h"
#include "ui/tomo-care-page.h"
#include "ui/tomo-empty-page.h"
#include "ui/tomo-help-page.h"
#include "ui/tomo-home-page.h"
#include "ui/tomo-language-page.h"
#include "ui/tomo-problem-page.h"
#include "ui/tomo-quiz-page.h"
#include "ui/tomo-result-page.h"
#include "ui/tomo-take-page.h"
#include "ui/tomo-tip-page.h"
#include "ui/tomo-first-aid-page.h"
#include "ui/tomo-happened-page.h"
#include "ui/tomo-topic-page.h"
#include "ui/tomo-style.h"
#include "ui/tomo-window-private.h"

static GType
get_page_type (TomoScene *scene, TomoPlaceKind kind)
{
  if (!tomo_scene_has_content (scene))
    return TOMO_TYPE_EMPTY_PAGE;

  switch (kind)
    {
    case TOMO_PLACE_HOME:
      return TOMO_TYPE_HOME_PAGE;
    case TOMO_PLACE_TOPIC:
      return TOMO_TYPE_TOPIC_PAGE;
    case TOMO_PLACE_TIP:
      return TOMO_TYPE_TIP_PAGE;
    case TOMO_PLACE_QUIZ:
      return TOMO_TYPE_QUIZ_PAGE;
    case TOMO_PLACE_RESULT:
      return TOMO_TYPE_RESULT_PAGE;
    case TOMO_PLACE_ABOUT:
      return TOMO_TYPE_ABOUT_PAGE;
    case TOMO_PLACE_LANGUAGES:
      return TOMO_TYPE_LANGUAGE_PAGE;
    case TOMO_PLACE_HELP:
      return TOMO_TYPE_HELP_PAGE;
    case TOMO_PLACE_ABROAD:
      return TOMO_TYPE_ABROAD_PAGE;
    case TOMO_PLACE_HAPPENED:
      return TOMO_TYPE_HAPPENED_PAGE;
    case TOMO_PLACE_FIRST_AID:
      return TOMO_TYPE_FIRST_AID_PAGE;
    case TOMO_PLACE_CARE:
      return TOMO_TYPE_CARE_PAGE;
    case TOMO_PLACE_TAKE:
      return TOMO_TYPE_TAKE_PAGE;
    case TOMO_PLACE_ATTRACT:
    default:
      return TOMO_TYPE_ATTRACT_PAGE;
    }
}

/**
 * tomo_window_build_page:
 * @scene: what to make it from
 *
 * Builds the page for the place where the visitor is; if that cannot be, one that says why.
 *
 * Returns: (transfer full): the page
 */
TomoPage *
tomo_window_build_page (TomoScene *scene)
{
  GType type = get_page_type (scene, tomo_visit_get_place (tomo_scene_get_visit (scene))->kind);
  g_autoptr(TomoPage) page = g_object_ref_sink (tomo_page_new (type, scene));
  const GError *error = tomo_page_get_error (page);

  if (error != NULL)
    {
      TomoPage *problem = tomo_page_new (TOMO_TYPE_PROBLEM_PAGE, scene);
      tomo_problem_page_show (TOMO_PROBLEM_PAGE (problem), error);
      g_clear_object (&page);
      page = g_object_ref_sink (problem);
    }

  tomo_style_set_language (GTK_WIDGET (page),
                           tomo_visit_get_language (tomo_scene_get_visit (scene)));
  tomo_style_set_targets (GTK_WIDGET (page), tomo_scene_get_glass (scene));
  if (!TOMO_IS_ATTRACT_PAGE (page))
    tomo_page_offer_to_listen (page);
  return g_steal_pointer (&page);
}
