/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

#include "core/trust/tomo-delegations-private.h"
#include "core/trust/tomo-envelope-private.h"
#include "core/trust/tomo-role-keys-private.h"
#include "core/trust/tomo-trusted-set.h"

G_BEGIN_DECLS

typedef enum
{
  TOMO_METADATA_ROOT,
  TOMO_METADATA_TIMESTAMP,
  TOMO_METADATA_SNAPSHOT,
  TOMO_METADATA_TARGETS,
} TomoMetadataType;
#define TOMO_N_METADATA_TYPES (TOMO_METADATA_TARGETS + 1)

/* What timestamp says of snapshot, and snapshot of the targets files. */
typedef struct
{
  uint64_t version;
  gboolean has_length;
  uint64_t length; /* bytes */
  char *sha256;    /* (owned) (nullable): lower-case hex, as all hashes here */
  char *sha512;    /* (owned) (nullable) */
} TomoListing;

/* The inside of one metadata file, of which it was verified who signed it. Immutable but for
 * @signers. */
typedef struct
{
  TomoMetadataType type;
  char *role; /* (owned): ‘root’ … ‘targets’, or the name of a delegated role */
  uint64_t version;
  int64_t expires_secs;
  int64_t signed_on_secs; /* `x-tomoshibi-signed-on`, else 0 */
  char *sha256;           /* (owned): of the file as received */
  char *sha512;           /* (owned) */
  size_t size;
  GPtrArray *signers; /* (owned) (nullable) (element-type TomoPublicKey): of whom it was verified */

  /* Root. */
  gboolean has_consistent_snapshots;
  TomoRoleKeys *role_keys[TOMO_N_METADATA_TYPES]; /* (owned) */

  /* Timestamp and snapshot. */
  GHashTable *listings; /* (owned) (nullable) (element-type utf8 TomoListing): by role */

  /* Targets and delegated roles. */
  GHashTable *targets; /* (owned) (nullable) (element-type utf8 TomoTrustTarget): by path */
  TomoDelegations *delegations; /* (owned) (nullable) */
} TomoMetadata;

TomoMetadata *tomo_metadata_read (TomoEnvelope *envelope,
                                  TomoMetadataType type,
                                  const char *role,
                                  GError **error);
void tomo_metadata_free (TomoMetadata *self);
/* Every target path fits design.md section 8, and has the hash that the store names it by. */
gboolean tomo_metadata_check_target_rules (TomoMetadata *self, GError **error);
TomoListing *tomo_metadata_get_listing (TomoMetadata *self, const char *role);
/* Whether a file is the one that @self describes: version, length, hashes. */
gboolean tomo_listing_check (const TomoListing *self,
                             const char *role,
                             uint64_t version,
                             size_t size,
                             const char *sha256,
                             const char *sha512,
                             GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoMetadata, tomo_metadata_free)

G_END_DECLS
