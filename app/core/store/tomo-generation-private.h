/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/store/tomo-generation.h"
#include "core/store/tomo-store-private.h"

G_BEGIN_DECLS

struct _TomoGeneration
{
  char *path; /* (owned) (nullable): %NULL when it was only parsed */
  uint64_t number;
  uint64_t n_objects;
  GVariant *properties; /* (owned) (not nullable) */
  GVariant *files;      /* (owned) (not nullable) */
  GMutex mutex;         /* for @objects */
  TomoBlocks *objects;  /* (owned) (nullable): opened when they are asked for */
};

TomoStoredObject tomo_generation_read_file (GVariant *files, size_t index);

G_END_DECLS
