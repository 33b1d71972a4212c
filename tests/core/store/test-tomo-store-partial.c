/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <unistd.h>

#include "core/tomo-error.h"
#include "tests/core/store/tomo-store-test.h"

#define WEEK_SECS (7 * 24 * 60 * 60)

static char *
dup_sha256 (unsigned int number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static char *
dup_path (TomoStoreTest *test, const char *sha256)
{
  g_autofree char *name = g_strconcat (sha256, ".begun", NULL);

  return g_build_filename (tomo_store_get_path (test->store), "private", "partial", name, NULL);
}

static void
lock (TomoStoreTest *test)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (tomo_store_lock (test->store, &error));
  g_assert_no_error (error);
}

/* A lock and an unlock: what a next sync begins and ends with. */
static void
pass_on (TomoStoreTest *test)
{
  tomo_store_unlock (test->store);
  lock (test);
}

static void
save (TomoStoreTest *test, const char *sha256, size_t size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_bytes_new_take (g_malloc0 (size), size);

  g_assert_true (tomo_store_save_begun (test->store, sha256, bytes, &error));
  g_assert_no_error (error);
}

static size_t
get_size (TomoStoreTest *test, const char *sha256)
{
  g_autoptr(GBytes) bytes = tomo_store_load_begun (test->store, sha256, 64 * 1024 * 1024);

  return bytes != NULL ? g_bytes_get_size (bytes) : 0;
}

/* What has begun outlives the lock, while pieces that nobody kept on purpose do not; it is never as
 * large as the whole, and it can be forgotten. */
static void
test_partial_keeps (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *sha256 = dup_sha256 (0);
  g_autofree char *piece =
      g_build_filename (tomo_store_get_path (test->store), "private", "partial", sha256, NULL);
  lock (test);
  save (test, sha256, 10);
  g_file_set_contents (piece, "left by a kill", -1, &error);
  g_assert_no_error (error);
  pass_on (test);
  g_assert_cmpuint (get_size (test, sha256), ==, 10);
  g_assert_false (g_file_test (piece, G_FILE_TEST_EXISTS));
  g_assert_null (tomo_store_load_begun (test->store, sha256, 10));

  save (test, sha256, 20);
  g_assert_cmpuint (get_size (test, sha256), ==, 20);
  tomo_store_remove_begun (test->store, sha256);
  g_assert_cmpuint (get_size (test, sha256), ==, 0);
}

/* More than the limits is not kept: in number, in size, and in age. */
static void
test_partial_limits (TomoStoreTest *test, gconstpointer data)
{
  unsigned int n_kept = 0;

  lock (test);
  for (unsigned int i = 0; i < 70; i++)
    {
      g_autofree char *sha256 = dup_sha256 (i);
      save (test, sha256, 1);
      n_kept += get_size (test, sha256) > 0 ? 1 : 0;
    }
  g_assert_cmpuint (n_kept, ==, 64);

  for (unsigned int i = 0; i < 64; i++)
    {
      g_autofree char *sha256 = dup_sha256 (i);
      g_autofree char *path = dup_path (test, sha256);
      tomo_store_test_make_old (path, WEEK_SECS + 60);
    }
  pass_on (test);
  g_autofree char *first = dup_sha256 (0);
  g_assert_cmpuint (get_size (test, first), ==, 0);

  g_autofree char *second = dup_sha256 (1);
  save (test, first, 40 * 1024 * 1024);
  save (test, second, 40 * 1024 * 1024);
  g_assert_cmpuint (get_size (test, first), ==, 40 * 1024 * 1024);
  g_assert_cmpuint (get_size (test, second), ==, 0);
}

/* A link in the place of a beginning leads nowhere, and goes. */
static void
test_partial_link (TomoStoreTest *test, gconstpointer data)
{
  g_autofree char *sha256 = dup_sha256 (0);
  g_autofree char *path = dup_path (test, sha256);

  lock (test);
  g_assert_cmpint (symlink ("/etc/passwd", path), ==, 0);
  g_assert_cmpuint (get_size (test, sha256), ==, 0);
  pass_on (test);
  g_assert_false (g_file_test (path, G_FILE_TEST_IS_SYMLINK));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, TomoStoreTest, NULL, tomo_store_test_set_up, func, tomo_store_test_tear_down)
  ADD ("/store/partial/keeps", test_partial_keeps);
  ADD ("/store/partial/limits", test_partial_limits);
  ADD ("/store/partial/link", test_partial_link);
#undef ADD
  return g_test_run ();
}
