/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-blocks.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/tomo-digest.h"
#include "core/tomo-error.h"

typedef enum
{
  BLOCK_UNREAD,
  BLOCK_WHOLE,
  BLOCK_DAMAGED,
} BlockState;

/* Room for the whole file is reserved and filled block by block, so that strings stay where they
 * are. The file is not mapped: a page that cannot be read would end the program, and one that is
 * read twice could differ from what was checked. */
struct _TomoBlocks
{
  GBytes *bytes; /* (owned) (nullable): all there is, when nothing has to be read */
  uint8_t *data; /* (owned) if @fd is not -1 */
  size_t size;
  int fd;          /* (owned); -1 if there is none */
  GBytes *digests; /* (owned) (nullable): one after the other */
  char *path;      /* (owned) (nullable): for messages */
  GMutex mutex;    /* for what follows */
  uint8_t *states; /* (owned) (nullable): a BlockState for each block */
  gboolean is_damaged;
};

static void
blocks_clear (gpointer data)
{
  TomoBlocks *self = data;

  if (self->fd >= 0)
    {
      close (self->fd);
      if (self->size > 0)
        munmap (self->data, self->size);
    }
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->digests, g_bytes_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->states, g_free);
  g_mutex_clear (&self->mutex);
}

static size_t
count_blocks (size_t size)
{
  return size / TOMO_BLOCKS_BLOCK_BYTES + (size % TOMO_BLOCKS_BLOCK_BYTES != 0 ? 1 : 0);
}

static size_t
size_of_block (size_t size, size_t index)
{
  return MIN (size - index * TOMO_BLOCKS_BLOCK_BYTES, (size_t) TOMO_BLOCKS_BLOCK_BYTES);
}

/**
 * tomo_blocks_count_digest_bytes:
 * @size: how large a file is
 *
 * Tells how much tomo_blocks_compute_digests() gives for it.
 *
 * Returns: a number of bytes
 */
size_t
tomo_blocks_count_digest_bytes (size_t size)
{
  return count_blocks (size) * TOMO_BLOCKS_DIGEST_BYTES;
}

/**
 * tomo_blocks_compute_digests:
 * @bytes: a whole file
 *
 * Computes what tomo_blocks_new_for_fd() compares the blocks with.
 *
 * Returns: (transfer full): the SHA-256 of each block, one after the other
 */
GBytes *
tomo_blocks_compute_digests (GBytes *bytes)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  size_t size = 0;
  const uint8_t *data = g_bytes_get_data (bytes, &size);
  size_t n_blocks = count_blocks (size);
  g_autofree uint8_t *digests = g_malloc (n_blocks * TOMO_BLOCKS_DIGEST_BYTES + 1);

  for (size_t i = 0; i < n_blocks; i++)
    tomo_digest_compute_sha256 (data + i * TOMO_BLOCKS_BLOCK_BYTES, size_of_block (size, i),
                                digests + i * TOMO_BLOCKS_DIGEST_BYTES);

  return g_bytes_new_take (g_steal_pointer (&digests), n_blocks * TOMO_BLOCKS_DIGEST_BYTES);
}

/**
 * tomo_blocks_new:
 * @bytes: a whole file
 *
 * Makes blocks of what is in memory already; nothing is compared.
 *
 * Returns: (transfer full): the blocks
 */
TomoBlocks *
tomo_blocks_new (GBytes *bytes)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  TomoBlocks *self = g_atomic_rc_box_new0 (TomoBlocks);
  g_mutex_init (&self->mutex);
  self->fd = -1;
  self->bytes = g_bytes_ref (bytes);
  self->data = (uint8_t *) g_bytes_get_data (bytes, &self->size);

  return self;
}

/**
 * tomo_blocks_new_for_fd:
 * @fd: (transfer full): a regular file; closed whatever happens
 * @size: how much of it counts
 * @digests: what tomo_blocks_compute_digests() gave for it, and somebody vouches for
 * @path: names the file, for messages
 * @error: return location for a #GError
 *
 * Makes blocks of a file. None is read yet.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA if @digests do not fit @size, or
 * %TOMO_ERROR_FAILED if there is no room.
 *
 * Returns: (transfer full): the blocks
 */
