/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-quiz-page.h"

#include <glib/gi18n-lib.h>

#include "core/tomo-error.h"
#include "ui/tomo-answers.h"
#include "ui/tomo-clamp.h"
#include "ui/tomo-heading.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-picture-view.h"
#include "ui/tomo-publisher-line.h"
#include "ui/tomo-style.h"
#include "ui/tomo-text-label.h"
#include "ui/tomo-verdict.h"

/* A visitor reads the question, all answers and the explanation. */
#define READING_SECS 90

/* Beside the answers. */
#define WIDE_PICTURE_HEIGHT_REM 14.0

struct _TomoQuizPage
{
  TomoPage parent_instance;

  GtkLabel *count;
  GtkBox *segments;
  GtkScrolledWindow *scroller;
  GtkBox *split;
  GtkBox *side;
  TomoHeading *prompt;
  GtkLabel *hint;
  TomoPictureView *picture;
  GtkBox *answers;
  TomoAnswers *board; /* (nullable): takes the answer */
  GtkWidget *actions;
  GtkWidget *leave;
  GtkWidget *check;
  GtkButton *next;

  TomoItem *item;        /* (owned) (nullable): the question; none if it could not be loaded */
  TomoIndexEntry entry;  /* borrows from the index, which the page keeps */
  unsigned int question; /* its number in the round */
};

G_DEFINE_TYPE (TomoQuizPage, tomo_quiz_page, TOMO_TYPE_PAGE)

static TomoRound *
get_round (TomoQuizPage *self)
{
  return tomo_visit_get_round (tomo_page_get_visit (TOMO_PAGE (self)));
}

static unsigned int
tomo_quiz_page_get_reading_secs (TomoPage *page)
{
  return READING_SECS;
}

static void
update_actions (TomoQuizPage *self)
{
  TomoRound *round = get_round (self);
  gboolean is_finished = tomo_round_is_finished (round, self->question);
  gboolean is_last = self->question + 1 >= tomo_round_get_n_questions (round);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "quiz.check",
                                 !is_finished && tomo_answers_is_given (self->board));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "quiz.next", is_finished);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "quiz.leave",
                                 tomo_round_count_finished (round) > 0);
  gtk_widget_set_visible (self->check, !is_finished);
  gtk_widget_set_visible (GTK_WIDGET (self->next), is_finished);
  gtk_widget_set_visible (self->leave, tomo_round_count_finished (round) > 0 && !is_last);
  gtk_button_set_label (self->next,
                        /* Translators: button in a quiz after the last question */
                        is_last ? _("See the result")
                                /* Translators: button in a quiz after an answer */
                                : _("Next question"));
}

static void
answers_changed_cb (TomoAnswers *answers, TomoQuizPage *self)
{
  update_actions (self);
}

/* The verdict stands above the answers, so that it is seen without scrolling; beside them, where
 * there is room beside them. */
static GtkWidget *
show_verdict (TomoQuizPage *self)
{
  const char *language = self->entry.language;
  gboolean is_wide = tomo_page_is_wide (TOMO_PAGE (self));

  tomo_answers_show_outcome (self->board);
  GtkWidget *verdict = tomo_verdict_new (tomo_answers_judge (self->board),
                                         tomo_item_get_explanation (self->item), language);
  if (is_wide)
    gtk_box_insert_child_after (self->side, verdict, GTK_WIDGET (self->prompt));
  else
    gtk_box_prepend (self->answers, verdict);
  gtk_widget_set_visible (GTK_WIDGET (self->picture), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), FALSE);
  tomo_style_set_language (verdict, language);
  tomo_page_set_first_focus (TOMO_PAGE (self), verdict);
  return verdict;
}

