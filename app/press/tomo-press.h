/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/tomo-cli.h"

G_BEGIN_DECLS

/* One command each, in tomo-press-<command>.c; the table in tomo-press.c names them. */
TomoExit tomo_press_pack_new (TomoInvocation *self, GError **error);
TomoExit tomo_press_pack_import (TomoInvocation *self, GError **error);
TomoExit tomo_press_pack_export (TomoInvocation *self, GError **error);
TomoExit tomo_press_pack_check (TomoInvocation *self, GError **error);
TomoExit tomo_press_pack_pot (TomoInvocation *self, GError **error);
TomoExit tomo_press_pack_update_po (TomoInvocation *self, GError **error);
TomoExit tomo_press_pack_audio (TomoInvocation *self, GError **error);
TomoExit tomo_press_pack_stats (TomoInvocation *self, GError **error);
TomoExit tomo_press_pack_build (TomoInvocation *self, GError **error);
TomoExit tomo_press_pack_preview (TomoInvocation *self, GError **error);
TomoExit tomo_press_pack_review (TomoInvocation *self, GError **error);
TomoExit tomo_press_pack_screens (TomoInvocation *self, GError **error);

TomoExit tomo_press_key_new (TomoInvocation *self, GError **error);
TomoExit tomo_press_key_show (TomoInvocation *self, GError **error);
TomoExit tomo_press_key_sign (TomoInvocation *self, GError **error);

TomoExit tomo_press_repo_init (TomoInvocation *self, GError **error);
TomoExit tomo_press_repo_add_partner (TomoInvocation *self, GError **error);
TomoExit tomo_press_repo_change_partner (TomoInvocation *self, GError **error);
TomoExit tomo_press_repo_retire_partner (TomoInvocation *self, GError **error);
TomoExit tomo_press_repo_rotate (TomoInvocation *self, GError **error);
TomoExit tomo_press_repo_audio (TomoInvocation *self, GError **error);
TomoExit tomo_press_repo_stage (TomoInvocation *self, GError **error);
TomoExit tomo_press_repo_receive (TomoInvocation *self, GError **error);
TomoExit tomo_press_repo_renew (TomoInvocation *self, GError **error);
TomoExit tomo_press_repo_sign (TomoInvocation *self, GError **error);
TomoExit tomo_press_repo_payload (TomoInvocation *self, GError **error);
TomoExit tomo_press_repo_attach (TomoInvocation *self, GError **error);
TomoExit tomo_press_repo_publish (TomoInvocation *self, GError **error);
TomoExit tomo_press_repo_status (TomoInvocation *self, GError **error);
TomoExit tomo_press_repo_fingerprint (TomoInvocation *self, GError **error);

TomoExit tomo_press_partner_init (TomoInvocation *self, GError **error);
TomoExit tomo_press_submit (TomoInvocation *self, GError **error);
TomoExit tomo_press_countersign (TomoInvocation *self, GError **error);

G_END_DECLS
