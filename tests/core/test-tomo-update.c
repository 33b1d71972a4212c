/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-update.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/tomo-error.h"
#include "core/tomo-library.h"
#include "tests/author/publish/tomo-rehearsal.h"

#define DAY ((int64_t) 24 * 60 * 60)

/* A published campaign of two partners, and a machine that follows it from a folder. */
typedef struct
{
  char *folder;                 /* (owned) */
  char *repo;                   /* (owned) */
  GPtrArray *jp_keys;           /* (owned) */
  GPtrArray *th_keys;           /* (owned) */
  TomoStore *store;             /* (owned) */
  TomoCampaignConfig *campaign; /* (owned) */
} Fixture;

static void
publish_pack (Fixture *fixture,
              const char *partner,
              GPtrArray *keys,
              const char *title,
              int64_t now_secs)
{
  g_autoptr(TomoRepository) repository = tomo_rehearsal_open (fixture->folder, now_secs);
  g_autofree char *packs = g_build_filename (fixture->folder, partner, NULL);
  g_autofree char *pack = tomo_rehearsal_write_pack (packs, "words", title);

  tomo_rehearsal_stage (repository, partner, pack);
  tomo_rehearsal_sign (repository, partner, keys, 2);
  tomo_rehearsal_publish (repository);
}

static void
set_up (Fixture *fixture, gconstpointer test_data)
{
  fixture->folder = tomo_rehearsal_dup_folder ();
  fixture->repo = g_build_filename (fixture->folder, "repo", NULL);
  fixture->jp_keys = tomo_rehearsal_make_keys (3);
  fixture->th_keys = tomo_rehearsal_make_keys (3);

  TomoRepository *repository = tomo_rehearsal_new_demo (fixture->folder);
  tomo_rehearsal_add_partner (repository, "jp", fixture->jp_keys);
  tomo_rehearsal_add_partner (repository, "th", fixture->th_keys);
  tomo_repository_free (repository);
  publish_pack (fixture, "jp", fixture->jp_keys, "Words of jp", TOMO_REHEARSAL_NOW);
  publish_pack (fixture, "th", fixture->th_keys, "Words of th", TOMO_REHEARSAL_NOW);

  g_autofree char *store = g_build_filename (fixture->folder, "store", NULL);
  fixture->store = tomo_store_new (store);
  fixture->campaign = tomo_campaign_config_new ("rehearsal");
  g_free (fixture->campaign->root);
  fixture->campaign->root = g_build_filename (fixture->repo, "metadata", "1.root.json", NULL);
  g_strfreev (fixture->campaign->urls);
  const char *urls[] = { fixture->repo, NULL };
  fixture->campaign->urls = g_strdupv ((char **) urls);
}

static void
tear_down (Fixture *fixture, gconstpointer test_data)
{
  g_assert_finalize_object (fixture->store);
  tomo_campaign_config_free (fixture->campaign);
  g_ptr_array_unref (fixture->jp_keys);
  g_ptr_array_unref (fixture->th_keys);
  tomo_rehearsal_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->repo);
}

static TomoUpdate *
new_update (Fixture *fixture)
{
  TomoUpdate *update = tomo_update_new (fixture->store, fixture->campaign);
  tomo_update_set_now (update, TOMO_REHEARSAL_NOW + DAY);
  return update;
}

/* Runs an update that must succeed. */
static TomoUpdate *
sync_now (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  TomoUpdate *update = new_update (fixture);

  g_assert_true (tomo_update_run (update, NULL, &error));
  g_assert_no_error (error);
  return update;
}

/* The title of the partner's pack on the screen, or NULL. */
static char *
dup_title (Fixture *fixture, const char *partner)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoLibrary) library = tomo_library_new (fixture->store, "rehearsal");

  g_assert_true (tomo_library_reload (library, NULL, &error));
  g_assert_no_error (error);
  if (tomo_library_is_empty (library))
    return NULL;

  TomoIndexEntry entry = { 0 };
  g_autoptr(TomoIndex) index = tomo_library_load_index (library, "en", &error);
  g_assert_no_error (error);
  if (!tomo_index_find (index, partner, "words", "long-passphrase", &entry))
    return NULL;

  /* Not only listed: it opens. */
  g_autoptr(TomoItem) item = tomo_library_load_item (library, &entry, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (entry.pack_title);
}

