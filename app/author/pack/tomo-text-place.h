/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-source-pack.h"

G_BEGIN_DECLS

const TomoSourceItem *tomo_text_place_find_item (const TomoSourcePack *pack,
                                                 const TomoSourceText *text);
const TomoSourceItem *tomo_text_place_find_owner (const TomoSourcePack *pack,
                                                  const TomoSourceText *text);
char **tomo_text_place_dup_answer (const TomoSourceItem *item, const TomoSourceText *text);

G_END_DECLS
