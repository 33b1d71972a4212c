/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-order-answers.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-choice-button.h"
#include "ui/tomo-i18n.h"

struct _TomoOrderAnswers
{
  TomoAnswers parent_instance;
};

G_DEFINE_TYPE (TomoOrderAnswers, tomo_order_answers, TOMO_TYPE_ANSWERS)

/* From 1; 0 if it was not touched yet. */
static unsigned int
get_place (TomoAnswers *self, const char *id)
{
  const char *const *answer = tomo_answers_get_answer (self);

  for (unsigned int i = 0; answer[i] != NULL; i++)
    if (g_str_equal (answer[i], id))
      return i + 1;

  return 0;
}

static void
show_places (TomoAnswers *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    tomo_choice_button_set_number (
        TOMO_CHOICE_BUTTON (child),
        get_place (self, tomo_choice_button_get_id (TOMO_CHOICE_BUTTON (child))));
}

static void
choice_toggled_cb (TomoChoiceButton *choice, TomoAnswers *self)
{
  tomo_answers_choose (self, tomo_choice_button_get_id (choice),
                       gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (choice)));
  show_places (self);
}

static void
tomo_order_answers_show (TomoAnswers *self)
{
  TomoItem *item = tomo_answers_get_item (self);
  g_autofree unsigned int *order = tomo_answers_dup_shuffle (self, FALSE);

  for (size_t i = 0; i < tomo_item_get_n_choices (item); i++)
    {
      const TomoChoice *answer = tomo_item_get_choice (item, order[i]);
      TomoChoiceButton *choice = tomo_choice_button_new (answer->id, GTK_ACCESSIBLE_ROLE_CHECKBOX);

      tomo_choice_button_set_text (choice, answer->text, tomo_answers_get_language (self));
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (choice),
                                    tomo_answers_is_chosen (self, answer->id));
      g_signal_connect (choice, "toggled", G_CALLBACK (choice_toggled_cb), self);
      tomo_answers_add (self, GTK_WIDGET (choice));
    }
  show_places (self);
}

static const char *
tomo_order_answers_get_hint (TomoAnswers *self)
{
  /* Translators: below a question in a quiz; several steps are shown, and each gets a number */
  return N_("Touch them one after the other in the right order. Touch one again to take it back.");
}

static gboolean
tomo_order_answers_is_given (TomoAnswers *self)
{
  return g_strv_length ((char **) tomo_answers_get_answer (self)) ==
         tomo_item_get_n_choices (tomo_answers_get_item (self));
}

static unsigned int
count_in_place (TomoAnswers *self)
{
  TomoItem *item = tomo_answers_get_item (self);
  unsigned int n_in_place = 0;

  for (unsigned int i = 0; i < tomo_item_get_n_choices (item); i++)
    n_in_place += get_place (self, tomo_item_get_choice (item, i)->id) == i + 1 ? 1 : 0;

  return n_in_place;
}

/* One that is right by chance says little; with half of them in place it was an attempt. */
static TomoVerdictKind
tomo_order_answers_judge (TomoAnswers *self)
{
  size_t n_choices = tomo_item_get_n_choices (tomo_answers_get_item (self));
  unsigned int n_in_place = count_in_place (self);

  if (n_in_place == n_choices)
    return TOMO_VERDICT_RIGHT;
  return 2 * n_in_place >= n_choices ? TOMO_VERDICT_PARTLY : TOMO_VERDICT_WRONG;
}

static unsigned int
find_right_place (TomoItem *item, const char *id)
{
  for (unsigned int i = 0; i < tomo_item_get_n_choices (item); i++)
    if (g_str_equal (tomo_item_get_choice (item, i)->id, id))
      return i + 1;

  g_return_val_if_reached (0);
}

static void
tomo_order_answers_show_outcome (TomoAnswers *self)
{
  TomoItem *item = tomo_answers_get_item (self);
  const char *language = tomo_answers_get_language (self);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      TomoChoiceButton *choice = TOMO_CHOICE_BUTTON (child);
      const char *id = tomo_choice_button_get_id (choice);
      unsigned int right_place = find_right_place (item, id);
      gboolean is_in_place = get_place (self, id) == right_place;
      g_autofree char *number = g_strdup_printf ("%u", right_place);
      g_autofree char *verdict = tomo_i18n_fill (
          tomo_i18n_lookup (language, NULL,
                            is_in_place
                                /* Translators: below one of several steps that the visitor put
                                 * in order; {number} is its place, from 1 */
                                ? N_("Right: this is number {number}")
                                /* Translators: below one of several steps that the visitor put
                                 * in another place; {number} is where it belongs, from 1 */
                                : N_("This belongs in place {number}")),
          "number", number, NULL);

      tomo_choice_button_show_outcome (
          choice, is_in_place ? TOMO_CHOICE_CHOSEN_RIGHT : TOMO_CHOICE_CHOSEN_WRONG, verdict,
          tomo_item_get_choice (item, right_place - 1)->feedback, language);
    }
}

static void
tomo_order_answers_class_init (TomoOrderAnswersClass *klass)
{
  TomoAnswersClass *answers_class = TOMO_ANSWERS_CLASS (klass);

  answers_class->show = tomo_order_answers_show;
  answers_class->get_hint = tomo_order_answers_get_hint;
  answers_class->is_given = tomo_order_answers_is_given;
  answers_class->judge = tomo_order_answers_judge;
  answers_class->show_outcome = tomo_order_answers_show_outcome;
}

static void
tomo_order_answers_init (TomoOrderAnswers *self)
{
}
