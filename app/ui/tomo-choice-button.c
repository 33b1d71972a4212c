/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-choice-button.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-clamp.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-icon.h"
#include "ui/tomo-phrases.h"
#include "ui/tomo-script.h"
#include "ui/tomo-text-label.h"

struct _TomoChoiceButton
{
  GtkToggleButton parent_instance;

  char *id;             /* (owned) (not nullable) */
  char *spoken;         /* (owned) (not nullable): what it says, without number and note */
  const char *language; /* of what it says */
  GtkImage *mark;
  GtkLabel *number;
  GtkLabel *words;
  GtkLabel *note;
  GtkLabel *verdict;
  GtkLabel *feedback;
};

G_DEFINE_TYPE (TomoChoiceButton, tomo_choice_button, GTK_TYPE_TOGGLE_BUTTON)

static const struct
{
  const char *style_class;
  const char *verdict; /* (nullable): marked for translation */
} outcomes[] = {
  [TOMO_CHOICE_OPEN] = { "open", NULL },
  /* Translators: below an answer that the visitor chose and that is right */
  [TOMO_CHOICE_CHOSEN_RIGHT] = { "chosen-right", N_("Your answer: right") },
  /* Translators: below an answer that the visitor chose and that is not right */
  [TOMO_CHOICE_CHOSEN_WRONG] = { "chosen-wrong", N_("Your answer: not right") },
  /* Translators: below a right answer that the visitor did not choose */
  [TOMO_CHOICE_MISSED] = { "missed", N_("This one is right") },
  [TOMO_CHOICE_LEFT] = { "left", NULL },
};
G_STATIC_ASSERT (G_N_ELEMENTS (outcomes) == TOMO_N_CHOICE_OUTCOMES);

/* GtkToggleButton tells assistive technology "pressed"; radio buttons and check boxes are
 * "checked". */
static void
toggled_cb (TomoChoiceButton *self, gpointer user_data)
{
  gboolean is_chosen = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self));

  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED,
      is_chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

static void
tomo_choice_button_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TOMO_TYPE_CHOICE_BUTTON);

  G_OBJECT_CLASS (tomo_choice_button_parent_class)->dispose (object);
}

static void
tomo_choice_button_finalize (GObject *object)
{
  g_clear_pointer (&TOMO_CHOICE_BUTTON (object)->id, g_free);
  g_clear_pointer (&TOMO_CHOICE_BUTTON (object)->spoken, g_free);

  G_OBJECT_CLASS (tomo_choice_button_parent_class)->finalize (object);
}

static void
tomo_choice_button_class_init (TomoChoiceButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tomo_choice_button_dispose;
  object_class->finalize = tomo_choice_button_finalize;

  g_type_ensure (TOMO_TYPE_CLAMP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-choice-button.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoChoiceButton, mark);
  gtk_widget_class_bind_template_child (widget_class, TomoChoiceButton, number);
  gtk_widget_class_bind_template_child (widget_class, TomoChoiceButton, note);
  gtk_widget_class_bind_template_child (widget_class, TomoChoiceButton, words);
  gtk_widget_class_bind_template_child (widget_class, TomoChoiceButton, verdict);
  gtk_widget_class_bind_template_child (widget_class, TomoChoiceButton, feedback);
}

static void
tomo_choice_button_init (TomoChoiceButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->spoken = g_strdup ("");
  self->language = tomo_i18n_get_language ();
  g_signal_connect (self, "toggled", G_CALLBACK (toggled_cb), NULL);
  toggled_cb (self, NULL);
}

/* Says aloud all that is to be seen on it. */
static void
update_name (TomoChoiceButton *self)
{
  GtkLabel *const labels[] = { self->number, self->note, self->verdict, self->feedback };
  g_autoptr(GString) name = g_string_new (self->spoken);

  for (size_t i = 0; i < G_N_ELEMENTS (labels); i++)
    if (gtk_widget_get_visible (GTK_WIDGET (labels[i])))
      tomo_phrases_append_sentence (name, gtk_label_get_text (labels[i]), self->language);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}

/**
 * tomo_choice_button_new:
 * @id: id of the choice
 * @role: %GTK_ACCESSIBLE_ROLE_RADIO or %GTK_ACCESSIBLE_ROLE_CHECKBOX
 *
 * Returns: (transfer floating): a choice without words yet
 */
TomoChoiceButton *
tomo_choice_button_new (const char *id, GtkAccessibleRole role)
{
  TomoChoiceButton *self = g_object_new (TOMO_TYPE_CHOICE_BUTTON, "accessible-role", role, NULL);
  g_autofree char *name = g_strconcat ("choice-", id, NULL);

  self->id = g_strdup (id);
  gtk_widget_set_name (GTK_WIDGET (self), name);
  gtk_widget_add_css_class (GTK_WIDGET (self),
                            (role == GTK_ACCESSIBLE_ROLE_RADIO) ? "one-of" : "any-of");
  return self;
}

