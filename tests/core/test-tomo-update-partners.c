/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-update.h"

#include <glib/gstdio.h>

#include "core/store/tomo-generation.h"
#include "core/tomo-error.h"
#include "core/tomo-library.h"
#include "core/trust/tomo-trusted-set.h"
#include "tests/author/publish/tomo-rehearsal.h"
#include "tests/support/tomo-fixture.h"

#define DAY ((int64_t) 24 * 60 * 60)

/* A campaign of the partners jp and th, each of which may do the other harm; nothing is published
 * yet. */
typedef struct
{
  char *folder;                 /* (owned) */
  char *repo;                   /* (owned) */
  GPtrArray *jp_keys;           /* (owned) */
  GPtrArray *th_keys;           /* (owned) */
  TomoRepository *repository;   /* (owned) (nullable) */
  TomoStore *store;             /* (owned) */
  TomoCampaignConfig *campaign; /* (owned) */
} Fixture;

static void
follow (Fixture *fixture, const char *repo)
{
  const char *urls[] = { repo, NULL };

  g_free (fixture->campaign->root);
  fixture->campaign->root = g_build_filename (repo, "metadata", "1.root.json", NULL);
  g_strfreev (fixture->campaign->urls);
  fixture->campaign->urls = g_strdupv ((char **) urls);
}

static void
set_up (Fixture *fixture, gconstpointer test_data)
{
  fixture->folder = tomo_rehearsal_dup_folder ();
  fixture->repo = g_build_filename (fixture->folder, "repo", NULL);
  fixture->jp_keys = tomo_rehearsal_make_keys (3);
  fixture->th_keys = tomo_rehearsal_make_keys (3);
  fixture->repository = tomo_rehearsal_new_demo (fixture->folder);
  tomo_rehearsal_add_partner (fixture->repository, "jp", fixture->jp_keys);
  tomo_rehearsal_add_partner (fixture->repository, "th", fixture->th_keys);

  g_autofree char *store = g_build_filename (fixture->folder, "store", NULL);
  fixture->store = tomo_store_new (store);
  fixture->campaign = tomo_campaign_config_new ("rehearsal");
  follow (fixture, fixture->repo);
}

static void
tear_down (Fixture *fixture, gconstpointer test_data)
{
  g_clear_pointer (&fixture->repository, tomo_repository_free);
  g_assert_finalize_object (fixture->store);
  tomo_campaign_config_free (fixture->campaign);
  g_ptr_array_unref (fixture->jp_keys);
  g_ptr_array_unref (fixture->th_keys);
  tomo_rehearsal_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->repo);
}

static void
stage (Fixture *fixture, const char *partner, const char *title)
{
  g_autofree char *packs = g_build_filename (fixture->folder, partner, NULL);
  g_autofree char *pack = tomo_rehearsal_write_pack (packs, "words", title);

  tomo_rehearsal_stage (fixture->repository, partner, pack);
}

static void
stage_and_sign (Fixture *fixture, const char *partner, GPtrArray *keys, const char *title)
{
  stage (fixture, partner, title);
  tomo_rehearsal_sign (fixture->repository, partner, keys, 2);
}

/* Runs an update that must succeed; @kept is the one partner that is kept as before, or NULL. */
static void
sync_now (Fixture *fixture, const char *kept)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoUpdate) update = tomo_update_new (fixture->store, fixture->campaign);

  tomo_update_set_now (update, TOMO_REHEARSAL_NOW + DAY);
  tomo_update_run (update, NULL, &error);
  g_assert_no_error (error);

  const char *const *all_kept = tomo_update_get_kept_partners (update);
  g_assert_cmpstr (all_kept[0], ==, kept);
  g_assert_true (kept == NULL || all_kept[1] == NULL);
}

