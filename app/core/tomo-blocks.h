/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

G_BEGIN_DECLS

/* A large file of which little is looked at: read in blocks, each when something in it is asked
 * for, and each compared with its SHA-256 first. Refcounted, for all threads. */
#define TOMO_BLOCKS_BLOCK_BYTES 16384
#define TOMO_BLOCKS_DIGEST_BYTES 32

typedef struct _TomoBlocks TomoBlocks;

size_t tomo_blocks_count_digest_bytes (size_t size);
GBytes *tomo_blocks_compute_digests (GBytes *bytes);

TomoBlocks *tomo_blocks_new (GBytes *bytes);
TomoBlocks *
tomo_blocks_new_for_fd (int fd, size_t size, GBytes *digests, const char *path, GError **error);
TomoBlocks *tomo_blocks_ref (TomoBlocks *self);
void tomo_blocks_unref (TomoBlocks *self);
size_t tomo_blocks_get_size (TomoBlocks *self);
const uint8_t *tomo_blocks_get (TomoBlocks *self, size_t offset, size_t size, GError **error);
gboolean tomo_blocks_is_damaged (TomoBlocks *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoBlocks, tomo_blocks_unref)

G_END_DECLS
