/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-result-page.h"

#include <glib/gi18n-lib.h>

#include "core/tomo-error.h"
#include "ui/tomo-clamp.h"
#include "ui/tomo-heading.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-icon.h"
#include "ui/tomo-phrases.h"
#include "ui/tomo-script.h"
#include "ui/tomo-style.h"
#include "ui/tomo-text-label.h"
#include "ui/tomo-tile-grid.h"
#include "ui/tomo-tile.h"
#include "ui/tomo-topic-tips.h"

/* More than these nobody reads after a quiz. */
#define MAX_TIPS 3

#define READING_SECS 90

struct _TomoResultPage
{
  TomoPage parent_instance;

  GtkScrolledWindow *scroller;
  GtkBox *split;
  GtkBox *lamps;
  TomoHeading *score;
  GtkLabel *words;
  GtkWidget *again;
  GtkWidget *read_next_box;
  TomoTileGrid *read_next;
  GtkBox *review;
};

G_DEFINE_TYPE (TomoResultPage, tomo_result_page, TOMO_TYPE_PAGE)

static unsigned int
tomo_result_page_get_reading_secs (TomoPage *page)
{
  return READING_SECS;
}

/* One lamp for each question that was answered; lit for each right answer. */
static void
add_lamp (TomoResultPage *self, gboolean is_lit)
{
  GtkWidget *lamp = tomo_icon_image_new ("tomo-lamp-symbolic");

  gtk_widget_add_css_class (lamp, "lamp");
  gtk_widget_add_css_class (lamp, is_lit ? "lit" : "unlit");
  gtk_box_append (self->lamps, lamp);
}

static void
add_review (TomoResultPage *self, const TomoIndexEntry *entry, TomoVerdictKind verdict)
{
  gboolean is_wrong = verdict == TOMO_VERDICT_WRONG;
  GtkWidget *row =
      g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  GtkWidget *shape = tomo_icon_image_new (tomo_phrases_get_verdict_icon (verdict));
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = tomo_text_label_new (entry->title);
  /* Translators: in the list of questions after a quiz, below the question */
  const char *right_word = C_("answer in a list", "Your answer was right");
  /* Translators: in the list of questions after a quiz, below the question */
  const char *wrong_word = C_("answer in a list", "Your answer was not right");
  /* What the verdict on the question said: some of several right answers are no wrong one. */
  const char *partly_word = _("Partly right");
  GtkWidget *word = tomo_text_label_new (is_wrong                          ? wrong_word
                                         : (verdict == TOMO_VERDICT_RIGHT) ? right_word
                                                                           : partly_word);

  tomo_script_mark_content (title, entry->title_audio);
  tomo_script_mark_needed (word);
  gtk_widget_add_css_class (row, "review-row");
  gtk_widget_add_css_class (row, is_wrong ? "wrong" : "right");
  gtk_widget_add_css_class (shape, "review-shape");
  gtk_widget_add_css_class (title, "review-title");
  gtk_widget_add_css_class (word, "review-word");
  gtk_widget_set_valign (shape, GTK_ALIGN_START);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (column), title);
  gtk_box_append (GTK_BOX (column), word);
  gtk_box_append (GTK_BOX (row), shape);
  gtk_box_append (GTK_BOX (row), column);
  gtk_box_append (self->review, row);
  if (!entry->is_complete)
    tomo_style_set_language (title, entry->language);
}

static void
show_score (TomoResultPage *self, unsigned int n_right, unsigned int n_finished)
{
  g_autofree char *right = g_strdup_printf ("%u", n_right);
  g_autofree char *total = g_strdup_printf ("%u", n_finished);
  /* Translators: the result of a quiz, large; both are numbers: “4 of 5 right” */
  const char *pattern = _("{number} of {total} right");
  g_autofree char *score = tomo_i18n_fill (pattern, "number", right, "total", total, NULL);

  tomo_heading_set_text (self->score, score);
  /* Translators: below the result of a quiz, when all answers were right. Lamps stand for answers:
   * they are drawn above. “Pass it on”: tell others what you know. */
  const char *words = _("All lamps are lit. Pass it on!");
  if (n_right < n_finished)
    /* Translators: below the result of a quiz, when at least half of the answers were right. Lamps
     * stand for answers: they are drawn above. */
    words = _("Well done. Another round will light more lamps.");
  if (n_right * 2 < n_finished)
    /* Translators: below the result of a quiz, when few answers were right; kind, without blame.
     * Lamps stand for answers: they are drawn above. */
    words = _("Every lamp counts. The tips will light more of them.");
  gtk_label_set_text (self->words, words);
}

static gboolean
is_listed (GPtrArray *titles, const char *title)
{
  return g_ptr_array_find_with_equal_func (titles, title, g_str_equal, NULL);
}

