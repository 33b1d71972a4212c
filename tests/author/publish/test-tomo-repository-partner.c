/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-role-file.h"
#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "tests/author/publish/tomo-rehearsal.h"

typedef struct
{
  char *folder;               /* (owned) */
  TomoRepository *repository; /* (owned) */
  GPtrArray *keys;            /* (owned) (element-type TomoPrivateKey): six */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = tomo_rehearsal_dup_folder ();
  self->repository = tomo_rehearsal_new_demo (self->folder);
  self->keys = tomo_rehearsal_make_keys (6);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  tomo_repository_free (self->repository);
  g_ptr_array_unref (self->keys);
  tomo_rehearsal_remove_folder (self->folder);
  g_free (self->folder);
}

static TomoSigners *
signers_of (Fixture *self, unsigned int first, unsigned int n_keys, unsigned int threshold)
{
  TomoSigners *signers = tomo_signers_new (threshold);

  for (unsigned int i = first; i < first + n_keys; i++)
    tomo_signers_add (signers, tomo_private_key_get_public (g_ptr_array_index (self->keys, i)));

  return signers;
}

static void
add (Fixture *self,
     const char *partner,
     unsigned int first,
     unsigned int n_keys,
     unsigned int threshold)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoSigners) signers = signers_of (self, first, n_keys, threshold);

  g_assert_true (tomo_repository_add_partner (self->repository, partner, signers, &error));
  g_assert_no_error (error);
}

/* A partner gets its prefix at three depths, terminating, and nothing else. */
static void
test_repository_partner_delegation (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  add (self, "jp", 0, 3, 2);

  g_autoptr(GBytes) bytes = tomo_rehearsal_read (self->folder, "staging/metadata/targets.json");
  g_autoptr(json_t) tree = tomo_json_parse (bytes, 100000, "targets.json", &error);
  g_assert_no_error (error);
  json_t *delegations = json_object_get (json_object_get (tree, "signed"), "delegations");
  json_t *role = json_array_get (json_object_get (delegations, "roles"), 1);
  g_autoptr(json_t) paths = json_pack ("[s, s, s]", "jp/*", "jp/*/*", "jp/*/*/*");

  g_assert_cmpuint (json_array_size (json_object_get (delegations, "roles")), ==, 2);
  g_assert_cmpstr (json_string_value (json_object_get (role, "name")), ==, "jp");
  g_assert_cmpint (json_integer_value (json_object_get (role, "threshold")), ==, 2);
  g_assert_true (json_is_true (json_object_get (role, "terminating")));
  g_assert_true (json_equal (json_object_get (role, "paths"), paths));
  g_assert_cmpuint (json_array_size (json_object_get (role, "keyids")), ==, 3);
}

/* Names that are the hub's, taken, or no codes, and thresholds that mean nothing are refused. */
static void
test_repository_partner_refuses (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *partner;
    unsigned int threshold;
  } vectors[] = {
    { "jp", 2 },        { "th", 0 },
    { "th", 4 },        { "root", 2 },
    { "targets", 2 },   { "snapshot", 2 },
    { "timestamp", 2 }, { "campaign", 2 },
    { "", 2 },          { "TH", 2 },
    { "t h", 2 },       { "t/h", 2 },
    { "..", 2 },        { "con", 2 },
    { "-th", 2 },       { "th-", 2 },
    { "t.h", 2 },       { "a-name-that-is-much-longer-than-any-code-of-a-partner", 2 },
  };

  add (self, "jp", 0, 3, 2);
  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TomoSigners) signers = signers_of (self, 3, 3, vectors[i].threshold);
      g_test_message ("%s, %u", vectors[i].partner, vectors[i].threshold);
      g_assert_false (
          tomo_repository_add_partner (self->repository, vectors[i].partner, signers, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
    }
}

/* A joint role has the keys of both, and a threshold that neither partner makes up alone. */
static void
test_repository_partner_joint (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  add (self, "jp", 0, 3, 2);

  g_assert_null (tomo_repository_new_joint_keys (self->repository, "jp-th", 0, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  add (self, "th", 3, 3, 2);
  g_autoptr(TomoSigners) joint =
      tomo_repository_new_joint_keys (self->repository, "jp-th", 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (joint->keys->len, ==, 6);
  g_assert_cmpuint (joint->threshold, ==, 5);

  g_assert_null (tomo_repository_new_joint_keys (self->repository, "jp-th", 4, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
  g_clear_error (&error);

  g_autoptr(TomoSigners) too_few = signers_of (self, 0, 6, 4);
  g_assert_false (tomo_repository_add_partner (self->repository, "jp-th", too_few, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
  g_clear_error (&error);

  g_autoptr(TomoSigners) not_all = signers_of (self, 0, 5, 5);
  g_assert_false (tomo_repository_add_partner (self->repository, "jp-th", not_all, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
  g_clear_error (&error);

  g_assert_true (tomo_repository_add_partner (self->repository, "jp-th", joint, &error));
  g_assert_no_error (error);
}

/* The least threshold of a joint role, for partners of other sizes. */
static void
test_repository_partner_joint_thresholds (Fixture *self, gconstpointer data)
{
  static const struct
  {
    unsigned int n_a, threshold_a, n_b, threshold_b, least;
  } vectors[] = {
    { 1, 1, 1, 1, 2 }, { 3, 2, 3, 2, 5 }, { 3, 3, 3, 1, 6 }, { 2, 1, 4, 3, 5 }, { 1, 1, 5, 3, 6 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *a = g_strdup_printf ("a%zu", i);
      g_autofree char *b = g_strdup_printf ("b%zu", i);
      g_autofree char *both = g_strdup_printf ("%s-%s", a, b);
      add (self, a, 0, vectors[i].n_a, vectors[i].threshold_a);
      add (self, b, vectors[i].n_a, vectors[i].n_b, vectors[i].threshold_b);
      g_autoptr(TomoSigners) joint =
          tomo_repository_new_joint_keys (self->repository, both, 0, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (joint->threshold, ==, vectors[i].least);
    }
}

/* The hub is told when the campaign file has no name for a partner. */
static void
test_repository_partner_entry (Fixture *self, gconstpointer data)
{
  g_assert_true (tomo_repository_has_partner_entry (self->repository, "jp"));
  g_assert_true (tomo_repository_has_partner_entry (self->repository, "th"));
  g_assert_false (tomo_repository_has_partner_entry (self->repository, "id"));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/repository/partner/delegation", test_repository_partner_delegation);
  ADD ("/repository/partner/refuses", test_repository_partner_refuses);
  ADD ("/repository/partner/joint", test_repository_partner_joint);
  ADD ("/repository/partner/joint-thresholds", test_repository_partner_joint_thresholds);
  ADD ("/repository/partner/entry", test_repository_partner_entry);
  return g_test_run ();
}
