/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

#include "author/publish/tomo-role-file.h"
#include "author/publish/tomo-signers.h"

G_BEGIN_DECLS

/* More than 16 keys with long names; whoever sends more sends something else. */
#define TOMO_PARTNER_REQUEST_MAX_BYTES (64 * 1024)
#define TOMO_PARTNER_REQUEST_MAX_KEYS 16

/* What a partner asks of the hub: to be let in under its short name, with these keys. One file,
 * mailed once; it is signed by the keys it names, as far as they were at hand. */
typedef struct
{
  char *partner;      /* (owned): ‘jp’ */
  char *name;         /* (owned): what every card shows */
  char *language;     /* (owned): of @name; BCP 47 */
  char *territory;    /* (owned): ISO 3166-1 alpha-2, capitals */
  GStrv domains;      /* (owned): where its links may lead; may be empty */
  TomoSigners *keys;  /* (owned) */
  TomoRoleFile *file; /* (owned) (nullable): as it was read */
} TomoPartnerRequest;

/* One answer each; they give INVALID_DATA. */
gboolean tomo_partner_request_check_partner (const char *partner, GError **error);
gboolean tomo_partner_request_check_name (const char *name, GError **error);
gboolean tomo_partner_request_check_language (const char *language, GError **error);
gboolean tomo_partner_request_check_territory (const char *territory, GError **error);
gboolean tomo_partner_request_check_domain (const char *domain, GError **error);

TomoPartnerRequest *
tomo_partner_request_parse (GBytes *bytes, const char *where, int64_t now_secs, GError **error);
GBytes *tomo_partner_request_write (TomoPartnerRequest *self,
                                    GPtrArray *own_keys,
                                    int64_t now_secs,
                                    GError **error);
void tomo_partner_request_free (TomoPartnerRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoPartnerRequest, tomo_partner_request_free)

G_END_DECLS
