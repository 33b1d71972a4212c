/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/tomo-library.h"

G_BEGIN_DECLS

/* Stands on each card: who publishes it, when it was last reviewed, and whether it is a sample. A
 * touch leads to the page about the card. */
#define TOMO_TYPE_PUBLISHER_LINE (tomo_publisher_line_get_type ())
G_DECLARE_FINAL_TYPE (TomoPublisherLine, tomo_publisher_line, TOMO, PUBLISHER_LINE, GtkButton)

GtkWidget *tomo_publisher_line_new (void);
void tomo_publisher_line_show_entry (TomoPublisherLine *self,
                                     TomoCampaign *campaign,
                                     const TomoIndexEntry *entry);
char *
tomo_publisher_line_dup_name (TomoCampaign *campaign, const char *partner, const char *language);
const char *tomo_publisher_line_get_name_language (TomoCampaign *campaign,
                                                   const char *partner,
                                                   const char *language);
void tomo_publisher_line_set_label (GtkLabel *label,
                                    TomoCampaign *campaign,
                                    const TomoIndexEntry *entry);

G_END_DECLS
