/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-piece-private.h"
#include "core/content/tomo-text.h"

G_BEGIN_DECLS

TomoText *tomo_text_new_for_piece (GVariant *whole, TomoPiece runs);
void tomo_text_set_recording (TomoText *self, const char *recording);

G_END_DECLS
