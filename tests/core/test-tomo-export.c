/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-export.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/store/tomo-generation.h"
#include "core/tomo-error.h"
#include "core/tomo-export-stick.h"
#include "core/tomo-library.h"
#include "core/tomo-update.h"
#include "tests/author/publish/tomo-rehearsal.h"
#include "tests/support/tomo-fixture.h"

#define DAY ((int64_t) 24 * 60 * 60)

/* A published campaign, a machine that follows it, and a stick. */
typedef struct
{
  char *folder;                 /* (owned) */
  char *repo;                   /* (owned) */
  char *stick;                  /* (owned) */
  char *tree;                   /* (owned) */
  GPtrArray *keys;              /* (owned) */
  TomoStore *store;             /* (owned) */
  TomoCampaignConfig *campaign; /* (owned) */
} Fixture;

static void
publish_pack (Fixture *fixture, const char *partner, const char *id, const char *title)
{
  g_autoptr(TomoRepository) repository = tomo_rehearsal_open (fixture->folder, TOMO_REHEARSAL_NOW);
  g_autofree char *packs = g_build_filename (fixture->folder, partner, NULL);
  g_autofree char *pack = tomo_rehearsal_write_pack (packs, id, title);

  tomo_rehearsal_stage (repository, partner, pack);
  tomo_rehearsal_sign (repository, partner, fixture->keys, 2);
  tomo_rehearsal_publish (repository);
}

static TomoStore *
new_store (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  return tomo_store_new (path);
}

static void
set_up (Fixture *fixture, gconstpointer test_data)
{
  fixture->folder = tomo_rehearsal_dup_folder ();
  fixture->repo = g_build_filename (fixture->folder, "repo", NULL);
  fixture->stick = g_build_filename (fixture->folder, "stick", NULL);
  fixture->tree = g_build_filename (fixture->stick, "tomoshibi", "rehearsal", NULL);
  fixture->keys = tomo_rehearsal_make_keys (3);
  g_assert_cmpint (g_mkdir (fixture->stick, 0755), ==, 0);

  TomoRepository *repository = tomo_rehearsal_new_demo (fixture->folder);
  tomo_rehearsal_add_partner (repository, "jp", fixture->keys);
  tomo_rehearsal_add_partner (repository, "th", fixture->keys);
  tomo_repository_free (repository);
  publish_pack (fixture, "jp", "words", "Old words of jp");
  publish_pack (fixture, "th", "words", "Old words of th");

  fixture->store = new_store (fixture, "store");
  fixture->campaign = tomo_campaign_config_new ("rehearsal");
  g_free (fixture->campaign->root);
  fixture->campaign->root = g_build_filename (fixture->repo, "metadata", "1.root.json", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer test_data)
{
  g_assert_finalize_object (fixture->store);
  tomo_campaign_config_free (fixture->campaign);
  g_ptr_array_unref (fixture->keys);
  tomo_rehearsal_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->repo);
  g_free (fixture->stick);
  g_free (fixture->tree);
}

/* Brings @store up to date from @location, as far as @stick goes. */
static TomoUpdate *
sync_from (Fixture *fixture, TomoStore *store, const char *location, TomoExportStick *stick)
{
  g_autoptr(GError) error = NULL;
  const char *locations[] = { location, NULL };
  TomoUpdate *update = tomo_update_new (store, fixture->campaign);

  tomo_update_set_now (update, TOMO_REHEARSAL_NOW + DAY);
  tomo_update_set_locations (update, locations);
  if (stick != NULL)
    tomo_update_set_selection (update, (const char *const *) stick->partners,
                               (const char *const *) stick->languages);
  g_assert_true (tomo_update_run (update, NULL, &error));
  g_assert_no_error (error);
  return update;
}

static void
sync_machine (Fixture *fixture)
{
  g_autoptr(TomoUpdate) update = sync_from (fixture, fixture->store, fixture->repo, NULL);
  g_assert_cmpint (tomo_update_get_outcome (update), !=, TOMO_UPDATE_OLDER);
}

static char *
dup_title (TomoStore *store, const char *partner)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoLibrary) library = tomo_library_new (store, "rehearsal");
  TomoIndexEntry entry = { 0 };

  g_assert_true (tomo_library_reload (library, NULL, &error));
  g_assert_no_error (error);
  g_autoptr(TomoIndex) index = tomo_library_load_index (library, "en", &error);
  g_assert_no_error (error);
  if (!tomo_index_find (index, partner, "words", "long-passphrase", &entry))
    return NULL;

  g_autoptr(TomoItem) item = tomo_library_load_item (library, &entry, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (entry.pack_title);
}