/* What the screen shows of a partner, NULL for nothing. */
static void
assert_title (Fixture *fixture, const char *partner, const char *title)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoLibrary) library = tomo_library_new (fixture->store, fixture->campaign->name);
  TomoIndexEntry entry = { 0 };

  g_assert_true (tomo_library_reload (library, NULL, &error));
  g_assert_no_error (error);
  g_autoptr(TomoIndex) index = tomo_library_load_index (library, "en", &error);
  g_assert_no_error (error);
  gboolean found = tomo_index_find (index, partner, "words", "long-passphrase", &entry);
  g_assert_cmpstr (found ? entry.pack_title : NULL, ==, title);
  if (!found)
    return;

  /* Not only listed: it opens. */
  g_autoptr(TomoItem) item = tomo_library_load_item (library, &entry, NULL, &error);
  g_assert_no_error (error);
}

/* A partner that delegates to a role named like another partner, or like the campaign, costs
 * nobody but itself anything. */
static void
test_partners_same_name (Fixture *fixture, gconstpointer test_data)
{
  static const char *const names[] = { "jp", "campaign" };

  stage_and_sign (fixture, "jp", fixture->jp_keys, "Jp");
  stage_and_sign (fixture, "th", fixture->th_keys, "Th");
  tomo_rehearsal_publish (fixture->repository);

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *jp = g_strdup_printf ("Jp %" G_GSIZE_FORMAT, i);

      g_test_message ("Delegating to %s", names[i]);
      sync_now (fixture, i == 0 ? NULL : "th");
      stage_and_sign (fixture, "jp", fixture->jp_keys, jp);
      stage (fixture, "th", jp);
      tomo_rehearsal_delegate (fixture->repository, "th", names[i], fixture->th_keys);
      tomo_rehearsal_sign (fixture->repository, "th", fixture->th_keys, 2);
      tomo_rehearsal_publish (fixture->repository);

      sync_now (fixture, "th");
      assert_title (fixture, "jp", jp);
      assert_title (fixture, "th", "Th");
    }
}

/* A partner that was let in and has published nothing yet is no reason for complaint, and none to
 * look at everything again. */
static void
test_partners_nothing_yet (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;

  stage_and_sign (fixture, "jp", fixture->jp_keys, "Jp");
  tomo_rehearsal_publish (fixture->repository);
  sync_now (fixture, NULL);
  assert_title (fixture, "jp", "Jp");

  /* What partners name has file names of its own, whatever they call it. */
  g_autoptr(GBytes) cached =
      tomo_store_load_metadata (fixture->store, fixture->campaign->name, "role-jp.json",
                                TOMO_TRUST_MAX_TARGETS_BYTES, &error);
  g_assert_no_error (error);

  g_autoptr(TomoUpdate) again = tomo_update_new (fixture->store, fixture->campaign);
  tomo_update_set_now (again, TOMO_REHEARSAL_NOW + DAY);
  tomo_update_run (again, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tomo_update_get_outcome (again), ==, TOMO_UPDATE_UNCHANGED);
}

/* Another campaign that takes over the name of one, with a root of its own and by chance the same
 * versions, is not taken for it. */
static void
test_partners_other_root (Fixture *fixture, gconstpointer test_data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *other_repo = g_build_filename (other, "repo", NULL);

  stage_and_sign (fixture, "jp", fixture->jp_keys, "Of the first");
  tomo_rehearsal_publish (fixture->repository);
  sync_now (fixture, NULL);

  g_assert_cmpint (g_mkdir (other, 0755), ==, 0);
  tomo_repository_free (fixture->repository);
  fixture->repository = tomo_rehearsal_new_demo (other);
  tomo_rehearsal_add_partner (fixture->repository, "jp", fixture->jp_keys);
  stage_and_sign (fixture, "jp", fixture->jp_keys, "Of the second");
  tomo_rehearsal_publish (fixture->repository);
  follow (fixture, other_repo);

  sync_now (fixture, NULL);
  assert_title (fixture, "jp", "Of the second");
}

