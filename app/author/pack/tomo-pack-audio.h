/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-findings.h"
#include "author/pack/tomo-source-pack.h"

G_BEGIN_DECLS

/* One file that belongs to an item in one language. */
typedef struct
{
  char *part; /* (owned): what it says: ‘title’, ‘step-1’, ‘choice-a’; empty for the whole tip */
  char *src; /* (owned): relative to the pack */
} TomoPackRecording;

GPtrArray *tomo_pack_audio_list (const TomoSourceItem *item, const char *language);
char *tomo_pack_audio_dup_key (const TomoSourceItem *item, const char *part);
void tomo_pack_audio_check (const TomoSourcePack *pack, GStrv languages, TomoFindings *findings);
gboolean
tomo_pack_audio_read (const char *path, size_t max_bytes, GBytes **out_opus, GError **error);
gboolean tomo_pack_audio_load (const TomoSourcePack *pack,
                               const char *src,
                               GBytes **out_opus,
                               GError **error);

G_END_DECLS
