/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

#include "http-server.h"
#include "tomo-test-repo.h"

/* The client reads the real clock. */
#define LONG_AFTER "\"2999-01-01T00:00:00Z\""
#define LONG_BEFORE "\"2001-01-01T00:00:00Z\""

#define CONTENTS "what was signed"

typedef struct
{
  TomoTestRepo *repo; /* (owned) */
  HttpServer *server; /* (owned) (nullable) */
  char *client;       /* (owned): path of the program */
  char *metadata_dir; /* (owned) */
  char *target_dir;   /* (owned) */
} Fixture;

static const char *const roles[] = { "root", "timestamp", "snapshot", "targets",
                                     "jp",   "jp-kids",   "th" };

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr(GError) error = NULL;

  fixture->client =
      g_build_filename (g_getenv ("TOMO_BUILD_ROOT"), "tests", "conformance", "tuf-client", NULL);
  fixture->metadata_dir = g_dir_make_tmp ("tomo-metadata-XXXXXX", &error);
  fixture->target_dir = g_dir_make_tmp ("tomo-targets-XXXXXX", &error);
  g_assert_no_error (error);

  fixture->repo = tomo_test_repo_new ();
  tomo_test_repo_delegate (fixture->repo, "targets", "th", "[\"th/*\"]", TRUE);
  tomo_test_repo_delegate (fixture->repo, "targets", "jp", "[\"jp/*\", \"jp/*/*\"]", TRUE);
  tomo_test_repo_delegate (fixture->repo, "jp", "jp-kids", "[\"jp/kids/*\"]", TRUE);
  tomo_test_repo_add_target (fixture->repo, "jp-kids", "jp/kids/A file", CONTENTS);
  for (size_t i = 0; i < G_N_ELEMENTS (roles); i++)
    tomo_test_repo_change (fixture->repo, roles[i], "expires", LONG_AFTER);
}

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_remove (file);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  remove_folder (fixture->metadata_dir);
  remove_folder (fixture->target_dir);
  tomo_test_repo_free (fixture->repo);
  g_clear_pointer (&fixture->server, http_server_free);
  g_free (fixture->client);
  g_free (fixture->metadata_dir);
  g_free (fixture->target_dir);
}

static void
serve_bytes (Fixture *fixture, const char *path, GBytes *bytes)
{
  http_server_add (fixture->server, path, HTTP_REPLY_PLAIN, 0, "HTTP/1.1 200 OK\r\n",
                   g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* A fresh server, with no requests counted yet, for the repository as it is now. */
static void
serve (Fixture *fixture)
{
  g_autoptr(GBytes) contents = g_bytes_new_static (CONTENTS, strlen (CONTENTS));
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, CONTENTS, -1);
  g_autofree char *target_path = g_strdup_printf ("/targets/jp/kids/%s.A%%20file", hash);

  g_clear_pointer (&fixture->server, http_server_free);
  fixture->server = http_server_new ();
  for (size_t i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_autoptr(GBytes) bytes = tomo_test_repo_sign (fixture->repo, roles[i]);
      int version = (int) json_integer_value (
          json_object_get (tomo_test_repo_get (fixture->repo, roles[i]), "version"));
      g_autofree char *path = strcmp (roles[i], "timestamp") == 0
                                  ? g_strdup ("/metadata/timestamp.json")
                                  : g_strdup_printf ("/metadata/%d.%s.json", version, roles[i]);
      serve_bytes (fixture, path, bytes);
    }
  serve_bytes (fixture, target_path, contents);
}

static int
run_client (Fixture *fixture, const char *const *more)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) args = g_ptr_array_new_with_free_func (g_free);
  int status = 0;

  g_ptr_array_add (args, g_strdup (fixture->client));
  g_ptr_array_add (args, g_strdup ("--metadata-dir"));
  g_ptr_array_add (args, g_strdup (fixture->metadata_dir));
  if (fixture->server != NULL)
    g_ptr_array_add (args, g_strdup_printf ("--metadata-url=%s/metadata",
                                            http_server_get_url (fixture->server)));
  for (size_t i = 0; more[i] != NULL; i++)
    g_ptr_array_add (args, g_strdup (more[i]));
  g_ptr_array_add (args, NULL);

  g_spawn_sync (NULL, (char **) args->pdata, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static int
run_init (Fixture *fixture)
{
  g_autoptr(GBytes) root = tomo_test_repo_sign (fixture->repo, "root");
  g_autofree char *path = g_build_filename (fixture->target_dir, "trusted", NULL);
  const char *const args[] = { "init", path, NULL };

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (root, NULL),
                                      (gssize) g_bytes_get_size (root), NULL));
  int code = run_client (fixture, args);
  g_remove (path);
  return code;
}

