/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "core/store/tomo-generation.h"

G_BEGIN_DECLS

/* What the tests of the store share: a store in a folder of its own, and generations in which every
 * object and file says the same word. */
typedef struct
{
  char *folder;     /* (owned) */
  TomoStore *store; /* (owned): created, not locked */
} TomoStoreTest;

void tomo_store_test_set_up (TomoStoreTest *test, gconstpointer data);
void tomo_store_test_tear_down (TomoStoreTest *test, gconstpointer data);

char *tomo_store_test_add (TomoStore *store, const char *text);
char *tomo_store_test_object_path (TomoStore *store, const char *sha256);
gboolean
tomo_store_test_commit (TomoStore *store, const char *campaign, const char *word, GError **error);
char *tomo_store_test_read_word (TomoStore *store, const char *campaign);
void tomo_store_test_damage (const char *path);
void tomo_store_test_make_old (const char *path, int64_t secs);

G_END_DECLS
