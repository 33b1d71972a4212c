/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <jansson.h>

#include "core/trust/tomo-public-key.h"

G_BEGIN_DECLS

/* Who may sign a role, and how many of them must. The same key counts once, whatever its ids. */
typedef struct
{
  GPtrArray *ids;  /* (owned) (element-type utf8): as metadata names the keys */
  GPtrArray *keys; /* (owned) (element-type TomoPublicKey): at the same indices */
  unsigned int threshold;
} TomoRoleKeys;

TomoRoleKeys *tomo_role_keys_new (unsigned int threshold);
TomoRoleKeys *tomo_role_keys_new_from_json (json_t *keys, json_t *role, const char *where,
                                            GError **error);
void tomo_role_keys_free (TomoRoleKeys *self);
gboolean tomo_role_keys_add (TomoRoleKeys *self, TomoPublicKey *key);
const char *tomo_role_keys_find_id (TomoRoleKeys *self, TomoPublicKey *key);
gboolean tomo_role_keys_check (TomoRoleKeys *self, const char *role, GError **error);
json_t *tomo_role_keys_to_json (TomoRoleKeys *self, json_t *keys);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoRoleKeys, tomo_role_keys_free)

G_END_DECLS
