/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/tomo-config.h"

G_BEGIN_DECLS

/* What reading (tomo-config.c) and writing (tomo-config-edit.c) agree on. */
#define TOMO_CONFIG_GROUP_PREFIX "campaign "

/* One group of one file, for those who read its keys. */
typedef struct
{
  GKeyFile *file;
  const char *group;
  const char *path; /* of the file */
} TomoConfigGroup;

gboolean tomo_config_refuse_value (const TomoConfigGroup *from,
                                   const char *key,
                                   const char *value,
                                   const char *wanted,
                                   GError **error);
gboolean tomo_config_merge_number (const TomoConfigGroup *from,
                                   const char *key,
                                   unsigned int min,
                                   unsigned int max,
                                   unsigned int *number,
                                   GError **error);
void tomo_config_mention_unknown_keys (const TomoConfigGroup *from, const char *const *known);
gboolean
tomo_campaign_config_merge (TomoCampaignConfig *self, const TomoConfigGroup *from, GError **error);
gboolean
tomo_kiosk_config_merge (TomoKioskConfig *self, const TomoConfigGroup *from, GError **error);

GBytes *tomo_config_load_limited (const char *path, size_t max_bytes, GError **error);
TomoConfig *tomo_config_load_layers (const char *const *files, size_t n_system, GError **error);
gboolean tomo_config_check_name (const char *name, const char *where, GError **error);
char *tomo_config_dup_system_folder (void);
char *tomo_config_dup_user_file (void);

G_END_DECLS
