/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/content/tomo-text.h"

G_BEGIN_DECLS

GtkWidget *tomo_text_label_new (const char *text);
void tomo_text_label_set_title (GtkLabel *label, const char *text);
void tomo_text_label_set_runs (GtkLabel *label, TomoText *text, const char *language);
void tomo_text_label_set_part_language (GtkLabel *label, const char *part, const char *language);
char *tomo_text_label_dup_plain (TomoText *text, const char *language);

G_END_DECLS
