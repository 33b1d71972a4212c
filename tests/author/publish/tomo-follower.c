/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/author/publish/tomo-follower.h"

#include "core/tomo-library.h"

/* @root: the first root it was given; the file is read with each update, as a configured one is. */
TomoFollower *
tomo_follower_new (const char *folder, const char *name, const char *root)
{
  TomoFollower *self = g_new0 (TomoFollower, 1);
  g_autofree char *store = g_build_filename (folder, name, NULL);

  self->store = tomo_store_new (store);
  self->campaign = tomo_campaign_config_new ("rehearsal");
  g_free (self->campaign->root);
  self->campaign->root = g_strdup (root);
  return self;
}

void
tomo_follower_free (TomoFollower *self)
{
  g_assert_finalize_object (self->store);
  tomo_campaign_config_free (self->campaign);
  g_free (self);
}

/* An update that must succeed, and find every partner well. */
TomoUpdateOutcome
tomo_follower_follow (TomoFollower *self, const char *location, int64_t now_secs)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoUpdate) update = tomo_update_new (self->store, self->campaign);
  const char *const locations[] = { location, NULL };

  tomo_update_set_locations (update, locations);
  tomo_update_set_now (update, now_secs);
  tomo_update_run (update, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length ((char **) tomo_update_get_kept_partners (update)), ==, 0);
  return tomo_update_get_outcome (update);
}

/* What a visitor reads above a pack, or NULL if it is not there. */
char *
tomo_follower_dup_title (TomoFollower *self, const char *partner, const char *pack)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoLibrary) library = tomo_library_new (self->store, "rehearsal");

  g_assert_true (tomo_library_reload (library, NULL, &error));
  g_assert_no_error (error);
  if (tomo_library_is_empty (library))
    return NULL;

  TomoIndexEntry entry = { 0 };
  g_autoptr(TomoIndex) index = tomo_library_load_index (library, "en", &error);
  g_assert_no_error (error);
  if (!tomo_index_find (index, partner, pack, "long-passphrase", &entry))
    return NULL;

  /* Not only listed: it opens. */
  g_autoptr(TomoItem) item = tomo_library_load_item (library, &entry, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (entry.pack_title);
}
