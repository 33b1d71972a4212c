/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/core/store/tomo-store-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "tests/support/tomo-fixture.h"

/* Enough objects that a fault finds many places to strike. */
static const char *const paths[] = { "jp/packs/a/en.k1.gz", "jp/packs/a/ja.k1.gz",
                                     "th/packs/b/en.k1.gz" };
static const char *const files[] = { "index/en", "index/ja" };

void
tomo_store_test_set_up (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  test->folder = tomo_fixture_dup_folder ();
  g_autofree char *path = g_build_filename (test->folder, "store", NULL);
  test->store = tomo_store_new (path);
  g_assert_true (tomo_store_create (test->store, &error));
  g_assert_no_error (error);
}

void
tomo_store_test_tear_down (TomoStoreTest *test, gconstpointer data)
{
  g_assert_finalize_object (test->store);
  tomo_fixture_remove_folder (test->folder);
  g_free (test->folder);
}

char *
tomo_store_test_add (TomoStore *store, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
  char *sha256 = tomo_fixture_dup_sha256 (bytes);

  g_assert_true (tomo_store_add_object (store, sha256, bytes, &error));
  g_assert_no_error (error);
  return sha256;
}

char *
tomo_store_test_object_path (TomoStore *store, const char *sha256)
{
  return g_build_filename (tomo_store_get_path (store), "objects", sha256, NULL);
}

static gboolean
add_all (TomoStore *store, TomoGenerationWriter *writer, const char *word, GError **error)
{
  for (size_t i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *text = g_strdup_printf ("%s of %s", word, paths[i]);
      g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autofree char *sha256 = tomo_fixture_dup_sha256 (bytes);
      if (!tomo_store_add_object (store, sha256, bytes, error))
        return FALSE;
      tomo_generation_writer_add_object (writer, paths[i], sha256, strlen (text));
    }

  for (size_t i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (word, strlen (word));
      if (!tomo_generation_writer_add_file (writer, files[i], bytes, NULL, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
tomo_store_test_commit (TomoStore *store, const char *campaign, const char *word, GError **error)
{
  g_autoptr(TomoGenerationWriter) writer = tomo_generation_writer_new (store, campaign, error);
  if (writer == NULL || !add_all (store, writer, word, error))
    return FALSE;

  tomo_generation_writer_set_properties (writer, g_variant_new_parsed ("{'word': <%s>}", word));
  return tomo_generation_writer_commit (writer, error);
}

/* Reads everything of the current generation, and asserts that it is all of one piece. */
char *
tomo_store_test_read_word (TomoStore *store, const char *campaign)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoGeneration) generation = tomo_generation_open_current (store, campaign, &error);
  g_assert_no_error (error);
  char *word = NULL;
  g_assert_true (
      g_variant_lookup (tomo_generation_get_properties (generation), "word", "s", &word));

  g_assert_cmpuint (tomo_generation_get_n_objects (generation), ==, G_N_ELEMENTS (paths));
  for (size_t i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      TomoStoredObject object;
      g_assert_true (tomo_generation_get_object (generation, i, &object, &error));
      g_assert_no_error (error);
      g_autoptr(GBytes) bytes = tomo_store_load_object (store, object.sha256, 1000, &error);
      g_assert_no_error (error);
      g_autofree char *text = g_strdup_printf ("%s of %s", word, paths[i]);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text,
                       strlen (text));
    }

  for (size_t i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(GBytes) bytes = tomo_generation_load_file (generation, files[i], 1000, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), word,
                       strlen (word));
    }

  return word;
}

/* Turns one bit, and keeps the size. */
void
tomo_store_test_damage (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *data = NULL;
  gsize size = 0;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  data[size / 2] ^= 1;
  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
}

void
tomo_store_test_make_old (const char *path, int64_t secs)
{
  struct utimbuf times = { (time_t) secs, (time_t) secs };

  g_assert_cmpint (g_utime (path, &times), ==, 0);
}
