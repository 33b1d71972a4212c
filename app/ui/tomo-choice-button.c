/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-choice-button.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-i18n.h"
#include "ui/tomo-phrases.h"
#include "ui/tomo-text-label.h"

struct _TomoChoiceButton
{
  GtkToggleButton parent_instance;

  char *id; /* (owned) (not nullable) */
  GtkImage *mark;
  GtkLabel *words;
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

  G_OBJECT_CLASS (tomo_choice_button_parent_class)->finalize (object);
}

static void
tomo_choice_button_class_init (TomoChoiceButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tomo_choice_button_dispose;
  object_class->finalize = tomo_choice_button_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-choice-button.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoChoiceButton, mark);
  gtk_widget_class_bind_template_child (widget_class, TomoChoiceButton, words);
  gtk_widget_class_bind_template_child (widget_class, TomoChoiceButton, verdict);
  gtk_widget_class_bind_template_child (widget_class, TomoChoiceButton, feedback);
}

static void
tomo_choice_button_init (TomoChoiceButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "toggled", G_CALLBACK (toggled_cb), NULL);
  toggled_cb (self, NULL);
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
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
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

  g_autofree char *plain = tomo_text_label_dup_plain (text, language);
  tomo_text_label_set_runs (self->words, text, language);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, plain, -1);
}

static void
show_mark (TomoChoiceButton *self, TomoChoiceOutcome outcome)
{
  if (outcome == TOMO_CHOICE_CHOSEN_RIGHT || outcome == TOMO_CHOICE_MISSED)
    gtk_image_set_from_icon_name (self->mark, tomo_phrases_get_right_icon ());
  else if (outcome == TOMO_CHOICE_CHOSEN_WRONG)
    gtk_image_set_from_icon_name (self->mark, tomo_phrases_get_wrong_icon ());
}

/**
 * tomo_choice_button_show_outcome:
 * @self: a choice
 * @outcome: what became of it
 * @feedback: (nullable): what the author says to who chose it
 * @language: the item's language
 *
 * Ends the choosing: word and shape say what is right, and nothing can be changed any more.
 */
void
tomo_choice_button_show_outcome (TomoChoiceButton *self,
                                 TomoChoiceOutcome outcome,
                                 TomoText *feedback,
                                 const char *language)
{
  g_return_if_fail (TOMO_IS_CHOICE_BUTTON (self));
  g_return_if_fail (outcome < TOMO_N_CHOICE_OUTCOMES);

  const char *verdict = outcomes[outcome].verdict;
  g_autoptr(GString) name = g_string_new (gtk_label_get_text (self->words));

  gtk_widget_add_css_class (GTK_WIDGET (self), outcomes[outcome].style_class);
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  show_mark (self, outcome);
  if (verdict != NULL)
    {
      gtk_label_set_text (self->verdict, tomo_i18n_lookup (language, NULL, verdict));
      gtk_widget_set_visible (GTK_WIDGET (self->verdict), TRUE);
      g_string_append_printf (name, ". %s", gtk_label_get_text (self->verdict));
    }
  if (feedback != NULL && !tomo_text_is_empty (feedback))
    {
      tomo_text_label_set_runs (self->feedback, feedback, language);
      gtk_widget_set_visible (GTK_WIDGET (self->feedback), TRUE);
      g_string_append_printf (name, ". %s", gtk_label_get_text (self->feedback));
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}
