/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

G_BEGIN_DECLS

/* The machine's verified copy, design.md section 9. Knows names, hashes and files; knows nothing
 * of what is in them. Readers take no lock. */
#define TOMO_TYPE_STORE (tomo_store_get_type ())
G_DECLARE_FINAL_TYPE (TomoStore, tomo_store, TOMO, STORE, GObject)

#define TOMO_STORE_FORMAT "2"

char *tomo_store_dup_default_path (void);
TomoStore *tomo_store_new (const char *path);
const char *tomo_store_get_path (TomoStore *self);

/* Readers. */
gboolean tomo_store_exists (TomoStore *self);
gboolean tomo_store_check_format (TomoStore *self, GError **error);
char **tomo_store_list_campaigns (TomoStore *self, GError **error);
char *tomo_store_dup_campaign_path (TomoStore *self, const char *campaign);
gboolean tomo_store_has_object (TomoStore *self, const char *sha256, uint64_t size);
GBytes *
tomo_store_load_object (TomoStore *self, const char *sha256, size_t max_bytes, GError **error);
GBytes *tomo_store_load_metadata (TomoStore *self,
                                  const char *campaign,
                                  const char *name,
                                  size_t max_bytes,
                                  GError **error);

/* Writers: create, lock, change, unlock. */
gboolean tomo_store_create (TomoStore *self, GError **error);
gboolean tomo_store_lock (TomoStore *self, GError **error);
void tomo_store_unlock (TomoStore *self);
gboolean tomo_store_add_object (TomoStore *self, const char *sha256, GBytes *bytes, GError **error);
int64_t tomo_store_get_metadata_secs (TomoStore *self, const char *campaign, const char *name);
gboolean tomo_store_save_metadata (TomoStore *self,
                                   const char *campaign,
                                   const char *name,
                                   GBytes *bytes,
                                   GError **error);
gboolean tomo_store_remove_metadata (TomoStore *self,
                                     const char *campaign,
                                     const char *name,
                                     GError **error);
gboolean tomo_store_remove_campaign (TomoStore *self, const char *campaign, GError **error);
gboolean tomo_store_collect (TomoStore *self, int64_t now_secs, GError **error);

/* Objects that broke off on their way here: their first bytes, for which nothing vouches. */
GBytes *tomo_store_load_begun (TomoStore *self, const char *sha256, size_t max_bytes);
gboolean tomo_store_save_begun (TomoStore *self, const char *sha256, GBytes *bytes, GError **error);
void tomo_store_remove_begun (TomoStore *self, const char *sha256);

/* Called for each object that is missing or whose bytes are not what its name says. */
typedef void (*TomoStoreDamageFunc) (const char *sha256, const GError *error, gpointer user_data);
gboolean tomo_store_verify (TomoStore *self,
                            TomoStoreDamageFunc damage_func,
                            gpointer user_data,
                            size_t *out_n_objects,
                            GCancellable *cancellable,
                            GError **error);

/* A note in private/ that damage was found, so that the next sync looks at every object again
 * instead of stopping at "nothing is new". A store that cannot be read needs no repair by us. */
gboolean tomo_store_mark_repair (TomoStore *self, GError **error);
gboolean tomo_store_needs_repair (TomoStore *self);
gboolean tomo_store_finish_repair (TomoStore *self, GError **error);

G_END_DECLS
