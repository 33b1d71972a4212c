/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-choice-answers.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-choice-button.h"
#include "ui/tomo-i18n.h"

struct _TomoChoiceAnswers
{
  TomoAnswers parent_instance;
};

G_DEFINE_TYPE (TomoChoiceAnswers, tomo_choice_answers, TOMO_TYPE_ANSWERS)

static void
choice_toggled_cb (TomoChoiceButton *choice, TomoAnswers *self)
{
  tomo_answers_choose (self, tomo_choice_button_get_id (choice),
                       gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (choice)));
}

static void
set_true_false_words (TomoChoiceButton *choice, const char *id, const char *language)
{
  /* Translators: answer to “is this true or false?” */
  const char *true_word = tomo_i18n_lookup (language, "answer", NC_("answer", "True"));
  /* Translators: answer to “is this true or false?” */
  const char *false_word = tomo_i18n_lookup (language, "answer", NC_("answer", "False"));

  tomo_choice_button_set_words (choice, (g_strcmp0 (id, "true") == 0) ? true_word : false_word);
}

/* What is chosen already comes from the round, so that it survives any change of language. The
 * handler is connected last: what it would write is known already. */
static TomoChoiceButton *
add_choice (TomoAnswers *self, size_t index, GtkAccessibleRole role, TomoChoiceButton *group)
{
  TomoItem *item = tomo_answers_get_item (self);
  const TomoChoice *answer = tomo_item_get_choice (item, index);
  TomoChoiceButton *choice = tomo_choice_button_new (answer->id, role);

  if (tomo_item_get_kind (item) == TOMO_ITEM_TRUE_FALSE)
    set_true_false_words (choice, answer->id, tomo_answers_get_language (self));
  else
    tomo_choice_button_set_text (choice, answer->text, tomo_answers_get_language (self));

  if (group != NULL && role == GTK_ACCESSIBLE_ROLE_RADIO)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (choice), GTK_TOGGLE_BUTTON (group));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (choice),
                                tomo_answers_is_chosen (self, answer->id));
  g_signal_connect (choice, "toggled", G_CALLBACK (choice_toggled_cb), self);
  tomo_answers_add (self, GTK_WIDGET (choice));
  return choice;
}

static void
tomo_choice_answers_show (TomoAnswers *self)
{
  TomoItem *item = tomo_answers_get_item (self);
  gboolean is_multiple = tomo_item_get_kind (item) == TOMO_ITEM_MULTIPLE;
  TomoChoiceButton *first = NULL;

  for (size_t i = 0; i < tomo_item_get_n_choices (item); i++)
    {
      TomoChoiceButton *choice = add_choice (
          self, i, is_multiple ? GTK_ACCESSIBLE_ROLE_CHECKBOX : GTK_ACCESSIBLE_ROLE_RADIO, first);
      if (first == NULL)
        first = choice;
    }
}

static const char *
tomo_choice_answers_get_hint (TomoAnswers *self)
{
  if (tomo_item_get_kind (tomo_answers_get_item (self)) != TOMO_ITEM_MULTIPLE)
    return NULL;

  /* Translators: below a question in a quiz */
  return N_("More than one answer is right.");
}

static TomoChoiceOutcome
get_outcome (TomoAnswers *self, const TomoChoice *answer)
{
  gboolean is_chosen = tomo_answers_is_chosen (self, answer->id);

  if (answer->is_correct)
    return is_chosen ? TOMO_CHOICE_CHOSEN_RIGHT : TOMO_CHOICE_MISSED;

  return is_chosen ? TOMO_CHOICE_CHOSEN_WRONG : TOMO_CHOICE_LEFT;
}

static TomoVerdictKind
tomo_choice_answers_judge (TomoAnswers *self)
{
  TomoItem *item = tomo_answers_get_item (self);
  unsigned int n_outcomes[TOMO_N_CHOICE_OUTCOMES] = { 0 };

  for (size_t i = 0; i < tomo_item_get_n_choices (item); i++)
    n_outcomes[get_outcome (self, tomo_item_get_choice (item, i))]++;

  if (n_outcomes[TOMO_CHOICE_CHOSEN_WRONG] > 0)
    return TOMO_VERDICT_WRONG;
  if (n_outcomes[TOMO_CHOICE_MISSED] == 0)
    return TOMO_VERDICT_RIGHT;
  return n_outcomes[TOMO_CHOICE_CHOSEN_RIGHT] > 0 ? TOMO_VERDICT_PARTLY : TOMO_VERDICT_WRONG;
}

static void
tomo_choice_answers_show_outcome (TomoAnswers *self)
{
  TomoItem *item = tomo_answers_get_item (self);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (size_t i = 0; child != NULL; i++, child = gtk_widget_get_next_sibling (child))
    {
      const TomoChoice *answer = tomo_item_get_choice (item, i);
      gboolean is_chosen = tomo_answers_is_chosen (self, answer->id);

      tomo_choice_button_show_outcome (TOMO_CHOICE_BUTTON (child), get_outcome (self, answer), NULL,
                                       is_chosen ? answer->feedback : NULL,
                                       tomo_answers_get_language (self));
    }
}

static void
tomo_choice_answers_class_init (TomoChoiceAnswersClass *klass)
{
  TomoAnswersClass *answers_class = TOMO_ANSWERS_CLASS (klass);

  answers_class->show = tomo_choice_answers_show;
  answers_class->get_hint = tomo_choice_answers_get_hint;
  answers_class->judge = tomo_choice_answers_judge;
  answers_class->show_outcome = tomo_choice_answers_show_outcome;
}

static void
tomo_choice_answers_init (TomoChoiceAnswers *self)
{
}
