/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdint.h>

#include "core/store/tomo-store.h"
#include "core/tomo-config.h"
#include "core/tomo-update.h"

G_BEGIN_DECLS

/* A machine that shows what a repository publishes, for tests of what publishing does to it. */
typedef struct
{
  TomoStore *store;             /* (owned) */
  TomoCampaignConfig *campaign; /* (owned) */
} TomoFollower;

TomoFollower *tomo_follower_new (const char *folder, const char *name, const char *root);
void tomo_follower_free (TomoFollower *self);
TomoUpdateOutcome tomo_follower_follow (TomoFollower *self, const char *location, int64_t now_secs);
char *tomo_follower_dup_title (TomoFollower *self, const char *partner, const char *pack);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoFollower, tomo_follower_free)

G_END_DECLS
