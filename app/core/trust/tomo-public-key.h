/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <jansson.h>

G_BEGIN_DECLS

/* A public key as TUF metadata writes it: keytype, scheme, public value. Ed25519, ECDSA P-256
 * (ecdsa-sha2-nistp256) and RSA-PSS (rsassa-pss-sha256). Immutable, refcounted. */
typedef struct _TomoPublicKey TomoPublicKey;

TomoPublicKey *
tomo_public_key_new (const char *keytype, const char *scheme, const char *value, GError **error);
TomoPublicKey *tomo_public_key_new_from_json (json_t *key, GError **error);
TomoPublicKey *tomo_public_key_ref (TomoPublicKey *self);
void tomo_public_key_unref (TomoPublicKey *self);
json_t *tomo_public_key_to_json (TomoPublicKey *self);
/* The specification's id: SHA-256 of the canonical JSON of the key. */
char *tomo_public_key_dup_spec_id (TomoPublicKey *self);
/* Equal only if type, scheme and public value are. */
gboolean tomo_public_key_equal (TomoPublicKey *self, TomoPublicKey *other);
gboolean tomo_public_key_verify (TomoPublicKey *self, GBytes *message, GBytes *signature);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoPublicKey, tomo_public_key_unref)

G_END_DECLS