TomoBlocks *
tomo_blocks_new_for_fd (int fd, size_t size, GBytes *digests, const char *path, GError **error)
{
  g_return_val_if_fail (fd >= 0, NULL);
  g_return_val_if_fail (digests != NULL && path != NULL, NULL);

  g_autoptr(TomoBlocks) self = g_atomic_rc_box_new0 (TomoBlocks);
  g_mutex_init (&self->mutex);
  self->fd = fd;
  self->digests = g_bytes_ref (digests);
  self->path = g_strdup (path);

  if (g_bytes_get_size (digests) != tomo_blocks_count_digest_bytes (size))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s has no sums for its size", path);
      return NULL;
    }

  if (size > 0)
    {
      void *room = mmap (NULL, size, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
      if (room == MAP_FAILED)
        {
          tomo_set_error_from_errno (error, errno, "cannot make room for %s", path);
          return NULL;
        }
      self->data = room;
      self->size = size;
    }
  self->states = g_new0 (uint8_t, count_blocks (size) + 1);

  return g_steal_pointer (&self);
}

/**
 * tomo_blocks_ref:
 * @self: blocks
 *
 * Takes one more reference, in any thread.
 *
 * Returns: (transfer full): @self
 */
TomoBlocks *
tomo_blocks_ref (TomoBlocks *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * tomo_blocks_unref:
 * @self: (transfer full): blocks
 *
 * Gives a reference back, in any thread.
 */
void
tomo_blocks_unref (TomoBlocks *self)
{
  g_atomic_rc_box_release_full (self, blocks_clear);
}

/**
 * tomo_blocks_get_size:
 * @self: blocks
 *
 * Gives the size of the file.
 *
 * Returns: a number of bytes
 */
size_t
tomo_blocks_get_size (TomoBlocks *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

static gboolean
read_block (TomoBlocks *self, size_t index, GError **error)
{
  size_t offset = index * TOMO_BLOCKS_BLOCK_BYTES;
  size_t size = size_of_block (self->size, index);

  for (size_t n_read = 0; n_read < size;)
    {
      ssize_t n =
          pread (self->fd, self->data + offset + n_read, size - n_read, (off_t) (offset + n_read));
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          tomo_set_error_from_errno (error, errno, "cannot read %s", self->path);
          return FALSE;
        }
      /* Too short: the sum will tell. */
      if (n == 0)
        break;
      n_read += (size_t) n;
    }

  return TRUE;
}

static gboolean
is_block_whole (TomoBlocks *self, size_t index)
{
  const uint8_t *digests = g_bytes_get_data (self->digests, NULL);
  uint8_t actual[TOMO_BLOCKS_DIGEST_BYTES];

  tomo_digest_compute_sha256 (self->data + index * TOMO_BLOCKS_BLOCK_BYTES,
                              size_of_block (self->size, index), actual);

  return memcmp (actual, digests + index * TOMO_BLOCKS_DIGEST_BYTES, sizeof actual) == 0;
}

static gboolean
need_block (TomoBlocks *self, size_t index, GError **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->states[index] == BLOCK_UNREAD)
    {
      if (!read_block (self, index, error))
        {
          self->is_damaged = TRUE;
          return FALSE;
        }
      self->states[index] = is_block_whole (self, index) ? BLOCK_WHOLE : BLOCK_DAMAGED;
    }
  if (self->states[index] == BLOCK_WHOLE)
    return TRUE;

  self->is_damaged = TRUE;
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "%s is damaged: run tomoctl verify, then tomoctl sync, to repair it", self->path);
  return FALSE;
}

/**
 * tomo_blocks_get:
 * @self: blocks
 * @offset: where to begin
 * @size: how many bytes are wanted
 * @error: return location for a #GError
 *
 * Gives a part of the file that is as it was written.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA if the part is damaged or not in the file, or
 * %TOMO_ERROR_FAILED if it cannot be read.
 *
 * Returns: (transfer none): @size bytes, which live as long as @self
 */
const uint8_t *
tomo_blocks_get (TomoBlocks *self, size_t offset, size_t size, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (offset > self->size || size > self->size - offset)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s is damaged: something is meant to lie behind its end",
                   self->path != NULL ? self->path : "what was built");
      return NULL;
    }

  if (size == 0)
    return (const uint8_t *) "";

  if (self->fd >= 0)
    for (size_t i = offset / TOMO_BLOCKS_BLOCK_BYTES;
         i <= (offset + size - 1) / TOMO_BLOCKS_BLOCK_BYTES; i++)
      if (!need_block (self, i, error))
        return NULL;

  return self->data + offset;
}

/**
 * tomo_blocks_is_damaged:
 * @self: blocks
 *
 * Tells whether a part was asked for that could not be given.
 *
 * Returns: %TRUE if damage was met
 */
gboolean
tomo_blocks_is_damaged (TomoBlocks *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return self->is_damaged;
}