/* The picture of a pack, and how the pack names it. */
static void
add_picture (const char *pack)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *media = g_build_filename (pack, "media", NULL);
  g_autofree char *svg = g_build_filename (media, "dot.svg", NULL);
  g_autofree char *xml = g_build_filename (pack, "pack.xml", NULL);
  g_autofree char *text = NULL;

  g_assert_cmpint (g_mkdir_with_parents (media, 0755), ==, 0);
  g_file_set_contents (svg,
                       "<svg xmlns='http://www.w3.org/2000/svg' width='64' height='64'>"
                       "<circle cx='32' cy='32' r='20'/></svg>",
                       -1, &error);
  g_assert_no_error (error);
  g_file_get_contents (xml, &text, NULL, &error);
  g_assert_no_error (error);

  g_autoptr(GString) changed = g_string_new (text);
  g_string_replace (changed, "  <tip id=\"long-passphrase\">",
                    "  <pictures><picture id=\"dot\" src=\"media/dot.svg\"><alt>A dot.</alt>"
                    "</picture></pictures>\n  <tip id=\"long-passphrase\" picture=\"dot\">",
                    1);
  g_file_set_contents (xml, changed->str, -1, &error);
  g_assert_no_error (error);
}

/* A recording of a pack in its source language. */
static void
add_recording (const char *pack)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  g_autofree char *media = g_build_filename (pack, "media", NULL);
  g_autofree char *path = g_build_filename (media, "long.en.opus", NULL);
  g_autofree char *xml = g_build_filename (pack, "pack.xml", NULL);
  g_autofree char *text = NULL;

  g_assert_cmpint (g_mkdir_with_parents (media, 0755), ==, 0);
  g_file_set_contents (path, g_bytes_get_data (opus, NULL), (gssize) g_bytes_get_size (opus),
                       &error);
  g_assert_no_error (error);
  g_file_get_contents (xml, &text, NULL, &error);
  g_assert_no_error (error);

  g_autoptr(GString) changed = g_string_new (text);
  g_string_replace (changed, "</steps>", "</steps><audio src=\"media/long.{lang}.opus\"/>", 1);
  g_file_set_contents (xml, changed->str, -1, &error);
  g_assert_no_error (error);
}

/* A recording is fetched with the pack that names it, and can be played from the store. */
static void
test_partners_recording (Fixture *fixture, gconstpointer test_data)
{
  g_autofree char *packs = g_build_filename (fixture->folder, "jp", NULL);
  g_autofree char *pack = tomo_rehearsal_write_pack (packs, "words", "Jp");
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  g_autofree char *sha256 = tomo_fixture_dup_sha256 (opus);
  g_autofree char *listed = g_strconcat ("jp/media/", sha256, ".opus", NULL);
  g_autoptr(GError) error = NULL;

  add_recording (pack);
  tomo_rehearsal_stage (fixture->repository, "jp", pack);
  tomo_rehearsal_sign (fixture->repository, "jp", fixture->jp_keys, 2);
  tomo_rehearsal_publish (fixture->repository);
  sync_now (fixture, NULL);

  g_autoptr(TomoGeneration) generation =
      tomo_generation_open_current (fixture->store, fixture->campaign->name, &error);
  g_assert_no_error (error);
  g_assert_true (tomo_generation_find_object (generation, listed, NULL));

  g_autoptr(TomoLibrary) library = tomo_library_new (fixture->store, fixture->campaign->name);
  g_assert_true (tomo_library_reload (library, NULL, &error));
  g_autoptr(GBytes) stored = tomo_library_load_audio (library, sha256, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (stored, opus));
}

/* Recordings of the program's own sentences come with the campaign file, and are listed, so that
 * they are kept and verified like all media. */
static void
test_partners_campaign_recording (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  g_autofree char *sha256 = tomo_fixture_dup_sha256 (opus);
  g_autofree char *listed = g_strconcat ("campaign/media/", sha256, ".opus", NULL);

  stage_and_sign (fixture, "jp", fixture->jp_keys, "Jp");
  stage_and_sign (fixture, "th", fixture->th_keys, "Th");
  tomo_rehearsal_publish_recording (fixture->repository, fixture->folder, "en");
  sync_now (fixture, NULL);

  g_autoptr(TomoGeneration) generation =
      tomo_generation_open_current (fixture->store, fixture->campaign->name, &error);
  g_assert_no_error (error);
  g_assert_true (tomo_generation_find_object (generation, listed, NULL));
  g_autoptr(TomoLibrary) library = tomo_library_new (fixture->store, fixture->campaign->name);
  g_assert_true (tomo_library_reload (library, NULL, &error));
  TomoCampaign *campaign = tomo_library_get_campaign (library);
  g_autoptr(GHashTable) recorded =
      tomo_recordings_list (tomo_campaign_get_recordings (campaign), "en");
  g_assert_cmpstr (g_hash_table_lookup (recorded, TOMO_REHEARSAL_SENTENCE), ==, sha256);
  g_autoptr(GBytes) stored = tomo_library_load_audio (library, sha256, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (stored, opus));
}

