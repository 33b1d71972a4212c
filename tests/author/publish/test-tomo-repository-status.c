/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "core/tomo-error.h"
#include "tests/author/publish/tomo-rehearsal.h"

#define DAY (24 * 60 * 60)

static const TomoRoleStatus *
find (GPtrArray *roles, const char *name)
{
  for (unsigned int i = 0; i < roles->len; i++)
    {
      const TomoRoleStatus *role = g_ptr_array_index (roles, i);
      if (g_str_equal (role->name, name))
        return role;
    }

  g_assert_not_reached ();
}

/* Published and drafted versions, signatures and dates are told of every role, in order. */
static void
test_repository_status (void)
{
  static const char *const order[] = {
    "root", "targets", "snapshot", "timestamp", "campaign", "jp"
  };
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = tomo_rehearsal_dup_folder ();
  g_autoptr(TomoRepository) repository = tomo_rehearsal_new_demo (folder);
  g_autoptr(GPtrArray) keys = tomo_rehearsal_make_keys (3);
  g_autofree char *pack = tomo_rehearsal_write_pack (folder, "basics", "Basics");

  tomo_rehearsal_publish (repository);
  tomo_rehearsal_add_partner (repository, "jp", keys);
  tomo_rehearsal_stage (repository, "jp", pack);
  tomo_rehearsal_sign (repository, "jp", keys, 1);

  g_autoptr(GPtrArray) roles = tomo_repository_list_roles (repository, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (roles->len, ==, G_N_ELEMENTS (order));
  for (size_t i = 0; i < G_N_ELEMENTS (order); i++)
    g_assert_cmpstr (((const TomoRoleStatus *) g_ptr_array_index (roles, i))->name, ==, order[i]);

  const TomoRoleStatus *targets = find (roles, "targets");
  g_assert_cmpuint (targets->version, ==, 1);
  g_assert_cmpuint (targets->n_signed, ==, 3);
  g_assert_cmpuint (targets->threshold, ==, 3);
  g_assert_cmpint (targets->expires_secs, ==, TOMO_REHEARSAL_NOW + 365 * DAY);
  g_assert_cmpuint (targets->draft_version, ==, 2);
  g_assert_cmpuint (targets->draft_n_signed, ==, 3);

  const TomoRoleStatus *timestamp = find (roles, "timestamp");
  g_assert_cmpint (timestamp->expires_secs, ==, TOMO_REHEARSAL_NOW + 30 * DAY);
  g_assert_cmpuint (timestamp->draft_version, ==, 0);

  const TomoRoleStatus *jp = find (roles, "jp");
  g_assert_cmpuint (jp->version, ==, 0);
  g_assert_cmpuint (jp->draft_version, ==, 1);
  g_assert_cmpuint (jp->draft_n_signed, ==, 1);
  g_assert_cmpuint (jp->threshold, ==, 2);
  tomo_rehearsal_remove_folder (folder);
}

/* The fingerprint is the hash of the newest root, in 16 groups of four. */
static void
test_repository_status_fingerprint (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = tomo_rehearsal_dup_folder ();
  g_autoptr(TomoRepository) repository = tomo_rehearsal_new_demo (folder);

  tomo_rehearsal_publish (repository);
  for (unsigned int version = 1; version <= 2; version++)
    {
      g_autofree char *name = g_strdup_printf ("metadata/%u.root.json", version);
      g_autoptr(GBytes) root = tomo_rehearsal_read (folder, name);
      g_autofree char *hex = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, root);
      g_autofree char *fingerprint = tomo_repository_dup_fingerprint (repository, &error);
      g_assert_no_error (error);

      g_auto(GStrv) groups = g_strsplit (fingerprint, " ", -1);
      g_assert_cmpuint (g_strv_length (groups), ==, 16);
      g_autofree char *joined = g_strjoinv ("", groups);
      g_autofree char *lower = g_ascii_strdown (joined, -1);
      g_assert_cmpstr (lower, ==, hex);

      g_assert_true (tomo_repository_renew (repository, "root", &error));
      tomo_rehearsal_publish (repository);
    }
  tomo_rehearsal_remove_folder (folder);
}

/* A published file that somebody cleared away, or that broke off, is named. */
static void
test_repository_status_missing (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = tomo_rehearsal_dup_folder ();
  g_autoptr(TomoRepository) repository = tomo_rehearsal_new_demo (folder);
  g_autoptr(GPtrArray) keys = tomo_rehearsal_make_keys (3);
  g_autofree char *pack = tomo_rehearsal_write_pack (folder, "basics", "Basics");

  tomo_rehearsal_add_partner (repository, "jp", keys);
  tomo_rehearsal_stage (repository, "jp", pack);
  tomo_rehearsal_sign (repository, "jp", keys, 2);
  tomo_rehearsal_publish (repository);
  g_autoptr(GPtrArray) roles = tomo_repository_list_roles (repository, &error);
  g_assert_no_error (error);
  g_auto(GStrv) none = tomo_repository_list_missing (repository, roles, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (none), ==, 0);

  g_autofree char *packs =
      g_build_filename (folder, "repo", "targets", "jp", "packs", "basics", NULL);
  g_autoptr(GDir) dir = g_dir_open (packs, 0, &error);
  g_assert_no_error (error);
  const char *name = g_dir_read_name (dir);
  g_autofree char *path = g_build_filename (packs, name, NULL);
  g_autofree char *shown = g_build_filename ("targets", "jp", "packs", "basics", name, NULL);

  g_assert_true (g_file_set_contents (path, "half", -1, NULL));
  for (unsigned int i = 0; i < 2; i++)
    {
      g_auto(GStrv) missing = tomo_repository_list_missing (repository, roles, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_strv_length (missing), ==, 1);
      g_assert_cmpstr (missing[0], ==, shown);
      g_unlink (path);
    }
  tomo_rehearsal_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/repository/status/roles", test_repository_status);
  g_test_add_func ("/repository/status/missing", test_repository_status_missing);
  g_test_add_func ("/repository/status/fingerprint", test_repository_status_fingerprint);
  return g_test_run ();
}
