/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/trust/tomo-metadata-private.h"
#include "core/trust/tomo-trusted-set.h"

G_BEGIN_DECLS

/* That the file of a role was verified with the keys which one delegator names. */
typedef struct
{
  char *delegator; /* (owned) */
  char *role;      /* (owned) */
} TomoTrustEdge;

TomoTrustEdge *tomo_trust_edge_new (const char *delegator, const char *role);
void tomo_trust_edge_free (TomoTrustEdge *self);
unsigned int tomo_trust_edge_hash (const void *edge);
gboolean tomo_trust_edge_equal (const void *a, const void *b);

struct _TomoTrustedSet
{
  int64_t now_secs;
  gboolean allows_foreign_targets;

  TomoMetadata *root; /* (owned) (not nullable) */
  unsigned int n_root_steps;
  gboolean root_is_final;
  gboolean keys_rotated;
  gboolean saw_older;

  TomoMetadata *timestamp; /* (owned) (nullable) */
  TomoMetadata *snapshot; /* (owned) (nullable); may be older than timestamp says, see is_current */

  GHashTable *files; /* (owned) (element-type utf8 TomoMetadata): ‘targets’ and delegated roles */
  GHashTable *edges; /* (owned) (element-type TomoTrustEdge): a set */

  /* Files that count no more, but whose strings may still be in a list that somebody holds. */
  GPtrArray *lenders; /* (owned) (element-type TomoMetadata) */
};

gboolean tomo_trusted_set_is_expired (TomoTrustedSet *self, const TomoMetadata *file);
gboolean
tomo_trusted_set_check_expiry (TomoTrustedSet *self, const TomoMetadata *file, GError **error);
gboolean tomo_trusted_set_check_order (gboolean is_in_order, const char *what, GError **error);
gboolean
tomo_trusted_set_check_listed (TomoMetadata *lister, const TomoMetadata *file, GError **error);
gboolean tomo_trusted_set_has_listed_snapshot (TomoTrustedSet *self);
gboolean tomo_trusted_set_has_edge (TomoTrustedSet *self, const char *delegator, const char *role);
TomoRoleKeys *
tomo_trusted_set_get_role_keys (TomoTrustedSet *self, const char *delegator, const char *role);

G_END_DECLS
