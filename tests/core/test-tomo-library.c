/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-library.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/tomo-error.h"
#include "core/tomo-library-expiry-private.h"
#include "tests/support/tomo-fixture.h"

/* Far more than a monitor needs; only a test that fails waits for it. */
#define MAX_WAIT_SECS 20

typedef struct
{
  char *folder;         /* (owned) */
  TomoStore *store;     /* (owned) */
  TomoLibrary *library; /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = tomo_fixture_dup_folder ();
  g_autofree char *path = g_build_filename (fixture->folder, "store", NULL);
  fixture->store = tomo_store_new (path);
  fixture->library = tomo_library_new (fixture->store, TOMO_FIXTURE_CAMPAIGN);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->library);
  g_assert_finalize_object (fixture->store);
  tomo_fixture_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static void
reload (TomoLibrary *library, gboolean expect_changed)
{
  g_autoptr(GError) error = NULL;
  gboolean has_changed = FALSE;

  g_assert_true (tomo_library_reload (library, &has_changed, &error));
  g_assert_no_error (error);
  g_assert_cmpint (has_changed, ==, expect_changed);
}

static char *
join_languages (TomoLibrary *library)
{
  return g_strjoinv (" ", (char **) tomo_library_get_languages (library));
}

/* Before the first sync the library is empty, and that is no error. */
static void
test_library_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) object_error = NULL;

  reload (fixture->library, FALSE);
  g_assert_true (tomo_library_is_empty (fixture->library));
  g_assert_false (tomo_library_is_preview (fixture->library));
  g_assert_cmpuint (tomo_library_get_generation (fixture->library), ==, 0);
  g_assert_null (tomo_library_get_campaign (fixture->library));
  g_assert_null (tomo_library_get_languages (fixture->library)[0]);
  g_assert_null (tomo_library_load_index (fixture->library, "en", &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_assert_null (tomo_library_load_picture (fixture->library, "../x", &object_error));
  g_assert_error (object_error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
}

/* A stored campaign is taken up once; its items open in the language of the index. */
static void
test_library_filled (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  tomo_fixture_fill_store (fixture->store);
  reload (fixture->library, TRUE);
  reload (fixture->library, FALSE);
  g_assert_false (tomo_library_is_empty (fixture->library));
  g_assert_cmpuint (tomo_library_get_generation (fixture->library), ==, 1);
  g_assert_cmpint (tomo_library_get_updated_secs (fixture->library), >, 0);
  g_assert_cmpstr (tomo_campaign_get_id (tomo_library_get_campaign (fixture->library)), ==, "demo");
  g_autofree char *languages = join_languages (fixture->library);
  g_assert_cmpstr (languages, ==, "en ja th ar id vi");

  g_autoptr(TomoIndex) index = tomo_library_load_index (fixture->library, "ja_JP.UTF-8", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tomo_index_get_n_entries (index), ==, 10);
  for (size_t i = 0; i < tomo_index_get_n_entries (index); i++)
    {
      TomoIndexEntry entry;
      g_assert_true (tomo_index_get_entry (index, i, &entry));
      g_autoptr(TomoPack) pack = NULL;
      g_autoptr(TomoItem) item = tomo_library_load_item (fixture->library, &entry, &pack, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (tomo_item_get_title (item), ==, entry.title);
      g_assert_cmpstr (tomo_pack_get_language (pack), ==, "ja");
      if (*entry.picture != '\0')
        {
          g_autoptr(GBytes) png =
              tomo_library_load_picture (fixture->library, entry.picture, &error);
          g_assert_no_error (error);
          g_assert_nonnull (png);
        }
    }

  g_assert_null (tomo_library_load_index (fixture->library, "fr", &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
}

/* A pack is opened once, and then stays in memory for a while. */
static void
test_library_cache (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) packed = tomo_fixture_new_pack ("jp", "en");
  g_autofree char *object = tomo_fixture_dup_sha256 (packed);
  tomo_fixture_fill_store (fixture->store);
  reload (fixture->library, TRUE);

  g_autoptr(TomoPack) pack = tomo_library_load_pack (fixture->library, object, &error);
  g_assert_no_error (error);
  g_autoptr(TomoPack) again = tomo_library_load_pack (fixture->library, object, &error);
  g_assert_no_error (error);
  g_assert_true (again == pack);
}

/* What is damaged on the disk is refused, and the library stays as it was. */
static void
test_library_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  tomo_fixture_fill_store (fixture->store);
  reload (fixture->library, TRUE);

  g_autofree char *campaign = tomo_store_dup_campaign_path (fixture->store, TOMO_FIXTURE_CAMPAIGN);
  g_autofree char *index = g_build_filename (campaign, "generations", "1", "index", "th", NULL);
  g_assert_true (g_file_set_contents (index, "no index", -1, NULL));
  g_assert_null (tomo_library_load_index (fixture->library, "th", &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "tomoctl sync"));
  g_clear_error (&error);

  g_autofree char *current = g_build_filename (campaign, "current", NULL);
  g_assert_cmpint (g_remove (current), ==, 0);
  g_assert_true (g_file_set_contents (current, "generations/1", -1, NULL));
  g_assert_false (tomo_library_reload (fixture->library, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_cmpuint (tomo_library_get_generation (fixture->library), ==, 1);
}

/* A signed object that says it is another pack is refused. */
static void
test_library_wrong_entry (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  tomo_fixture_fill_store (fixture->store);
  reload (fixture->library, TRUE);

  g_autoptr(TomoIndex) index = tomo_library_load_index (fixture->library, "en", &error);
  g_assert_no_error (error);
  TomoIndexEntry entry;
  g_assert_true (tomo_index_get_named (index, 0, &entry));
  entry.partner = "th";
  g_assert_null (tomo_library_load_item (fixture->library, &entry, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
}

/* What of the fixture is listed, of how many partners: only ids, and each opens. */
static void
assert_shown (TomoLibrary *library, const char *partner, size_t n_entries)
{
  static const char *const all[] = { "jp", "th" };
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoIndex) index = tomo_library_load_index (library, "en", &error);
  g_assert_no_error (error);

  g_assert_cmpuint (tomo_index_get_n_entries (index), ==, n_entries);
  for (size_t i = 0; i < G_N_ELEMENTS (all); i++)
    {
      gboolean is_shown = n_entries > 0 && (partner == NULL || g_str_equal (partner, all[i]));
      TomoIndexEntry entry;
      g_assert_cmpint (
          tomo_index_find (index, all[i], TOMO_FIXTURE_PACK, "strange-message", &entry), ==,
          is_shown);
      if (!is_shown)
        continue;
      g_autoptr(TomoItem) item = tomo_library_load_item (library, &entry, NULL, &error);
      g_assert_no_error (error);
    }
}

/* What has expired stays, unless the configuration hides it: then nothing of that partner is
 * listed, opened or counted, from the very second on; the others stay, and what is newer comes
 * back. */
static void
test_library_expired (Fixture *fixture, gconstpointer data)
{
  tomo_fixture_fill_store_expiring (fixture->store, 1000, 2000);
  reload (fixture->library, TRUE);
  assert_shown (fixture->library, NULL, 10);
  g_assert_null (tomo_library_get_hidden (fixture->library)[0]);
  g_assert_true (tomo_library_is_offered (fixture->library, "en"));

  tomo_library_set_expired_content (fixture->library, TOMO_EXPIRED_CONTENT_HIDE);
  tomo_library_set_now_secs (fixture->library, 999);
  reload (fixture->library, FALSE);
  assert_shown (fixture->library, NULL, 10);
  g_autoptr(TomoIndex) before = tomo_library_load_index (fixture->library, "en", NULL);

  tomo_library_set_now_secs (fixture->library, 1000);
  assert_shown (fixture->library, NULL, 10);
  reload (fixture->library, TRUE);
  reload (fixture->library, FALSE);
  assert_shown (fixture->library, "th", 5);
  g_assert_cmpstr (tomo_library_get_hidden (fixture->library)[0], ==, "jp");
  g_assert_null (tomo_library_get_hidden (fixture->library)[1]);
  /* Two tips and three questions are not enough, whatever the generation says of all. */
  g_assert_false (tomo_library_is_offered (fixture->library, "en"));
  g_assert_nonnull (tomo_library_get_campaign (fixture->library));

  TomoIndexEntry entry;
  g_autoptr(GError) error = NULL;
  g_assert_true (tomo_index_find (before, "jp", TOMO_FIXTURE_PACK, "strange-message", &entry));
  g_assert_null (tomo_library_load_item (fixture->library, &entry, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);

  tomo_library_set_now_secs (fixture->library, 2000);
  reload (fixture->library, TRUE);
  assert_shown (fixture->library, NULL, 0);
  g_assert_cmpstr (tomo_library_get_hidden (fixture->library)[1], ==, "th");
  g_assert_false (tomo_library_is_empty (fixture->library));

  tomo_library_set_now_secs (fixture->library, 1999);
  reload (fixture->library, TRUE);
  assert_shown (fixture->library, "th", 5);

  tomo_fixture_fill_store_expiring (fixture->store, 3000, 3000);
  reload (fixture->library, TRUE);
  assert_shown (fixture->library, NULL, 10);
  g_assert_true (tomo_library_is_offered (fixture->library, "en"));
}

/* What a generation notes, and who of it has expired. */
static void
test_library_list_expired (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *properties;
    int64_t now_secs;
    const char *expired;
  } vectors[] = {
    { "{'partners': <@a{s(xx)} {'th': (1, 5), 'jp': (1, 5), 'fr': (1, 6)}>}", 5, "jp th" },
    { "{'partners': <@a{s(xx)} {'th': (1, 5), 'jp': (1, 5)}>}", 4, "" },
    { "{'partners': <@a{s(xx)} {'campaign': (1, 5)}>}", 9, "" },
    { "{'partners': <@a{s(xx)} {'jp': (1, 5)}>, 'floor-secs': <@x 5>}", 1, "jp" },
    { "{'partners': <@a{s(xx)} {'jp': (1, 5)}>, 'floor-secs': <@x 4>}", 1, "" },
    { "{'updated-secs': <@x 5>}", 9, "" },
    { "{'partners': <5>, 'floor-secs': <'x'>}", 9, "" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GVariant) properties =
          g_variant_parse (G_VARIANT_TYPE_VARDICT, vectors[i].properties, NULL, NULL, NULL);
      g_auto(GStrv) names = tomo_library_list_expired (properties, vectors[i].now_secs);
      g_autofree char *joined = g_strjoinv (" ", names);
      g_test_message ("%s", vectors[i].properties);
      g_assert_cmpstr (joined, ==, vectors[i].expired);
    }
}

static void
count_cb (TomoLibrary *library, gpointer user_data)
{
  unsigned int *n_changes = user_data;

  (*n_changes)++;
}

static gboolean
give_up_cb (gpointer user_data)
{
  g_error ("The library did not notice the change");
  return G_SOURCE_REMOVE;
}

static void
wait_for_changes (unsigned int *n_changes, unsigned int expected)
{
  unsigned int give_up_id = g_timeout_add_seconds (MAX_WAIT_SECS, give_up_cb, NULL);

  while (*n_changes < expected)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (give_up_id);
}

/* A window that opened before the first sync sees it arrive, and each one after it. */
static void
test_library_monitor (Fixture *fixture, gconstpointer data)
{
  unsigned int n_changes = 0;
  g_signal_connect (fixture->library, "changed", G_CALLBACK (count_cb), &n_changes);
  tomo_library_start_monitoring (fixture->library);
  tomo_library_start_monitoring (fixture->library);

  tomo_fixture_fill_store (fixture->store);
  wait_for_changes (&n_changes, 1);
  reload (fixture->library, TRUE);

  tomo_fixture_fill_store (fixture->store);
  wait_for_changes (&n_changes, 2);
  reload (fixture->library, TRUE);
  g_assert_cmpuint (tomo_library_get_generation (fixture->library), ==, 2);

  tomo_library_stop_monitoring (fixture->library);
  tomo_fixture_fill_store (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (n_changes, ==, 2);
}

/* Built files show without a store, a signature or a campaign. */
static void
test_library_preview (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  tomo_fixture_fill_preview (fixture->folder);
  g_autoptr(TomoLibrary) preview = tomo_library_new_for_preview (fixture->folder, &error);
  g_assert_no_error (error);

  g_assert_true (tomo_library_is_preview (preview));
  g_assert_false (tomo_library_is_empty (preview));
  g_assert_null (tomo_library_get_store (preview));
  g_assert_null (tomo_library_get_campaign (preview));
  g_autofree char *languages = join_languages (preview);
  g_assert_cmpstr (languages, ==, "en ar th ja");

  g_autoptr(TomoIndex) index = tomo_library_load_index (preview, "th", &error);
  g_assert_no_error (error);
  TomoIndexEntry entry;
  g_assert_true (tomo_index_find (index, "th", TOMO_FIXTURE_PACK, "long-passphrase", &entry));
  g_autoptr(TomoItem) item = tomo_library_load_item (preview, &entry, NULL, &error);
  g_assert_no_error (error);
  g_autoptr(GBytes) png = tomo_library_load_picture (preview, entry.picture, &error);
  g_assert_no_error (error);

  reload (preview, FALSE);
  g_autoptr(GBytes) campaign = tomo_fixture_new_campaign ();
  g_autofree char *campaign_folder = g_build_filename (fixture->folder, "campaign", NULL);
  g_autofree char *campaign_path = g_build_filename (fixture->folder, TOMO_CAMPAIGN_TARGET, NULL);
  g_assert_cmpint (g_mkdir (campaign_folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (campaign_path, g_bytes_get_data (campaign, NULL),
                                      (gssize) g_bytes_get_size (campaign), NULL));
  reload (preview, TRUE);
  g_assert_nonnull (tomo_library_get_campaign (preview));
}

/* A broken pack in a preview is named; a folder that is not there is not found. */
static void
test_library_preview_refuses (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *absent = g_build_filename (fixture->folder, "absent", NULL);
  g_assert_null (tomo_library_new_for_preview (absent, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  tomo_fixture_fill_preview (fixture->folder);
  g_autofree char *pack =
      g_build_filename (fixture->folder, "jp/packs", TOMO_FIXTURE_PACK, "ar.k1.gz", NULL);
  g_assert_true (g_file_set_contents (pack, "x", 1, NULL));
  g_assert_null (tomo_library_new_for_preview (fixture->folder, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "ar.k1.gz"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func) g_test_add ("/library/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("empty", test_library_empty);
  ADD ("filled", test_library_filled);
  ADD ("cache", test_library_cache);
  ADD ("damaged", test_library_damaged);
  ADD ("wrong-entry", test_library_wrong_entry);
  ADD ("expired", test_library_expired);
  ADD ("list-expired", test_library_list_expired);
  ADD ("monitor", test_library_monitor);
  ADD ("preview", test_library_preview);
  ADD ("preview-refuses", test_library_preview_refuses);
#undef ADD
  return g_test_run ();
}
