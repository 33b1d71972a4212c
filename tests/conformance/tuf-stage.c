/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tuf-stage.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

void
tuf_stage_set_up (TufStage *self, gconstpointer user_data)
{
  static const char *const roles[] = { "root", "timestamp", "snapshot", "targets" };
  g_autoptr(GError) error = NULL;

  self->client =
      g_build_filename (g_getenv ("TOMO_BUILD_ROOT"), "tests", "conformance", "tuf-client", NULL);
  self->metadata_dir = g_dir_make_tmp ("tomo-metadata-XXXXXX", &error);
  self->target_dir = g_dir_make_tmp ("tomo-targets-XXXXXX", &error);
  g_assert_no_error (error);

  self->repo = tomo_test_repo_new ();
  self->roles = g_ptr_array_new_with_free_func (g_free);
  self->published =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (size_t i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_ptr_array_add (self->roles, g_strdup (roles[i]));
      tomo_test_repo_change (self->repo, roles[i], "expires", TUF_STAGE_FUTURE);
    }
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

void
tuf_stage_tear_down (TufStage *self, gconstpointer user_data)
{
  remove_folder (self->metadata_dir);
  remove_folder (self->target_dir);
  tomo_test_repo_free (self->repo);
  g_ptr_array_unref (self->roles);
  g_hash_table_unref (self->published);
  g_hash_table_unref (self->answers);
  g_clear_pointer (&self->server, http_server_free);
  g_free (self->client);
  g_free (self->metadata_dir);
  g_free (self->target_dir);
}

void
tuf_stage_delegate (TufStage *self,
                    const char *delegator,
                    const char *role,
                    const char *paths,
                    gboolean is_terminating)
{
  tomo_test_repo_delegate (self->repo, delegator, role, paths, is_terminating);
  tomo_test_repo_change (self->repo, role, "expires", TUF_STAGE_FUTURE);
  if (!g_ptr_array_find_with_equal_func (self->roles, role, g_str_equal, NULL))
    g_ptr_array_add (self->roles, g_strdup (role));
}

void
tuf_stage_put (TufStage *self, const char *role, GBytes *bytes)
{
  json_t *file = tomo_test_repo_get (self->repo, role);
  gboolean has_version = json_is_true (
      json_object_get (tomo_test_repo_get (self->repo, "root"), "consistent_snapshot"));
  g_autofree char *encoded = g_uri_escape_string (role, NULL, FALSE);

  if (g_str_equal (role, "timestamp"))
    has_version = FALSE;
  if (g_str_equal (role, "root"))
    has_version = TRUE;
  json_int_t version = json_integer_value (json_object_get (file, "version"));
  char *path =
      has_version ? g_strdup_printf ("/metadata/%" JSON_INTEGER_FORMAT ".%s.json", version, encoded)
                  : g_strdup_printf ("/metadata/%s.json", encoded);
  g_hash_table_replace (self->published, path,
                        bytes != NULL ? g_bytes_ref (bytes)
                                      : tomo_test_repo_sign (self->repo, role));
}

void
tuf_stage_put_target (TufStage *self, const char *url_path, const char *contents)
{
  g_hash_table_replace (self->published, g_strconcat ("/targets/", url_path, NULL),
                        g_bytes_new (contents, strlen (contents)));
}

void
tuf_stage_publish (TufStage *self)
{
  for (unsigned int i = 0; i < self->roles->len; i++)
    tuf_stage_put (self, g_ptr_array_index (self->roles, i), NULL);
}

void
tuf_stage_publish_next (TufStage *self, const char *role)
{
  if (role != NULL)
    tomo_test_repo_raise (self->repo, role);
  tomo_test_repo_publish (self->repo);
  tuf_stage_publish (self);
}

/* A fresh server has counted no requests yet. */
static void
serve (TufStage *self)
{
  GHashTableIter iter;
  const char *path = NULL;
  const char *head = NULL;
  GBytes *bytes = NULL;

  g_clear_pointer (&self->server, http_server_free);
  self->server = http_server_new ();
  g_hash_table_iter_init (&iter, self->answers);
  while (g_hash_table_iter_next (&iter, (gpointer *) &path, (gpointer *) &head))
    http_server_add (self->server, path, *head == '\0' ? HTTP_REPLY_DROP : HTTP_REPLY_PLAIN, 0,
                     head, "", 0);

  g_hash_table_iter_init (&iter, self->published);
  while (g_hash_table_iter_next (&iter, (gpointer *) &path, (gpointer *) &bytes))
    if (!g_hash_table_contains (self->answers, path))
      http_server_add (self->server, path, HTTP_REPLY_PLAIN, 0, "HTTP/1.1 200 OK\r\n",
                       g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
run_client (TufStage *self, const char *const *more, int code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) args = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *said = NULL;
  int status = 0;

  g_ptr_array_add (args, g_strdup (self->client));
  g_ptr_array_add (args, g_strdup ("--metadata-dir"));
  g_ptr_array_add (args, g_strdup (self->metadata_dir));
  for (size_t i = 0; more[i] != NULL; i++)
    g_ptr_array_add (args, g_strdup (more[i]));
  g_ptr_array_add (args, NULL);

  g_spawn_sync (NULL, (char **) args->pdata, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                &said, &status, &error);
  g_assert_no_error (error);
  g_test_message ("%s", g_strstrip (said));
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, code);
}

void
tuf_stage_init (TufStage *self)
{
  g_autoptr(GBytes) root = tomo_test_repo_sign (self->repo, "root");
  g_autofree char *path = g_build_filename (self->target_dir, "trusted", NULL);
  const char *const args[] = { "init", path, NULL };

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (root, NULL),
                                      (gssize) g_bytes_get_size (root), NULL));
  run_client (self, args, 0);
  g_remove (path);
}

