/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The program's own words in any language, whatever the user's own is. */
typedef struct _TomoWords TomoWords;

TomoWords *tomo_words_new (const char *tag);
const char *tomo_words_get (const char *context, const char *msgid);
void tomo_words_free (TomoWords *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoWords, tomo_words_free)

G_END_DECLS
