/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdint.h>

#include "core/content/tomo-pack.h"

G_BEGIN_DECLS

/* Filled in by tomo-pack-read.c, read by tomo-pack.c. */
struct _TomoPack
{
  GVariant *variant; /* (owned) (not nullable); all strings are borrowed from it */
  const char *partner;
  const char *id;
  const char *language;
  const char *source_language;
  const char *title;
  uint32_t revision;
  const char *verified_on;
  const char *license;
  const char **fallback; /* (owned) (transfer container) */
  const char **pictures; /* (owned) (transfer container) */
  const char **audio;    /* (owned) (transfer container) */
  size_t n_audio;
  GStrv media;             /* (owned): names of the files of both */
  const char **incomplete; /* (owned) (transfer container) */
  gboolean is_sample;
  gboolean is_draft;
  gboolean is_sensitive;
  GPtrArray *items; /* (owned) (element-type TomoItem): sorted by id */
};

G_END_DECLS
