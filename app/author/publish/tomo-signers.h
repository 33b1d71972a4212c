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
} TomoSigners;

TomoSigners *tomo_signers_new (unsigned int threshold);
TomoSigners *
tomo_signers_new_from_json (json_t *keys, json_t *role, const char *where, GError **error);
void tomo_signers_free (TomoSigners *self);
gboolean tomo_signers_add (TomoSigners *self, TomoPublicKey *key);
gboolean tomo_signers_remove (TomoSigners *self, TomoPublicKey *key);
gboolean tomo_signers_remove_id (TomoSigners *self, const char *id, GError **error);
gboolean tomo_signers_equal (TomoSigners *self, TomoSigners *other);
gboolean tomo_signers_has_id (TomoSigners *self, const char *id);
const char *tomo_signers_find_id (TomoSigners *self, TomoPublicKey *key);
gboolean tomo_signers_check (TomoSigners *self, const char *role, GError **error);
json_t *tomo_signers_to_json (TomoSigners *self, json_t *keys);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoSigners, tomo_signers_free)

G_END_DECLS
