/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/tomo-config.h"

G_BEGIN_DECLS

/* What reading (tomo-config.c) and writing (tomo-config-edit.c) agree on. */
#define TOMO_CONFIG_GROUP_PREFIX "campaign "

gboolean tomo_config_check_name (const char *name, const char *where, GError **error);
char *tomo_config_dup_system_folder (void);
char *tomo_config_dup_user_file (void);

G_END_DECLS
