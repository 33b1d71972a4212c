/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <jansson.h>

#include "core/trust/tomo-envelope-private.h"
#include "core/trust/tomo-public-key.h"

G_BEGIN_DECLS

/* Who may sign for a role, and how many of them must. Once read it does not change, and any thread
 * may hold a reference. */
typedef struct
{
  GPtrArray *ids;         /* (owned) (element-type utf8) */
  GPtrArray *keys;        /* (owned) (element-type TomoPublicKey): beside ids; NULL if unusable */
  unsigned int threshold; /* at least 1 */
} TomoRoleKeys;

/* (element-type utf8 TomoPublicKey): the `keys` of root or of a delegation; without those that
 * this build cannot use. */
GHashTable *tomo_role_keys_read_table (json_t *keys, const char *where, GError **error);
TomoRoleKeys *
tomo_role_keys_read (json_t *role, GHashTable *table, const char *where, GError **error);
TomoRoleKeys *tomo_role_keys_ref (TomoRoleKeys *self);
void tomo_role_keys_unref (TomoRoleKeys *self);
gboolean tomo_role_keys_verify (TomoRoleKeys *self,
                                TomoEnvelope *envelope,
                                GPtrArray **out_signers,
                                GError **error);
gboolean tomo_role_keys_withdraws (TomoRoleKeys *self, TomoRoleKeys *earlier);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoRoleKeys, tomo_role_keys_unref)

G_END_DECLS
