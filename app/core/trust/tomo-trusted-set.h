/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

#include "core/trust/tomo-trust-check.h"

G_BEGIN_DECLS

/* Limits before parsing, design.md section 8. */
#define TOMO_TRUST_MAX_ROOT_BYTES 512000
#define TOMO_TRUST_MAX_TIMESTAMP_BYTES 16384
#define TOMO_TRUST_MAX_SNAPSHOT_BYTES 2000000
#define TOMO_TRUST_MAX_TARGETS_BYTES 5000000
#define TOMO_TRUST_MAX_ROOT_STEPS 1024
#define TOMO_TRUST_MAX_ROLES 256
#define TOMO_TRUST_MAX_DEPTH 4

/* Where bytes come from: the local cache may be expired, what is fetched may not. */
typedef enum
{
  TOMO_TRUST_LOCAL,
  TOMO_TRUST_REMOTE,
} TomoTrustSource;

/* What a target must be. Strings are borrowed from the set, for as long as it lives. */
typedef struct
{
  const char *path;
  const char *role;   /* who signed for it */
  const char *sha256; /* lower-case hex; never NULL unless foreign targets are allowed */
  const char *sha512; /* (nullable): lower-case hex */
  uint64_t size;
} TomoTrustTarget;

/* What is known of a delegated role, as one delegator sees it. A role that two roles delegate to
 * is two of these, since each may trust other keys. Strings are borrowed as above. */
typedef struct
{
  const char *name;
  const char *delegator;   /* ‘targets’ or another delegated role */
  unsigned int depth;      /* 1 for roles that ‘targets’ delegates to */
  uint64_t listed_version; /* in snapshot; 0 if snapshot does not list it */
  size_t max_bytes;        /* the length in snapshot, or TOMO_TRUST_MAX_TARGETS_BYTES */
  gboolean is_loaded;
  int64_t expires_secs;   /* of the loaded file, else 0 */
  uint64_t version;       /* of the loaded file, else 0 */
  int64_t signed_on_secs; /* ‘x-tomoshibi-signed-on’, else 0 */
} TomoTrustRole;

/* The client workflow of TUF 1.0.34 section 5 as a state machine: bytes, keys and a time go in, a
 * verdict comes out. No file, no network, no clock. Each update_… either takes the bytes in or
 * leaves the set as it was.
 *
 * Errors: INVALID_DATA (not metadata of this type, or over a limit), UNTRUSTED (threshold not met,
 * hash or version not as listed), STALE (expired, or an older version than already trusted),
 * UNSUPPORTED (spec_version other than 1.x). Messages name the role and the version. */
typedef struct _TomoTrustedSet TomoTrustedSet;

TomoTrustedSet *tomo_trusted_set_new (GBytes *root, int64_t now_secs, GError **error);
void tomo_trusted_set_free (TomoTrustedSet *self);
/* From the root that @self has come to trust; takes @self. */
TomoTrustedSet *tomo_trusted_set_restart (TomoTrustedSet *self, int64_t now_secs);
/* For repositories of others (the conformance program): any target path, SHA-512 alone will do. */
void tomo_trusted_set_allow_foreign_targets (TomoTrustedSet *self);

/* Root chain: update_root() takes exactly the next version; finish_root() checks the expiry of the
 * last one, and no other update is accepted before it. */
gboolean tomo_trusted_set_update_root (TomoTrustedSet *self, GBytes *bytes, GError **error);
gboolean tomo_trusted_set_finish_root (TomoTrustedSet *self, GError **error);
uint64_t tomo_trusted_set_get_root_version (TomoTrustedSet *self);
const char *tomo_trusted_set_get_root_sha256 (TomoTrustedSet *self);
/* TRUE if any key of timestamp or snapshot was withdrawn on the way from the first root: the local
 * timestamp and snapshot must then be dropped (fast-forward recovery), and are refused here. */
gboolean tomo_trusted_set_keys_rotated (TomoTrustedSet *self);
gboolean tomo_trusted_set_has_consistent_snapshots (TomoTrustedSet *self);
/* TRUE once a timestamp or snapshot was refused for being older than the trusted one: a mirror or a
 * stick that is behind, which is no alarm (design.md section 8), unlike one that has expired. */
gboolean tomo_trusted_set_saw_older (TomoTrustedSet *self);

