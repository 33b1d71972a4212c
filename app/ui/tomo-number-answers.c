/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-number-answers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/tomo-i18n.h"
#include "ui/tomo-icon.h"
#include "ui/tomo-style.h"

/* TOMO_ITEM_MAX_NUMBER has as many. */
#define MAX_DIGITS 9

struct _TomoNumberAnswers
{
  TomoAnswers parent_instance;

  GtkLabel *typed;
  GtkWidget *keypad;
};

G_DEFINE_TYPE (TomoNumberAnswers, tomo_number_answers, TOMO_TYPE_ANSWERS)

static const char *
get_digits (TomoAnswers *self)
{
  const char *digits = tomo_answers_get_answer (self)[0];

  return digits != NULL ? digits : "";
}

static void
show_digits (TomoNumberAnswers *self)
{
  const char *digits = get_digits (TOMO_ANSWERS (self));
  const char *language = tomo_answers_get_language (TOMO_ANSWERS (self));
  g_autofree char *name = tomo_i18n_fill (
      /* Translators: read aloud: the number that the visitor has typed so far; it may be empty */
      tomo_i18n_lookup (language, NULL, N_("Your number: {number}")), "number", digits, NULL);

  /* An empty line would have no height. */
  gtk_label_set_text (self->typed, digits[0] != '\0' ? digits : "\342\200\213");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->typed), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

static void
set_digits (TomoNumberAnswers *self, const char *digits)
{
  const char *const answer[] = { digits[0] != '\0' ? digits : NULL, NULL };

  tomo_answers_set_answer (TOMO_ANSWERS (self), answer);
  show_digits (self);
}

static void
type_digit (TomoNumberAnswers *self, char digit)
{
  const char *before = get_digits (TOMO_ANSWERS (self));
  /* A leading zero says nothing. */
  g_autofree char *after = g_strdup_printf ("%s%c", g_str_equal (before, "0") ? "" : before, digit);

  if (strlen (after) <= MAX_DIGITS)
    set_digits (self, after);
}

static void
erase_digit (TomoNumberAnswers *self)
{
  g_autofree char *after = g_strdup (get_digits (TOMO_ANSWERS (self)));

  if (after[0] == '\0')
    return;
  after[strlen (after) - 1] = '\0';
  set_digits (self, after);
}

static void
key_clicked_cb (GtkButton *key, TomoNumberAnswers *self)
{
  type_digit (self, gtk_button_get_label (key)[0]);
}

static void
erase_clicked_cb (GtkButton *key, TomoNumberAnswers *self)
{
  erase_digit (self);
}

/* A keyboard types as well, the digits above the letters and those of the block. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                TomoNumberAnswers *self)
{
  if (keyval >= GDK_KEY_0 && keyval <= GDK_KEY_9)
    type_digit (self, (char) ('0' + (keyval - GDK_KEY_0)));
  else if (keyval >= GDK_KEY_KP_0 && keyval <= GDK_KEY_KP_9)
    type_digit (self, (char) ('0' + (keyval - GDK_KEY_KP_0)));
  else if (keyval == GDK_KEY_BackSpace || keyval == GDK_KEY_Delete)
    erase_digit (self);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static void
attach_digit (TomoNumberAnswers *self, char digit, int column, int row)
{
  const char label[] = { digit, '\0' };
  g_autofree char *name = g_strconcat ("key-", label, NULL);
  GtkWidget *key = gtk_button_new_with_label (label);

  gtk_widget_set_name (key, name);
  gtk_widget_add_css_class (key, "key");
  g_signal_connect (key, "clicked", G_CALLBACK (key_clicked_cb), self);
  gtk_grid_attach (GTK_GRID (self->keypad), key, column, row, 1, 1);
}

static void
attach_erase (TomoNumberAnswers *self, int column, int row)
{
  GtkWidget *key = gtk_button_new ();
  const char *language = tomo_answers_get_language (TOMO_ANSWERS (self));

  gtk_button_set_child (GTK_BUTTON (key), tomo_icon_image_new ("tomo-erase-symbolic"));
  gtk_widget_set_name (key, "key-erase");
  gtk_widget_add_css_class (key, "key");
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (key), GTK_ACCESSIBLE_PROPERTY_LABEL,
      /* Translators: read aloud: a key with an arrow, beside the keys with digits */
      tomo_i18n_lookup (language, NULL, N_("Delete the last digit")), -1);
  g_signal_connect (key, "clicked", G_CALLBACK (erase_clicked_cb), self);
  gtk_grid_attach (GTK_GRID (self->keypad), key, column, row, 1, 1);
}

