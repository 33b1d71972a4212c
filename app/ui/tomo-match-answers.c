/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-match-answers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/tomo-choice-button.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-text-label.h"

struct _TomoMatchAnswers
{
  TomoAnswers parent_instance;

  GPtrArray *things;   /* (owned) (element-type TomoChoiceButton): in the author's order */
  GPtrArray *matches;  /* (owned) (element-type TomoChoiceButton): shuffled */
  GtkWidget *pool;     /* holds @matches */
  gboolean is_showing; /* we toggle, not the visitor */
};

G_DEFINE_TYPE (TomoMatchAnswers, tomo_match_answers, TOMO_TYPE_ANSWERS)

/* Which match the visitor found for @thing, by the id of its pair. */
static const char *
find_match (TomoAnswers *self, const char *thing)
{
  const char *const *answer = tomo_answers_get_answer (self);
  size_t length = strlen (thing);

  for (size_t i = 0; answer[i] != NULL; i++)
    if (strncmp (answer[i], thing, length) == 0 && answer[i][length] == '=')
      return answer[i] + length + 1;

  return NULL;
}

static gboolean
is_used (TomoAnswers *self, const char *match)
{
  const char *const *answer = tomo_answers_get_answer (self);

  for (size_t i = 0; answer[i] != NULL; i++)
    if (g_str_equal (strchr (answer[i], '=') + 1, match))
      return TRUE;

  return FALSE;
}

static unsigned int
find_pair (TomoItem *item, const char *id)
{
  for (unsigned int i = 0; i < tomo_item_get_n_choices (item); i++)
    if (g_str_equal (tomo_item_get_choice (item, i)->id, id))
      return i;

  g_return_val_if_reached (0);
}

static TomoText *
get_match_text (TomoAnswers *self, const char *id)
{
  TomoItem *item = tomo_answers_get_item (self);

  return tomo_item_get_match (item, find_pair (item, id));
}

static const char *
get_id (GPtrArray *buttons, unsigned int index)
{
  return tomo_choice_button_get_id (g_ptr_array_index (buttons, index));
}

/* The thing whose turn it is: what the visitor touched, else the first one without a match. */
static TomoChoiceButton *
find_turn (TomoMatchAnswers *self)
{
  for (unsigned int i = 0; i < self->things->len; i++)
    if (gtk_toggle_button_get_active (g_ptr_array_index (self->things, i)))
      return g_ptr_array_index (self->things, i);

  return NULL;
}

static void
show_state (TomoMatchAnswers *self)
{
  TomoAnswers *answers = TOMO_ANSWERS (self);
  TomoChoiceButton *turn = NULL;

  for (unsigned int i = 0; i < self->things->len; i++)
    {
      const char *match = find_match (answers, get_id (self->things, i));

      tomo_choice_button_set_note (g_ptr_array_index (self->things, i),
                                   match != NULL ? get_match_text (answers, match) : NULL,
                                   tomo_answers_get_language (answers));
      if (turn == NULL && match == NULL)
        turn = g_ptr_array_index (self->things, i);
    }
  for (unsigned int i = 0; i < self->matches->len; i++)
    {
      gboolean is_free = !is_used (answers, get_id (self->matches, i));

      gtk_toggle_button_set_active (g_ptr_array_index (self->matches, i), !is_free);
      gtk_widget_set_sensitive (g_ptr_array_index (self->matches, i), is_free);
    }
  for (unsigned int i = 0; i < self->things->len; i++)
    gtk_toggle_button_set_active (g_ptr_array_index (self->things, i),
                                  g_ptr_array_index (self->things, i) == turn);
}

static void
update (TomoMatchAnswers *self)
{
  self->is_showing = TRUE;
  show_state (self);
  self->is_showing = FALSE;
}

static void
forget_match (TomoMatchAnswers *self, const char *thing)
{
  const char *match = find_match (TOMO_ANSWERS (self), thing);
  if (match == NULL)
    return;

  g_autofree char *part = g_strconcat (thing, "=", match, NULL);
  tomo_answers_choose (TOMO_ANSWERS (self), part, FALSE);
}

