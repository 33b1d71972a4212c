/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-repository-private.h"
#include "core/tomo-error.h"
#include "tests/author/publish/tomo-follower.h"
#include "tests/author/publish/tomo-rehearsal.h"

typedef struct
{
  char *folder;               /* (owned) */
  char *repo;                 /* (owned) */
  char *root;                 /* (owned): the root that machines are set up with */
  TomoRepository *repository; /* (owned) */
  GPtrArray *jp_keys;         /* (owned) (element-type TomoPrivateKey) */
  GPtrArray *th_keys;         /* (owned) (element-type TomoPrivateKey) */
  GPtrArray *all_keys;        /* (owned) (element-type TomoPrivateKey): whoever may be asked */
  GPtrArray *snapshot_keys;   /* (owned) (element-type TomoPrivateKey) */
  GPtrArray *timestamp_keys;  /* (owned) (element-type TomoPrivateKey) */
  int64_t now_secs;
} Fixture;

static void
add_all (GPtrArray *to, GPtrArray *keys)
{
  for (unsigned int i = 0; i < keys->len; i++)
    g_ptr_array_add (to, tomo_private_key_ref (g_ptr_array_index (keys, i)));
}

static void
load_online_key (Fixture *self, const char *role, GPtrArray *keys)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_strdup_printf ("%s/keys/%s-1.pem", self->repo, role);

  g_ptr_array_add (keys, tomo_private_key_load (path, NULL, NULL, &error));
  g_assert_no_error (error);
}

/* The drafts go round among all who have keys; each signs what it may. */
static void
sign_all (Fixture *self)
{
  g_auto(GStrv) drafts = tomo_repository_list_drafts (self->repository, NULL);

  for (size_t i = 0; drafts[i] != NULL; i++)
    for (unsigned int k = 0; k < self->all_keys->len; k++)
      {
        g_autoptr(GError) error = NULL;
        if (!tomo_repository_sign (self->repository, drafts[i],
                                   g_ptr_array_index (self->all_keys, k), &error))
          g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
      }
}

/* Of the online keys that this hub ever had, those that may sign the next file of @role. */
static GPtrArray *
choose_keys (Fixture *self, const char *role, GPtrArray *keys)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoSigners) former = NULL;
  g_autoptr(TomoSigners) allowed = tomo_repository_load_keys (self->repository, role, &error);
  GPtrArray *chosen = g_ptr_array_new ();

  tomo_repository_load_former_keys (self->repository, role, &former, &error);
  g_assert_no_error (error);
  for (unsigned int i = 0; i < keys->len; i++)
    {
      TomoPrivateKey *key = g_ptr_array_index (keys, i);
      TomoPublicKey *public_key = tomo_private_key_get_public (key);
      if (tomo_signers_find_id (allowed, public_key) != NULL ||
          (former != NULL && tomo_signers_find_id (former, public_key) != NULL))
        g_ptr_array_add (chosen, key);
    }

  return chosen;
}

static void
publish (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) snapshot = choose_keys (self, "snapshot", self->snapshot_keys);
  g_autoptr(GPtrArray) timestamp = choose_keys (self, "timestamp", self->timestamp_keys);

  g_assert_true (tomo_repository_publish (self->repository, TOMO_PUBLISH_DRAFTS, snapshot,
                                          timestamp, NULL, &error));
  g_assert_no_error (error);
}

/* An hour later jp has something new to say. */
static void
stage_title (Fixture *self, const char *partner, const char *title)
{
  g_autofree char *packs = g_build_filename (self->folder, partner, NULL);
  g_autofree char *pack = tomo_rehearsal_write_pack (packs, "words", title);

  self->now_secs += 3600;
  g_clear_pointer (&self->repository, tomo_repository_free);
  self->repository = tomo_rehearsal_open (self->folder, self->now_secs);
  tomo_rehearsal_stage (self->repository, partner, pack);
}

/* With a name in the campaign file, without which nothing of it is shown. */
static void
add_joint (Fixture *self)
{
  g_autofree char *conf = g_build_filename (self->folder, "campaign.conf", NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (conf, &text, NULL, NULL));
  g_autofree char *more = g_strconcat (text, "[partner jp-th]\nname=Jointly\nterritory=JP\n", NULL);
  g_assert_true (g_file_set_contents (conf, more, -1, NULL));

  g_autoptr(GError) error = NULL;
  g_autoptr(TomoSigners) keys =
      tomo_repository_new_joint_keys (self->repository, "jp-th", 0, &error);

  g_assert_true (tomo_repository_add_partner (self->repository, "jp-th", keys, &error));
  g_assert_true (tomo_repository_stage_campaign (self->repository, conf, &error));
  g_assert_no_error (error);
}

