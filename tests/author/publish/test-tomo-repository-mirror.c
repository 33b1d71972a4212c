/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-repository-private.h"
#include "core/tomo-error.h"
#include "tests/author/publish/tomo-follower.h"
#include "tests/author/publish/tomo-rehearsal.h"

typedef struct
{
  char *folder;              /* (owned) */
  char *repo;                /* (owned) */
  char *root;                /* (owned) */
  char *old;                 /* (owned): a mirror from before */
  GPtrArray *keys;           /* (owned) (element-type TomoPrivateKey): of jp */
  GPtrArray *snapshot_keys;  /* (owned) (element-type TomoPrivateKey) */
  GPtrArray *timestamp_keys; /* (owned) (element-type TomoPrivateKey) */
  unsigned int n_steps;      /* so far */
  unsigned int stop_after;   /* as a kill; 0 never */
} Fixture;

static TomoRepository *
open_repository (Fixture *self)
{
  return tomo_rehearsal_open (self->folder, TOMO_REHEARSAL_NOW + 60);
}

static void
add_online_key (Fixture *self, const char *role, GPtrArray *keys)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_strdup_printf ("%s/keys/%s-1.pem", self->repo, role);

  g_ptr_array_add (keys, tomo_private_key_load (path, NULL, NULL, &error));
  g_assert_no_error (error);
}

/* One pack of jp is published, and copied to a mirror. */
static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = tomo_rehearsal_dup_folder ();
  self->repo = g_build_filename (self->folder, "repo", NULL);
  self->root = g_build_filename (self->repo, "metadata", "1.root.json", NULL);
  self->old = g_build_filename (self->folder, "old", NULL);
  self->keys = tomo_rehearsal_make_keys (3);
  self->snapshot_keys = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_private_key_unref);
  self->timestamp_keys = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_private_key_unref);

  TomoRepository *repository = tomo_rehearsal_new_demo (self->folder);
  g_autofree char *pack = tomo_rehearsal_write_pack (self->folder, "words", "Old");
  tomo_rehearsal_add_partner (repository, "jp", self->keys);
  tomo_rehearsal_stage (repository, "jp", pack);
  tomo_rehearsal_sign (repository, "jp", self->keys, 2);
  tomo_rehearsal_publish (repository);
  tomo_repository_free (repository);
  add_online_key (self, "snapshot", self->snapshot_keys);
  add_online_key (self, "timestamp", self->timestamp_keys);
  tomo_rehearsal_copy_folder (self->repo, self->old);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->snapshot_keys);
  g_ptr_array_unref (self->timestamp_keys);
  tomo_rehearsal_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->repo);
  g_free (self->root);
  g_free (self->old);
}

static void
rotate (TomoRepository *repository, const char *role, GPtrArray *keys)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoSigners) signers = tomo_rehearsal_signers (keys, 1);

  g_assert_true (tomo_repository_set_keys (repository, role, signers, &error));
  g_assert_no_error (error);
  if (!g_str_equal (role, "snapshot") && !g_str_equal (role, "timestamp"))
    tomo_rehearsal_sign (repository, role, keys, keys->len);
}

/* A new pack, and where the test asks for it new keys for all roles of root and for jp. */
static void
stage (Fixture *self, gconstpointer with_rotation)
{
  static const char *const roles[] = { "root", "targets", "jp", "snapshot", "timestamp" };
  TomoRepository *repository = open_repository (self);
  g_autofree char *pack = tomo_rehearsal_write_pack (self->folder, "words", "New");

  tomo_rehearsal_stage (repository, "jp", pack);
  for (size_t i = 0; with_rotation != NULL && i < G_N_ELEMENTS (roles); i++)
    {
      g_autoptr(GPtrArray) keys = tomo_rehearsal_make_keys (1);
      rotate (repository, roles[i], keys);
      for (unsigned int k = 0; k < keys->len; k++)
        {
          gpointer key = tomo_private_key_ref (g_ptr_array_index (keys, k));
          g_ptr_array_add (g_str_equal (roles[i], "snapshot")    ? self->snapshot_keys
                           : g_str_equal (roles[i], "timestamp") ? self->timestamp_keys
                                                                 : self->keys,
                           key);
        }
    }
  for (unsigned int i = 0; i < self->keys->len; i++)
    for (size_t r = 0; r < 3; r++)
      tomo_repository_sign (repository, roles[r], g_ptr_array_index (self->keys, i), NULL);
  tomo_repository_free (repository);
}