/* Takes its match away, so that it is its turn again. */
static void
thing_toggled_cb (TomoChoiceButton *thing, TomoMatchAnswers *self)
{
  if (self->is_showing)
    return;

  self->is_showing = TRUE;
  forget_match (self, tomo_choice_button_get_id (thing));
  show_state (self);
  for (unsigned int i = 0; i < self->things->len; i++)
    gtk_toggle_button_set_active (g_ptr_array_index (self->things, i),
                                  g_ptr_array_index (self->things, i) == (gpointer) thing);
  self->is_showing = FALSE;
}

static void
match_toggled_cb (TomoChoiceButton *match, TomoMatchAnswers *self)
{
  TomoChoiceButton *turn = find_turn (self);

  if (self->is_showing || turn == NULL)
    return;

  /* The focus must not vanish with the button that is used up. */
  gtk_widget_grab_focus (GTK_WIDGET (turn));
  g_autofree char *part =
      g_strconcat (tomo_choice_button_get_id (turn), "=", tomo_choice_button_get_id (match), NULL);
  tomo_answers_choose (TOMO_ANSWERS (self), part, TRUE);
  update (self);
}

static GtkWidget *
new_column (const char *style_class)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (column, "choices");
  gtk_widget_add_css_class (column, style_class);
  gtk_widget_set_hexpand (column, TRUE);
  return column;
}

static void
add_things (TomoMatchAnswers *self, GtkWidget *column)
{
  TomoItem *item = tomo_answers_get_item (TOMO_ANSWERS (self));

  for (size_t i = 0; i < tomo_item_get_n_choices (item); i++)
    {
      const TomoChoice *thing = tomo_item_get_choice (item, i);
      TomoChoiceButton *button = tomo_choice_button_new (thing->id, GTK_ACCESSIBLE_ROLE_RADIO);

      tomo_choice_button_set_text (button, thing->text,
                                   tomo_answers_get_language (TOMO_ANSWERS (self)));
      g_signal_connect (button, "toggled", G_CALLBACK (thing_toggled_cb), self);
      gtk_box_append (GTK_BOX (column), GTK_WIDGET (button));
      g_ptr_array_add (self->things, button);
    }
}

static void
add_matches (TomoMatchAnswers *self, GtkWidget *column)
{
  TomoItem *item = tomo_answers_get_item (TOMO_ANSWERS (self));
  g_autofree unsigned int *order = tomo_answers_dup_shuffle (TOMO_ANSWERS (self), FALSE);

  for (size_t i = 0; i < tomo_item_get_n_choices (item); i++)
    {
      const TomoChoice *pair = tomo_item_get_choice (item, order[i]);
      TomoChoiceButton *button = tomo_choice_button_new (pair->id, GTK_ACCESSIBLE_ROLE_CHECKBOX);
      g_autofree char *name = g_strconcat ("match-", pair->id, NULL);

      gtk_widget_set_name (GTK_WIDGET (button), name);
      tomo_choice_button_set_text (button, tomo_item_get_match (item, order[i]),
                                   tomo_answers_get_language (TOMO_ANSWERS (self)));
      g_signal_connect (button, "toggled", G_CALLBACK (match_toggled_cb), self);
      gtk_box_append (GTK_BOX (column), GTK_WIDGET (button));
      g_ptr_array_add (self->matches, button);
    }
}

