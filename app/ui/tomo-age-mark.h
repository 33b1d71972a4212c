/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>
#include <stdint.h>

G_BEGIN_DECLS

/* One, two or three dots in the corner: content that was fetched within a week, within a month, or
 * longer ago. For operators who pass by; a visitor sees an ornament. */
#define TOMO_TYPE_AGE_MARK (tomo_age_mark_get_type ())
G_DECLARE_FINAL_TYPE (TomoAgeMark, tomo_age_mark, TOMO, AGE_MARK, GtkWidget)

GtkWidget *tomo_age_mark_new (void);
void tomo_age_mark_set_fetched (TomoAgeMark *self, int64_t fetched_secs);
unsigned int tomo_age_mark_count_dots (int64_t age_secs);

G_END_DECLS
