/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/tomo-update.h"
#include "tests/core/trust/tomo-test-repo.h"

G_BEGIN_DECLS

#define TOMO_UPDATE_RIG_DAY ((int64_t) 24 * 60 * 60)

/* A machine, and a campaign of the partners jp and th whose every byte of metadata a test can
 * choose and sign: roles ‘campaign’, ‘jp’ and ‘th’, each partner with the packs ‘words’ and ‘more’.
 * Made with real packs, and published in version 1. */
typedef struct
{
  char *folder;                 /* (owned) */
  char *source;                 /* (owned): what a mirror serves */
  TomoTestRepo *repo;           /* (owned) */
  json_t *lists;                /* (owned): all that there is: role → path → target */
  TomoStore *store;             /* (owned) */
  TomoCampaignConfig *campaign; /* (owned) */
  int64_t now_secs;
} TomoUpdateRig;

void tomo_update_rig_set_up (TomoUpdateRig *rig, gconstpointer data);
void tomo_update_rig_tear_down (TomoUpdateRig *rig, gconstpointer data);
void tomo_update_rig_list (TomoUpdateRig *rig, const char *role, const char *path);
void tomo_update_rig_publish (TomoUpdateRig *rig, const char *raised);
void tomo_update_rig_write (TomoUpdateRig *rig, const char *name, GBytes *bytes);
char *tomo_update_rig_dup_path (TomoUpdateRig *rig, const char *name);
char *tomo_update_rig_copy (TomoUpdateRig *rig, const char *name);
void tomo_update_rig_use (TomoUpdateRig *rig, const char *first, const char *second);
TomoUpdate *tomo_update_rig_run (TomoUpdateRig *rig, GError **error);
void tomo_update_rig_sync (TomoUpdateRig *rig, TomoUpdateOutcome outcome, const char *kept);
char *tomo_update_rig_dup_shown (TomoUpdateRig *rig, TomoStore *store);
void tomo_update_rig_assert_shown (TomoUpdateRig *rig, const char *shown);

G_END_DECLS
