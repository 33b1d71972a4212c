/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <openssl/evp.h>

#include "core/trust/tomo-public-key.h"

G_BEGIN_DECLS

/* From a key as OpenSSL has it, and as tokens give it out, to a key as TUF metadata writes it. */
TomoPublicKey *tomo_public_key_new_from_pkey (EVP_PKEY *pkey, GError **error);

G_END_DECLS
