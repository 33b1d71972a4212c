/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-source-pack.h"

G_BEGIN_DECLS

void tomo_source_check (const TomoSourcePack *pack, TomoFindings *findings);

G_END_DECLS