/* @out_changed: FALSE if the version is the one already trusted (the bytes are then ignored). */
gboolean tomo_trusted_set_update_timestamp (TomoTrustedSet *self,
                                            GBytes *bytes,
                                            TomoTrustSource source,
                                            gboolean *out_changed,
                                            GError **error);
gboolean tomo_trusted_set_update_snapshot (TomoTrustedSet *self,
                                           GBytes *bytes,
                                           TomoTrustSource source,
                                           GError **error);
gboolean tomo_trusted_set_update_targets (TomoTrustedSet *self,
                                          const char *role,
                                          const char *delegator,
                                          GBytes *bytes,
                                          TomoTrustSource source,
                                          GError **error);
/* The same in steps, of which tomo_trust_check_run() between them may be done in any thread. */
TomoTrustCheck *tomo_trusted_set_begin_targets (TomoTrustedSet *self,
                                                const char *role,
                                                const char *delegator,
                                                GBytes *bytes);
gboolean tomo_trusted_set_end_targets (TomoTrustedSet *self,
                                       TomoTrustCheck *check,
                                       TomoTrustSource source,
                                       GError **error);
/* Whether what is loaded of @role (‘snapshot’, ‘targets’, a delegated role) is what is listed now
 * and has not expired; if not, it must be fetched. */
gboolean tomo_trusted_set_is_current (TomoTrustedSet *self, const char *role);
uint64_t tomo_trusted_set_get_timestamp_version (TomoTrustedSet *self);
uint64_t tomo_trusted_set_get_snapshot_version (TomoTrustedSet *self);
uint64_t tomo_trusted_set_get_targets_version (TomoTrustedSet *self);
int64_t tomo_trusted_set_get_expires_secs (TomoTrustedSet *self, const char *role);
int64_t tomo_trusted_set_get_signed_on_secs (TomoTrustedSet *self, const char *role);
/* File names under metadata/ and sizes, consistent snapshots and percent-encoding applied. For
 * ‘root’ that of the next version. NULL for a role that is not listed. */
char *tomo_trusted_set_dup_file_name (TomoTrustedSet *self, const char *role);
char *tomo_trusted_set_dup_cache_name (const char *role);
size_t tomo_trusted_set_get_max_bytes (TomoTrustedSet *self, const char *role);

/* The walk: roles reached by delegation in pre-order from what is loaded. Load those wanted, ask
 * again until nothing new appears. */
GPtrArray *tomo_trusted_set_list_roles (TomoTrustedSet *self); /* (element-type TomoTrustRole) */
/* The targets that count: allowed by every delegation on the way, first role in order wins. */
GPtrArray *
tomo_trusted_set_list_targets (TomoTrustedSet *self); /* (element-type TomoTrustTarget) */
/* The same for one role; @out_missing: a set of the roles that the verdict on others waits for. */
GPtrArray *tomo_trusted_set_list_role_targets (TomoTrustedSet *self,
                                               const char *role,
                                               const char *prefix,
                                               GHashTable *out_missing);
gboolean tomo_trusted_set_find_target (TomoTrustedSet *self,
                                       const char *path,
                                       TomoTrustTarget *out_target,
                                       TomoTrustRole *out_missing,
                                       GError **error);

/* For a sick role: whether earlier accepted files of @role and those below it still carry
 * thresholds of the keys that their delegators name, from today’s keys downwards. Version and
 * expiry are not looked at. On success gives the targets that those files list and the delegations
 * allow. */
typedef GBytes *(*TomoTrustLoadFunc) (const char *role, gpointer user_data);
GPtrArray *tomo_trusted_set_list_kept_targets (TomoTrustedSet *self,
                                               const char *role,
                                               TomoTrustLoadFunc load,
                                               gpointer load_data,
                                               TomoTrustRole *out_role,
                                               GError **error);

/* Time floor, design.md section 8: the newest `x-tomoshibi-signed-on` of root and targets. */
int64_t tomo_trusted_set_get_floor_secs (TomoTrustedSet *self, char **out_key_ids);
/* Whether root still names every one of @key_ids for root or targets; else the floor that came
 * with them is dropped. */
gboolean tomo_trusted_set_names_keys (TomoTrustedSet *self, const char *key_ids);

gboolean
tomo_trusted_set_check_target (const TomoTrustTarget *target, GBytes *bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoTrustedSet, tomo_trusted_set_free)

G_END_DECLS