static int
run_refresh (Fixture *fixture)
{
  static const char *const args[] = { "refresh", NULL };
  return run_client (fixture, args);
}

static int
run_download (Fixture *fixture, const char *name)
{
  g_autofree char *base_url =
      g_strdup_printf ("%s/targets/", http_server_get_url (fixture->server));
  const char *const args[] = { "--target-name",     name,     "--target-dir", fixture->target_dir,
                               "--target-base-url", base_url, "download",     NULL };
  return run_client (fixture, args);
}

/* @wanted: paths below /metadata/ that were asked for once each, with spaces between them; nothing
 * else that the server could know was asked for. */
static void
assert_requests (Fixture *fixture, const char *wanted)
{
  g_auto(GStrv) words = g_strsplit (wanted, " ", -1);

  for (size_t i = 0; i < G_N_ELEMENTS (roles); i++)
    for (int version = 0; version < 5; version++)
      {
        g_autofree char *name = version == 0 ? g_strdup_printf ("%s.json", roles[i])
                                             : g_strdup_printf ("%d.%s.json", version, roles[i]);
        g_autofree char *path = g_strconcat ("/metadata/", name, NULL);
        unsigned int n_wanted = g_strv_contains ((const char *const *) words, name) ? 1 : 0;

        if (http_server_count_requests (fixture->server, path) != n_wanted)
          g_error ("%s was asked for %u times, not %u", name,
                   http_server_count_requests (fixture->server, path), n_wanted);
      }
}

/* A cold refresh asks for five files, an unchanged one for two, a new version for what is new. */
static void
test_client_requests (Fixture *fixture, gconstpointer user_data)
{
  g_assert_cmpint (run_init (fixture), ==, 0);
  serve (fixture);
  g_assert_cmpint (run_refresh (fixture), ==, 0);
  assert_requests (fixture, "2.root.json timestamp.json 1.snapshot.json 1.targets.json");

  serve (fixture);
  g_assert_cmpint (run_refresh (fixture), ==, 0);
  assert_requests (fixture, "2.root.json timestamp.json");

  tomo_test_repo_raise (fixture->repo, "root");
  tomo_test_repo_raise (fixture->repo, "jp");
  tomo_test_repo_publish (fixture->repo);
  serve (fixture);
  g_assert_cmpint (run_refresh (fixture), ==, 0);
  assert_requests (fixture, "2.root.json 3.root.json timestamp.json 2.snapshot.json");
}

/* A download loads the roles on the way and no others, and a target that is there is not fetched.
 */