/* Two partners and what they sign jointly, all published. */
static void
set_up (Fixture *self, gconstpointer data)
{
  GDestroyNotify unref = (GDestroyNotify) tomo_private_key_unref;

  self->now_secs = TOMO_REHEARSAL_NOW;
  self->folder = tomo_rehearsal_dup_folder ();
  self->repo = g_build_filename (self->folder, "repo", NULL);
  self->root = g_build_filename (self->repo, "metadata", "1.root.json", NULL);
  self->repository = tomo_rehearsal_new_demo (self->folder);
  self->jp_keys = tomo_rehearsal_make_keys (3);
  self->th_keys = tomo_rehearsal_make_keys (3);
  self->all_keys = g_ptr_array_new_with_free_func (unref);
  self->snapshot_keys = g_ptr_array_new_with_free_func (unref);
  self->timestamp_keys = g_ptr_array_new_with_free_func (unref);
  add_all (self->all_keys, self->jp_keys);
  add_all (self->all_keys, self->th_keys);
  load_online_key (self, "snapshot", self->snapshot_keys);
  load_online_key (self, "timestamp", self->timestamp_keys);

  tomo_rehearsal_add_partner (self->repository, "jp", self->jp_keys);
  tomo_rehearsal_add_partner (self->repository, "th", self->th_keys);
  add_joint (self);
  stage_title (self, "jp", "First");
  stage_title (self, "jp-th", "Together");
  sign_all (self);
  publish (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->repository, tomo_repository_free);
  g_ptr_array_unref (self->jp_keys);
  g_ptr_array_unref (self->th_keys);
  g_ptr_array_unref (self->all_keys);
  g_ptr_array_unref (self->snapshot_keys);
  g_ptr_array_unref (self->timestamp_keys);
  tomo_rehearsal_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->repo);
  g_free (self->root);
}

static TomoFollower *
new_follower (Fixture *self)
{
  TomoFollower *follower = tomo_follower_new (self->folder, "store", self->root);

  g_assert_cmpint (tomo_follower_follow (follower, self->repo, self->now_secs), ==,
                   TOMO_UPDATE_CHANGED);
  return follower;
}

static void
assert_title (TomoFollower *follower, const char *partner, const char *title)
{
  g_autofree char *shown = tomo_follower_dup_title (follower, partner, "words");

  g_assert_cmpstr (shown, ==, title);
}

/* All keys of @role are replaced by @n_keys new ones, which are returned and can be asked. */
static GPtrArray *
replace_keys (Fixture *self, const char *role, unsigned int n_keys, unsigned int threshold)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *keys = tomo_rehearsal_make_keys (n_keys);
  g_autoptr(TomoSigners) signers = tomo_rehearsal_signers (keys, threshold);

  g_assert_true (tomo_repository_set_keys (self->repository, role, signers, &error));
  g_assert_no_error (error);
  add_all (self->all_keys, keys);
  if (g_str_equal (role, "snapshot"))
    add_all (self->snapshot_keys, keys);
  if (g_str_equal (role, "timestamp"))
    add_all (self->timestamp_keys, keys);
  return keys;
}

/* Signatures of keys that have left are not carried along. */
static void
assert_no_obsolete (Fixture *self, const char *role)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoRoleFile) file = NULL;
  g_autoptr(TomoSigners) keys = tomo_repository_load_keys (self->repository, role, &error);

  g_assert_true (tomo_repository_load_published (self->repository, role, &file, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (tomo_role_file_get_n_signatures (file), ==,
                    tomo_role_file_count_signatures (file, keys));
}

/* All keys of every role are replaced, one role after the other. A machine that has nothing but the
 * first root follows each time; so does one that comes only at the end. */
static void
test_repository_keys_followed (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *role;
    unsigned int n_keys, threshold;
  } vectors[] = {
    { "root", 3, 2 },      { "targets", 3, 2 },  { "snapshot", 1, 1 },
    { "timestamp", 2, 1 }, { "campaign", 1, 1 }, { "jp", 3, 2 },
  };
  g_autoptr(TomoFollower) follower = new_follower (self);

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *title = g_strdup_printf ("After %s", vectors[i].role);
      g_test_message ("%s", vectors[i].role);
      g_autoptr(GPtrArray) keys =
          replace_keys (self, vectors[i].role, vectors[i].n_keys, vectors[i].threshold);
      stage_title (self, "jp", title);
      sign_all (self);
      publish (self);

      g_assert_cmpint (tomo_follower_follow (follower, self->repo, self->now_secs), ==,
                       TOMO_UPDATE_CHANGED);
      assert_title (follower, "jp", title);
      assert_title (follower, "jp-th", "Together");
    }

  stage_title (self, "jp", "After all");
  sign_all (self);
  publish (self);
  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    assert_no_obsolete (self, vectors[i].role);

  g_autoptr(TomoFollower) late = tomo_follower_new (self->folder, "late", self->root);
  g_assert_cmpint (tomo_follower_follow (late, self->repo, self->now_secs), ==,
                   TOMO_UPDATE_CHANGED);
  assert_title (late, "jp", "After all");
}

