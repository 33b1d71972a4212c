/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-findings.h"
#include "author/pack/tomo-pack-build.h"
#include "press/tomo-press.h"

G_BEGIN_DECLS

/* Stands for the partner of a pack that lies anywhere. */
#define TOMO_PRESS_PREVIEW_PARTNER "preview"

/* What the commands ‘pack …’ share. */
void tomo_press_pack_print_findings (TomoInvocation *self, TomoFindings *findings);
json_t *tomo_press_pack_findings_to_json (TomoFindings *findings);
gboolean tomo_press_pack_write_file (const char *path, GBytes *bytes, GError **error);
TomoBuiltPack *tomo_press_pack_build_into (TomoInvocation *self,
                                           const char *folder,
                                           const char *partner,
                                           const char *output,
                                           GError **error);
GSubprocess *tomo_press_pack_spawn_viewer (const char *const *arguments, GError **error);
gboolean tomo_press_pack_wait_viewer (TomoInvocation *self, GSubprocess *child, GError **error);
gboolean tomo_press_pack_show (TomoInvocation *self,
                               const char *folder,
                               const char *language,
                               GError **error);
char *tomo_press_pack_dup_partner (const char *folder, const char *partner);

G_END_DECLS
