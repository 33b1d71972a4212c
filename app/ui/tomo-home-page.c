/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-home-page.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-clamp.h"
#include "ui/tomo-heading.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-phrases.h"
#include "ui/tomo-publisher-line.h"
#include "ui/tomo-text-label.h"
#include "ui/tomo-tile-grid.h"
#include "ui/tomo-tile.h"

struct _TomoHomePage
{
  TomoPage parent_instance;

  GtkScrolledWindow *scroller;
  GtkBox *split;
  TomoClamp *side;
  GtkBox *feature;
  GtkBox *side_box;
  GtkBox *main;
  TomoTileGrid *grid;
};

G_DEFINE_TYPE (TomoHomePage, tomo_home_page, TOMO_TYPE_PAGE)

static char *
dup_counts (const TomoIndexTopic *topic)
{
  unsigned int n_tips = (unsigned int) topic->n_tips;
  unsigned int n_questions = (unsigned int) topic->n_questions;
  g_autofree char *tips = g_strdup_printf (
      /* Translators: stands on a topic’s tile */
      g_dngettext (GETTEXT_PACKAGE, "%u tip", "%u tips", n_tips), n_tips);
  g_autofree char *questions = g_strdup_printf (
      /* Translators: stands on a topic’s tile */
      g_dngettext (GETTEXT_PACKAGE, "%u question", "%u questions", n_questions), n_questions);

  if (n_questions == 0)
    return g_steal_pointer (&tips);
  if (n_tips == 0)
    return g_steal_pointer (&questions);

  /* Translators: stands on a topic’s tile; {tips} reads “2 tips”, {questions} “4 questions” */
  return tomo_i18n_fill (_("{tips} · {questions}"), "tips", tips, "questions", questions, NULL);
}

static void
add_topic (TomoHomePage *self, const char *id, const TomoIndexTopic *topic)
{
  GtkWidget *tile = tomo_tile_new (tomo_phrases_get_topic (id));
  g_autofree char *icon = tomo_phrases_dup_topic_icon (id);
  g_autofree char *name = g_strconcat ("topic-", id, NULL);

  tomo_tile_set_icon (TOMO_TILE (tile), icon);
  /* What is sensitive is not counted; where there is nothing else, nothing is. */
  if (topic->n_tips + topic->n_questions > 0)
    {
      g_autofree char *detail = dup_counts (topic);
      tomo_tile_set_detail (TOMO_TILE (tile), detail);
    }
  gtk_widget_set_name (tile, name);
  gtk_widget_add_css_class (tile, "topic-tile");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (tile), "visit.topic");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (tile), "s", id);
  tomo_tile_grid_append (self->grid, tile);
}

/* First of all: whoever was cheated an hour ago wants no menu of topics. */
static void
add_happened (TomoHomePage *self)
{
  /* Translators: first and large on the page with all topics: for somebody who has just been
   * cheated or attacked; opens what to do now */
  GtkWidget *tile = tomo_tile_new (_("It has happened to me"));

  tomo_tile_set_icon (TOMO_TILE (tile), "tomo-aid-threat-symbolic");
  /* Translators: below “It has happened to me” */
  tomo_tile_set_detail (TOMO_TILE (tile), _("Money, account, threat, click: what to do now"));
  gtk_widget_set_name (tile, "happened");
  gtk_widget_add_css_class (tile, "happened-tile");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (tile), "visit.happened");
  gtk_box_append (self->feature, tile);
  tomo_page_set_first_focus (TOMO_PAGE (self), tile);
}

static void
add_quiz (TomoHomePage *self, TomoIndex *index)
{
  TomoIndexTopic all = tomo_index_count_all (index);
  unsigned int n_questions = (unsigned int) MIN (all.n_questions, TOMO_ROUND_MAX_QUESTIONS);
  if (n_questions == 0)
    return;

  /* Translators: large tile on the page with all topics: opens a few questions that change daily */
  GtkWidget *tile = tomo_tile_new (_("Quiz of the day"));
  g_autofree char *detail = g_strdup_printf (
      /* Translators: below “Quiz of the day”: how long it is */
      g_dngettext (GETTEXT_PACKAGE, "%u question, about two minutes",
                   "%u questions, about two minutes", n_questions),
      n_questions);

  tomo_tile_set_icon (TOMO_TILE (tile), "tomo-question-symbolic");
  tomo_tile_set_detail (TOMO_TILE (tile), detail);
  gtk_widget_set_name (tile, "quiz");
  gtk_widget_add_css_class (tile, "feature-tile");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (tile), "visit.quiz");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (tile), "s", "");
  gtk_box_append (self->feature, tile);
}