/* The nearest tip of a topic that is not listed yet. */
static void
add_tip_of (TomoResultPage *self, const char *topic, GPtrArray *titles)
{
  TomoScene *scene = tomo_page_get_scene (TOMO_PAGE (self));
  g_autoptr(GArray) tips = tomo_topic_tips_list (scene, topic);
  g_autofree char *icon = tomo_phrases_dup_topic_icon (topic);

  for (unsigned int i = 0; i < tips->len; i++)
    {
      const TomoIndexEntry *tip = &g_array_index (tips, TomoTopicTip, i).entry;
      if (tip->is_sensitive || is_listed (titles, tip->title))
        continue;

      g_autofree char *name = g_strdup_printf ("read-%u", titles->len);
      GtkWidget *tile = tomo_tile_new (tip->title);
      g_ptr_array_add (titles, (gpointer) tip->title);
      tomo_script_mark_content (tile, tip->title_audio);
      tomo_tile_set_icon (TOMO_TILE (tile), icon);
      tomo_tile_set_detail (TOMO_TILE (tile), tomo_phrases_get_topic (topic));
      gtk_widget_set_name (tile, name);
      gtk_widget_add_css_class (tile, "topic-tile");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (tile), "(sss)", tip->partner, tip->pack,
                                        tip->item);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (tile), "visit.tip");
      tomo_tile_grid_append (self->read_next, tile);
      return;
    }
}

/* What to read next follows from what went wrong: a tip for each such question, in their order. */
static void
show_read_next (TomoResultPage *self, TomoRound *round, TomoIndex *index)
{
  g_autoptr(GPtrArray) titles = g_ptr_array_new ();

  for (unsigned int i = 0; i < tomo_round_get_n_questions (round); i++)
    {
      TomoIndexEntry entry = { 0 };
      if (titles->len < MAX_TIPS && tomo_round_is_finished (round, i) &&
          !tomo_round_is_right (round, i) &&
          tomo_index_find (index, tomo_round_get_partner (round, i), tomo_round_get_pack (round, i),
                           tomo_round_get_item (round, i), &entry))
        add_tip_of (self, entry.topic, titles);
    }
  gtk_widget_set_visible (self->read_next_box, titles->len > 0);
}

static void
tomo_result_page_constructed (GObject *object)
{
  TomoResultPage *self = TOMO_RESULT_PAGE (object);
  TomoScene *scene = tomo_page_get_scene (TOMO_PAGE (self));
  TomoRound *round = tomo_visit_get_round (tomo_page_get_visit (TOMO_PAGE (self)));
  TomoIndex *index = tomo_scene_get_index (scene);
  gboolean is_wide = tomo_page_is_wide (TOMO_PAGE (self));

  G_OBJECT_CLASS (tomo_result_page_parent_class)->constructed (object);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->split),
                                  is_wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_homogeneous (self->split, is_wide);
  tomo_page_set_scroller (TOMO_PAGE (self), self->scroller);
  tomo_page_set_first_focus (TOMO_PAGE (self), GTK_WIDGET (self->score));
  if (round == NULL || index == NULL)
    {
      g_autoptr(GError) error =
          g_error_new_literal (TOMO_ERROR, TOMO_ERROR_NOT_FOUND, "there is no round");
      tomo_page_fail (TOMO_PAGE (self), error);
      return;
    }

  for (unsigned int i = 0; i < tomo_round_get_n_questions (round); i++)
    {
      TomoIndexEntry entry = { 0 };
      if (!tomo_round_is_finished (round, i))
        continue;
      add_lamp (self, tomo_round_is_right (round, i));
      if (tomo_index_find (index, tomo_round_get_partner (round, i), tomo_round_get_pack (round, i),
                           tomo_round_get_item (round, i), &entry))
        add_review (self, &entry, tomo_round_get_verdict (round, i));
    }
  show_read_next (self, round, index);
  show_score (self, tomo_round_count_right (round), tomo_round_count_finished (round));
  const char *topic = tomo_round_get_topic (round);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->again), "s",
                                    (topic != NULL) ? topic : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->again), "visit.another-round");
}

static void
tomo_result_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TOMO_TYPE_RESULT_PAGE);

  G_OBJECT_CLASS (tomo_result_page_parent_class)->dispose (object);
}

static void
tomo_result_page_class_init (TomoResultPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tomo_result_page_constructed;
  object_class->dispose = tomo_result_page_dispose;
  TOMO_PAGE_CLASS (klass)->get_reading_secs = tomo_result_page_get_reading_secs;

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_HEADING);
  g_type_ensure (TOMO_TYPE_TILE_GRID);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-result-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoResultPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoResultPage, split);
  gtk_widget_class_bind_template_child (widget_class, TomoResultPage, lamps);
  gtk_widget_class_bind_template_child (widget_class, TomoResultPage, score);
  gtk_widget_class_bind_template_child (widget_class, TomoResultPage, words);
  gtk_widget_class_bind_template_child (widget_class, TomoResultPage, again);
  gtk_widget_class_bind_template_child (widget_class, TomoResultPage, read_next_box);
  gtk_widget_class_bind_template_child (widget_class, TomoResultPage, read_next);
  gtk_widget_class_bind_template_child (widget_class, TomoResultPage, review);
}

static void
tomo_result_page_init (TomoResultPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
