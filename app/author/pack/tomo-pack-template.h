/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-po-file.h"
#include "author/pack/tomo-source-pack.h"

G_BEGIN_DECLS

TomoPoFile *tomo_pack_template_build (const TomoSourcePack *pack);
GBytes *tomo_pack_template_new (const TomoSourcePack *pack, GError **error);
TomoPoFile *tomo_pack_template_build_catalog (const TomoSourcePack *pack,
                                              const char *posix_language,
                                              const char *language_name);

G_END_DECLS
