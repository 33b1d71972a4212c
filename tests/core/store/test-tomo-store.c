/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/store/tomo-store.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/tomo-error.h"
#include "tests/core/store/tomo-store-test.h"
#include "tests/support/tomo-fixture.h"

#define CAMPAIGN "demo"
#define DAY_SECS (24 * 60 * 60)
#define ABSENT "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void
lock (TomoStoreTest *test)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (tomo_store_lock (test->store, &error));
  g_assert_no_error (error);
}

static void
commit (TomoStoreTest *test, const char *campaign, const char *word)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (tomo_store_test_commit (test->store, campaign, word, &error));
  g_assert_no_error (error);
}

/* Without an installed store the default is the user's. */
static void
test_store_default_path (void)
{
  g_autofree char *path = tomo_store_dup_default_path ();
  g_autofree char *user_path = g_build_filename (g_get_user_data_dir (), "tomoshibi", NULL);

  if (g_file_test ("/var/lib/tomoshibi", G_FILE_TEST_IS_DIR))
    g_assert_cmpstr (path, ==, "/var/lib/tomoshibi");
  else
    g_assert_cmpstr (path, ==, user_path);
}

/* A new store has its format, a private folder, and nothing in it; creating it again is fine. */
static void
test_store_create (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *private = g_build_filename (tomo_store_get_path (test->store), "private", NULL);
  struct stat info;

  g_assert_true (tomo_store_exists (test->store));
  g_assert_true (tomo_store_create (test->store, &error));
  g_assert_no_error (error);
  g_assert_true (tomo_store_check_format (test->store, &error));
  g_assert_cmpint (stat (private, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0700);
  g_auto(GStrv) campaigns = tomo_store_list_campaigns (test->store, &error);
  g_assert_no_error (error);
  g_assert_null (campaigns[0]);
}

/* Where there is no store, readers are told so. */
static void
test_store_absent (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) lock_error = NULL;
  g_autofree char *path = g_build_filename (test->folder, "absent", NULL);
  g_autoptr(TomoStore) store = tomo_store_new (path);

  g_assert_false (tomo_store_exists (store));
  g_assert_false (tomo_store_check_format (store, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_false (tomo_store_lock (store, &lock_error));
  g_assert_error (lock_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_assert_false (tomo_store_needs_repair (store));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
assert_other_format (TomoStore *store)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) create_error = NULL;

  g_assert_false (tomo_store_check_format (store, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_false (tomo_store_create (store, &create_error));
  g_assert_error (create_error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED);
}

/* A store of another format is refused and never rewritten; those of before had it in a file. */
static void
test_store_other_format (TomoStoreTest *test, gconstpointer data)
{
  static const char *const links[] = { "1", "3", "2 3", "\xff\xfe" };
  static const char *const files[] = { "1\n", "3\n", "", "\xff\xfe" };
  g_autofree char *path = g_build_filename (tomo_store_get_path (test->store), "format", NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_assert_cmpint (g_unlink (path), ==, 0);
      g_assert_cmpint (symlink (links[i], path), ==, 0);
      assert_other_format (test->store);
      g_autofree char *after = g_file_read_link (path, NULL);
      g_assert_cmpstr (after, ==, links[i]);
    }

  g_assert_cmpint (g_unlink (path), ==, 0);
  for (size_t i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *after = NULL;
      g_assert_true (g_file_set_contents (path, files[i], -1, NULL));
      assert_other_format (test->store);
      g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
      g_assert_cmpstr (after, ==, files[i]);
    }
}

/* A folder with somebody's files in it does not become a store. */
static void
test_store_foreign_folder (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (test->folder, "home", NULL);
  g_autofree char *letter = g_build_filename (path, "letter.txt", NULL);
  g_autoptr(TomoStore) store = tomo_store_new (path);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_true (g_file_set_contents (letter, "dear", -1, NULL));
  g_assert_false (tomo_store_create (store, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "letter.txt"));
}

/* One writer at a time; a second one is told at once, and may when the first has ended. */
static void
test_store_lock (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoStore) other = tomo_store_new (tomo_store_get_path (test->store));

  lock (test);
  g_assert_false (tomo_store_lock (other, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, tomo_store_get_path (other)));
  g_clear_error (&error);

  tomo_store_unlock (test->store);
  g_assert_true (tomo_store_lock (other, &error));
  g_assert_no_error (error);
}

/* The pieces of a writer that was killed are gone for the next. */
static void
test_store_lock_clears_pieces (TomoStoreTest *test, gconstpointer data)
{
  g_autofree char *piece = g_build_filename (tomo_store_get_path (test->store), "private/partial",
                                             "generation", "index", NULL);

  g_assert_cmpint (g_mkdir_with_parents (piece, 0755), ==, 0);
  lock (test);
  g_assert_false (g_file_test (piece, G_FILE_TEST_EXISTS));
}

/* An object comes back as it was put in, once however often it was. */
static void
test_store_object (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  lock (test);
  g_autofree char *sha256 = tomo_store_test_add (test->store, "a small light");
  g_autofree char *again = tomo_store_test_add (test->store, "a small light");
  g_assert_cmpstr (sha256, ==, again);

  g_assert_true (tomo_store_has_object (test->store, sha256, 13));
  g_assert_false (tomo_store_has_object (test->store, sha256, 12));
  g_assert_false (tomo_store_has_object (test->store, ABSENT, 13));
  g_assert_false (tomo_store_has_object (test->store, "../../format", 2));
  g_autoptr(GBytes) bytes = tomo_store_load_object (test->store, sha256, 13, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "a small light", 13);
}

/* Whoever locks the store next finds what is there, adds to it, and finds that, too; and so does
 * who only reads. */
static void
test_store_object_later (TomoStoreTest *test, gconstpointer data)
{
  const char *path = tomo_store_get_path (test->store);
  g_autoptr(TomoStore) writer = tomo_store_new (path);
  g_autoptr(TomoStore) reader = tomo_store_new (path);

  lock (test);
  g_autofree char *first = tomo_store_test_add (test->store, "a small light");
  tomo_store_unlock (test->store);

  g_assert_true (tomo_store_lock (writer, NULL));
  g_assert_true (tomo_store_has_object (writer, first, 13));
  for (unsigned int i = 0; i < 300; i++)
    {
      g_autofree char *text = g_strdup_printf ("light %u", i);
      g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
      g_assert_false (tomo_store_has_object (writer, sha256, strlen (text)));
      g_autofree char *added = tomo_store_test_add (writer, text);
      g_assert_cmpstr (added, ==, sha256);
      g_assert_true (tomo_store_has_object (writer, sha256, strlen (text)));
      g_assert_true (tomo_store_has_object (reader, sha256, strlen (text)));
    }
}

/* Objects that are absent, too large, misnamed, links, folders or pipes are refused, each with its
 * code; a pipe does not make anybody wait. */
static void
test_store_object_refuses (TomoStoreTest *test, gconstpointer data)
{
  static const struct
  {
    const char *name;
    int code;
  } vectors[] = {
    { ABSENT, TOMO_ERROR_NOT_FOUND },
    { "../../format", TOMO_ERROR_INVALID_DATA },
    { "", TOMO_ERROR_INVALID_DATA },
    { "aa00000000000000000000000000000000000000000000000000000000000000", TOMO_ERROR_INVALID_DATA },
    { "aa11111111111111111111111111111111111111111111111111111111111111", TOMO_ERROR_INVALID_DATA },
    { "aa22222222222222222222222222222222222222222222222222222222222222", TOMO_ERROR_INVALID_DATA },
    { "aa33333333333333333333333333333333333333333333333333333333333333", TOMO_ERROR_INVALID_DATA },
  };
  g_autofree char *folder = g_build_filename (tomo_store_get_path (test->store), "objects", NULL);
  g_autofree char *link = g_build_filename (folder, vectors[3].name, NULL);
  g_autofree char *pipe = g_build_filename (folder, vectors[4].name, NULL);
  g_autofree char *nested = g_build_filename (folder, vectors[5].name, NULL);
  g_autofree char *large = g_build_filename (folder, vectors[6].name, NULL);
  g_assert_cmpint (symlink ("/dev/zero", link), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0644), ==, 0);
  g_assert_cmpint (g_mkdir (nested, 0755), ==, 0);
  g_assert_true (g_file_set_contents (large, "0123456789 0123456789", -1, NULL));

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Object ‘%s’", vectors[i].name);
      g_assert_null (tomo_store_load_object (test->store, vectors[i].name, 20, &error));
      g_assert_error (error, TOMO_ERROR, vectors[i].code);
    }
}

/* What is no name of an object never becomes that of a file. */
static void
test_store_object_misnamed (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_bytes_new_static ("x", 1);

  lock (test);
  g_assert_false (tomo_store_add_object (test->store, "../../format", bytes, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_false (tomo_store_has_object (test->store, "../../format", 1));
}

/* A damaged object is refused with the way out, and replaced when it is added again. */
static void
test_store_object_repair (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  lock (test);
  g_autofree char *sha256 = tomo_store_test_add (test->store, "a small light");
  g_autofree char *path = tomo_store_test_object_path (test->store, sha256);
  tomo_store_test_damage (path);

  g_assert_null (tomo_store_load_object (test->store, sha256, 100, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "run tomoctl verify, then tomoctl sync"));
  g_clear_error (&error);

  g_autofree char *again = tomo_store_test_add (test->store, "a small light");
  g_autoptr(GBytes) bytes = tomo_store_load_object (test->store, sha256, 100, &error);
  g_assert_no_error (error);
}

/* Metadata is kept by campaign and name, can be replaced and forgotten. */
static void
test_store_metadata (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) one = g_bytes_new_static ("one", 3);
  g_autoptr(GBytes) two = g_bytes_new_static ("two!", 4);

  lock (test);
  g_assert_true (tomo_store_save_metadata (test->store, CAMPAIGN, "1.root.json", one, &error));
  g_assert_true (tomo_store_save_metadata (test->store, CAMPAIGN, "1.root.json", two, &error));
  g_assert_no_error (error);
  g_autoptr(GBytes) read =
      tomo_store_load_metadata (test->store, CAMPAIGN, "1.root.json", 4, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (read, two));
  g_assert_null (tomo_store_load_metadata (test->store, CAMPAIGN, "1.root.json", 3, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_clear_error (&error);

  g_assert_true (tomo_store_remove_metadata (test->store, CAMPAIGN, "1.root.json", &error));
  g_assert_true (tomo_store_remove_metadata (test->store, CAMPAIGN, "1.root.json", &error));
  g_assert_no_error (error);
  g_assert_null (tomo_store_load_metadata (test->store, CAMPAIGN, "1.root.json", 4, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
}

/* A link in place of a file is damage, wherever it leads. */
static void
test_store_metadata_link (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_bytes_new_static ("one", 3);
  g_autofree char *link = g_build_filename (tomo_store_get_path (test->store), "campaigns",
                                            CAMPAIGN, "metadata/link.json", NULL);

  lock (test);
  g_assert_true (tomo_store_save_metadata (test->store, CAMPAIGN, "root.json", bytes, &error));
  g_assert_no_error (error);
  g_assert_cmpint (symlink ("root.json", link), ==, 0);
  g_assert_null (tomo_store_load_metadata (test->store, CAMPAIGN, "link.json", 10, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
}

/* No name leads out of the store. */
static void
test_store_names (TomoStoreTest *test, gconstpointer data)
{
  static const char *const campaigns[] = {
    "", "..", "a/b", "-a", "A", "a.b", "a23456789012345678901234567890123456789-1"
  };
  static const char *const names[] = { "", ".", "..", "../x", "a/b", ".hidden", "a b" };
  g_autoptr(GBytes) bytes = g_bytes_new_static ("x", 1);

  lock (test);
  for (size_t i = 0; i < G_N_ELEMENTS (campaigns); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Campaign ‘%s’", campaigns[i]);
      g_assert_false (
          tomo_store_save_metadata (test->store, campaigns[i], "root.json", bytes, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_assert_null (tomo_store_dup_campaign_path (test->store, campaigns[i]));
      g_assert_null (tomo_generation_open_current (test->store, campaigns[i], NULL));
      g_assert_null (tomo_generation_writer_new (test->store, campaigns[i], NULL));
      g_assert_false (tomo_store_remove_campaign (test->store, campaigns[i], NULL));
    }

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Metadata ‘%s’", names[i]);
      g_assert_false (tomo_store_save_metadata (test->store, CAMPAIGN, names[i], bytes, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_assert_null (tomo_store_load_metadata (test->store, CAMPAIGN, names[i], 1, NULL));
      g_assert_false (tomo_store_remove_metadata (test->store, CAMPAIGN, names[i], NULL));
    }

  g_assert_true (tomo_store_save_metadata (test->store, CAMPAIGN, "2.j%70%2Fx.json", bytes, NULL));
}

/* A campaign that is removed is gone for readers; the others stay. */
static void
test_store_remove_campaign (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  lock (test);
  commit (test, CAMPAIGN, "one");
  commit (test, "other", "two");

  g_assert_true (tomo_store_remove_campaign (test->store, CAMPAIGN, &error));
  g_assert_true (tomo_store_remove_campaign (test->store, CAMPAIGN, &error));
  g_assert_no_error (error);
  g_auto(GStrv) campaigns = tomo_store_list_campaigns (test->store, &error);
  g_assert_cmpuint (g_strv_length (campaigns), ==, 1);
  g_assert_cmpstr (campaigns[0], ==, "other");
  g_assert_null (tomo_generation_open_current (test->store, CAMPAIGN, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_autofree char *word = tomo_store_test_read_word (test->store, "other");
  g_assert_cmpstr (word, ==, "two");
}

/* Collecting keeps what the current and the previous generation need, and all that is young. */
static void
test_store_collect (TomoStoreTest *test, gconstpointer data)
{
  static const char *const words[] = { "one", "two", "three", "four" };
  g_autoptr(GError) error = NULL;
  int64_t now_secs = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *generations = g_build_filename (tomo_store_get_path (test->store), "campaigns",
                                                   CAMPAIGN, "generations", NULL);

  lock (test);
  for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
    commit (test, CAMPAIGN, words[i]);
  g_autofree char *young = tomo_store_test_add (test->store, "nobody lists me yet");

  /* All of it is young: nothing goes. */
  size_t n_before = 0;
  size_t n_after = 0;
  g_assert_true (tomo_store_verify (test->store, NULL, NULL, &n_before, NULL, &error));
  g_assert_true (tomo_store_collect (test->store, now_secs, &error));
  g_assert_true (tomo_store_verify (test->store, NULL, NULL, &n_after, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_before, ==, 4 * 3 + 1 + 3);
  g_assert_cmpuint (n_after, ==, n_before);

  /* Two days later only one of the objects is young. */
  g_autofree char *young_path = tomo_store_test_object_path (test->store, young);
  tomo_store_test_make_old (young_path, now_secs + 2 * DAY_SECS);
  g_assert_true (tomo_store_collect (test->store, now_secs + 2 * DAY_SECS, &error));
  g_assert_true (tomo_store_verify (test->store, NULL, NULL, &n_after, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_after, ==, 2 * 3 + 1 + 3);
  g_autofree char *word = tomo_store_test_read_word (test->store, CAMPAIGN);
  g_assert_cmpstr (word, ==, "four");
  for (unsigned int i = 1; i <= 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autofree char *path = g_build_filename (generations, name, NULL);
      g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, i >= 3);
    }
}

/* When the list of what is needed cannot be read, nothing is thrown away. */
static void
test_store_collect_damaged (TomoStoreTest *test, gconstpointer data)
{
  static const char *const files[] = { "manifest", "objects" };
  int64_t now_secs = g_get_real_time () / G_USEC_PER_SEC;

  lock (test);
  for (size_t i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Damaged %s", files[i]);
      commit (test, CAMPAIGN, "one");
      g_autofree char *object = tomo_store_test_add (test->store, "one of jp/packs/a/en.k1.gz");
      g_autofree char *path = g_build_filename (tomo_store_get_path (test->store), "campaigns",
                                                CAMPAIGN, "current", files[i], NULL);
      tomo_store_test_damage (path);
      g_assert_false (tomo_store_collect (test->store, now_secs + 2 * DAY_SECS, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_assert_true (tomo_store_has_object (test->store, object, 26));
    }
}

static void
note_damage_cb (const char *sha256, const GError *error, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup_printf ("%d %s", error->code, sha256));
}

/* Verifying names each object that is damaged or missing, and nothing else. */
static void
test_store_verify (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) damage = g_ptr_array_new_with_free_func (g_free);
  size_t n_objects = 0;

  lock (test);
  commit (test, CAMPAIGN, "one");
  g_assert_true (tomo_store_verify (test->store, note_damage_cb, damage, &n_objects, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_objects, ==, 3 + 3);
  g_assert_cmpuint (damage->len, ==, 0);

  g_autofree char *damaged = tomo_store_test_add (test->store, "one of jp/packs/a/en.k1.gz");
  g_autofree char *missing = tomo_store_test_add (test->store, "one of jp/packs/a/ja.k1.gz");
  g_autofree char *damaged_path = tomo_store_test_object_path (test->store, damaged);
  g_autofree char *missing_path = tomo_store_test_object_path (test->store, missing);
  tomo_store_test_damage (damaged_path);
  g_assert_cmpint (g_remove (missing_path), ==, 0);

  g_assert_true (tomo_store_verify (test->store, note_damage_cb, damage, &n_objects, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_objects, ==, 3 + 3);
  g_assert_cmpuint (damage->len, ==, 2);
  g_autofree char *first = g_strdup_printf ("%d %s", TOMO_ERROR_INVALID_DATA, damaged);
  g_autofree char *second = g_strdup_printf ("%d %s", TOMO_ERROR_NOT_FOUND, missing);
  g_assert_cmpstr (damage->pdata[0], ==, first);
  g_assert_cmpstr (damage->pdata[1], ==, second);
}

/* A verification can be stopped. */
static void
test_store_verify_cancelled (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  lock (test);
  commit (test, CAMPAIGN, "one");
  g_cancellable_cancel (cancellable);
  g_assert_false (tomo_store_verify (test->store, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_CANCELLED);
}

/* The file of any role can be kept: percent-encoding leaves these characters, and so many. */
static void
test_store_metadata_names (TomoStoreTest *test, gconstpointer data)
{
  g_autofree char *many = g_strnfill (200, 'x');
  g_autofree char *longest = g_strconcat ("role-", many, ".json", NULL);
  const char *const names[] = { "1.root.json", "role-~a_b-c.%20.json", "role-..json", longest };
  g_autoptr(GBytes) bytes = g_bytes_new_static ("x", 1);

  lock (test);
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Name ‘%s’", names[i]);
      tomo_store_save_metadata (test->store, CAMPAIGN, names[i], bytes, &error);
      g_assert_no_error (error);
      g_autoptr(GBytes) kept =
          tomo_store_load_metadata (test->store, CAMPAIGN, names[i], 1, &error);
      g_assert_no_error (error);
    }
}

/* The note of damage stays until it is taken away. */
static void
test_store_repair_note (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (tomo_store_needs_repair (test->store));
  g_assert_true (tomo_store_mark_repair (test->store, &error));
  g_assert_true (tomo_store_mark_repair (test->store, &error));
  g_assert_no_error (error);
  lock (test);
  g_assert_true (tomo_store_needs_repair (test->store));
  g_assert_true (tomo_store_finish_repair (test->store, &error));
  g_assert_true (tomo_store_finish_repair (test->store, &error));
  g_assert_no_error (error);
  g_assert_false (tomo_store_needs_repair (test->store));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/store/" name, TomoStoreTest, NULL, tomo_store_test_set_up, func,                   \
              tomo_store_test_tear_down)
  g_test_add_func ("/store/default-path", test_store_default_path);
  ADD ("create", test_store_create);
  ADD ("absent", test_store_absent);
  ADD ("other-format", test_store_other_format);
  ADD ("foreign-folder", test_store_foreign_folder);
  ADD ("lock", test_store_lock);
  ADD ("lock-clears-pieces", test_store_lock_clears_pieces);
  ADD ("object", test_store_object);
  ADD ("object-later", test_store_object_later);
  ADD ("object-refuses", test_store_object_refuses);
  ADD ("object-misnamed", test_store_object_misnamed);
  ADD ("object-repair", test_store_object_repair);
  ADD ("metadata", test_store_metadata);
  ADD ("metadata-link", test_store_metadata_link);
  ADD ("names", test_store_names);
  ADD ("remove-campaign", test_store_remove_campaign);
  ADD ("collect", test_store_collect);
  ADD ("collect-damaged", test_store_collect_damaged);
  ADD ("verify", test_store_verify);
  ADD ("verify-cancelled", test_store_verify_cancelled);
  ADD ("metadata-names", test_store_metadata_names);
  ADD ("repair-note", test_store_repair_note);
#undef ADD
  return g_test_run ();
}