/* Writes timestamp.json as somebody who has stolen its key would: nothing new, and a version that
 * no honest publication reaches. */
static void
steal_ahead (Fixture *self, const char *mirror)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoRoleFile) file = NULL;
  g_autoptr(TomoSigners) keys = tomo_repository_load_keys (self->repository, "timestamp", &error);
  TomoPrivateKey *key = g_ptr_array_index (self->timestamp_keys, 0);
  g_autofree char *path = g_build_filename (mirror, "metadata", "timestamp.json", NULL);

  g_assert_true (tomo_repository_load_published (self->repository, "timestamp", &file, &error));
  tomo_role_file_stamp (file, G_MAXINT32, self->now_secs, 3000);
  tomo_role_file_sign (file, tomo_signers_find_id (keys, tomo_private_key_get_public (key)), key,
                       &error);
  g_autoptr(GBytes) bytes = tomo_role_file_dump (file);
  g_assert_true (tomo_repository_write (path, bytes, &error));
  g_assert_no_error (error);
}

/* A machine that a thief's timestamp has locked out comes back when the keys are rotated. */
static void
test_repository_keys_fast_forward (Fixture *self, gconstpointer data)
{
  g_autoptr(TomoFollower) follower = new_follower (self);
  g_autofree char *mirror = g_build_filename (self->folder, "mirror", NULL);
  tomo_rehearsal_copy_folder (self->repo, mirror);
  steal_ahead (self, mirror);
  tomo_follower_follow (follower, mirror, self->now_secs);

  stage_title (self, "jp", "Locked out");
  sign_all (self);
  publish (self);
  g_assert_cmpint (tomo_follower_follow (follower, self->repo, self->now_secs), ==,
                   TOMO_UPDATE_OLDER);
  assert_title (follower, "jp", "First");

  g_autoptr(GPtrArray) keys = replace_keys (self, "timestamp", 1, 1);
  sign_all (self);
  publish (self);
  g_assert_cmpint (tomo_follower_follow (follower, self->repo, self->now_secs), ==,
                   TOMO_UPDATE_CHANGED);
  assert_title (follower, "jp", "Locked out");
}

/* A partner that leaves takes its packs along; its file stays listed. Whoever gets the name later
 * begins a version later, with keys and packs of its own. */
static void
test_repository_keys_retired (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoFollower) follower = new_follower (self);
  uint64_t version = 0;

  g_assert_true (tomo_repository_retire_partner (self->repository, "jp-th", &error));
  g_assert_true (tomo_repository_retire_partner (self->repository, "jp", &error));
  g_assert_no_error (error);
  stage_title (self, "th", "Still here");
  sign_all (self);
  publish (self);
  g_assert_cmpint (tomo_follower_follow (follower, self->repo, self->now_secs), ==,
                   TOMO_UPDATE_CHANGED);
  assert_title (follower, "jp", NULL);
  assert_title (follower, "jp-th", NULL);
  assert_title (follower, "th", "Still here");
  g_assert_true (tomo_repository_get_published_version (self->repository, "jp", &version, &error));
  g_assert_cmpuint (version, ==, 1);

  g_autoptr(GPtrArray) keys = tomo_rehearsal_make_keys (2);
  add_all (self->all_keys, keys);
  tomo_rehearsal_add_partner (self->repository, "jp", keys);
  sign_all (self);
  publish (self);
  tomo_follower_follow (follower, self->repo, self->now_secs);
  assert_title (follower, "jp", NULL);
  stage_title (self, "jp", "Another publisher");
  sign_all (self);
  publish (self);
  tomo_follower_follow (follower, self->repo, self->now_secs);
  assert_title (follower, "jp", "Another publisher");
  g_assert_true (tomo_repository_get_published_version (self->repository, "jp", &version, &error));
  g_assert_cmpuint (version, ==, 3);
}

