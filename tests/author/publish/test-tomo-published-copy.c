/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-published-copy.h"

#include <glib/gstdio.h>

#include "author/publish/tomo-repository-private.h"
#include "core/tomo-error.h"
#include "tests/author/publish/tomo-rehearsal.h"

#define NO_ROOT "0000000000000000000000000000000000000000000000000000000000000000"

typedef struct
{
  char *folder;               /* (owned) */
  char *address;              /* (owned): the hub's repository */
  char *copy;                 /* (owned): where the partner keeps its copy */
  GPtrArray *keys;            /* (owned) (element-type TomoPrivateKey): of jp */
  TomoRepository *repository; /* (owned): jp has published one pack */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = tomo_rehearsal_dup_folder ();
  self->address = g_build_filename (self->folder, "repo", NULL);
  self->copy = g_build_filename (self->folder, "copy", NULL);
  self->keys = tomo_rehearsal_make_keys (3);
  self->repository = tomo_rehearsal_new_demo (self->folder);
  tomo_rehearsal_add_partner (self->repository, "jp", self->keys);
  g_autofree char *pack = tomo_rehearsal_write_pack (self->folder, "basics", "Basics");
  tomo_rehearsal_stage (self->repository, "jp", pack);
  tomo_rehearsal_sign (self->repository, "jp", self->keys, 2);
  tomo_rehearsal_publish (self->repository);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  tomo_repository_free (self->repository);
  g_ptr_array_unref (self->keys);
  tomo_rehearsal_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->address);
  g_free (self->copy);
}

static gboolean
refresh (Fixture *self, const char *root, const char *role, int64_t now_secs, GError **error)
{
  g_autoptr(TomoPublishedCopy) copy =
      tomo_published_copy_open (self->copy, self->address, now_secs, NULL, error);

  return copy != NULL && tomo_published_copy_refresh (
                             copy, root != NULL ? root : tomo_published_copy_get_newest_root (copy),
                             role, NULL, error);
}

/* The copy is a repository of its own, which says what the hub has published. */
static void
test_published_copy_refresh (Fixture *self, gconstpointer data)
{
  for (unsigned int i = 0; i < 2; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TomoPublishedCopy) copy =
          tomo_published_copy_open (self->copy, self->address, TOMO_REHEARSAL_NOW, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (tomo_published_copy_refresh (copy, tomo_published_copy_get_newest_root (copy),
                                                  "jp", NULL, &error));
      g_assert_no_error (error);
      g_assert_true (tomo_published_copy_is_signed_today (copy));

      TomoRepository *repository = tomo_published_copy_get_repository (copy);
      uint64_t version = 0;
      g_assert_true (tomo_repository_get_published_version (repository, "jp", &version, &error));
      g_assert_cmpuint (version, ==, 1);
      g_assert_true (tomo_repository_is_demo (repository));
    }
}

/* Who answers at the address but is not the campaign is refused, and nothing is kept. */
static void
test_published_copy_stranger (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (refresh (self, NO_ROOT, "jp", TOMO_REHEARSAL_NOW, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
  g_assert_false (g_file_test (self->copy, G_FILE_TEST_EXISTS));
  g_clear_error (&error);

  g_assert_false (refresh (self, NULL, "nobody", TOMO_REHEARSAL_NOW, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_free (self->address);
  self->address = g_build_filename (self->folder, "nowhere", NULL);
  g_assert_false (refresh (self, NULL, "jp", TOMO_REHEARSAL_NOW, &error));
  g_assert_nonnull (error);
}

/* A mirror that is behind what was seen before is named, not believed. */
static void
test_published_copy_older (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (self->address, "metadata", "timestamp.json", NULL);
  g_autoptr(GBytes) old = tomo_rehearsal_read (self->folder, "metadata/timestamp.json");
  tomo_rehearsal_publish (self->repository);
  g_assert_true (refresh (self, NULL, "jp", TOMO_REHEARSAL_NOW, &error));
  g_assert_no_error (error);

  g_assert_true (tomo_repository_write (path, old, NULL));
  g_assert_false (refresh (self, NULL, "jp", TOMO_REHEARSAL_NOW, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_STALE);
}

/* A file that the mirror changed is refused; what is damaged here is fetched again. */
static void
test_published_copy_damaged (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoRoleFile) file = NULL;
  g_assert_true (tomo_repository_load_published (self->repository, "jp", &file, &error));
  json_t *targets = json_object_get (tomo_role_file_get_signed (file), "targets");
  const char *sha256 =
      tomo_repository_get_target_sha256 (json_object_get (targets, "jp/packs/basics/en.k1.gz"));
  g_autofree char *name = tomo_repository_dup_target_name ("jp/packs/basics/en.k1.gz", sha256);
  g_autofree char *remote = g_build_filename (self->address, "targets", name, NULL);
  g_autofree char *local = g_build_filename (self->copy, "targets", name, NULL);

  g_assert_true (refresh (self, NULL, "jp", TOMO_REHEARSAL_NOW, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (local, "", 0, NULL));
  g_assert_true (refresh (self, NULL, "jp", TOMO_REHEARSAL_NOW, &error));
  g_assert_no_error (error);

  g_assert_cmpint (g_unlink (local), ==, 0);
  g_autoptr(GBytes) bad = g_bytes_new_static ("bad", 3);
  g_assert_true (tomo_repository_write (remote, bad, NULL));
  g_assert_false (refresh (self, NULL, "jp", TOMO_REHEARSAL_NOW, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/published-copy/refresh", test_published_copy_refresh);
  ADD ("/published-copy/stranger", test_published_copy_stranger);
  ADD ("/published-copy/older", test_published_copy_older);
  ADD ("/published-copy/damaged", test_published_copy_damaged);
  return g_test_run ();
}
