/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-topic-page.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-clamp.h"
#include "ui/tomo-heading.h"
#include "ui/tomo-help-card.h"
#include "ui/tomo-icon.h"
#include "ui/tomo-phrases.h"
#include "ui/tomo-tile.h"
#include "ui/tomo-tip-list.h"

struct _TomoTopicPage
{
  TomoPage parent_instance;

  GtkScrolledWindow *scroller;
  GtkBox *split;
  TomoClamp *side;
  GtkImage *icon;
  TomoHeading *heading;
  TomoTipList *list;
  GtkBox *feature;
};

G_DEFINE_TYPE (TomoTopicPage, tomo_topic_page, TOMO_TYPE_PAGE)

static void
add_quiz (TomoTopicPage *self, const char *topic, unsigned int n_questions)
{
  if (n_questions == 0)
    return;

  /* Translators: tile among the tips of a topic: opens questions on this topic */
  GtkWidget *tile = tomo_tile_new (_("Quiz on this topic"));
  n_questions = MIN (n_questions, TOMO_ROUND_MAX_QUESTIONS);
  g_autofree char *detail = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u question", "%u questions", n_questions), n_questions);

  tomo_tile_set_icon (TOMO_TILE (tile), "tomo-question-symbolic");
  tomo_tile_set_detail (TOMO_TILE (tile), detail);
  gtk_widget_set_name (tile, "quiz");
  gtk_widget_add_css_class (tile, "feature-tile");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (tile), "visit.quiz");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (tile), "s", topic);
  gtk_box_append (self->feature, tile);
}

static void
tomo_topic_page_constructed (GObject *object)
{
  TomoTopicPage *self = TOMO_TOPIC_PAGE (object);
  TomoScene *scene = tomo_page_get_scene (TOMO_PAGE (self));
  const char *topic = tomo_page_get_place (TOMO_PAGE (self))->topic;
  g_autofree char *icon = tomo_phrases_dup_topic_icon (topic);

  G_OBJECT_CLASS (tomo_topic_page_parent_class)->constructed (object);

  tomo_page_set_columns (TOMO_PAGE (self), self->split, self->side);
  tomo_page_set_scroller (TOMO_PAGE (self), self->scroller);
  tomo_icon_show (self->icon, icon);
  tomo_heading_set_text (self->heading, tomo_phrases_get_topic (topic));

  tomo_tip_list_fill (self->list, scene, topic);
  TomoIndex *index = tomo_scene_get_index (scene);
  if (index == NULL)
    return;

  TomoIndexTopic counts = tomo_index_find_topic (index, topic);
  /* Whoever opens a topic of nothing but sensitive tips may need help more than words. */
  if (counts.n_tips == 0 && counts.n_sensitive_tips > 0)
    gtk_box_append (self->feature, tomo_help_card_new ());
  add_quiz (self, topic, (unsigned int) counts.n_questions);
}

static void
tomo_topic_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TOMO_TYPE_TOPIC_PAGE);

  G_OBJECT_CLASS (tomo_topic_page_parent_class)->dispose (object);
}

static void
tomo_topic_page_class_init (TomoTopicPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tomo_topic_page_constructed;
  object_class->dispose = tomo_topic_page_dispose;

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_TIP_LIST);
  g_type_ensure (TOMO_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-topic-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoTopicPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoTopicPage, split);
  gtk_widget_class_bind_template_child (widget_class, TomoTopicPage, side);
  gtk_widget_class_bind_template_child (widget_class, TomoTopicPage, icon);
  gtk_widget_class_bind_template_child (widget_class, TomoTopicPage, heading);
  gtk_widget_class_bind_template_child (widget_class, TomoTopicPage, list);
  gtk_widget_class_bind_template_child (widget_class, TomoTopicPage, feature);
}

static void
tomo_topic_page_init (TomoTopicPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
