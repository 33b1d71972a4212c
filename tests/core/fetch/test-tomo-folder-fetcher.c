/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/fetch/tomo-folder-fetcher.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/tomo-error.h"

/* The ids of ‘nobody’ on every Debian. */
#define NOBODY 65534

typedef struct
{
  char *outer;  /* (owned): holds ‘secret’ and ‘repo’ */
  char *folder; /* (owned): ‘repo’ */
  TomoFetcher *fetcher;
} Fixture;

static void
write_file (const char *folder, const char *name, const char *content)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  fixture->outer = g_dir_make_tmp ("test-folder-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->folder = g_build_filename (fixture->outer, "repo", NULL);
  g_autofree char *metadata = g_build_filename (fixture->folder, "metadata", NULL);
  g_assert_no_errno (g_mkdir_with_parents (metadata, 0755));

  write_file (fixture->outer, "secret", "secret");
  write_file (metadata, "1.root.json", "{}");
  write_file (metadata, "a b.json", "{}");
  fixture->fetcher = tomo_folder_fetcher_new (fixture->folder, &error);
  g_assert_no_error (error);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->fetcher);
  remove_tree (fixture->outer);
  g_free (fixture->folder);
  g_free (fixture->outer);
}

/* A file comes back as it lies there, and a name may be written as in a URL. */
static void
test_folder_ok (Fixture *fixture, gconstpointer data)
{
  static const char *const paths[] = { "metadata/1.root.json", "metadata/a%20b.json" };

  for (size_t i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Vector %s", paths[i]);
      g_autoptr(GBytes) body = tomo_fetcher_fetch (fixture->fetcher, paths[i], 2, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), "{}", 2);
    }
  g_assert_cmpuint (tomo_fetcher_get_bytes_received (fixture->fetcher), ==, 4);
}

/* Links, other kinds of file and ways out are refused; only what does not exist is “not found”. */
static void
test_folder_refusals (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *path;
    TomoError code;
    const char *says;
  } vectors[] = {
    { "metadata/2.root.json", TOMO_ERROR_NOT_FOUND, "2.root.json" },
    { "none/2.root.json", TOMO_ERROR_NOT_FOUND, "none/2.root.json" },
    { "metadata/1.root.json/x", TOMO_ERROR_FAILED, "1.root.json/x" },
    { "metadata", TOMO_ERROR_FAILED, "not a regular file" },
    { "fifo", TOMO_ERROR_FAILED, "not a regular file" },
    { "out", TOMO_ERROR_FAILED, "symbolic link" },
    { "in", TOMO_ERROR_FAILED, "symbolic link" },
    { "linked/1.root.json", TOMO_ERROR_FAILED, "symbolic link" },
    { "zero", TOMO_ERROR_FAILED, "symbolic link" },
    { "../secret", TOMO_ERROR_FAILED, "outside" },
    { "%2e%2e/secret", TOMO_ERROR_FAILED, "outside" },
    { "/etc/passwd", TOMO_ERROR_FAILED, "outside" },
    { "metadata%2f1.root.json", TOMO_ERROR_FAILED, "not a usable path" },
    { "metadata/1.root%00.json", TOMO_ERROR_FAILED, "not a usable path" },
    { "large", TOMO_ERROR_INVALID_DATA, "limit of 9" },
  };
  g_autofree char *fifo = g_build_filename (fixture->folder, "fifo", NULL);
  g_autofree char *out = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *in = g_build_filename (fixture->folder, "in", NULL);
  g_autofree char *linked = g_build_filename (fixture->folder, "linked", NULL);
  g_autofree char *zero = g_build_filename (fixture->folder, "zero", NULL);

  g_assert_no_errno (mkfifo (fifo, 0600));
  g_assert_no_errno (symlink ("../secret", out));
  g_assert_no_errno (symlink ("metadata/1.root.json", in));
  g_assert_no_errno (symlink ("metadata", linked));
  g_assert_no_errno (symlink ("/dev/zero", zero));
  write_file (fixture->folder, "large", "0123456789");

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Vector %s", vectors[i].path);
      g_assert_null (tomo_fetcher_fetch (fixture->fetcher, vectors[i].path, 9, NULL, &error));
      g_assert_error (error, TOMO_ERROR, (int) vectors[i].code);
      g_assert_nonnull (strstr (error->message, vectors[i].says));
      g_assert_nonnull (strstr (error->message, fixture->folder));
    }
}

/* A file that may not be read is an error and not the end of the chain of roots. Root may read
 * everything, so for a moment the test is somebody else. */
static void
test_folder_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "metadata", "1.root.json", NULL);
  gboolean is_root = geteuid () == 0;

  g_assert_no_errno (g_chmod (path, 0));
  g_assert_no_errno (g_chmod (fixture->folder, 0755));
  if (is_root && seteuid (NOBODY) != 0)
    {
      g_test_skip ("cannot become an ordinary user here");
      return;
    }
  g_autoptr(GBytes) body =
      tomo_fetcher_fetch (fixture->fetcher, "metadata/1.root.json", 9, NULL, &error);
  if (is_root)
    g_assert_no_errno (seteuid (0));

  g_assert_null (body);
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, path));
}

/* Of a run that is stopped every request hears. */
static void
test_folder_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GPtrArray) requests =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_fetch_request_free);
  TomoFetchRequest *request = tomo_fetch_request_new ("metadata/1.root.json", 9, NULL);
  g_ptr_array_add (requests, request);

  g_cancellable_cancel (cancellable);
  g_assert_false (
      tomo_fetcher_fetch_all (fixture->fetcher, requests, NULL, NULL, cancellable, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_CANCELLED);
  g_assert_error (request->error, TOMO_ERROR, TOMO_ERROR_CANCELLED);
}

/* The kind of location decides who fetches, and what cannot be is said. */
static void
test_folder_locations (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = g_filename_to_uri (fixture->folder, NULL, NULL);
  g_autofree char *none = g_build_filename (fixture->outer, "none", NULL);
  g_autofree char *file = g_build_filename (fixture->outer, "secret", NULL);
  const struct
  {
    const char *location;
    int code; /* -1 if it is fine */
    const char *type;
  } vectors[] = {
    { fixture->folder, -1, "TomoFolderFetcher" },
    { url, -1, "TomoFolderFetcher" },
    { "http://127.0.0.1:9/", -1, "TomoHttpFetcher" },
    { "HTTPS://127.0.0.1:9/repo", -1, "TomoHttpFetcher" },
    { none, TOMO_ERROR_NOT_FOUND, NULL },
    { file, TOMO_ERROR_FAILED, NULL },
    { "file://elsewhere/repo", TOMO_ERROR_FAILED, NULL },
    { "ftp://127.0.0.1/", TOMO_ERROR_UNSUPPORTED, NULL },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Vector %s", vectors[i].location);
      g_autoptr(TomoFetcher) fetcher = tomo_fetcher_new_for_location (vectors[i].location, &error);
      if (vectors[i].code < 0)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (G_OBJECT_TYPE_NAME (fetcher), ==, vectors[i].type);
          continue;
        }
      g_assert_null (fetcher);
      g_assert_error (error, TOMO_ERROR, vectors[i].code);
    }
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/folder/ok", test_folder_ok);
  ADD ("/folder/refusals", test_folder_refusals);
  ADD ("/folder/unreadable", test_folder_unreadable);
  ADD ("/folder/cancelled", test_folder_cancelled);
  ADD ("/folder/locations", test_folder_locations);
  return g_test_run ();
}
