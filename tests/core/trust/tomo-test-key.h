/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/trust/tomo-public-key.h"

G_BEGIN_DECLS

/* A key pair made at run time. No private key is ever kept in the tree. */
typedef struct _TomoTestKey TomoTestKey;

typedef enum
{
  TOMO_TEST_KEY_ED25519,
  TOMO_TEST_KEY_ECDSA,
  TOMO_TEST_KEY_RSA,
} TomoTestKeyKind;

TomoTestKey *tomo_test_key_new (TomoTestKeyKind kind);
void tomo_test_key_free (TomoTestKey *self);
/* Borrowed. */
TomoPublicKey *tomo_test_key_get_public (TomoTestKey *self);
/* The specification's id; borrowed. */
const char *tomo_test_key_get_id (TomoTestKey *self);
/* The public value as metadata writes it. */
char *tomo_test_key_dup_value (TomoTestKey *self);
GBytes *tomo_test_key_sign (TomoTestKey *self, GBytes *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoTestKey, tomo_test_key_free)

char *tomo_test_dup_hex (GBytes *bytes);
GBytes *tomo_test_bytes_from_hex (const char *hex);

G_END_DECLS
