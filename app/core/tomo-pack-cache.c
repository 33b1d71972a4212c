/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-pack-cache-private.h"

typedef struct
{
  char *object;   /* (owned) */
  TomoPack *pack; /* (owned) */
} CachedPack;

struct _TomoPackCache
{
  GQueue packs; /* (element-type CachedPack): the last used first */
};

static void
cached_pack_free (gpointer data)
{
  CachedPack *self = data;

  g_free (self->object);
  tomo_pack_unref (self->pack);
  g_free (self);
}

/**
 * tomo_pack_cache_new:
 *
 * Makes a cache with nothing in it.
 *
 * Returns: (transfer full): a cache
 */
TomoPackCache *
tomo_pack_cache_new (void)
{
  TomoPackCache *self = g_new0 (TomoPackCache, 1);
  g_queue_init (&self->packs);

  return self;
}

/**
 * tomo_pack_cache_free:
 * @self: (transfer full): a cache
 *
 * Frees @self. Packs that somebody else refers to stay open.
 */
void
tomo_pack_cache_free (TomoPackCache *self)
{
  g_return_if_fail (self != NULL);

  tomo_pack_cache_clear (self);
  g_free (self);
}

/**
 * tomo_pack_cache_find:
 * @self: a cache
 * @object: the SHA-256 of a compiled pack
 *
 * Finds a pack, which is then the last to be dropped.
 *
 * Returns: (transfer none) (nullable): the pack; %NULL if it is not in memory
 */
TomoPack *
tomo_pack_cache_find (TomoPackCache *self, const char *object)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (object != NULL, NULL);

  for (GList *link = self->packs.head; link != NULL; link = link->next)
    {
      CachedPack *cached = link->data;
      if (g_str_equal (cached->object, object))
        {
          g_queue_unlink (&self->packs, link);
          g_queue_push_head_link (&self->packs, link);
          return cached->pack;
        }
    }

  return NULL;
}

/**
 * tomo_pack_cache_add:
 * @self: a cache, in which @object is not
 * @object: the SHA-256 of a compiled pack
 * @pack: what it was opened as
 *
 * Keeps a reference to @pack. If that is one pack more than %TOMO_PACK_CACHE_MAX_PACKS, the one
 * that nobody has asked for the longest is dropped.
 */
void
tomo_pack_cache_add (TomoPackCache *self, const char *object, TomoPack *pack)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (object != NULL);
  g_return_if_fail (pack != NULL);

  CachedPack *cached = g_new0 (CachedPack, 1);
  cached->object = g_strdup (object);
  cached->pack = tomo_pack_ref (pack);
  g_queue_push_head (&self->packs, cached);
  if (self->packs.length > TOMO_PACK_CACHE_MAX_PACKS)
    cached_pack_free (g_queue_pop_tail (&self->packs));
}

/**
 * tomo_pack_cache_clear:
 * @self: a cache
 *
 * Drops all packs: what is current may have changed.
 */
void
tomo_pack_cache_clear (TomoPackCache *self)
{
  g_return_if_fail (self != NULL);

  g_queue_clear_full (&self->packs, cached_pack_free);
}
