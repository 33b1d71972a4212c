/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdint.h>

#include "author/publish/tomo-private-key.h"
#include "author/publish/tomo-signers.h"

G_BEGIN_DECLS

/* The metadata file of one role while it is written: what is signed, and who has signed it. */
typedef struct _TomoRoleFile TomoRoleFile;

TomoRoleFile *tomo_role_file_new (const char *type);
TomoRoleFile *
tomo_role_file_parse (GBytes *bytes, size_t max_bytes, const char *where, GError **error);
void tomo_role_file_free (TomoRoleFile *self);
json_t *tomo_role_file_get_signed (TomoRoleFile *self);
uint64_t tomo_role_file_get_version (TomoRoleFile *self);
int64_t tomo_role_file_get_expires_secs (TomoRoleFile *self);
unsigned int tomo_role_file_get_n_signatures (TomoRoleFile *self);
void tomo_role_file_stamp (TomoRoleFile *self,
                           uint64_t version,
                           int64_t now_secs,
                           unsigned int lifetime_days);
gboolean
tomo_role_file_sign (TomoRoleFile *self, const char *key_id, TomoPrivateKey *key, GError **error);
void tomo_role_file_add_signature (TomoRoleFile *self, const char *key_id, GBytes *signature);
GBytes *tomo_role_file_encode_payload (TomoRoleFile *self, GError **error);
gboolean
tomo_role_file_drop_signatures (TomoRoleFile *self, TomoSigners *keys, TomoSigners *former);
unsigned int tomo_role_file_count_signatures (TomoRoleFile *self, TomoSigners *keys);
gboolean tomo_role_file_is_signed_by (TomoRoleFile *self, TomoSigners *keys, unsigned int index);
GBytes *tomo_role_file_dump (TomoRoleFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoRoleFile, tomo_role_file_free)

G_END_DECLS
