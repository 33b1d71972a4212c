/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-piece-private.h"

G_BEGIN_DECLS

gboolean tomo_normal_form_is_certain (TomoPiece plain, const char *type);

G_END_DECLS
