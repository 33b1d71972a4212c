/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ui/tomo-scene.h"

G_BEGIN_DECLS

/* The button by which a page is read aloud, and, while it is, the two for the volume. tomo-page.c
 * puts it on every page that can be said; pages know nothing of it. */
#define TOMO_TYPE_LISTEN_LINE (tomo_listen_line_get_type ())
G_DECLARE_FINAL_TYPE (TomoListenLine, tomo_listen_line, TOMO, LISTEN_LINE, GtkBox)

gboolean tomo_listen_line_is_needed (TomoScene *scene, GtkWidget *page, const char *language);
GtkWidget *tomo_listen_line_new (TomoScene *scene, GtkWidget *page, const char *language);
void tomo_listen_line_begin_anew (TomoListenLine *self);
void tomo_listen_line_read_aside (TomoScene *scene, GtkWidget *widget);

G_END_DECLS
