/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/store/tomo-generation.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/store/tomo-store-private.h"
#include "core/tomo-error.h"
#include "tests/core/store/tomo-store-test.h"

#define CAMPAIGN "demo"
#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void
lock_and_commit (TomoStoreTest *test, const char *word)
{
  g_autoptr(GError) error = NULL;

  if (!tomo_store_is_locked (test->store))
    g_assert_true (tomo_store_lock (test->store, &error));
  g_assert_no_error (error);
  g_assert_true (tomo_store_test_commit (test->store, CAMPAIGN, word, &error));
  g_assert_no_error (error);
}

static char *
dup_path (TomoStoreTest *test, const char *name)
{
  return g_build_filename (tomo_store_get_path (test->store), "campaigns", CAMPAIGN, name, NULL);
}

/* Nothing is current before the first commit; then each commit is, with a higher number. */
static void
test_generation_commit (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_assert_null (tomo_generation_open_current (test->store, CAMPAIGN, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "run tomoctl sync"));
  g_clear_error (&error);

  for (unsigned int i = 1; i <= 3; i++)
    {
      g_autofree char *word = g_strdup_printf ("word %u", i);
      lock_and_commit (test, word);
      g_autofree char *read = tomo_store_test_read_word (test->store, CAMPAIGN);
      g_assert_cmpstr (read, ==, word);
      g_autoptr(TomoGeneration) generation =
          tomo_generation_open_current (test->store, CAMPAIGN, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (tomo_generation_get_number (generation), ==, i);
    }
}

/* Objects and files are found by name. */
static void
test_generation_find (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  TomoStoredObject object;

  lock_and_commit (test, "one");
  g_autoptr(TomoGeneration) generation =
      tomo_generation_open_current (test->store, CAMPAIGN, &error);
  g_assert_no_error (error);
  g_assert_true (tomo_generation_find_object (generation, "jp/packs/a/ja.k1.gz", &object));
  g_assert_cmpuint (object.size, ==, strlen ("one of jp/packs/a/ja.k1.gz"));
  g_assert_false (tomo_generation_find_object (generation, "jp/packs/a", NULL));

  g_auto(GStrv) files = tomo_generation_list_files (generation, "index", &error);
  g_assert_cmpuint (g_strv_length (files), ==, 2);
  g_assert_cmpstr (files[0], ==, "en");
  g_auto(GStrv) none = tomo_generation_list_files (generation, "ind", &error);
  g_assert_null (none[0]);
  g_assert_null (tomo_generation_load_file (generation, "index/xx", 10, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (tomo_generation_load_file (generation, "index/en", 2, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
}

/* A reader that holds a generation keeps reading it while another becomes current. */
static void
test_generation_reader_keeps (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  lock_and_commit (test, "one");
  g_autoptr(TomoGeneration) old = tomo_generation_open_current (test->store, CAMPAIGN, &error);
  g_assert_no_error (error);

  lock_and_commit (test, "two");
  g_assert_true (
      tomo_store_collect (test->store, g_get_real_time () / G_USEC_PER_SEC + 200000, &error));
  g_assert_no_error (error);
  g_autoptr(GBytes) bytes = tomo_generation_load_file (old, "index/en", 10, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "one", 3);
}

/* What was not committed leaves no trace, and an object that is not there cannot be listed. */
static void
test_generation_abandoned (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  lock_and_commit (test, "one");

  TomoGenerationWriter *abandoned = tomo_generation_writer_new (test->store, CAMPAIGN, &error);
  g_assert_no_error (error);
  tomo_generation_writer_free (abandoned);

  g_autoptr(TomoGenerationWriter) writer =
      tomo_generation_writer_new (test->store, CAMPAIGN, &error);
  tomo_generation_writer_add_object (writer, "jp/x", SHA, 1);
  g_assert_false (tomo_generation_writer_commit (writer, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "jp/x"));

  g_autofree char *word = tomo_store_test_read_word (test->store, CAMPAIGN);
  g_assert_cmpstr (word, ==, "one");
}

/* Every file of a generation that is damaged or gone is refused with the way out; the next commit
 * is whole again. */
static void
test_generation_damaged (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  lock_and_commit (test, "one");
  g_autofree char *index = dup_path (test, "generations/1/index/en");
  g_autofree char *manifest = dup_path (test, "generations/1/manifest");

  g_autoptr(TomoGeneration) generation =
      tomo_generation_open_current (test->store, CAMPAIGN, &error);
  g_assert_no_error (error);
  tomo_store_test_damage (index);
  g_assert_null (tomo_generation_load_file (generation, "index/en", 10, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_assert_cmpint (g_remove (index), ==, 0);
  g_assert_null (tomo_generation_load_file (generation, "index/en", 10, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_clear_error (&error);

  tomo_store_test_damage (manifest);
  g_assert_null (tomo_generation_open_current (test->store, CAMPAIGN, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "run tomoctl sync to repair it"));
  g_clear_error (&error);
  g_assert_cmpint (g_remove (manifest), ==, 0);
  g_assert_null (tomo_generation_open_current (test->store, CAMPAIGN, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);

  lock_and_commit (test, "two");
  g_autofree char *word = tomo_store_test_read_word (test->store, CAMPAIGN);
  g_assert_cmpstr (word, ==, "two");
}

/* `current` leads to a generation of its own campaign, or nowhere. */
static void
test_generation_current_link (TomoStoreTest *test, gconstpointer data)
{
  static const char *const targets[] = { "/etc", "generations/../../other", "generations/",
                                         "generations/01", "generations/9" };
  lock_and_commit (test, "one");
  g_autofree char *current = dup_path (test, "current");

  for (size_t i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Link to %s", targets[i]);
      g_assert_cmpint (g_remove (current), ==, 0);
      g_assert_cmpint (symlink (targets[i], current), ==, 0);
      g_assert_null (tomo_generation_open_current (test->store, CAMPAIGN, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
    }

  lock_and_commit (test, "two");
  g_autofree char *word = tomo_store_test_read_word (test->store, CAMPAIGN);
  g_assert_cmpstr (word, ==, "two");
}

/* Lists with names that lead elsewhere, wrong hashes, a wrong order or another version are refused.
 */
static void
test_generation_parse (void)
{
  static const struct
  {
    const char *text;
    int code;
  } vectors[] = {
    { "(2, 1, {}, 9, [('index/en', '" SHA "', 1), ('objects', '" SHA "', 1)])", -1 },
    { "(1, 1, {}, 0, [])", TOMO_ERROR_UNSUPPORTED },
    { "(3, 1, {}, 0, [])", TOMO_ERROR_UNSUPPORTED },
    { "(2, 1, {}, 0, [('../b', '" SHA "', 1)])", TOMO_ERROR_INVALID_DATA },
    { "(2, 1, {}, 0, [('a/../b', '" SHA "', 1)])", TOMO_ERROR_INVALID_DATA },
    { "(2, 1, {}, 0, [('/a', '" SHA "', 1)])", TOMO_ERROR_INVALID_DATA },
    { "(2, 1, {}, 0, [('a/', '" SHA "', 1)])", TOMO_ERROR_INVALID_DATA },
    { "(2, 1, {}, 0, [('a//b', '" SHA "', 1)])", TOMO_ERROR_INVALID_DATA },
    { "(2, 1, {}, 0, [('', '" SHA "', 1)])", TOMO_ERROR_INVALID_DATA },
    { "(2, 1, {}, 0, [('a', 'ff', 1)])", TOMO_ERROR_INVALID_DATA },
    { "(2, 1, {}, 0, [('b', '" SHA "', 1), ('a', '" SHA "', 1)])", TOMO_ERROR_INVALID_DATA },
    { "(2, 1, {}, 0, [('a', '" SHA "', 1), ('a', '" SHA "', 1)])", TOMO_ERROR_INVALID_DATA },
    { "(2, 1, {}, 0, [('manifest', '" SHA "', 1)])", TOMO_ERROR_INVALID_DATA },
    { "(2, 1, {}, 0, [('a/b/c', '" SHA "', 1)])", TOMO_ERROR_INVALID_DATA },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Manifest %s", vectors[i].text);
      g_autoptr(GVariant) variant = g_variant_take_ref (g_variant_parse (
          G_VARIANT_TYPE (TOMO_GENERATION_VARIANT_TYPE), vectors[i].text, NULL, NULL, &error));
      g_assert_no_error (error);
      g_autoptr(GBytes) bytes = g_variant_get_data_as_bytes (variant);
      g_autoptr(TomoGeneration) generation = tomo_generation_parse (bytes, "manifest", &error);
      g_assert_cmpint (generation == NULL, ==, vectors[i].code >= 0);
      if (vectors[i].code >= 0)
        g_assert_error (error, TOMO_ERROR, vectors[i].code);
      else
        g_assert_no_error (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/generation/" name, TomoStoreTest, NULL, tomo_store_test_set_up, func,              \
              tomo_store_test_tear_down)
  ADD ("commit", test_generation_commit);
  ADD ("find", test_generation_find);
  ADD ("reader-keeps", test_generation_reader_keeps);
  ADD ("abandoned", test_generation_abandoned);
  ADD ("damaged", test_generation_damaged);
  ADD ("current-link", test_generation_current_link);
#undef ADD
  g_test_add_func ("/generation/parse", test_generation_parse);
  return g_test_run ();
}
