/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-error.h"
#include "tests/author/publish/tomo-rehearsal.h"

typedef struct
{
  char *folder;               /* (owned) */
  TomoRepository *repository; /* (owned) */
  GPtrArray *keys;            /* (owned) (element-type TomoPrivateKey) */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = tomo_rehearsal_dup_folder ();
  self->repository = tomo_rehearsal_new_demo (self->folder);
  self->keys = tomo_rehearsal_make_keys (3);
  tomo_rehearsal_add_partner (self->repository, "jp", self->keys);

  g_autofree char *pack = tomo_rehearsal_write_pack (self->folder, "basics", "Basics");
  tomo_rehearsal_stage (self->repository, "jp", pack);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  tomo_repository_free (self->repository);
  g_ptr_array_unref (self->keys);
  tomo_rehearsal_remove_folder (self->folder);
  g_free (self->folder);
}

static unsigned int
count (Fixture *self, const char *role)
{
  g_autoptr(GError) error = NULL;
  unsigned int n_signed = 0;
  unsigned int threshold = 0;

  g_assert_true (
      tomo_repository_count_draft (self->repository, role, &n_signed, &threshold, &error));
  g_assert_no_error (error);
  return n_signed;
}

/* Signatures add up, one for each key however often it signs. */
static void
test_repository_sign_counts (Fixture *self, gconstpointer data)
{
  g_assert_cmpuint (count (self, "jp"), ==, 0);
  tomo_rehearsal_sign (self->repository, "jp", self->keys, 1);
  tomo_rehearsal_sign (self->repository, "jp", self->keys, 1);
  g_assert_cmpuint (count (self, "jp"), ==, 1);
  tomo_rehearsal_sign (self->repository, "jp", self->keys, 3);
  g_assert_cmpuint (count (self, "jp"), ==, 3);
}

/* A key of somebody else, a role without a draft and an unknown role are refused. */
static void
test_repository_sign_refuses (Fixture *self, gconstpointer data)
{
  g_autoptr(GPtrArray) foreign = tomo_rehearsal_make_keys (1);
  const struct
  {
    const char *role;
    TomoPrivateKey *key;
    TomoError code;
  } vectors[] = {
    { "jp", g_ptr_array_index (foreign, 0), TOMO_ERROR_UNTRUSTED },
    { "root", g_ptr_array_index (self->keys, 0), TOMO_ERROR_UNTRUSTED },
    { "snapshot", g_ptr_array_index (self->keys, 0), TOMO_ERROR_NOT_FOUND },
    { "th", g_ptr_array_index (self->keys, 0), TOMO_ERROR_NOT_FOUND },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("%s", vectors[i].role);
      g_assert_false (
          tomo_repository_sign (self->repository, vectors[i].role, vectors[i].key, &error));
      g_assert_error (error, TOMO_ERROR, (int) vectors[i].code);
    }
  g_assert_cmpuint (count (self, "jp"), ==, 0);
}

/* A renewed draft is unsigned again; online roles and unknown ones are not renewed this way. */
static void
test_repository_sign_renew (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *role;
    TomoError code;
  } vectors[] = {
    { "snapshot", TOMO_ERROR_FAILED },
    { "timestamp", TOMO_ERROR_FAILED },
    { "th", TOMO_ERROR_NOT_FOUND },
  };
  g_autoptr(GError) error = NULL;

  tomo_rehearsal_sign (self->repository, "jp", self->keys, 2);
  g_assert_true (tomo_repository_renew (self->repository, "jp", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (self, "jp"), ==, 0);
  g_assert_true (tomo_repository_renew (self->repository, "targets", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (self, "targets"), ==, 3);

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) local_error = NULL;
      g_assert_false (tomo_repository_renew (self->repository, vectors[i].role, &local_error));
      g_assert_error (local_error, TOMO_ERROR, (int) vectors[i].code);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/repository/sign/counts", test_repository_sign_counts);
  ADD ("/repository/sign/refuses", test_repository_sign_refuses);
  ADD ("/repository/sign/renew", test_repository_sign_renew);
  return g_test_run ();
}