static void
tomo_match_answers_show (TomoAnswers *answers)
{
  TomoMatchAnswers *self = TOMO_MATCH_ANSWERS (answers);
  GtkWidget *things = new_column ("match-things");
  GtkWidget *matches = new_column ("match-matches");
  gboolean are_side_by_side = tomo_answers_get_layout (answers) == TOMO_LAYOUT_LANDSCAPE;
  GtkWidget *both =
      gtk_box_new (are_side_by_side ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (both, "match");
  gtk_box_set_homogeneous (GTK_BOX (both), are_side_by_side);
  self->pool = matches;
  add_things (self, things);
  add_matches (self, matches);
  gtk_box_append (GTK_BOX (both), things);
  gtk_box_append (GTK_BOX (both), matches);
  tomo_answers_add (answers, both);
  update (self);
}

static const char *
tomo_match_answers_get_hint (TomoAnswers *self)
{
  /* Translators: below a question in a quiz; some things stand in one list, one of them marked,
   * and what belongs to each in another list below or beside it */
  return N_("For the marked one, touch what belongs to it in the other list.");
}

static gboolean
tomo_match_answers_is_given (TomoAnswers *self)
{
  return g_strv_length ((char **) tomo_answers_get_answer (self)) ==
         tomo_item_get_n_choices (tomo_answers_get_item (self));
}

static TomoVerdictKind
tomo_match_answers_judge (TomoAnswers *self)
{
  TomoItem *item = tomo_answers_get_item (self);
  size_t n_pairs = tomo_item_get_n_choices (item);
  unsigned int n_right = 0;

  for (size_t i = 0; i < n_pairs; i++)
    {
      const char *id = tomo_item_get_choice (item, i)->id;
      n_right += g_strcmp0 (find_match (self, id), id) == 0 ? 1 : 0;
    }

  if (n_right == n_pairs)
    return TOMO_VERDICT_RIGHT;
  return 2 * n_right >= n_pairs ? TOMO_VERDICT_PARTLY : TOMO_VERDICT_WRONG;
}

static void
tomo_match_answers_show_outcome (TomoAnswers *answers)
{
  TomoMatchAnswers *self = TOMO_MATCH_ANSWERS (answers);
  const char *language = tomo_answers_get_language (answers);

  for (unsigned int i = 0; i < self->things->len; i++)
    {
      const char *id = get_id (self->things, i);
      gboolean is_right = g_strcmp0 (find_match (answers, id), id) == 0;
      g_autofree char *words = tomo_text_label_dup_plain (get_match_text (answers, id), language);
      g_autofree char *verdict = tomo_i18n_fill (
          /* Translators: below one of several things to which the visitor found something that
           * does not belong to it; {answer} is what does, in the words of the author */
          tomo_i18n_lookup (language, NULL, N_("What belongs to it: {answer}")), "answer", words,
          NULL);

      self->is_showing = TRUE;
      gtk_toggle_button_set_active (g_ptr_array_index (self->things, i), FALSE);
      tomo_choice_button_show_outcome (
          g_ptr_array_index (self->things, i),
          is_right ? TOMO_CHOICE_CHOSEN_RIGHT : TOMO_CHOICE_CHOSEN_WRONG, is_right ? NULL : verdict,
          is_right ? NULL : tomo_item_get_choice (tomo_answers_get_item (answers), i)->feedback,
          language);
    }
  gtk_widget_set_visible (self->pool, FALSE);
}

static void
tomo_match_answers_finalize (GObject *object)
{
  TomoMatchAnswers *self = TOMO_MATCH_ANSWERS (object);

  g_ptr_array_unref (self->things);
  g_ptr_array_unref (self->matches);

  G_OBJECT_CLASS (tomo_match_answers_parent_class)->finalize (object);
}

static void
tomo_match_answers_class_init (TomoMatchAnswersClass *klass)
{
  TomoAnswersClass *answers_class = TOMO_ANSWERS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tomo_match_answers_finalize;
  answers_class->show = tomo_match_answers_show;
  answers_class->get_hint = tomo_match_answers_get_hint;
  answers_class->is_given = tomo_match_answers_is_given;
  answers_class->judge = tomo_match_answers_judge;
  answers_class->show_outcome = tomo_match_answers_show_outcome;
}

static void
tomo_match_answers_init (TomoMatchAnswers *self)
{
  self->things = g_ptr_array_new ();
  self->matches = g_ptr_array_new ();
}