static unsigned int
count_draft (Fixture *self, const char *role, unsigned int *out_threshold)
{
  g_autoptr(GError) error = NULL;
  unsigned int n_signed = 0;

  tomo_repository_count_draft (self->repository, role, &n_signed, out_threshold, &error);
  g_assert_no_error (error);
  return n_signed;
}

/* With a partner's keys its joint role changes too: keys, threshold, and what must be signed again.
 * A draft keeps the signatures of those who stay. */
static void
test_repository_keys_joint (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoSigners) one_less = tomo_rehearsal_signers (self->jp_keys, 2);
  unsigned int threshold = 0;

  stage_title (self, "jp", "In work");
  tomo_rehearsal_sign (self->repository, "jp", self->jp_keys, 2);
  tomo_signers_remove (one_less,
                       tomo_private_key_get_public (g_ptr_array_index (self->jp_keys, 0)));
  g_assert_true (tomo_repository_set_keys (self->repository, "jp", one_less, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_draft (self, "jp", &threshold), ==, 1);
  g_autoptr(TomoRoleFile) draft = NULL;
  g_assert_true (tomo_repository_load_draft (self->repository, "jp", &draft, &error));
  g_assert_cmpuint (tomo_role_file_get_n_signatures (draft), ==, 1);

  /* 2 of 2 and 2 of 3: five keys, all of which must sign. All six have signed what is published, so
   * that stays good. */
  g_autoptr(TomoSigners) joint = tomo_repository_load_keys (self->repository, "jp-th", &error);
  g_assert_cmpuint (joint->keys->len, ==, 5);
  g_assert_cmpuint (joint->threshold, ==, 5);
  g_autoptr(TomoRoleFile) no_draft = NULL;
  g_assert_true (tomo_repository_load_draft (self->repository, "jp-th", &no_draft, &error));
  g_assert_null (no_draft);

  /* With three new keys, it no longer is. */
  g_autoptr(GPtrArray) keys = replace_keys (self, "jp", 3, 2);
  g_assert_cmpuint (count_draft (self, "jp-th", &threshold), ==, 0);
  g_assert_cmpuint (threshold, ==, 5);
  g_assert_cmpuint (count_draft (self, "jp", &threshold), ==, 0);

  sign_all (self);
  publish (self);
  g_autoptr(TomoFollower) follower = new_follower (self);
  assert_title (follower, "jp", "In work");
  assert_title (follower, "jp-th", "Together");
}

/* The daily renewal goes on with the keys that count today while a root with others waits, and so
 * does a partner's publication. */
static void
test_repository_keys_waiting (Fixture *self, gconstpointer data)
{
  static const char *const only_jp[] = { "jp", NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoFollower) follower = new_follower (self);
  g_autoptr(GPtrArray) old_snapshot = choose_keys (self, "snapshot", self->snapshot_keys);
  g_autoptr(GPtrArray) old_timestamp = choose_keys (self, "timestamp", self->timestamp_keys);

  g_autoptr(GPtrArray) keys = replace_keys (self, "timestamp", 1, 1);
  g_assert_true (tomo_repository_publish (self->repository, TOMO_PUBLISH_RENEWAL, old_snapshot,
                                          old_timestamp, NULL, &error));
  g_assert_no_error (error);
  tomo_follower_follow (follower, self->repo, self->now_secs);

  stage_title (self, "jp", "Meanwhile");
  sign_all (self);
  tomo_repository_choose_drafts (self->repository, only_jp);
  g_assert_true (tomo_repository_publish (self->repository, TOMO_PUBLISH_DRAFTS, old_snapshot,
                                          old_timestamp, NULL, &error));
  g_assert_no_error (error);
  tomo_repository_choose_drafts (self->repository, NULL);
  g_assert_cmpint (tomo_follower_follow (follower, self->repo, self->now_secs), ==,
                   TOMO_UPDATE_CHANGED);
  assert_title (follower, "jp", "Meanwhile");

  g_auto(GStrv) drafts = tomo_repository_list_drafts (self->repository, &error);
  g_assert_cmpuint (g_strv_length (drafts), ==, 1);
  g_assert_cmpstr (drafts[0], ==, "root");
  publish (self);
  tomo_follower_follow (follower, self->repo, self->now_secs);
  assert_title (follower, "jp", "Meanwhile");
}

