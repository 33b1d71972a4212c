/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "core/content/tomo-text.h"

G_BEGIN_DECLS

/* Says whether an answer was right, by word and shape, and why. */
#define TOMO_TYPE_VERDICT (tomo_verdict_get_type ())
G_DECLARE_FINAL_TYPE (TomoVerdict, tomo_verdict, TOMO, VERDICT, GtkWidget)

typedef enum
{
  TOMO_VERDICT_RIGHT,
  TOMO_VERDICT_PARTLY, /* some of several right answers, none wrong */
  TOMO_VERDICT_WRONG,
} TomoVerdictKind;
#define TOMO_N_VERDICT_KINDS (TOMO_VERDICT_WRONG + 1)

GtkWidget *tomo_verdict_new (TomoVerdictKind kind, TomoText *explanation, const char *language);

G_END_DECLS