static void
assert_titles (Fixture *fixture, const char *jp, const char *th)
{
  g_autofree char *jp_title = dup_title (fixture, "jp");
  g_autofree char *th_title = dup_title (fixture, "th");

  g_assert_cmpstr (jp_title, ==, jp);
  g_assert_cmpstr (th_title, ==, th);
}

static void
assert_kept (TomoUpdate *update, const char *partner)
{
  const char *const *kept = tomo_update_get_kept_partners (update);

  g_assert_cmpuint (g_strv_length ((char **) kept), ==, partner != NULL ? 1 : 0);
  g_assert_cmpstr (kept[0], ==, partner);
}

/* Flips one byte in the middle of the newest file whose path ends as @suffix does. */
static char *
flip_byte (Fixture *fixture, const char *folder, const char *suffix)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->repo, folder, NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, &error);
  g_assert_no_error (error);
  g_autofree char *found = NULL;
  int64_t found_time = 0;

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      GStatBuf status;
      g_assert_cmpint (g_stat (file, &status), ==, 0);
      int64_t changed = (int64_t) status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec;
      if (g_str_has_suffix (name, suffix) && changed >= found_time)
        {
          g_free (found);
          found = g_steal_pointer (&file);
          found_time = changed;
        }
    }
  g_assert_nonnull (found);

  g_autofree char *data = NULL;
  size_t size = 0;
  g_assert_true (g_file_get_contents (found, &data, &size, &error));
  data[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (found, data, (gssize) size, &error));
  return g_steal_pointer (&found);
}

static void
flip_back (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *data = NULL;
  size_t size = 0;

  g_assert_true (g_file_get_contents (path, &data, &size, &error));
  data[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, data, (gssize) size, &error));
}

/* The first sync brings everything, the second asks two questions and stops. */
static void
test_update_first_and_unchanged (Fixture *fixture, gconstpointer test_data)
{
  assert_titles (fixture, NULL, NULL);

  g_autoptr(TomoUpdate) first = sync_now (fixture);
  g_assert_cmpint (tomo_update_get_outcome (first), ==, TOMO_UPDATE_CHANGED);
  assert_kept (first, NULL);
  assert_titles (fixture, "Words of jp", "Words of th");

  g_autoptr(TomoUpdate) second = sync_now (fixture);
  g_assert_cmpint (tomo_update_get_outcome (second), ==, TOMO_UPDATE_UNCHANGED);
  /* The next root is asked for and is not there; timestamp is. */
  g_assert_cmpuint (tomo_update_get_n_fetched (second), ==, 1);
}

/* When one partner publishes, only what changed is fetched: timestamp, snapshot, its role, a pack.
 */
static void
test_update_changed_partner (Fixture *fixture, gconstpointer test_data)
{
  g_object_unref (sync_now (fixture));
  publish_pack (fixture, "jp", fixture->jp_keys, "New words of jp", TOMO_REHEARSAL_NOW + 60);

  g_autoptr(TomoUpdate) update = sync_now (fixture);
  g_assert_cmpint (tomo_update_get_outcome (update), ==, TOMO_UPDATE_CHANGED);
  g_assert_cmpuint (tomo_update_get_n_fetched (update), ==, 4);
  assert_titles (fixture, "New words of jp", "Words of th");
}

/* A byte flipped in a pack or in a partner's list costs that partner's news only: what it said
 * before stays, the others get theirs, and once the repository is whole again all is well. */
static void
test_update_tampered (Fixture *fixture, gconstpointer test_data)
{
  static const struct
  {
    const char *folder;
    const char *suffix;
  } vectors[] = { { "targets/jp/packs/words", ".en.k1.gz" }, { "metadata", ".jp.json" } };

  g_object_unref (sync_now (fixture));
  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      int64_t now = TOMO_REHEARSAL_NOW + 60 * (int64_t) (i + 1);
      g_autofree char *before = dup_title (fixture, "jp");
      g_autofree char *jp = g_strdup_printf ("Jp %" G_GSIZE_FORMAT, i);
      g_autofree char *th = g_strdup_printf ("Th %" G_GSIZE_FORMAT, i);

      g_test_message ("Vector %s", vectors[i].folder);
      publish_pack (fixture, "jp", fixture->jp_keys, jp, now);
      publish_pack (fixture, "th", fixture->th_keys, th, now + 1);
      g_autofree char *flipped = flip_byte (fixture, vectors[i].folder, vectors[i].suffix);

      g_autoptr(TomoUpdate) tampered = sync_now (fixture);
      g_assert_cmpint (tomo_update_get_outcome (tampered), ==, TOMO_UPDATE_CHANGED);
      assert_kept (tampered, "jp");
      assert_titles (fixture, before, th);

      flip_back (flipped);
      g_autoptr(TomoUpdate) whole = sync_now (fixture);
      assert_kept (whole, NULL);
      assert_titles (fixture, jp, th);
    }
}