/* A machine that shows other languages does not fetch them. */
static void
test_partners_campaign_language (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  g_autofree char *sha256 = tomo_fixture_dup_sha256 (opus);

  stage_and_sign (fixture, "jp", fixture->jp_keys, "Jp");
  stage_and_sign (fixture, "th", fixture->th_keys, "Th");
  tomo_rehearsal_publish_recording (fixture->repository, fixture->folder, "ja");

  fixture->campaign->languages = g_strsplit ("en", ",", 0);
  sync_now (fixture, NULL);
  g_assert_false (tomo_store_has_object (fixture->store, sha256, g_bytes_get_size (opus)));
}

/* Without one of its recordings a new campaign file is not taken, and the one before stays whole.
 */
static void
test_partners_campaign_missing (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  g_autofree char *sha256 = tomo_fixture_dup_sha256 (opus);
  g_autofree char *name = g_strdup_printf ("%s.%s.opus", sha256, sha256);
  g_autofree char *medium =
      g_build_filename (fixture->repo, "targets", "campaign", "media", name, NULL);

  stage_and_sign (fixture, "jp", fixture->jp_keys, "Jp");
  stage_and_sign (fixture, "th", fixture->th_keys, "Th");
  tomo_rehearsal_publish (fixture->repository);
  sync_now (fixture, NULL);

  tomo_rehearsal_publish_recording (fixture->repository, fixture->folder, "en");
  g_assert_cmpint (g_unlink (medium), ==, 0);
  sync_now (fixture, "campaign");
  assert_title (fixture, "jp", "Jp");
  g_autoptr(TomoLibrary) library = tomo_library_new (fixture->store, fixture->campaign->name);
  g_assert_true (tomo_library_reload (library, NULL, &error));
  TomoCampaign *campaign = tomo_library_get_campaign (library);
  g_assert_cmpuint (tomo_recordings_get_n (tomo_campaign_get_recordings (campaign)), ==, 0);
}

/* Removes the one object that is a picture. */
static void
lose_picture (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoGeneration) generation =
      tomo_generation_open_current (fixture->store, fixture->campaign->name, &error);
  g_assert_no_error (error);
  unsigned int n_lost = 0;

  for (size_t i = 0; i < tomo_generation_get_n_objects (generation); i++)
    {
      TomoStoredObject object;
      g_assert_true (tomo_generation_get_object (generation, i, &object, NULL));
      g_autofree char *path =
          g_build_filename (tomo_store_get_path (fixture->store), "objects", object.sha256, NULL);
      if (g_str_has_suffix (object.path, ".png"))
        {
          g_assert_cmpint (g_unlink (path), ==, 0);
          n_lost++;
        }
    }
  g_assert_cmpuint (n_lost, ==, 1);
}

/* If a partner is sick and what the store keeps of it is damaged as well, the others still get
 * their news; what is whole of it stays. */
