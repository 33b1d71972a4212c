/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "core/trust/tomo-public-key.h"

G_BEGIN_DECLS

/* A key that signs: Ed25519 (the kind we make), ECDSA P-256 or RSA. Lives in a PEM file (PKCS#8),
 * normally encrypted with a passphrase. Immutable, refcounted. */
typedef struct _TomoPrivateKey TomoPrivateKey;

/* Called only for a file that is encrypted. Gives the passphrase of @path, to be freed with
 * tomo_passphrase_free(), or NULL with @error set. */
typedef char *(*TomoPassphraseFunc) (const char *path, gpointer user_data, GError **error);

#define TOMO_PASSPHRASE_MAX_BYTES 1000

void tomo_passphrase_free (char *passphrase);

TomoPrivateKey *tomo_private_key_generate (GError **error);
TomoPrivateKey *tomo_private_key_load (const char *path,
                                       TomoPassphraseFunc ask,
                                       gpointer user_data,
                                       GError **error);
TomoPrivateKey *tomo_private_key_ref (TomoPrivateKey *self);
void tomo_private_key_unref (TomoPrivateKey *self);
gboolean tomo_private_key_save (TomoPrivateKey *self,
                                const char *path,
                                const char *passphrase,
                                GError **error);
TomoPublicKey *tomo_private_key_get_public (TomoPrivateKey *self);
GBytes *tomo_private_key_sign (TomoPrivateKey *self, GBytes *message, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoPrivateKey, tomo_private_key_unref)

G_END_DECLS