static gboolean
publish (Fixture *self, gboolean (*step) (const char *path, gpointer user_data), GError **error)
{
  TomoRepository *repository = open_repository (self);
  g_auto(GStrv) drafts = tomo_repository_list_drafts (repository, NULL);

  /* All is published: what remains is a renewal, and the former keys have nothing to sign. */
  while (drafts[0] == NULL && self->snapshot_keys->len > 1)
    {
      g_ptr_array_remove_index (self->snapshot_keys, 0);
      g_ptr_array_remove_index (self->timestamp_keys, 0);
    }

  repository->step = step;
  repository->step_data = self;
  gboolean published = tomo_repository_publish (
      repository, TOMO_PUBLISH_DRAFTS, self->snapshot_keys, self->timestamp_keys, NULL, error);
  tomo_repository_free (repository);
  return published;
}

static void
assert_old_or_new (TomoFollower *follower, gboolean must_be_new)
{
  g_autofree char *title = tomo_follower_dup_title (follower, "jp", "words");

  if (must_be_new || !g_str_equal (title, "Old"))
    g_assert_cmpstr (title, ==, "New");
}

/* A machine that knew the old state, and one that is new, both update from @location. */
static void
check_clients (Fixture *self, const char *location, const char *name, gboolean must_be_new)
{
  int64_t now_secs = TOMO_REHEARSAL_NOW + 120;
  g_autofree char *known_name = g_strconcat ("known-", name, NULL);
  g_autofree char *fresh_name = g_strconcat ("fresh-", name, NULL);
  g_autoptr(TomoFollower) known = tomo_follower_new (self->folder, known_name, self->root);
  g_autoptr(TomoFollower) fresh = tomo_follower_new (self->folder, fresh_name, self->root);

  tomo_follower_follow (known, self->old, now_secs);
  tomo_follower_follow (known, location, now_secs);
  assert_old_or_new (known, must_be_new);
  tomo_follower_follow (fresh, location, now_secs);
  assert_old_or_new (fresh, must_be_new);
}

static gboolean
copy_cb (const char *path, gpointer user_data)
{
  Fixture *self = user_data;
  g_autofree char *name = g_strdup_printf ("mirror-%u", ++self->n_steps);
  g_autofree char *mirror = g_build_filename (self->folder, name, NULL);

  g_test_message ("%s after %s", name, path + strlen (self->repo) + 1);
  tomo_rehearsal_copy_folder (self->repo, mirror);
  check_clients (self, mirror, name, FALSE);
  return TRUE;
}

/* A mirror copied after any step of a publication shows the old state or the new one, to machines
 * that knew the old one and to new ones; never an error. This holds while keys are rotated. */
static void
test_repository_mirror_copied (Fixture *self, gconstpointer with_rotation)
{
  g_autoptr(GError) error = NULL;

  stage (self, with_rotation);
  g_assert_true (publish (self, copy_cb, &error));
  g_assert_no_error (error);
  /* Target, partner, snapshot, timestamp, draft gone; else also targets and root with drafts. */
  g_assert_cmpuint (self->n_steps, ==, with_rotation != NULL ? 9 : 5);
  check_clients (self, self->repo, "end", TRUE);
}

static gboolean
kill_cb (const char *path, gpointer user_data)
{
  Fixture *self = user_data;

  g_test_message ("%u: %s", self->n_steps + 1, path + strlen (self->repo) + 1);
  return ++self->n_steps != self->stop_after;
}

/* A publication that is killed after any step leaves what clients can use, and is finished by
 * running it again. */
static void
test_repository_mirror_killed (Fixture *self, gconstpointer with_rotation)
{
  gboolean published = FALSE;

  stage (self, with_rotation);
  /* Each run goes one step further than the one before, over what that left. */
  for (self->stop_after = 1; !published; self->stop_after++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *name = g_strdup_printf ("kill-%u", self->stop_after);
      self->n_steps = 0;
      published = publish (self, kill_cb, &error);
      if (!published)
        g_assert_error (error, TOMO_ERROR, TOMO_ERROR_CANCELLED);
      check_clients (self, self->repo, name, published);
      g_assert_cmpuint (self->stop_after, <, 20);
    }

  g_assert_cmpuint (self->stop_after, >, 4);
}

static const char rotation[] = "with rotation";

#define ADD(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/repository/mirror/copied", NULL, test_repository_mirror_copied);
  ADD ("/repository/mirror/copied-while-rotating", rotation, test_repository_mirror_copied);
  ADD ("/repository/mirror/killed", NULL, test_repository_mirror_killed);
  ADD ("/repository/mirror/killed-while-rotating", rotation, test_repository_mirror_killed);
  return g_test_run ();
}
