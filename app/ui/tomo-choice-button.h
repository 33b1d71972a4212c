/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/content/tomo-item.h"

G_BEGIN_DECLS

/* One answer to choose. A toggle button, because GTK 4.8's check button has no action for assistive
 * technology; its role says radio button or check box. */
#define TOMO_TYPE_CHOICE_BUTTON (tomo_choice_button_get_type ())
G_DECLARE_FINAL_TYPE (TomoChoiceButton, tomo_choice_button, TOMO, CHOICE_BUTTON, GtkToggleButton)

/* What became of an answer. */
typedef enum
{
  TOMO_CHOICE_OPEN,
  TOMO_CHOICE_CHOSEN_RIGHT,
  TOMO_CHOICE_CHOSEN_WRONG,
  TOMO_CHOICE_MISSED, /* right, but not chosen */
  TOMO_CHOICE_LEFT,   /* wrong, and not chosen */
} TomoChoiceOutcome;
#define TOMO_N_CHOICE_OUTCOMES (TOMO_CHOICE_LEFT + 1)

TomoChoiceButton *tomo_choice_button_new (const char *id, GtkAccessibleRole role);
const char *tomo_choice_button_get_id (TomoChoiceButton *self);
void tomo_choice_button_set_words (TomoChoiceButton *self, const char *words);
void tomo_choice_button_set_text (TomoChoiceButton *self, TomoText *text, const char *language);
void tomo_choice_button_set_number (TomoChoiceButton *self, unsigned int number);
void tomo_choice_button_set_note (TomoChoiceButton *self, TomoText *note, const char *language);
void tomo_choice_button_show_outcome (TomoChoiceButton *self,
                                      TomoChoiceOutcome outcome,
                                      const char *verdict,
                                      TomoText *feedback,
                                      const char *language);

G_END_DECLS
