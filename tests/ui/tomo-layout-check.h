/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tests/ui/tomo-stage.h"

G_BEGIN_DECLS

unsigned int tomo_layout_check (TomoStage *stage, const char *page);

G_END_DECLS