static void
show_progress (TomoQuizPage *self)
{
  TomoRound *round = get_round (self);
  unsigned int n_questions = tomo_round_get_n_questions (round);
  GtkWidget *segment = gtk_widget_get_first_child (GTK_WIDGET (self->segments));

  for (unsigned int i = 0; i < n_questions; i++)
    {
      if (segment == NULL)
        {
          segment = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
          gtk_widget_add_css_class (segment, "segment");
          gtk_box_append (self->segments, segment);
        }
      if (i == self->question)
        gtk_widget_add_css_class (segment, "current");
      if (tomo_round_is_finished (round, i))
        gtk_widget_add_css_class (segment, tomo_round_is_right (round, i) ? "right" : "wrong");
      segment = gtk_widget_get_next_sibling (segment);
    }

  g_autofree char *number = g_strdup_printf ("%u", self->question + 1);
  g_autofree char *total = g_strdup_printf ("%u", n_questions);
  /* Translators: above a question in a quiz; both are numbers: “Question 2 of 5” */
  const char *pattern = _("Question {number} of {total}");
  g_autofree char *count = tomo_i18n_fill (pattern, "number", number, "total", total, NULL);
  gtk_label_set_text (self->count, count);
}

static void
check_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TomoQuizPage *self = TOMO_QUIZ_PAGE (widget);
  TomoRound *round = get_round (self);

  if (self->item == NULL || tomo_round_is_finished (round, self->question) ||
      !tomo_answers_is_given (self->board))
    return;

  tomo_round_finish_question (round, self->question, tomo_answers_judge (self->board));
  GtkWidget *verdict = show_verdict (self);
  show_progress (self);
  /* The focus moves before the button that has it goes. */
  gtk_widget_grab_focus (verdict);
  update_actions (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0.0);
  tomo_page_offer_to_listen (TOMO_PAGE (self));
}

static void
next_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TomoQuizPage *self = TOMO_QUIZ_PAGE (widget);
  gboolean has_next = tomo_round_next (get_round (self));

  tomo_visit_replace (tomo_page_get_visit (TOMO_PAGE (self)),
                      tomo_place_new (has_next ? TOMO_PLACE_QUIZ : TOMO_PLACE_RESULT));
}

static void
leave_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  tomo_visit_replace (tomo_page_get_visit (TOMO_PAGE (widget)), tomo_place_new (TOMO_PLACE_RESULT));
}

static GBytes *
load_picture (TomoQuizPage *self)
{
  const char *sha256 = tomo_item_get_picture (self->item);
  if (sha256[0] == '\0')
    return NULL;

  g_autoptr(GError) error = NULL;
  TomoLibrary *library = tomo_scene_get_library (tomo_page_get_scene (TOMO_PAGE (self)));
  GBytes *png = tomo_library_load_picture (library, sha256, &error);
  if (png == NULL)
    g_debug ("a question without its picture: %s", error->message);
  return png;
}

static void
show_picture (TomoQuizPage *self, GBytes *png)
{
  g_autoptr(GError) error = NULL;

  if (tomo_page_is_wide (TOMO_PAGE (self)))
    g_object_set (self->picture, "height", WIDE_PICTURE_HEIGHT_REM, NULL);
  if (!tomo_picture_view_load (self->picture, png, tomo_item_get_picture_alt (self->item), &error))
    g_debug ("a question without its picture: %s", error->message);
}

/* Where one touches the picture, it stands among the answers, not above them. */
static void
add_answers (TomoQuizPage *self)
{
  g_autoptr(GBytes) picture = load_picture (self);

  TomoLayout layout = tomo_scene_get_layout (tomo_page_get_scene (TOMO_PAGE (self)));

  self->board = TOMO_ANSWERS (tomo_answers_new (self->item, self->entry.language, get_round (self),
                                                self->question, picture, layout));
  gtk_box_prepend (self->answers, GTK_WIDGET (self->board));
  g_signal_connect (self->board, "changed", G_CALLBACK (answers_changed_cb), self);
  if (picture != NULL && tomo_item_get_kind (self->item) != TOMO_ITEM_HOTSPOT)
    show_picture (self, picture);

  const char *hint = tomo_answers_get_hint (self->board);
  if (hint == NULL)
    return;
  gtk_label_set_text (self->hint, hint);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), TRUE);
}

static void
add_publisher (TomoQuizPage *self)
{
  GtkWidget *publisher = tomo_publisher_line_new ();
  TomoCampaign *campaign = tomo_scene_get_campaign (tomo_page_get_scene (TOMO_PAGE (self)));

  tomo_publisher_line_show_entry (TOMO_PUBLISHER_LINE (publisher), campaign, &self->entry);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (publisher), "(sss)", self->entry.partner,
                                    self->entry.pack, self->entry.item);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (publisher), "visit.about");
  gtk_box_append (tomo_page_is_wide (TOMO_PAGE (self)) ? self->side : self->answers, publisher);
}

