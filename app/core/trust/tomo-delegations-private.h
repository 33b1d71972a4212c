/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <jansson.h>
#include <stdint.h>

#include "core/trust/tomo-role-keys-private.h"

G_BEGIN_DECLS

/* A target path that is looked up, with its hash once somebody needs it. */
typedef struct
{
  const char *path;
  char sha256[65]; /* empty until first needed */
} TomoPathQuery;

/* What a targets file delegates, and to whom: named roles in their order, or hash bins (TAP 15). */
typedef struct _TomoDelegations TomoDelegations;

typedef struct
{
  const char *name; /* (not owned) */
  gboolean is_terminating;
} TomoDelegationMatch;

TomoDelegations *tomo_delegations_read (json_t *tree, const char *where, GError **error);
void tomo_delegations_free (TomoDelegations *self);
/* Roles in order of appearance; hash bins count from 0. */
uint64_t tomo_delegations_get_n_roles (TomoDelegations *self);
const char *tomo_delegations_get_name (TomoDelegations *self, uint64_t index);
/* NULL if nothing is delegated to @role. */
TomoRoleKeys *tomo_delegations_get_keys (TomoDelegations *self, const char *role);
/* The next delegation at or after *@position that covers the path. */
gboolean tomo_delegations_next_match (TomoDelegations *self,
                                      uint64_t *position,
                                      TomoPathQuery *query,
                                      TomoDelegationMatch *out_match);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoDelegations, tomo_delegations_free)

G_END_DECLS