const char *
tomo_choice_button_get_id (TomoChoiceButton *self)
{
  g_return_val_if_fail (TOMO_IS_CHOICE_BUTTON (self), NULL);
  return self->id;
}

/**
 * tomo_choice_button_set_words:
 * @self: a choice
 * @words: what it says
 *
 * For answers whose words are the program's: true and false.
 */
void
tomo_choice_button_set_words (TomoChoiceButton *self, const char *words)
{
  g_return_if_fail (TOMO_IS_CHOICE_BUTTON (self));

  gtk_label_set_text (self->words, words);
  tomo_script_mark_needed (GTK_WIDGET (self->words));
  g_free (self->spoken);
  self->spoken = g_strdup (words);
  update_name (self);
}

/**
 * tomo_choice_button_set_text:
 * @self: a choice
 * @text: what it says
 * @language: the item's language
 */
void
tomo_choice_button_set_text (TomoChoiceButton *self, TomoText *text, const char *language)
{
  g_return_if_fail (TOMO_IS_CHOICE_BUTTON (self));

  tomo_text_label_set_runs (self->words, text, language);
  self->language = g_intern_string (language);
  g_free (self->spoken);
  self->spoken = tomo_text_label_dup_plain (text, language);
  update_name (self);
}

/**
 * tomo_choice_button_set_number:
 * @self: a choice
 * @number: from 1, or 0 for none
 *
 * Shows a number in place of the round or square mark: which region of a picture it is, or as
 * which of several things it was touched.
 */
void
tomo_choice_button_set_number (TomoChoiceButton *self, unsigned int number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  g_return_if_fail (TOMO_IS_CHOICE_BUTTON (self));
  gtk_label_set_text (self->number, text);
  gtk_widget_set_visible (GTK_WIDGET (self->number), number > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->mark), number == 0);
  update_name (self);
}

/**
 * tomo_choice_button_set_note:
 * @self: a choice
 * @note: (nullable): a line below its words
 * @language: the item's language
 */
void
tomo_choice_button_set_note (TomoChoiceButton *self, TomoText *note, const char *language)
{
  g_return_if_fail (TOMO_IS_CHOICE_BUTTON (self));

  if (note != NULL)
    tomo_text_label_set_runs (self->note, note, language);
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  update_name (self);
}

static void
show_mark (TomoChoiceButton *self, TomoChoiceOutcome outcome)
{
  gtk_widget_set_visible (GTK_WIDGET (self->mark), TRUE);
  if (outcome == TOMO_CHOICE_CHOSEN_RIGHT || outcome == TOMO_CHOICE_MISSED)
    tomo_icon_show (self->mark, tomo_phrases_get_verdict_icon (TOMO_VERDICT_RIGHT));
  else if (outcome == TOMO_CHOICE_CHOSEN_WRONG)
    tomo_icon_show (self->mark, tomo_phrases_get_verdict_icon (TOMO_VERDICT_WRONG));
}

/**
 * tomo_choice_button_show_outcome:
 * @self: a choice
 * @outcome: what became of it
 * @verdict: (nullable): what to say of it in place of the usual words
 * @feedback: (nullable): what the author says to who chose it
 * @language: the item's language
 *
 * Ends the choosing: word and shape say what is right, and nothing can be changed any more.
 */
void
tomo_choice_button_show_outcome (TomoChoiceButton *self,
                                 TomoChoiceOutcome outcome,
                                 const char *verdict,
                                 TomoText *feedback,
                                 const char *language)
{
  g_return_if_fail (TOMO_IS_CHOICE_BUTTON (self));
  g_return_if_fail (outcome < TOMO_N_CHOICE_OUTCOMES);

  if (verdict == NULL && outcomes[outcome].verdict != NULL)
    verdict = tomo_i18n_lookup (language, NULL, outcomes[outcome].verdict);

  gtk_widget_add_css_class (GTK_WIDGET (self), outcomes[outcome].style_class);
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  show_mark (self, outcome);
  if (verdict != NULL)
    {
      gtk_label_set_text (self->verdict, verdict);
      tomo_script_mark_needed (GTK_WIDGET (self->verdict));
      gtk_widget_set_visible (GTK_WIDGET (self->verdict), TRUE);
    }
  if (feedback != NULL && !tomo_text_is_empty (feedback))
    {
      tomo_text_label_set_runs (self->feedback, feedback, language);
      gtk_widget_set_visible (GTK_WIDGET (self->feedback), TRUE);
    }
  update_name (self);
}