static void
assert_requests (TufStage *self, const char *requests)
{
  g_autofree char *paths = http_server_dup_paths (self->server);
  g_autoptr(GString) asked = g_string_new (paths);

  g_string_replace (asked, "/metadata/", "", 0);
  if (requests != NULL)
    g_assert_cmpstr (asked->str, ==, requests);
}

/* Only metadata, and only under names that end in ‘.json’, is kept in the folder for metadata. */
static void
assert_metadata_dir (TufStage *self)
{
  g_autoptr(GDir) dir = g_dir_open (self->metadata_dir, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_true (g_str_has_suffix (name, ".json"));
}

void
tuf_stage_refresh (TufStage *self, int code, const char *requests)
{
  serve (self);
  g_autofree char *url = g_strconcat (http_server_get_url (self->server), "/metadata", NULL);
  const char *const args[] = { "--metadata-url", url, "refresh", NULL };

  run_client (self, args, code);
  assert_requests (self, requests);
  assert_metadata_dir (self);
}

void
tuf_stage_download (TufStage *self, const char *name, int code, const char *requests)
{
  serve (self);
  g_autofree char *url = g_strconcat (http_server_get_url (self->server), "/metadata", NULL);
  g_autofree char *base = g_strconcat (http_server_get_url (self->server), "/targets", NULL);
  const char *const args[] = {
    "--metadata-url",    url,  "--target-name", name, "--target-dir", self->target_dir,
    "--target-base-url", base, "download",      NULL
  };

  run_client (self, args, code);
  assert_requests (self, requests);
  assert_metadata_dir (self);
}

int
tuf_stage_get_kept_version (TufStage *self, const char *role)
{
  g_autofree char *encoded = g_uri_escape_string (role, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("%s/%s.json", self->metadata_dir, encoded);
  json_t *tree = json_load_file (path, 0, NULL);
  int version =
      (int) json_integer_value (json_object_get (json_object_get (tree, "signed"), "version"));

  json_decref (tree);
  return version;
}

char *
tuf_stage_dup_target (TufStage *self, const char *file_name)
{
  g_autofree char *path = g_build_filename (self->target_dir, file_name, NULL);
  char *contents = NULL;

  return g_file_get_contents (path, &contents, NULL, NULL) ? contents : NULL;
}
