/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "author/publish/tomo-repository-private.h"
#include "author/publish/tomo-role-file.h"
#include "core/tomo-error.h"
#include "tests/author/publish/tomo-rehearsal.h"

typedef struct
{
  char *folder; /* (owned) */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = tomo_rehearsal_dup_folder ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  tomo_rehearsal_remove_folder (self->folder);
  g_free (self->folder);
}

static void
assert_mode (const char *folder, const char *name, int mode)
{
  g_autofree char *path = g_build_filename (folder, "repo", name, NULL);
  struct stat status;

  g_test_message ("%s", name);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, mode);
}

static void
assert_counts (TomoRepository *repository, const char *role, unsigned int n, unsigned int threshold)
{
  g_autoptr(GError) error = NULL;
  unsigned int n_signed = 0;
  unsigned int needed = 0;

  g_assert_true (tomo_repository_count_draft (repository, role, &n_signed, &needed, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_signed, ==, n);
  g_assert_cmpuint (needed, ==, threshold);
}

/* A demonstration makes its keys, and signs the hub's roles with as many as must. */
static void
test_repository_init_demo (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoRepository) repository = tomo_rehearsal_new_demo (self->folder);

  g_assert_true (tomo_repository_is_demo (repository));
  assert_counts (repository, "root", 3, 3);
  assert_counts (repository, "targets", 3, 3);
  assert_counts (repository, "campaign", 2, 2);
  g_auto(GStrv) drafts = tomo_repository_list_drafts (repository, &error);
  g_assert_cmpstrv (drafts, ((const char *const[]){ "root", "targets", "campaign", NULL }));

  g_assert_null (tomo_repository_dup_fingerprint (repository, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
}

/* What must not be uploaded cannot be read by others; what must be, can. */
static void
test_repository_init_modes (Fixture *self, gconstpointer data)
{
  mode_t umask_before = umask (0022);
  g_autoptr(TomoRepository) repository = tomo_rehearsal_new_demo (self->folder);

  assert_mode (self->folder, "metadata", 0755);
  assert_mode (self->folder, "targets", 0755);
  assert_mode (self->folder, "staging", 0700);
  assert_mode (self->folder, "keys", 0700);
  assert_mode (self->folder, "keys/root-1.pem", 0600);
  assert_mode (self->folder, "keys/timestamp-1.pem", 0600);
  umask (umask_before);
}

/* The hub's own keys are taken as given; nothing is signed and no private key lies about. */
static void
test_repository_init_real (Fixture *self, gconstpointer data)
{
  static const unsigned int n_keys[] = { 5, 5, 1, 1, 3 };
  g_autoptr(GError) error = NULL;
  g_autofree char *conf = tomo_rehearsal_write_campaign (self->folder);
  g_autofree char *path = g_build_filename (self->folder, "repo", NULL);
  g_autofree char *keys_path = g_build_filename (path, "keys", NULL);
  TomoSigners *signers[TOMO_N_HUB_ROLES];
  g_autoptr(GPtrArray) root_keys = NULL;

  for (TomoHubRole role = 0; role < TOMO_N_HUB_ROLES; role++)
    {
      g_autoptr(GPtrArray) keys = tomo_rehearsal_make_keys (n_keys[role]);
      signers[role] =
          tomo_rehearsal_signers (keys, tomo_hub_role_get_default_threshold (role, n_keys[role]));
      if (role == TOMO_HUB_ROOT)
        root_keys = g_ptr_array_ref (keys);
    }

  g_autoptr(TomoRepository) repository =
      tomo_repository_create (path, conf, signers, TOMO_REHEARSAL_NOW, &error);
  g_assert_no_error (error);
  g_assert_false (tomo_repository_is_demo (repository));
  g_assert_false (g_file_test (keys_path, G_FILE_TEST_EXISTS));
  assert_counts (repository, "root", 0, 3);
  assert_counts (repository, "campaign", 0, 2);

  g_assert_true (
      tomo_repository_sign (repository, "root", g_ptr_array_index (root_keys, 4), &error));
  assert_counts (repository, "root", 1, 3);
  g_assert_false (
      tomo_repository_sign (repository, "targets", g_ptr_array_index (root_keys, 4), &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);

  for (TomoHubRole role = 0; role < TOMO_N_HUB_ROLES; role++)
    tomo_signers_free (signers[role]);
}

/* A folder in use, a broken campaign file and an impossible threshold are refused before anything
 * is written. */
static void
test_repository_init_refuses (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *conf = tomo_rehearsal_write_campaign (self->folder);
  g_autofree char *path = g_build_filename (self->folder, "repo", NULL);
  TomoSigners *none[TOMO_N_HUB_ROLES];

  g_assert_null (tomo_repository_create (self->folder, conf, NULL, TOMO_REHEARSAL_NOW, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
  g_clear_error (&error);

  for (TomoHubRole role = 0; role < TOMO_N_HUB_ROLES; role++)
    none[role] = tomo_signers_new (0);
  g_assert_null (tomo_repository_create (path, conf, none, TOMO_REHEARSAL_NOW, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
  g_clear_error (&error);
  for (TomoHubRole role = 0; role < TOMO_N_HUB_ROLES; role++)
    tomo_signers_free (none[role]);

  g_assert_true (g_file_set_contents (conf, "[campaign]\n", -1, NULL));
  g_assert_null (tomo_repository_create (path, conf, NULL, TOMO_REHEARSAL_NOW, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* No folder, a later format, and a second writer are told apart. */
static void
test_repository_open_refuses (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (self->folder, "repo", NULL);
  g_autofree char *conf = g_build_filename (path, "repository.conf", NULL);

  g_assert_null (tomo_repository_open (path, TOMO_REPOSITORY_READ, TOMO_REHEARSAL_NOW, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_autoptr(TomoRepository) writer = tomo_rehearsal_new_demo (self->folder);
  g_assert_null (tomo_repository_open (path, TOMO_REPOSITORY_WRITE, TOMO_REHEARSAL_NOW, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_BUSY);
  g_clear_error (&error);
  g_autoptr(TomoRepository) reader =
      tomo_repository_open (path, TOMO_REPOSITORY_READ, TOMO_REHEARSAL_NOW, &error);
  g_assert_no_error (error);

  g_assert_true (g_file_set_contents (conf, "[repository]\nformat=2\n", -1, NULL));
  g_assert_null (tomo_repository_open (path, TOMO_REPOSITORY_READ, TOMO_REHEARSAL_NOW, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED);
}

static json_t *
get_campaign_paths (TomoRoleFile *targets)
{
  return json_object_get (tomo_repository_find_delegation (targets, "campaign"), "paths");
}

/* A repository from before campaigns had recordings is told that they may be published, once there
 * are any. */
static void
test_repository_init_recordings (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoRepository) repository = tomo_rehearsal_new_demo (self->folder);
  g_autoptr(TomoRoleFile) before = NULL;
  g_autoptr(TomoRoleFile) after = NULL;

  g_assert_true (tomo_repository_load_targets (repository, &before, &error));
  g_assert_cmpuint (json_array_size (get_campaign_paths (before)), ==, 2);
  json_array_remove (get_campaign_paths (before), 1);
  g_assert_true (tomo_repository_save_draft (repository, "targets", before, &error));
  g_assert_no_error (error);
  tomo_rehearsal_publish (repository);

  tomo_rehearsal_publish_recording (repository, self->folder, "ja");
  g_assert_true (tomo_repository_load_targets (repository, &after, &error));
  g_assert_cmpuint (json_array_size (get_campaign_paths (after)), ==, 2);
  g_assert_cmpstr (json_string_value (json_array_get (get_campaign_paths (after), 1)), ==,
                   "campaign/media/*");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/repository/init/demo", test_repository_init_demo);
  ADD ("/repository/init/modes", test_repository_init_modes);
  ADD ("/repository/init/recordings", test_repository_init_recordings);
  ADD ("/repository/init/real", test_repository_init_real);
  ADD ("/repository/init/refuses", test_repository_init_refuses);
  ADD ("/repository/open/refuses", test_repository_open_refuses);
  return g_test_run ();
}
