/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-heap.h"

#include <malloc.h>

/**
 * tomo_heap_init:
 *
 * Lets all threads take memory from one place. To be called first in main(), before any thread
 * runs.
 *
 * glibc would give each thread that decodes a picture a heap of its own, up to eight for each
 * processor, and what is left in them over months of visits cannot be used by the others. They take
 * memory too seldom to get in each other’s way.
 */
void
tomo_heap_init (void)
{
#ifdef M_ARENA_MAX
  mallopt (M_ARENA_MAX, 1);
#endif
}