static void
test_client_download (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *file = g_build_filename (fixture->target_dir, "jp%2Fkids%2FA%20file", NULL);
  g_autofree char *contents = NULL;

  g_assert_cmpint (run_init (fixture), ==, 0);
  serve (fixture);
  g_assert_cmpint (run_download (fixture, "jp/kids/A file"), ==, 0);
  assert_requests (fixture, "2.root.json timestamp.json 1.snapshot.json 1.targets.json 1.jp.json "
                            "1.jp-kids.json");
  g_assert_true (g_file_get_contents (file, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, CONTENTS);

  /* The server has the file no more. */
  g_autoptr(GBytes) timestamp = tomo_test_repo_sign (fixture->repo, "timestamp");
  g_clear_pointer (&fixture->server, http_server_free);
  fixture->server = http_server_new ();
  serve_bytes (fixture, "/metadata/timestamp.json", timestamp);
  g_assert_cmpint (run_download (fixture, "jp/kids/A file"), ==, 0);
  assert_requests (fixture, "2.root.json timestamp.json");
  g_assert_cmpint (run_download (fixture, "jp/kids/another"), ==, 1);
}

/* What must be refused is, and leaves the trusted files as they were. */
static void
test_client_refused (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *kept = g_build_filename (fixture->metadata_dir, "timestamp.json", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_cmpint (run_init (fixture), ==, 0);
  serve (fixture);
  g_assert_cmpint (run_refresh (fixture), ==, 0);
  g_assert_true (g_file_get_contents (kept, &before, NULL, NULL));

  /* Expired. */
  tomo_test_repo_publish (fixture->repo);
  tomo_test_repo_change (fixture->repo, "timestamp", "expires", LONG_BEFORE);
  serve (fixture);
  g_assert_cmpint (run_refresh (fixture), ==, 1);
  g_assert_true (g_file_get_contents (kept, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, before);

  /* A snapshot that is not the listed one. */
  tomo_test_repo_change (fixture->repo, "timestamp", "expires", LONG_AFTER);
  tomo_test_repo_change (fixture->repo, "timestamp", "meta/snapshot.json/hashes",
                         "{\"sha256\":"
                         "\"0000000000000000000000000000000000000000000000000000000000000000\"}");
  serve (fixture);
  g_assert_cmpint (run_refresh (fixture), ==, 1);
}

/* A damaged cache is fetched again; a root that nobody signed stops everything before it begins. */
static void
test_client_damaged_cache (Fixture *fixture, gconstpointer user_data)
{
  static const char *const names[] = { "timestamp.json", "snapshot.json", "targets.json" };

  g_assert_cmpint (run_init (fixture), ==, 0);
  serve (fixture);
  g_assert_cmpint (run_refresh (fixture), ==, 0);
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->metadata_dir, names[i], NULL);
      g_assert_true (g_file_set_contents (path, "{}", 2, NULL));
    }
  serve (fixture);
  g_assert_cmpint (run_refresh (fixture), ==, 0);
  assert_requests (fixture, "2.root.json timestamp.json 1.snapshot.json 1.targets.json");

  g_autoptr(GPtrArray) none = g_ptr_array_new ();
  g_autoptr(GBytes) unsigned_root = tomo_test_repo_sign_with (fixture->repo, "root", none);
  g_autofree char *root = g_build_filename (fixture->metadata_dir, "root.json", NULL);
  g_assert_true (g_file_set_contents (root, g_bytes_get_data (unsigned_root, NULL),
                                      (gssize) g_bytes_get_size (unsigned_root), NULL));
  serve (fixture);
  g_assert_cmpint (run_refresh (fixture), ==, 1);
  assert_requests (fixture, "");
}

/* What is not a command is refused, and nothing is asked for. */
static void
test_client_usage (Fixture *fixture, gconstpointer user_data)
{
  static const char *const rows[][3] = {
    { NULL }, { "init", NULL }, { "refresh", NULL }, { "download", NULL }, { "x", NULL }
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (run_client (fixture, rows[i]), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/tuf-client/requests", Fixture, NULL, set_up, test_client_requests, tear_down);
  g_test_add ("/tuf-client/download", Fixture, NULL, set_up, test_client_download, tear_down);
  g_test_add ("/tuf-client/refused", Fixture, NULL, set_up, test_client_refused, tear_down);
  g_test_add ("/tuf-client/damaged-cache", Fixture, NULL, set_up, test_client_damaged_cache,
              tear_down);
  g_test_add ("/tuf-client/usage", Fixture, NULL, set_up, test_client_usage, tear_down);
  return g_test_run ();
}
