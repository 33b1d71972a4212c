/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ui/tomo-clamp.h"
#include "ui/tomo-scene.h"

G_BEGIN_DECLS

/* Base of all pages. A page is built once, in one language and one layout, from the scene and a
 * place of the visit; when either changes the window throws it away and builds another. */
#define TOMO_TYPE_PAGE (tomo_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (TomoPage, tomo_page, TOMO, PAGE, GtkWidget)

struct _TomoPageClass
{
  GtkWidgetClass parent_class;

  /* How many seconds of reading the page needs at least; %NULL for a menu. More is counted from
   * what stands on it. */
  unsigned int (*get_reading_secs) (TomoPage *self);
  gboolean is_for_a_telephone; /* a code to photograph: who gets a telephone out needs time */
};

TomoPage *tomo_page_new (GType type, TomoScene *scene);
TomoScene *tomo_page_get_scene (TomoPage *self);
TomoVisit *tomo_page_get_visit (TomoPage *self);
const TomoPlace *tomo_page_get_place (TomoPage *self);
gboolean tomo_page_is_wide (TomoPage *self);
void tomo_page_set_columns (TomoPage *self, GtkBox *split, TomoClamp *side);
void tomo_page_set_scroller (TomoPage *self, GtkScrolledWindow *scroller);
GtkScrolledWindow *tomo_page_get_scroller (TomoPage *self);
void tomo_page_set_first_focus (TomoPage *self, GtkWidget *widget);
void tomo_page_save_place (TomoPage *self, TomoPlace *place);
void tomo_page_restore_place (TomoPage *self);
unsigned int tomo_page_get_reading_secs (TomoPage *self);
void tomo_page_set_spoken_language (TomoPage *self, const char *language);
void tomo_page_set_listen_place (TomoPage *self, GtkWidget *above);
void tomo_page_offer_to_listen (TomoPage *self);
gboolean tomo_page_is_for_a_telephone (TomoPage *self);
void tomo_page_fail (TomoPage *self, const GError *error);
const GError *tomo_page_get_error (TomoPage *self);

G_END_DECLS
