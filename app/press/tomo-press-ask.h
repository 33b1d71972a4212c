/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/tomo-cli.h"

G_BEGIN_DECLS

/* Questions on a terminal. Gives FALSE with an error for an answer that will not do. */
typedef gboolean (*TomoPressCheckFunc) (const char *answer, GError **error);

gboolean tomo_press_can_ask (void);
char *tomo_press_ask (TomoInvocation *self,
                      const char *question,
                      const char *suggestion,
                      TomoPressCheckFunc check,
                      GError **error);
gboolean
tomo_press_confirm (TomoInvocation *self, const char *question, const char *word, GError **error);

G_END_DECLS