static void
assert_titles (TomoStore *store, const char *jp, const char *th)
{
  g_autofree char *jp_title = dup_title (store, "jp");
  g_autofree char *th_title = dup_title (store, "th");

  g_assert_cmpstr (jp_title, ==, jp);
  g_assert_cmpstr (th_title, ==, th);
}

static gboolean
export_partners (Fixture *fixture, const char *partner, GError **error)
{
  const char *partners[] = { partner, NULL };
  g_autoptr(TomoExport) export = tomo_export_new (fixture->store, fixture->campaign);

  if (partner != NULL)
    tomo_export_set_selection (export, partners, NULL);
  return tomo_export_run (export, fixture->stick, NULL, error);
}

static void
export_now (Fixture *fixture, const char *partner)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (export_partners (fixture, partner, &error));
  g_assert_no_error (error);
}

static TomoExportStick *
load_stick (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  TomoExportStick *stick = NULL;

  g_assert_true (tomo_export_stick_load (fixture->tree, &stick, &error));
  g_assert_no_error (error);
  g_assert_nonnull (stick);
  return stick;
}

/* The campaign’s recordings go with the languages they are in; a machine that is filled from a
 * stick with fewer does not miss the others. */
static void
test_export_recordings (Fixture *fixture, gconstpointer test_data)
{
  static const struct
  {
    const char *languages[2];
    gboolean has_recording;
  } vectors[] = { { { "en", NULL }, FALSE }, { { NULL }, TRUE } };
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  g_autofree char *sha256 = tomo_fixture_dup_sha256 (opus);
  g_autoptr(TomoRepository) repository = tomo_rehearsal_open (fixture->folder, TOMO_REHEARSAL_NOW);

  tomo_rehearsal_publish_recording (repository, fixture->folder, "ja");
  sync_machine (fixture);
  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TomoExport) export = tomo_export_new (fixture->store, fixture->campaign);
      const char *const *languages = vectors[i].languages[0] != NULL ? vectors[i].languages : NULL;

      tomo_export_set_selection (export, NULL, languages);
      g_assert_true (tomo_export_run (export, fixture->stick, NULL, &error));
      g_assert_no_error (error);
      g_autofree char *name = g_strdup_printf ("other-%" G_GSIZE_FORMAT, i);
      g_autoptr(TomoStore) other = new_store (fixture, name);
      g_autoptr(TomoExportStick) stick = load_stick (fixture);
      g_autoptr(TomoUpdate) update = sync_from (fixture, other, fixture->tree, stick);
      assert_titles (other, "Old words of jp", "Old words of th");
      g_assert_true (tomo_store_has_object (other, sha256, g_bytes_get_size (opus)) ==
                     vectors[i].has_recording);
    }
}

/* A machine that has nothing gets from the stick what the other one has. */
static void
test_export_whole (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(TomoStore) other = new_store (fixture, "other");

  sync_machine (fixture);
  export_now (fixture, NULL);
  g_autoptr(TomoExportStick) stick = load_stick (fixture);
  g_assert_null (stick->languages);
  g_autoptr(TomoUpdate) update = sync_from (fixture, other, fixture->tree, stick);

  g_assert_cmpint (tomo_update_get_outcome (update), ==, TOMO_UPDATE_CHANGED);
  g_assert_cmpuint (g_strv_length ((char **) tomo_update_get_kept_partners (update)), ==, 0);
  assert_titles (other, "Old words of jp", "Old words of th");
}

/* A partner that is not on the stick is not sick for that, and keeps what it had. */
static void
test_export_one_partner (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(TomoStore) other = new_store (fixture, "other");
  g_autoptr(TomoUpdate) before = sync_from (fixture, other, fixture->repo, NULL);

  publish_pack (fixture, "jp", "words", "New words of jp");
  publish_pack (fixture, "th", "words", "New words of th");
  sync_machine (fixture);
  export_now (fixture, "jp");
  g_autoptr(TomoExportStick) stick = load_stick (fixture);
  g_assert_cmpstr (stick->partners[0], ==, "jp");
  g_assert_null (stick->partners[1]);
  g_autoptr(TomoUpdate) update = sync_from (fixture, other, fixture->tree, stick);

  g_assert_cmpuint (g_strv_length ((char **) tomo_update_get_kept_partners (update)), ==, 0);
  assert_titles (other, "New words of jp", "Old words of th");
}

