/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdint.h>

#include "core/store/tomo-store.h"
#include "core/tomo-config.h"
#include "core/trust/tomo-trusted-set.h"

G_BEGIN_DECLS

/* A file of metadata under the name that a repository publishes it by. */
typedef struct
{
  char *name;    /* (owned): such as ‘7.jp.json’ */
  GBytes *bytes; /* (owned) */
} TomoHeldFile;

/* What a machine knows of one partner. */
typedef struct
{
  char *name;             /* (owned) */
  uint64_t version;       /* of the file that counts here; zero if none does */
  int64_t signed_on_secs; /* of that file; zero if it does not say */
  int64_t expires_secs;
  gboolean is_current; /* it is the one snapshot lists, and so are the roles below it */
} TomoHeldPartner;

/* The signed metadata that a store holds of a campaign, verified again from the first trusted root
 * on. Nothing is fetched, and nothing counts as expired: whoever needs to know asks. */
typedef struct _TomoHeld TomoHeld;

GPtrArray *tomo_held_load_roots (TomoStore *store,
                                 const TomoCampaignConfig *campaign,
                                 GError **error); /* (element-type TomoHeldFile) */
TomoHeld *tomo_held_new (TomoStore *store, const TomoCampaignConfig *campaign, GError **error);
void tomo_held_free (TomoHeld *self);
TomoTrustedSet *tomo_held_get_set (TomoHeld *self);
GPtrArray *tomo_held_get_roots (TomoHeld *self);     /* (element-type TomoHeldFile) */
GPtrArray *tomo_held_list_partners (TomoHeld *self); /* (element-type TomoHeldPartner) */
GPtrArray *tomo_held_list_files (TomoHeld *self, const char *partner);
gboolean tomo_held_has_partner (TomoHeld *self, const char *partner);
gboolean tomo_held_is_current (TomoHeld *self, const char *partner);
int64_t tomo_held_get_expires_secs (TomoHeld *self);
char *tomo_held_dup_mirror (TomoStore *store, const TomoCampaignConfig *campaign);

void tomo_held_file_free (TomoHeldFile *self);
void tomo_held_partner_free (TomoHeldPartner *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoHeld, tomo_held_free)

G_END_DECLS
