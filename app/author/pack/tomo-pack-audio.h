/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-findings.h"
#include "author/pack/tomo-source-pack.h"

G_BEGIN_DECLS

char *tomo_pack_audio_dup_src (const TomoSourceItem *item, const char *language);
void tomo_pack_audio_check (const TomoSourcePack *pack, GStrv languages, TomoFindings *findings);
gboolean tomo_pack_audio_load (const TomoSourcePack *pack,
                               const TomoSourceItem *item,
                               const char *language,
                               GBytes **out_opus,
                               GError **error);

G_END_DECLS