static void
test_partners_sick_and_damaged (Fixture *fixture, gconstpointer test_data)
{
  g_autofree char *packs = g_build_filename (fixture->folder, "jp", NULL);
  g_autofree char *pack = tomo_rehearsal_write_pack (packs, "words", "Jp");
  g_autofree char *next = g_build_filename (fixture->repo, "metadata", "2.jp.json", NULL);

  add_picture (pack);
  tomo_rehearsal_stage (fixture->repository, "jp", pack);
  tomo_rehearsal_sign (fixture->repository, "jp", fixture->jp_keys, 2);
  stage_and_sign (fixture, "th", fixture->th_keys, "Th");
  tomo_rehearsal_publish (fixture->repository);
  sync_now (fixture, NULL);
  assert_title (fixture, "jp", "Jp");

  lose_picture (fixture);
  stage_and_sign (fixture, "jp", fixture->jp_keys, "New of jp");
  stage_and_sign (fixture, "th", fixture->th_keys, "New of th");
  tomo_rehearsal_publish (fixture->repository);
  g_assert_cmpint (g_unlink (next), ==, 0);

  sync_now (fixture, "jp");
  assert_title (fixture, "jp", NULL);
  assert_title (fixture, "th", "New of th");
}

static void
flip_byte (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *data = NULL;
  size_t size = 0;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  data[size / 2] ^= 1;
  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
}

static void
choose (Fixture *fixture, const char *campaign, const char *partner)
{
  const char *partners[] = { partner, NULL };

  g_free (fixture->campaign->name);
  fixture->campaign->name = g_strdup (campaign);
  g_strfreev (fixture->campaign->partners);
  fixture->campaign->partners = g_strdupv ((char **) partners);
}

/* Two campaigns in one store: what is damaged of one is repaired by its own sync, whichever comes
 * first, and does not keep the other from its news. */
static void
test_partners_two_campaigns (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;

  stage_and_sign (fixture, "jp", fixture->jp_keys, "Jp");
  stage_and_sign (fixture, "th", fixture->th_keys, "Th");
  tomo_rehearsal_publish (fixture->repository);
  choose (fixture, "first", "jp");
  sync_now (fixture, NULL);
  choose (fixture, "second", "th");
  sync_now (fixture, NULL);

  TomoStoredObject object = { 0 };
  g_autoptr(TomoGeneration) second =
      tomo_generation_open_current (fixture->store, "second", &error);
  g_assert_no_error (error);
  g_assert_true (tomo_generation_find_object (second, "th/packs/words/en.k1.gz", &object));
  const char *store = tomo_store_get_path (fixture->store);
  g_autofree char *path = g_build_filename (store, "objects", object.sha256, NULL);
  flip_byte (path);
  g_assert_true (tomo_store_mark_repair (fixture->store, &error));

  choose (fixture, "first", "jp");
  sync_now (fixture, NULL);
  choose (fixture, "second", "th");
  sync_now (fixture, NULL);
  assert_title (fixture, "th", "Th");
  g_assert_false (tomo_store_needs_repair (fixture->store));

  g_autofree char *manifest =
      g_build_filename (store, "campaigns", "second", "current", "manifest", NULL);
  flip_byte (manifest);
  stage_and_sign (fixture, "jp", fixture->jp_keys, "New of jp");
  tomo_rehearsal_publish (fixture->repository);
  choose (fixture, "first", "jp");
  sync_now (fixture, NULL);
  assert_title (fixture, "jp", "New of jp");
}

/* The publisher of a card is the role that signed it: what another role lists under a partner's
 * path is not shown under that partner's name, nor missed when it cannot be had. */
static void
test_partners_other_path (Fixture *fixture, gconstpointer test_data)
{
  g_autofree char *gone = g_build_filename (fixture->repo, "targets", "jp", NULL);
  g_autofree char *away = g_build_filename (fixture->repo, "away", NULL);

  stage_and_sign (fixture, "jp", fixture->jp_keys, "Jp");
  stage (fixture, "th", "Th");
  tomo_rehearsal_usurp (fixture->repository, "th", "jp");
  tomo_rehearsal_sign (fixture->repository, "th", fixture->th_keys, 2);
  tomo_rehearsal_publish (fixture->repository);

  g_assert_cmpint (g_rename (gone, away), ==, 0);
  sync_now (fixture, NULL);
  assert_title (fixture, "jp", NULL);

  g_assert_cmpint (g_rename (away, gone), ==, 0);
  sync_now (fixture, NULL);
  assert_title (fixture, "jp", NULL);
}

