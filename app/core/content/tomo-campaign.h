/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "core/content/tomo-recordings.h"

G_BEGIN_DECLS

/* The campaign file, design.md section 8, signed by the role ‘campaign’. Compiled like a pack:
 * TOMO_PACK_VARIANT_TYPE, gzip, as campaign/campaign.k1.gz.
 *
 * Header:  campaign s, name a{ss} (by language), languages as (in order), url s (https; ‘’: none),
 *          accent s (‘#rrggbb’), demo b,
 *          audio a(sss) (may be absent: language, sentence of the program in English, SHA-256),
 *          logo ay (may be absent: a still PNG within the limits below)
 * Item = partner, by id:  name a{ss}, territory s (ISO 3166-1 alpha-2, capitals, or
 *          TOMO_CAMPAIGN_TERRITORY_COMMON), domains as */
#define TOMO_CAMPAIGN_TARGET "campaign/campaign.k1.gz"
/* The role that signs it, and the first part of its paths. */
#define TOMO_CAMPAIGN_ROLE "campaign"

/* Of a partner whose packs are common to the whole campaign: ‘World’ of UN M.49, as in BCP 47. */
#define TOMO_CAMPAIGN_TERRITORY_COMMON "001"

/* Each start reads the campaign file before anything can be seen, and a logo is drawn a few lines
 * high: on a 4K screen 192 pixels. */
#define TOMO_CAMPAIGN_MAX_LOGO_BYTES (128 * 1024)
#define TOMO_CAMPAIGN_MAX_LOGO_EDGE_PX 720

typedef struct _TomoCampaign TomoCampaign;

TomoCampaign *tomo_campaign_new (GBytes *packed, GError **error);
TomoCampaign *tomo_campaign_ref (TomoCampaign *self);
void tomo_campaign_unref (TomoCampaign *self);
const char *tomo_campaign_get_id (TomoCampaign *self);
const char *tomo_campaign_get_name (TomoCampaign *self, const char *language);
const char *const *tomo_campaign_get_languages (TomoCampaign *self);
const char *tomo_campaign_get_url (TomoCampaign *self);
char *tomo_campaign_dup_address (TomoCampaign *self,
                                 const char *partner,
                                 const char *pack,
                                 const char *item,
                                 const char *language);
const char *tomo_campaign_get_accent (TomoCampaign *self);
GBytes *tomo_campaign_get_logo (TomoCampaign *self);
gboolean tomo_campaign_is_demo (TomoCampaign *self);
const TomoRecordings *tomo_campaign_get_recordings (TomoCampaign *self);
const char *const *tomo_campaign_get_partners (TomoCampaign *self);
gboolean tomo_campaign_has_partner (TomoCampaign *self, const char *partner);
const char *
tomo_campaign_get_partner_name (TomoCampaign *self, const char *partner, const char *language);
const char *
tomo_campaign_get_partner_language (TomoCampaign *self, const char *partner, const char *language);
const char *tomo_campaign_get_partner_territory (TomoCampaign *self, const char *partner);
const char *const *tomo_campaign_get_partner_domains (TomoCampaign *self, const char *partner);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoCampaign, tomo_campaign_unref)

G_END_DECLS
