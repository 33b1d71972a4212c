/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether cards of this campaign say that demonstration keys signed them. */
typedef enum
{
  TOMO_CAMPAIGN_REAL,
  TOMO_CAMPAIGN_DEMO,
} TomoCampaignKind;

/* campaign.conf, written by people, and what is made of it: campaign/campaign.k1.gz, and the
 * recordings beside it. */
GBytes *tomo_campaign_source_compile (const char *path,
                                      TomoCampaignKind kind,
                                      GPtrArray **out_media,
                                      GError **error);
GPtrArray *tomo_campaign_source_list_sentences (const char *path, GError **error);

G_END_DECLS
