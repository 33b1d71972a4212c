/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-fragment.h"

G_BEGIN_DECLS

/* What never stands in a text, whatever its markup: telephone numbers, addresses, unknown
 * placeholders. */
void tomo_text_rules_check (const TomoFragment *text, const TomoXmlPlace *place);
void tomo_text_rules_compare (const TomoFragment *original,
                              const TomoFragment *translation,
                              const TomoXmlPlace *place);

G_END_DECLS
