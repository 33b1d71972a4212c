/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/content/tomo-campaign.h"

G_BEGIN_DECLS

/* What a page would say aloud, in reading order: what stands on it, label by label, in one
 * language. No page lists its words a second time; it marks those that are not the program’s. */
typedef struct _TomoScript TomoScript;

void tomo_script_mark_content (GtkWidget *widget, const char *recording);
void tomo_script_mark_needed (GtkWidget *label);
void tomo_script_mark_card (GtkWidget *widget, const char *recording);

TomoScript *tomo_script_new (GtkWidget *page, const char *language, TomoCampaign *campaign);
void tomo_script_free (TomoScript *self);
gboolean tomo_script_is_recorded (const TomoScript *self);
const char *const *tomo_script_get_recordings (const TomoScript *self);
const char *tomo_script_get_text (const TomoScript *self);
const char *tomo_script_get_language (const TomoScript *self);
GStrv tomo_script_dup_sentences (const TomoScript *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoScript, tomo_script_free)

G_END_DECLS
