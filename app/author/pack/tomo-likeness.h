/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One text, made ready to be held against many. */
typedef struct _TomoLikeness TomoLikeness;

TomoLikeness *tomo_likeness_new (const char *text);
void tomo_likeness_free (TomoLikeness *self);

double tomo_likeness_measure (const TomoLikeness *self, const char *other, double enough);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoLikeness, tomo_likeness_free)

G_END_DECLS
