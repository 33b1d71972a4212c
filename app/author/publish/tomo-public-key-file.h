/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/trust/tomo-public-key.h"

G_BEGIN_DECLS

/* FILE.pub: a public key as a TUF JSON key object. This is what is mailed to the hub. Read are
 * also PEM and DER, as tokens and the openssl program write them. */
TomoPublicKey *tomo_public_key_file_read (const char *path, GError **error);
TomoPublicKey *tomo_public_key_file_parse (GBytes *bytes, const char *path, GError **error);
gboolean tomo_public_key_file_write (const char *path, TomoPublicKey *key, GError **error);

G_END_DECLS
