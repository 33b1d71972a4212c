/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-compiled-private.h"

G_BEGIN_DECLS

/* One partner of a campaign file; all strings are borrowed from that. */
typedef struct
{
  const char *id;
  TomoPiece names; /* a{ss} */
  const char *territory;
  const char **domains; /* (owned) (transfer container) */
} TomoCampaignPartner;

TomoCampaignPartner *
tomo_campaign_partner_new (TomoPiece entry, const char *campaign_where, GError **error);
void tomo_campaign_partner_free (TomoCampaignPartner *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoCampaignPartner, tomo_campaign_partner_free)

G_END_DECLS