static gboolean
load_question (TomoQuizPage *self, GError **error)
{
  TomoRound *round = get_round (self);
  TomoScene *scene = tomo_page_get_scene (TOMO_PAGE (self));

  if (round == NULL || tomo_round_get_n_questions (round) == 0)
    {
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND, "there are no questions");
      return FALSE;
    }

  self->question = tomo_round_get_position (round);
  self->item =
      tomo_scene_load_item (scene, tomo_round_get_partner (round, self->question),
                            tomo_round_get_pack (round, self->question),
                            tomo_round_get_item (round, self->question), &self->entry, NULL, error);
  return self->item != NULL;
}

static void
tomo_quiz_page_constructed (GObject *object)
{
  TomoQuizPage *self = TOMO_QUIZ_PAGE (object);
  gboolean is_wide = tomo_page_is_wide (TOMO_PAGE (self));
  g_autoptr(GError) error = NULL;

  G_OBJECT_CLASS (tomo_quiz_page_parent_class)->constructed (object);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->split),
                                  is_wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_homogeneous (self->split, is_wide);
  gtk_widget_set_halign (self->actions, is_wide ? GTK_ALIGN_END : GTK_ALIGN_FILL);
  tomo_page_set_scroller (TOMO_PAGE (self), self->scroller);
  tomo_page_set_first_focus (TOMO_PAGE (self), GTK_WIDGET (self->prompt));
  if (!load_question (self, &error))
    {
      tomo_page_fail (TOMO_PAGE (self), error);
      return;
    }

  tomo_page_set_spoken_language (TOMO_PAGE (self), self->entry.language);
  tomo_heading_set_runs (self->prompt, tomo_item_get_prompt (self->item), self->entry.language);
  add_answers (self);
  if (!self->entry.is_complete)
    tomo_style_set_language (GTK_WIDGET (self->split), self->entry.language);
  add_publisher (self);
  show_progress (self);
  if (tomo_round_is_finished (get_round (self), self->question))
    show_verdict (self);
  update_actions (self);
}

static void
tomo_quiz_page_dispose (GObject *object)
{
  TomoQuizPage *self = TOMO_QUIZ_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TOMO_TYPE_QUIZ_PAGE);
  g_clear_pointer (&self->item, tomo_item_unref);

  G_OBJECT_CLASS (tomo_quiz_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TomoQuizPage, count);
  gtk_widget_class_bind_template_child (widget_class, TomoQuizPage, segments);
  gtk_widget_class_bind_template_child (widget_class, TomoQuizPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoQuizPage, split);
  gtk_widget_class_bind_template_child (widget_class, TomoQuizPage, side);
  gtk_widget_class_bind_template_child (widget_class, TomoQuizPage, prompt);
  gtk_widget_class_bind_template_child (widget_class, TomoQuizPage, hint);
  gtk_widget_class_bind_template_child (widget_class, TomoQuizPage, picture);
  gtk_widget_class_bind_template_child (widget_class, TomoQuizPage, answers);
  gtk_widget_class_bind_template_child (widget_class, TomoQuizPage, leave);
  gtk_widget_class_bind_template_child (widget_class, TomoQuizPage, actions);
  gtk_widget_class_bind_template_child (widget_class, TomoQuizPage, check);
  gtk_widget_class_bind_template_child (widget_class, TomoQuizPage, next);
}

static void
tomo_quiz_page_class_init (TomoQuizPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tomo_quiz_page_constructed;
  object_class->dispose = tomo_quiz_page_dispose;
  TOMO_PAGE_CLASS (klass)->get_reading_secs = tomo_quiz_page_get_reading_secs;

  gtk_widget_class_install_action (widget_class, "quiz.check", NULL, check_cb);
  gtk_widget_class_install_action (widget_class, "quiz.next", NULL, next_cb);
  gtk_widget_class_install_action (widget_class, "quiz.leave", NULL, leave_cb);

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_PICTURE_VIEW);
  g_type_ensure (TOMO_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-quiz-page.ui");
  bind_children (widget_class);
}

static void
tomo_quiz_page_init (TomoQuizPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