/* As on a telephone; where there is little height, the last row stands beside the others. Numbers
 * are read from left to right everywhere. */
static void
add_keypad (TomoNumberAnswers *self)
{
  gboolean is_wide = tomo_layout_is_wide (tomo_answers_get_layout (TOMO_ANSWERS (self)));

  self->keypad = gtk_grid_new ();
  gtk_widget_set_halign (self->keypad, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->keypad, "keypad");
  gtk_widget_add_css_class (self->keypad, TOMO_STYLE_LEFT_TO_RIGHT);
  for (int i = 0; i < 9; i++)
    attach_digit (self, (char) ('1' + i), i % 3, i / 3);
  attach_digit (self, '0', is_wide ? 3 : 1, is_wide ? 1 : 3);
  attach_erase (self, is_wide ? 3 : 2, is_wide ? 0 : 3);
}

static void
tomo_number_answers_show (TomoAnswers *answers)
{
  TomoNumberAnswers *self = TOMO_NUMBER_ANSWERS (answers);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->typed = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_name (GTK_WIDGET (self->typed), "typed");
  gtk_widget_add_css_class (GTK_WIDGET (self->typed), "typed");
  add_keypad (self);

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  tomo_answers_add (answers, GTK_WIDGET (self->typed));
  tomo_answers_add (answers, self->keypad);
  show_digits (self);
}

static TomoVerdictKind
tomo_number_answers_judge (TomoAnswers *self)
{
  unsigned int number = (unsigned int) g_ascii_strtoull (get_digits (self), NULL, 10);

  return tomo_item_accepts_number (tomo_answers_get_item (self), number) ? TOMO_VERDICT_RIGHT
                                                                         : TOMO_VERDICT_WRONG;
}

static void
tomo_number_answers_show_outcome (TomoAnswers *answers)
{
  TomoNumberAnswers *self = TOMO_NUMBER_ANSWERS (answers);
  TomoItem *item = tomo_answers_get_item (answers);
  const char *language = tomo_answers_get_language (answers);
  g_autofree char *right = g_strdup_printf ("%u", tomo_item_get_number (item));
  const char *pattern = tomo_answers_judge (answers) == TOMO_VERDICT_RIGHT
                            /* Translators: after a right answer that was a number */
                            ? N_("Your answer: {number}. The answer is {answer}.")
                            /* Translators: after a wrong answer that was a number; kind, without
                             * blame */
                            : N_("Your answer was {number}. The answer is {answer}.");
  g_autofree char *words = tomo_i18n_fill (tomo_i18n_lookup (language, NULL, pattern), "number",
                                           get_digits (answers), "answer", right, NULL);

  gtk_label_set_wrap (self->typed, TRUE);
  gtk_label_set_wrap_mode (self->typed, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_text (self->typed, words);
  gtk_widget_add_css_class (GTK_WIDGET (self->typed), "told");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->typed), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  gtk_widget_set_visible (self->keypad, FALSE);
}

static void
tomo_number_answers_class_init (TomoNumberAnswersClass *klass)
{
  TomoAnswersClass *answers_class = TOMO_ANSWERS_CLASS (klass);

  answers_class->show = tomo_number_answers_show;
  answers_class->judge = tomo_number_answers_judge;
  answers_class->show_outcome = tomo_number_answers_show_outcome;
}

static void
tomo_number_answers_init (TomoNumberAnswers *self)
{
}
