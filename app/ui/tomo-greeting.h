/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOMO_TYPE_GREETING (tomo_greeting_get_type ())
G_DECLARE_FINAL_TYPE (TomoGreeting, tomo_greeting, TOMO, GREETING, GtkWidget)

GtkWidget *tomo_greeting_new (const char *name, const char *language);
void tomo_greeting_set_teaser (TomoGreeting *self, const char *title);
int tomo_greeting_get_words_px (TomoGreeting *self);
int tomo_greeting_fit (TomoGreeting *self, int height_px);

G_END_DECLS
