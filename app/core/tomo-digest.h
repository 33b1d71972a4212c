/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

#define TOMO_DIGEST_SHA256_BYTES 32

void tomo_digest_compute_sha256 (const void *data, size_t size, uint8_t *out_digest);
char *tomo_digest_dup_sha256 (GBytes *bytes);
char *tomo_digest_dup_sha512 (GBytes *bytes);

G_END_DECLS
