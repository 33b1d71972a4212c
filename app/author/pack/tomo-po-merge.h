/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-po-file.h"

G_BEGIN_DECLS

void tomo_po_merge (TomoPoFile *into, TomoPoFile *translation);

G_END_DECLS