/* A pack in English and Japanese. */
static void
stage_translated (Fixture *fixture, const char *partner, GPtrArray *keys, const char *title)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *packs = g_build_filename (fixture->folder, partner, NULL);
  g_autofree char *pack = tomo_rehearsal_write_pack (packs, "words", title);
  g_autofree char *linguas = g_build_filename (pack, "po", "LINGUAS", NULL);
  g_autofree char *po = g_build_filename (pack, "po", "ja.po", NULL);
  g_autofree char *text =
      g_strdup_printf ("msgid \"\"\nmsgstr \"\"\n\"Language: ja\\n\"\n\"MIME-Version: 1.0\\n\"\n"
                       "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
                       "\"Content-Transfer-Encoding: 8bit\\n\"\n\"X-Reviewed: yes\\n\"\n\n"
                       "msgid \"%s\"\nmsgstr \"ja %s\"\n\n"
                       "msgid \"Make it long\"\nmsgstr \"長く\"\n\n"
                       "msgid \"Length protects better than odd signs do.\"\nmsgstr \"長さ\"\n\n"
                       "msgid \"Take four words that do not belong together.\"\nmsgstr \"四つ\"\n",
                       title, title);

  g_file_set_contents (linguas, "ja\n", -1, &error);
  g_assert_no_error (error);
  g_file_set_contents (po, text, -1, &error);
  g_assert_no_error (error);
  tomo_rehearsal_stage (fixture->repository, partner, pack);
  tomo_rehearsal_sign (fixture->repository, partner, keys, 2);
}

/* Whether the screen has the path. */
static gboolean
has_path (Fixture *fixture, const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoGeneration) generation =
      tomo_generation_open_current (fixture->store, fixture->campaign->name, &error);

  g_assert_no_error (error);
  return tomo_generation_find_object (generation, path, NULL);
}

static void
sync_language (Fixture *fixture, const char *language)
{
  g_autoptr(GError) error = NULL;
  const char *languages[] = { language, NULL };
  g_autoptr(TomoUpdate) update = tomo_update_new (fixture->store, fixture->campaign);

  tomo_update_set_now (update, TOMO_REHEARSAL_NOW + DAY);
  tomo_update_set_selection (update, NULL, languages);
  tomo_update_run (update, NULL, &error);
  g_assert_no_error (error);
}

/* A run that is limited to one language leaves the others out at first, but never takes away what
 * is there, though it was published anew. */
static void
test_partners_language (Fixture *fixture, gconstpointer test_data)
{
  stage_translated (fixture, "jp", fixture->jp_keys, "Jp");
  tomo_rehearsal_publish (fixture->repository);
  sync_language (fixture, "en");
  g_assert_true (has_path (fixture, "jp/packs/words/en.k1.gz"));
  g_assert_false (has_path (fixture, "jp/packs/words/ja.k1.gz"));

  sync_now (fixture, NULL);
  g_assert_true (has_path (fixture, "jp/packs/words/ja.k1.gz"));

  stage_translated (fixture, "jp", fixture->jp_keys, "New of jp");
  tomo_rehearsal_publish (fixture->repository);
  sync_language (fixture, "en");
  assert_title (fixture, "jp", "New of jp");
  g_assert_true (has_path (fixture, "jp/packs/words/ja.k1.gz"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/update/partners/recording", test_partners_recording);
  ADD ("/update/partners/same-name", test_partners_same_name);
  ADD ("/update/partners/nothing-yet", test_partners_nothing_yet);
  ADD ("/update/partners/other-root", test_partners_other_root);
  ADD ("/update/partners/sick-and-damaged", test_partners_sick_and_damaged);
  ADD ("/update/partners/two-campaigns", test_partners_two_campaigns);
  ADD ("/update/partners/other-path", test_partners_other_path);
  ADD ("/update/partners/campaign-recording", test_partners_campaign_recording);
  ADD ("/update/partners/campaign-language", test_partners_campaign_language);
  ADD ("/update/partners/campaign-missing", test_partners_campaign_missing);
  ADD ("/update/partners/language", test_partners_language);
#undef ADD
  return g_test_run ();
}