static void
add_abroad (TomoHomePage *self, TomoIndex *index)
{
  TomoIndexTopic topic = tomo_index_find_topic (index, "");
  unsigned int n_items = (unsigned int) topic.n_tips;
  if (topic.n_tips + topic.n_sensitive_tips == 0)
    return;

  /* Translators: tile on the page with all topics: opens a list of tips that are not there in the
   * visitor’s language */
  GtkWidget *tile = tomo_tile_new (_("Only in other languages"));
  g_autofree char *detail =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u tip", "%u tips", n_items), n_items);

  tomo_tile_set_icon (TOMO_TILE (tile), "tomo-language-symbolic");
  if (n_items > 0)
    tomo_tile_set_detail (TOMO_TILE (tile), detail);
  gtk_widget_set_name (tile, "abroad");
  gtk_widget_add_css_class (tile, "topic-tile");
  gtk_widget_add_css_class (tile, "abroad-tile");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (tile), "visit.abroad");
  tomo_tile_grid_append (self->grid, tile);
}

static void
show_partners (TomoHomePage *self, TomoCampaign *campaign)
{
  TomoLibrary *library = tomo_scene_get_library (tomo_page_get_scene (TOMO_PAGE (self)));
  g_autoptr(GString) names = g_string_new (NULL);
  const char *const *partners = (campaign != NULL) ? tomo_campaign_get_partners (campaign) : NULL;

  if (partners == NULL)
    return;
  for (unsigned int i = 0; partners[i] != NULL; i++)
    {
      if (g_strv_contains (tomo_library_get_hidden (library), partners[i]))
        continue;
      g_autofree char *name =
          tomo_publisher_line_dup_name (campaign, partners[i], tomo_i18n_get_language ());
      g_string_append_printf (names, "%s%s", (names->len > 0) ? " · " : "", name);
    }

  /* Translators: on the page with all topics; {names} is a list of publishers */
  const char *pattern = _("Written and signed by: {names}");
  g_autofree char *line = tomo_i18n_fill (pattern, "names", names->str, NULL);
  GtkWidget *label = tomo_text_label_new (line);
  gtk_widget_add_css_class (label, "small-note");
  /* Beside the topics there is room below the quiz; one below the other, it ends the page. */
  gtk_box_append (tomo_page_is_wide (TOMO_PAGE (self)) ? self->side_box : self->main, label);
}

static void
tomo_home_page_constructed (GObject *object)
{
  TomoHomePage *self = TOMO_HOME_PAGE (object);
  TomoScene *scene = tomo_page_get_scene (TOMO_PAGE (self));
  TomoIndex *index = tomo_scene_get_index (scene);
  TomoCampaign *campaign = tomo_scene_get_campaign (scene);

  G_OBJECT_CLASS (tomo_home_page_parent_class)->constructed (object);

  tomo_page_set_columns (TOMO_PAGE (self), self->split, self->side);
  tomo_page_set_scroller (TOMO_PAGE (self), self->scroller);
  if (index == NULL)
    return;

  add_happened (self);
  add_quiz (self, index);
  const char *const *topics = tomo_topics ();
  for (unsigned int i = 0; topics[i] != NULL; i++)
    {
      TomoIndexTopic topic = tomo_index_find_topic (index, topics[i]);
      if (topic.n_tips + topic.n_sensitive_tips + topic.n_questions > 0)
        add_topic (self, topics[i], &topic);
    }
  add_abroad (self, index);
  show_partners (self, campaign);
}

static void
tomo_home_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TOMO_TYPE_HOME_PAGE);

  G_OBJECT_CLASS (tomo_home_page_parent_class)->dispose (object);
}

static void
tomo_home_page_class_init (TomoHomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tomo_home_page_constructed;
  object_class->dispose = tomo_home_page_dispose;

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_TILE_GRID);
  g_type_ensure (TOMO_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-home-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoHomePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoHomePage, split);
  gtk_widget_class_bind_template_child (widget_class, TomoHomePage, side);
  gtk_widget_class_bind_template_child (widget_class, TomoHomePage, feature);
  gtk_widget_class_bind_template_child (widget_class, TomoHomePage, side_box);
  gtk_widget_class_bind_template_child (widget_class, TomoHomePage, main);
  gtk_widget_class_bind_template_child (widget_class, TomoHomePage, grid);
}

static void
tomo_home_page_init (TomoHomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
