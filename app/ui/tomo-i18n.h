/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The programs' own words, in any language, at any moment, on a machine that has no locales but
 * C.UTF-8. Main thread only. How and why: tomo-i18n.c. */
gboolean tomo_i18n_init (void);
void tomo_i18n_set_language (const char *tag);
const char *tomo_i18n_get_language (void);
gboolean tomo_i18n_is_rtl (const char *tag);
const char *const *tomo_i18n_get_languages (void);
const char *const *tomo_i18n_get_desktop_languages (void);
gboolean tomo_i18n_is_whole (const char *tag);
const char *tomo_i18n_lookup (const char *tag, const char *context, const char *msgid);
char *tomo_i18n_fill (const char *pattern, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
