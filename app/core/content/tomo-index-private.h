/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-index.h"

G_BEGIN_DECLS

/* (format version, language, entries). An entry is partner, pack, item, title, topic, age, risk,
 * language, object, pack title, picture, verified-on, kind, flags. Not signed and never leaves the
 * machine: a newer program builds it anew from the packs. */
#define TOMO_INDEX_FORMAT 1
#define TOMO_INDEX_ENTRY_VARIANT_TYPE "(ssssssssssssyy)"
#define TOMO_INDEX_VARIANT_TYPE "(usa" TOMO_INDEX_ENTRY_VARIANT_TYPE ")"

enum
{
  TOMO_INDEX_FLAG_COMPLETE = 1 << 0,
  TOMO_INDEX_FLAG_SAMPLE = 1 << 1,
  TOMO_INDEX_FLAG_DRAFT = 1 << 2,
  TOMO_INDEX_FLAG_SENSITIVE = 1 << 3,
};

G_END_DECLS