static void
add_unknown (Fixture *self, const char *role)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoRoleFile) file = NULL;

  g_assert_true (tomo_repository_load_latest (self->repository, role, &file, &error));
  json_t *signed_part = tomo_role_file_get_signed (file);
  json_object_set_new (signed_part, "x-note", json_string ("kept"));
  json_t *holder =
      g_str_equal (role, "root") ? signed_part : json_object_get (signed_part, "delegations");
  json_t *keys = json_object_get (holder, "keys");
  const char *id;
  json_t *key;
  json_object_foreach (keys, id, key)
    json_object_set_new (key, "x-owner", json_string ("somebody"));
  g_assert_true (tomo_repository_save_draft (self->repository, role, file, &error));
  g_assert_no_error (error);
}

/* @n_keys: how many keys with our mark must be left. */
static void
assert_unknown (Fixture *self, const char *role, unsigned int n_keys)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoRoleFile) file = NULL;
  unsigned int n = 0;

  g_assert_true (tomo_repository_load_latest (self->repository, role, &file, &error));
  json_t *signed_part = tomo_role_file_get_signed (file);
  g_assert_cmpstr (json_string_value (json_object_get (signed_part, "x-note")), ==, "kept");
  json_t *holder =
      g_str_equal (role, "root") ? signed_part : json_object_get (signed_part, "delegations");
  const char *id;
  json_t *key;
  json_object_foreach (json_object_get (holder, "keys"), id, key)
    n += json_object_get (key, "x-owner") != NULL ? 1 : 0;
  g_assert_cmpuint (n, ==, n_keys);
}

/* What a later program has written into roles and keys survives our editing, and clients see it
 * signed. Keys that no role has any more go. */
static void
test_repository_keys_unknown (Fixture *self, gconstpointer data)
{
  add_unknown (self, "root");
  add_unknown (self, "targets");
  g_autoptr(GPtrArray) root_keys = replace_keys (self, "root", 3, 2);
  g_autoptr(GPtrArray) jp_keys = replace_keys (self, "jp", 3, 2);
  assert_unknown (self, "root", 5 + 1 + 1);
  assert_unknown (self, "targets", 3 + 3);
  sign_all (self);
  publish (self);

  g_autoptr(GError) error = NULL;
  g_assert_true (tomo_repository_renew (self->repository, "root", &error));
  g_assert_true (tomo_repository_renew (self->repository, "targets", &error));
  assert_unknown (self, "root", 5 + 1 + 1);
  assert_unknown (self, "targets", 3 + 3);
  sign_all (self);
  publish (self);
  g_autoptr(TomoFollower) follower = new_follower (self);
  assert_title (follower, "jp", "First");
}

/* What cannot be meant is refused, and nothing is drafted. */
static void
test_repository_keys_refused (Fixture *self, gconstpointer data)
{
  g_autoptr(TomoSigners) same = tomo_rehearsal_signers (self->jp_keys, 2);
  g_autoptr(TomoSigners) many = tomo_rehearsal_signers (self->jp_keys, 4);
  g_autoptr(TomoSigners) none = tomo_rehearsal_signers (self->jp_keys, 0);
  g_autoptr(TomoSigners) other = tomo_rehearsal_signers (self->th_keys, 3);
  const struct
  {
    const char *role;
    TomoSigners *keys;
    TomoError code;
  } vectors[] = {
    { "jp", same, TOMO_ERROR_FAILED },     { "jp", many, TOMO_ERROR_FAILED },
    { "jp", none, TOMO_ERROR_FAILED },     { "jp-th", other, TOMO_ERROR_FAILED },
    { "vn", other, TOMO_ERROR_NOT_FOUND },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Vector %zu", i);
      g_assert_false (
          tomo_repository_set_keys (self->repository, vectors[i].role, vectors[i].keys, &error));
      g_assert_error (error, TOMO_ERROR, (int) vectors[i].code);
    }

  g_autoptr(GError) error = NULL;
  g_assert_false (tomo_repository_retire_partner (self->repository, "jp", &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
  g_auto(GStrv) drafts = tomo_repository_list_drafts (self->repository, NULL);
  g_assert_cmpuint (g_strv_length (drafts), ==, 0);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/repository/keys/followed", test_repository_keys_followed);
  ADD ("/repository/keys/fast-forward", test_repository_keys_fast_forward);
  ADD ("/repository/keys/retired", test_repository_keys_retired);
  ADD ("/repository/keys/joint", test_repository_keys_joint);
  ADD ("/repository/keys/waiting", test_repository_keys_waiting);
  ADD ("/repository/keys/unknown", test_repository_keys_unknown);
  ADD ("/repository/keys/refused", test_repository_keys_refused);
  return g_test_run ();
}