/* Written again, the stick holds what is listed now and nothing of before. */
static void
test_export_again (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *photo = g_build_filename (fixture->stick, "photo.jpg", NULL);
  g_autofree char *old = g_build_filename (fixture->tree, "metadata", "1.jp.json", NULL);
  g_autofree char *new = g_build_filename (fixture->tree, "metadata", "2.jp.json", NULL);
  g_autofree char *gone = g_build_filename (fixture->tree, "targets", "th", NULL);

  g_assert_true (g_file_set_contents (photo, "x", 1, &error));
  sync_machine (fixture);
  export_now (fixture, NULL);
  g_assert_true (g_file_test (gone, G_FILE_TEST_IS_DIR));

  publish_pack (fixture, "jp", "words", "New words of jp");
  sync_machine (fixture);
  export_now (fixture, "jp");
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (new, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (gone, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (photo, G_FILE_TEST_EXISTS));

  g_autoptr(TomoExport) third = tomo_export_new (fixture->store, fixture->campaign);
  const char *partners[] = { "jp", NULL };
  tomo_export_set_selection (third, partners, NULL);
  g_assert_true (tomo_export_run (third, fixture->tree, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (tomo_export_get_n_written (third), ==, 0);
  g_assert_cmpstr (tomo_export_get_tree (third), ==, fixture->tree);
}

/* What a run was cancelled after. */
typedef struct
{
  unsigned int n_left;
  GCancellable *cancellable;
} Pull;

static void
pull_cb (TomoExport *export,
         unsigned int n_done,
         unsigned int n_total,
         uint64_t n_bytes,
         uint64_t n_bytes_total,
         gpointer user_data)
{
  Pull *pull = user_data;

  if (pull->n_left == 0 || --pull->n_left == 0)
    g_cancellable_cancel (pull->cancellable);
}

/* Returns %FALSE once the export is through before the stick is pulled out. */
static gboolean
export_and_pull (Fixture *fixture, unsigned int n_files)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Pull pull = { n_files, cancellable };
  g_autoptr(TomoExport) export = tomo_export_new (fixture->store, fixture->campaign);

  g_signal_connect (export, "progress", G_CALLBACK (pull_cb), &pull);
  if (tomo_export_run (export, fixture->stick, cancellable, &error))
    return FALSE;

  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_CANCELLED);
  return TRUE;
}

/* Whenever the stick is pulled out while it is written anew, it is refused or not there. */
static void
test_export_pulled_out_new (Fixture *fixture, gconstpointer test_data)
{
  unsigned int n_files = 1;

  sync_machine (fixture);
  for (; export_and_pull (fixture, n_files); n_files++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TomoExportStick) stick = NULL;
      g_test_message ("Pulled out after %u files", n_files);
      g_assert_false (tomo_export_stick_load (fixture->tree, &stick, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      tomo_rehearsal_remove_folder (fixture->tree);
    }

  /* Not one lucky moment, but every file of both partners. */
  g_assert_cmpuint (n_files, >, 8);
  g_autoptr(TomoExportStick) whole = load_stick (fixture);
  g_assert_nonnull (whole);
}

/* Whenever it is pulled out while it is brought up to date, it is the old one, or refused. */
static void
test_export_pulled_out_update (Fixture *fixture, gconstpointer test_data)
{
  unsigned int n_files = 1;

  g_autoptr(TomoStore) before = new_store (fixture, "before");
  g_autoptr(TomoUpdate) old = sync_from (fixture, before, fixture->repo, NULL);
  publish_pack (fixture, "jp", "words", "New words of jp");
  publish_pack (fixture, "th", "words", "New words of th");

  for (gboolean pulled = TRUE; pulled; n_files++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *name = g_strdup_printf ("other-%u", n_files);
      g_autoptr(TomoStore) other = new_store (fixture, name);
      g_autoptr(TomoExportStick) stick = NULL;

      tomo_rehearsal_remove_folder (fixture->tree);
      g_set_object (&fixture->store, before);
      export_now (fixture, NULL);
      g_object_unref (fixture->store);
      fixture->store = new_store (fixture, "store");
      sync_machine (fixture);
      pulled = export_and_pull (fixture, n_files);

      g_test_message ("Pulled out after %u files", n_files);
      if (!tomo_export_stick_load (fixture->tree, &stick, &error))
        {
          g_assert_true (pulled);
          g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
          continue;
        }

      g_autoptr(TomoUpdate) update = sync_from (fixture, other, fixture->tree, stick);
      g_assert_cmpuint (g_strv_length ((char **) tomo_update_get_kept_partners (update)), ==, 0);
      if (pulled)
        assert_titles (other, "Old words of jp", "Old words of th");
      else
        assert_titles (other, "New words of jp", "New words of th");
    }
}

/* Flips a byte of the object behind @partner's pack. */
static void
damage_pack (Fixture *fixture, const char *partner)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_strconcat (partner, "/packs/words/en.k1.gz", NULL);
  g_autoptr(TomoGeneration) generation =
      tomo_generation_open_current (fixture->store, "rehearsal", &error);
  TomoStoredObject object;
  g_assert_true (tomo_generation_find_object (generation, path, &object));

  g_autofree char *file =
      g_build_filename (tomo_store_get_path (fixture->store), "objects", object.sha256, NULL);
  g_autofree char *data = NULL;
  size_t size = 0;
  g_assert_true (g_file_get_contents (file, &data, &size, &error));
  data[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (file, data, (gssize) size, &error));
}

/* A damaged object never reaches a stick, and the message says how to repair it. */
static void
test_export_damaged (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;

  sync_machine (fixture);
  damage_pack (fixture, "jp");
  g_assert_false (export_partners (fixture, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "tomoctl sync"));
  g_assert_false (g_file_test (fixture->tree, G_FILE_TEST_EXISTS));
  g_clear_error (&error);

  export_now (fixture, "th");
}

/* What is not here cannot be exported, and is named. */
static void
test_export_absent (Fixture *fixture, gconstpointer test_data)
{
  const char *none[] = { "tlh", NULL };
  g_autoptr(GError) error = NULL;

  g_assert_false (export_partners (fixture, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  sync_machine (fixture);
  g_assert_false (export_partners (fixture, "xx", &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "‘xx’"));
  g_clear_error (&error);

  g_autoptr(TomoExport) export = tomo_export_new (fixture->store, fixture->campaign);
  tomo_export_set_selection (export, NULL, none);
  g_assert_false (tomo_export_run (export, fixture->stick, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "‘tlh’"));
}

/* The note can only narrow: one that was forged brings nothing, and nothing is lost. */
static void
test_export_forged_note (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoStore) other = new_store (fixture, "other");
  g_autoptr(TomoUpdate) before = sync_from (fixture, other, fixture->repo, NULL);

  publish_pack (fixture, "jp", "words", "New words of jp");
  sync_machine (fixture);
  export_now (fixture, NULL);
  g_autoptr(TomoExportStick) stick = load_stick (fixture);
  g_clear_pointer (&stick->partners, g_strfreev);
  stick->partners = g_new0 (char *, 1);
  g_autoptr(GBytes) forged = tomo_export_stick_build (stick);
  g_autofree char *note = g_build_filename (fixture->tree, TOMO_EXPORT_STICK_NAME, NULL);
  g_assert_true (g_file_set_contents (note, g_bytes_get_data (forged, NULL),
                                      (gssize) g_bytes_get_size (forged), &error));

  g_autoptr(TomoExportStick) read = load_stick (fixture);
  g_autoptr(TomoUpdate) update = sync_from (fixture, other, fixture->tree, read);
  g_assert_cmpuint (g_strv_length ((char **) tomo_update_get_kept_partners (update)), ==, 0);
  assert_titles (other, "Old words of jp", "Old words of th");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  static const struct
  {
    const char *path;
    void (*func) (Fixture *fixture, gconstpointer test_data);
  } tests[] = {
    { "/export/whole", test_export_whole },
    { "/export/one-partner", test_export_one_partner },
    { "/export/recordings", test_export_recordings },
    { "/export/again", test_export_again },
    { "/export/pulled-out/new", test_export_pulled_out_new },
    { "/export/pulled-out/update", test_export_pulled_out_update },
    { "/export/damaged", test_export_damaged },
    { "/export/absent", test_export_absent },
    { "/export/forged-note", test_export_forged_note },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
