/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

#include "author/publish/tomo-partner-request.h"
#include "author/publish/tomo-private-key.h"

G_BEGIN_DECLS

/* What a partner keeps, on its own machine:
 *
 *   partner.conf      who it is, where the campaign is published, and its fingerprint
 *   packs/PACK/       what it publishes
 *   ROLE/PACK/        what it publishes jointly, such as jp-th/family
 *   keys/             0700: its keys, as far as they were made here
 *   CC-request.json   what is mailed to the hub, once
 *   published/        a verified copy of what the campaign has of this partner; may be deleted
 *   CC-N.tomo-submission   what travels between those who sign, and to the hub */
typedef struct _TomoPartnerFolder TomoPartnerFolder;

/* A key that is made here, and how it is protected. */
typedef struct
{
  TomoPrivateKey *key;    /* (owned) */
  const char *passphrase; /* (nullable): borrowed; NULL leaves the key unprotected */
} TomoPartnerKey;

#define TOMO_PARTNER_CONF "partner.conf"
#define TOMO_PARTNER_FIRST_PACK "first"

gboolean tomo_partner_folder_create (const char *path,
                                     TomoPartnerRequest *request,
                                     const TomoPartnerKey *keys,
                                     size_t n_keys,
                                     const char *address,
                                     int64_t now_secs,
                                     GCancellable *cancellable,
                                     GError **error);
TomoPartnerFolder *tomo_partner_folder_open (const char *path, GError **error);
/* For one who only signs: made when it is first needed. */
TomoPartnerFolder *
tomo_partner_folder_open_or_start (const char *path, const char *partner, GError **error);
void tomo_partner_folder_free (TomoPartnerFolder *self);
const char *tomo_partner_folder_get_path (TomoPartnerFolder *self);
const char *tomo_partner_folder_get_partner (TomoPartnerFolder *self);
const char *tomo_partner_folder_get_address (TomoPartnerFolder *self);
const char *tomo_partner_folder_get_fingerprint (TomoPartnerFolder *self);
/* Which campaign this is: written once it was verified. */
gboolean tomo_partner_folder_pin (TomoPartnerFolder *self,
                                  const char *address,
                                  const char *fingerprint,
                                  GError **error);
GStrv tomo_partner_folder_list_packs (TomoPartnerFolder *self, const char *role, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoPartnerFolder, tomo_partner_folder_free)

G_END_DECLS
