/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

#include "author/pack/tomo-findings.h"
#include "author/publish/tomo-private-key.h"
#include "author/publish/tomo-signers.h"

G_BEGIN_DECLS

/* A campaign's repository on the publisher's disk:
 *
 *   metadata/  targets/    what is published: upload these two and nothing else
 *   staging/               0700: drafts, not yet or not fully signed, and their target files
 *   keys/                  0700: hub keys without passphrase, in demonstration repositories only
 *   repository.conf        demo=, and the lifetimes of roles in days
 *
 * Nothing half-signed is ever visible under metadata/, and the last file that changes there is
 * timestamp.json: a client sees the old state or the new one. */
typedef struct _TomoRepository TomoRepository;

typedef enum
{
  TOMO_REPOSITORY_READ,
  TOMO_REPOSITORY_WRITE, /* takes the lock, or fails with BUSY */
} TomoRepositoryAccess;

/* The roles that are the hub's. */
typedef enum
{
  TOMO_HUB_ROOT,
  TOMO_HUB_TARGETS,
  TOMO_HUB_SNAPSHOT,
  TOMO_HUB_TIMESTAMP,
  TOMO_HUB_CAMPAIGN,
} TomoHubRole;
#define TOMO_N_HUB_ROLES (TOMO_HUB_CAMPAIGN + 1)

const char *tomo_hub_role_get_name (TomoHubRole role);
unsigned int tomo_hub_role_get_default_threshold (TomoHubRole role, unsigned int n_keys);

/* @hub_keys: NULL makes a demonstration repository with keys of its own. */
TomoRepository *tomo_repository_create (const char *folder,
                                        const char *campaign_conf,
                                        TomoSigners *const hub_keys[TOMO_N_HUB_ROLES],
                                        int64_t now_secs,
                                        GError **error);
TomoRepository *tomo_repository_open (const char *folder,
                                      TomoRepositoryAccess access,
                                      int64_t now_secs,
                                      GError **error);
void tomo_repository_free (TomoRepository *self);
gboolean tomo_repository_is_demo (TomoRepository *self);
char *tomo_repository_dup_fingerprint (TomoRepository *self, GError **error);

/* In role order; NULL-terminated. */
GStrv tomo_repository_list_drafts (TomoRepository *self, GError **error);
void tomo_repository_choose_drafts (TomoRepository *self, const char *const *roles);
TomoSigners *tomo_repository_load_keys (TomoRepository *self, const char *role, GError **error);
gboolean tomo_repository_has_partner_entry (TomoRepository *self, const char *partner);

gboolean tomo_repository_add_partner (TomoRepository *self,
                                      const char *partner,
                                      TomoSigners *keys,
                                      GError **error);
gboolean tomo_repository_retire_partner (TomoRepository *self, const char *partner, GError **error);
GStrv tomo_repository_list_joint_roles (TomoRepository *self, const char *partner, GError **error);
gboolean tomo_repository_set_keys (TomoRepository *self,
                                   const char *role,
                                   TomoSigners *keys,
                                   GError **error);
TomoSigners *tomo_repository_new_joint_keys (TomoRepository *self,
                                             const char *partner,
                                             unsigned int threshold,
                                             GError **error);

typedef enum
{
  TOMO_STAGE_DEFAULT = 0,
  TOMO_STAGE_ALLOW_DRAFT = 1 << 0, /* languages that nobody has reviewed */
} TomoStageFlags;

/* What became of one pack. */
typedef struct
{
  char *id;                        /* (owned) */
  unsigned int revision;           /* 0 if the pack was removed */
  unsigned int published_revision; /* 0 if the pack is new */
  gboolean is_changed;             /* differs from what is published */
  gboolean is_raised;              /* pack.xml was changed to @revision */
} TomoStagedPack;

/* @out_staged: (element-type TomoStagedPack) */
gboolean tomo_repository_stage (TomoRepository *self,
                                const char *partner,
                                const char *const *folders,
                                const char *const *removed,
                                TomoStageFlags flags,
                                TomoFindings *findings,
                                GPtrArray **out_staged,
                                GCancellable *cancellable,
                                GError **error);
gboolean
tomo_repository_stage_campaign (TomoRepository *self, const char *campaign_conf, GError **error);
gboolean tomo_repository_renew (TomoRepository *self, const char *role, GError **error);

gboolean
tomo_repository_sign (TomoRepository *self, const char *role, TomoPrivateKey *key, GError **error);
gboolean tomo_repository_count_draft (TomoRepository *self,
                                      const char *role,
                                      unsigned int *out_n_signed,
                                      unsigned int *out_threshold,
                                      GError **error);

GBytes *tomo_repository_encode_payload (TomoRepository *self, const char *role, GError **error);
gboolean tomo_repository_attach (TomoRepository *self,
                                 const char *role,
                                 TomoPublicKey *key,
                                 GBytes *signature,
                                 GError **error);

/* One key that may sign a draft. */
typedef struct
{
  char *id;            /* (owned): as metadata names it */
  char *name;          /* (owned) (nullable): the file it came in */
  gboolean is_former;  /* counts for the published root, and not for the next */
  gboolean has_signed; /* this very draft */
} TomoDraftSigner;

/* Who has signed a draft, and who still may. */
typedef struct
{
  unsigned int n_signed;
  unsigned int threshold;
  unsigned int n_former_signed;  /* by the keys of the published root */
  unsigned int former_threshold; /* 0 unless the draft is of a root with other keys */
  GPtrArray *signers;            /* (owned) (element-type TomoDraftSigner) */
} TomoDraftState;

TomoDraftState *
tomo_repository_load_draft_state (TomoRepository *self, const char *role, GError **error);
void tomo_draft_state_free (TomoDraftState *self);
gboolean tomo_draft_state_is_complete (const TomoDraftState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoDraftState, tomo_draft_state_free)

gboolean tomo_repository_name_keys (TomoRepository *self,
                                    TomoSigners *keys,
                                    const char *const *paths,
                                    GError **error);

typedef enum
{
  TOMO_PUBLISH_DRAFTS,  /* all of them, or none */
  TOMO_PUBLISH_RENEWAL, /* only snapshot and timestamp, as each day; drafts go on waiting */
} TomoPublishWhat;

/* @snapshot_keys, @timestamp_keys: (element-type TomoPrivateKey); NULL in a demonstration. */
gboolean tomo_repository_publish (TomoRepository *self,
                                  TomoPublishWhat what,
                                  GPtrArray *snapshot_keys,
                                  GPtrArray *timestamp_keys,
                                  GCancellable *cancellable,
                                  GError **error);

/* One role, published, drafted, or both. */
typedef struct
{
  char *name;            /* (owned) */
  uint64_t version;      /* 0 if nothing is published */
  int64_t expires_secs;  /* 0 if nothing is published */
  unsigned int n_signed; /* of the published file */
  unsigned int threshold;
  uint64_t draft_version; /* 0 if nothing is drafted */
  unsigned int draft_n_signed;
} TomoRoleStatus;

/* (element-type TomoRoleStatus): root, targets, snapshot, timestamp, then delegated roles. */
GPtrArray *tomo_repository_list_roles (TomoRepository *self, GError **error);
GStrv tomo_repository_list_missing (TomoRepository *self, GPtrArray *roles, GError **error);
int64_t tomo_repository_get_now_secs (TomoRepository *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoRepository, tomo_repository_free)

G_END_DECLS