/* A source that is behind is no failure and changes nothing; a mirror that is not is used. */
static void
test_update_older (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *stick = g_build_filename (fixture->folder, "stick", NULL);
  const char *argv[] = { "cp", "-r", fixture->repo, stick, NULL };
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, &error));
  publish_pack (fixture, "jp", fixture->jp_keys, "New words of jp", TOMO_REHEARSAL_NOW + 60);
  g_object_unref (sync_now (fixture));

  const char *only_stick[] = { stick, NULL };
  g_autoptr(TomoUpdate) older = new_update (fixture);
  tomo_update_set_locations (older, only_stick);
  g_assert_true (tomo_update_run (older, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (tomo_update_get_outcome (older), ==, TOMO_UPDATE_OLDER);
  assert_titles (fixture, "New words of jp", "Words of th");

  publish_pack (fixture, "jp", fixture->jp_keys, "Newest words of jp", TOMO_REHEARSAL_NOW + 120);
  const char *both[] = { stick, "/nonexistent", fixture->repo, NULL };
  g_autoptr(TomoUpdate) newest = new_update (fixture);
  tomo_update_set_locations (newest, both);
  g_assert_true (tomo_update_run (newest, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (tomo_update_get_outcome (newest), ==, TOMO_UPDATE_CHANGED);
  assert_titles (fixture, "Newest words of jp", "Words of th");
}

/* What cannot be trusted or reached is refused with its own code, and what was there stays. */
static void
test_update_refuses (Fixture *fixture, gconstpointer test_data)
{
  g_object_unref (sync_now (fixture));

  g_autoptr(GError) expired = NULL;
  g_autoptr(TomoUpdate) late = new_update (fixture);
  publish_pack (fixture, "jp", fixture->jp_keys, "Too late", TOMO_REHEARSAL_NOW + 60);
  tomo_update_set_now (late, TOMO_REHEARSAL_NOW + 40 * DAY);
  g_assert_false (tomo_update_run (late, NULL, &expired));
  g_assert_error (expired, TOMO_ERROR, TOMO_ERROR_STALE);
  assert_titles (fixture, "Words of jp", "Words of th");

  g_autoptr(GError) offline = NULL;
  g_autofree char *empty = g_build_filename (fixture->folder, "empty", NULL);
  g_assert_cmpint (g_mkdir (empty, 0755), ==, 0);
  const char *nowhere[] = { empty, NULL };
  g_autoptr(TomoUpdate) away = new_update (fixture);
  tomo_update_set_locations (away, nowhere);
  g_assert_false (tomo_update_run (away, NULL, &offline));
  g_assert_error (offline, TOMO_ERROR, TOMO_ERROR_OFFLINE);

  g_autoptr(GError) untrusted = NULL;
  g_autofree char *flipped = flip_byte (fixture, "metadata", ".snapshot.json");
  g_autoptr(TomoUpdate) tampered = new_update (fixture);
  g_assert_false (tomo_update_run (tampered, NULL, &untrusted));
  g_assert_error (untrusted, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
  assert_titles (fixture, "Words of jp", "Words of th");
}

/* A machine that trusts another campaign's root takes nothing in. */
static void
test_update_wrong_root (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *other = tomo_rehearsal_dup_folder ();
  TomoRepository *repository = tomo_rehearsal_new_demo (other);
  tomo_rehearsal_publish (repository);
  tomo_repository_free (repository);
  g_free (fixture->campaign->root);
  fixture->campaign->root = g_build_filename (other, "repo", "metadata", "1.root.json", NULL);

  g_autoptr(TomoUpdate) update = new_update (fixture);
  g_assert_false (tomo_update_run (update, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
  assert_titles (fixture, NULL, NULL);
  tomo_rehearsal_remove_folder (other);
}

/* Limiting a run to one partner fetches less and removes nothing; configuring less does. */
static void
test_update_selection (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;
  const char *only_th[] = { "th", NULL };

  g_object_unref (sync_now (fixture));
  publish_pack (fixture, "jp", fixture->jp_keys, "New words of jp", TOMO_REHEARSAL_NOW + 60);
  publish_pack (fixture, "th", fixture->th_keys, "New words of th", TOMO_REHEARSAL_NOW + 61);

  g_autoptr(TomoUpdate) limited = new_update (fixture);
  tomo_update_set_selection (limited, only_th, NULL);
  g_assert_true (tomo_update_run (limited, NULL, &error));
  g_assert_no_error (error);
  assert_titles (fixture, "Words of jp", "New words of th");

  g_object_unref (sync_now (fixture));
  assert_titles (fixture, "New words of jp", "New words of th");

  fixture->campaign->partners = g_strdupv ((char **) only_th);
  g_object_unref (sync_now (fixture));
  assert_titles (fixture, NULL, "New words of th");
}

/* A language in which a visitor would find next to nothing is stored, but not offered. */
static void
test_update_offered (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;
  g_object_unref (sync_now (fixture));

  g_autoptr(TomoLibrary) library = tomo_library_new (fixture->store, "rehearsal");
  g_assert_true (tomo_library_reload (library, NULL, &error));
  g_assert_true (g_strv_contains (tomo_library_get_languages (library), "en"));
  g_assert_false (tomo_library_is_offered (library, "en"));
}

/* Damage that verify found is mended by the next sync, though the repository has nothing new. */
static void
test_update_repairs (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;
  g_object_unref (sync_now (fixture));

  g_autoptr(TomoLibrary) library = tomo_library_new (fixture->store, "rehearsal");
  g_assert_true (tomo_library_reload (library, NULL, &error));
  g_autoptr(TomoIndex) index = tomo_library_load_index (library, "en", &error);
  TomoIndexEntry entry;
  g_assert_true (tomo_index_get_entry (index, 0, &entry));
  g_autofree char *object =
      g_build_filename (tomo_store_get_path (fixture->store), "objects", entry.object, NULL);
  g_chmod (object, 0644);
  flip_back (object);

  g_assert_true (tomo_store_mark_repair (fixture->store, &error));
  g_autoptr(TomoUpdate) update = sync_now (fixture);
  g_assert_cmpint (tomo_update_get_outcome (update), ==, TOMO_UPDATE_CHANGED);
  g_assert_false (tomo_store_needs_repair (fixture->store));
  assert_titles (fixture, "Words of jp", "Words of th");
}

/* Somebody who asks to stop is obeyed, and a second writer is told that it is not alone. */
static void
test_update_cancelled_and_busy (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) cancelled = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  g_autoptr(TomoUpdate) update = new_update (fixture);
  g_assert_false (tomo_update_run (update, cancellable, &cancelled));
  g_assert_error (cancelled, TOMO_ERROR, TOMO_ERROR_CANCELLED);

  g_autoptr(GError) busy = NULL;
  g_autoptr(TomoStore) other = tomo_store_new (tomo_store_get_path (fixture->store));
  g_assert_true (tomo_store_lock (other, &busy));
  g_assert_no_error (busy);
  g_assert_false (tomo_update_run (update, NULL, &busy));
  g_assert_error (busy, TOMO_ERROR, TOMO_ERROR_BUSY);
  tomo_store_unlock (other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/update/first-and-unchanged", test_update_first_and_unchanged);
  ADD ("/update/changed-partner", test_update_changed_partner);
  ADD ("/update/tampered", test_update_tampered);
  ADD ("/update/older", test_update_older);
  ADD ("/update/refuses", test_update_refuses);
  ADD ("/update/wrong-root", test_update_wrong_root);
  ADD ("/update/selection", test_update_selection);
  ADD ("/update/offered", test_update_offered);
  ADD ("/update/repairs", test_update_repairs);
  ADD ("/update/cancelled-and-busy", test_update_cancelled_and_busy);
#undef ADD
  return g_test_run ();
}
