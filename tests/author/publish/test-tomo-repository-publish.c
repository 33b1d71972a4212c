/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "core/trust/tomo-canonical-json.h"
#include "core/trust/tomo-trusted-set.h"
#include "tests/author/publish/tomo-rehearsal.h"

typedef struct
{
  char *folder;               /* (owned) */
  TomoRepository *repository; /* (owned) */
  GPtrArray *jp_keys;         /* (owned) (element-type TomoPrivateKey) */
  GPtrArray *th_keys;         /* (owned) (element-type TomoPrivateKey) */
  char *pack;                 /* (owned) */
} Fixture;

/* A demonstration with two partners, of which jp has staged one pack. */
static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = tomo_rehearsal_dup_folder ();
  self->repository = tomo_rehearsal_new_demo (self->folder);
  self->jp_keys = tomo_rehearsal_make_keys (3);
  self->th_keys = tomo_rehearsal_make_keys (3);
  self->pack = tomo_rehearsal_write_pack (self->folder, "basics", "Basics");
  tomo_rehearsal_add_partner (self->repository, "jp", self->jp_keys);
  tomo_rehearsal_add_partner (self->repository, "th", self->th_keys);
  tomo_rehearsal_stage (self->repository, "jp", self->pack);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->repository, tomo_repository_free);
  g_ptr_array_unref (self->jp_keys);
  g_ptr_array_unref (self->th_keys);
  tomo_rehearsal_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->pack);
}

static char *
dup_path (Fixture *self, const char *name)
{
  return g_build_filename (self->folder, "repo", name, NULL);
}

static gboolean
exists (Fixture *self, const char *name)
{
  g_autofree char *path = dup_path (self, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
assert_refused (Fixture *self, TomoError code)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (
      tomo_repository_publish (self->repository, TOMO_PUBLISH_DRAFTS, NULL, NULL, NULL, &error));
  g_assert_error (error, TOMO_ERROR, (int) code);
  g_test_message ("%s", error->message);
}

/* The clock moves: the same repository, opened later. */
static void
reopen (Fixture *self, int64_t now_secs)
{
  g_clear_pointer (&self->repository, tomo_repository_free);
  self->repository = tomo_rehearsal_open (self->folder, now_secs);
}

/* Takes all metadata in as a client does, from the folder that would be uploaded. */
static TomoTrustedSet *
load_as_client (Fixture *self, int64_t now_secs)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) root = tomo_rehearsal_read (self->folder, "metadata/1.root.json");
  g_autoptr(TomoTrustedSet) set = tomo_trusted_set_new (root, now_secs, &error);
  g_assert_no_error (error);
  gboolean changed = FALSE;
  static const char *const order[] = { "snapshot", "targets" };

  if (exists (self, "metadata/2.root.json"))
    {
      g_autoptr(GBytes) next = tomo_rehearsal_read (self->folder, "metadata/2.root.json");
      g_assert_true (tomo_trusted_set_update_root (set, next, &error));
    }
  g_assert_true (tomo_trusted_set_finish_root (set, &error));

  g_autoptr(GBytes) timestamp = tomo_rehearsal_read (self->folder, "metadata/timestamp.json");
  g_assert_true (
      tomo_trusted_set_update_timestamp (set, timestamp, TOMO_TRUST_REMOTE, &changed, &error));
  g_assert_no_error (error);
  for (size_t i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autofree char *file = tomo_trusted_set_dup_file_name (set, order[i]);
      g_autofree char *name = g_build_filename ("metadata", file, NULL);
      g_autoptr(GBytes) bytes = tomo_rehearsal_read (self->folder, name);
      if (i == 0)
        tomo_trusted_set_update_snapshot (set, bytes, TOMO_TRUST_REMOTE, &error);
      else
        tomo_trusted_set_update_targets (set, "targets", "root", bytes, TOMO_TRUST_REMOTE, &error);
      g_assert_no_error (error);
    }
  return g_steal_pointer (&set);
}

static void
load_role (Fixture *self, TomoTrustedSet *set, const char *role)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *file = tomo_trusted_set_dup_file_name (set, role);
  g_autofree char *name = g_build_filename ("metadata", file, NULL);
  g_autoptr(GBytes) bytes = tomo_rehearsal_read (self->folder, name);

  tomo_trusted_set_update_targets (set, role, "targets", bytes, TOMO_TRUST_REMOTE, &error);
  g_assert_no_error (error);
}

static char *
dup_published_name (const char *path, const char *sha256)
{
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);

  return g_strdup_printf ("targets/%s/%s.%s", parent, sha256, base);
}

/* Every target that a client would show is there, whole. */
static unsigned int
check_targets (Fixture *self, TomoTrustedSet *set)
{
  g_autoptr(GPtrArray) targets = tomo_trusted_set_list_targets (set);

  for (unsigned int i = 0; i < targets->len; i++)
    {
      g_autoptr(GError) error = NULL;
      const TomoTrustTarget *target = g_ptr_array_index (targets, i);
      g_autofree char *name = dup_published_name (target->path, target->sha256);
      g_autoptr(GBytes) bytes = tomo_rehearsal_read (self->folder, name);
      g_assert_true (tomo_trusted_set_check_target (target, bytes, &error));
      g_assert_no_error (error);
    }

  return targets->len;
}

/* One signature of two is refused and nothing is public; with the second, a client finds all. */
static void
test_repository_publish_whole (Fixture *self, gconstpointer data)
{
  tomo_rehearsal_sign (self->repository, "jp", self->jp_keys, 1);
  assert_refused (self, TOMO_ERROR_UNTRUSTED);
  g_assert_false (exists (self, "metadata/timestamp.json"));
  g_assert_false (exists (self, "metadata/1.jp.json"));
  g_assert_true (exists (self, "staging/metadata/jp.json"));

  tomo_rehearsal_sign (self->repository, "jp", self->jp_keys, 2);
  tomo_rehearsal_publish (self->repository);
  g_assert_false (exists (self, "staging/metadata/jp.json"));

  g_autoptr(TomoTrustedSet) set = load_as_client (self, TOMO_REHEARSAL_NOW);
  load_role (self, set, "campaign");
  load_role (self, set, "jp");
  g_assert_cmpuint (check_targets (self, set), ==, 2);
  g_assert_true (tomo_trusted_set_has_consistent_snapshots (set));
}

/* The message names each role, how many signatures it has, and the command to type. */
static void
test_repository_publish_message (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  tomo_rehearsal_sign (self->repository, "jp", self->jp_keys, 1);

  g_assert_false (
      tomo_repository_publish (self->repository, TOMO_PUBLISH_DRAFTS, NULL, NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, "jp has 1 of 2 signatures"));
  g_assert_nonnull (strstr (error->message, "tomopress repo sign "));
  g_assert_null (strstr (error->message, "root has"));
}

/* Whoever has nothing but the metadata, canonical JSON and the keys comes to the same result. */
static void
test_repository_publish_signatures (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  tomo_rehearsal_sign (self->repository, "jp", self->jp_keys, 2);
  tomo_rehearsal_publish (self->repository);

  g_autoptr(GBytes) bytes = tomo_rehearsal_read (self->folder, "metadata/1.jp.json");
  g_autoptr(json_t) tree = tomo_json_parse (bytes, 100000, "1.jp.json", &error);
  g_autoptr(GBytes) message =
      tomo_canonical_json_encode (json_object_get (tree, "signed"), &error);
  g_assert_no_error (error);
  json_t *signatures = json_object_get (tree, "signatures");
  g_assert_cmpuint (json_array_size (signatures), ==, 2);

  for (unsigned int i = 0; i < 2; i++)
    {
      TomoPublicKey *key = tomo_private_key_get_public (g_ptr_array_index (self->jp_keys, i));
      g_autofree char *id = tomo_public_key_dup_spec_id (key);
      json_t *entry = json_array_get (signatures, i);
      const char *hex = json_string_value (json_object_get (entry, "sig"));
      uint8_t raw[64];
      g_assert_cmpstr (json_string_value (json_object_get (entry, "keyid")), ==, id);
      g_assert_cmpuint (strlen (hex), ==, 2 * sizeof raw);
      for (size_t k = 0; k < sizeof raw; k++)
        raw[k] = (uint8_t) (g_ascii_xdigit_value (hex[2 * k]) * 16 +
                            g_ascii_xdigit_value (hex[2 * k + 1]));
      g_autoptr(GBytes) signature = g_bytes_new (raw, sizeof raw);
      g_assert_true (tomo_public_key_verify (key, message, signature));
    }
}

/* Without drafts, snapshot and timestamp are renewed and nothing else changes. */
static void
test_repository_publish_renews (Fixture *self, gconstpointer data)
{
  int64_t later = TOMO_REHEARSAL_NOW + 40 * 24 * 60 * 60;
  tomo_rehearsal_sign (self->repository, "jp", self->jp_keys, 2);
  tomo_rehearsal_publish (self->repository);
  reopen (self, later);
  tomo_rehearsal_publish (self->repository);

  g_assert_true (exists (self, "metadata/2.snapshot.json"));
  g_assert_false (exists (self, "metadata/2.jp.json"));
  g_autoptr(TomoTrustedSet) set = load_as_client (self, later);
  g_assert_cmpuint (tomo_trusted_set_get_timestamp_version (set), ==, 2);
  g_assert_cmpuint (tomo_trusted_set_get_snapshot_version (set), ==, 2);
  g_assert_cmpuint (tomo_trusted_set_get_targets_version (set), ==, 1);
}

/* The daily renewal goes on while a draft waits for signatures, and leaves the draft alone. */
static void
test_repository_publish_only_renews (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *other = tomo_rehearsal_write_pack (self->folder, "more", "More");
  tomo_rehearsal_sign (self->repository, "jp", self->jp_keys, 2);
  tomo_rehearsal_publish (self->repository);
  tomo_rehearsal_stage (self->repository, "jp", other);
  tomo_rehearsal_sign (self->repository, "jp", self->jp_keys, 1);

  g_assert_true (
      tomo_repository_publish (self->repository, TOMO_PUBLISH_RENEWAL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (exists (self, "staging/metadata/jp.json"));
  g_autoptr(TomoTrustedSet) set = load_as_client (self, TOMO_REHEARSAL_NOW);
  g_assert_cmpuint (tomo_trusted_set_get_timestamp_version (set), ==, 2);

  tomo_rehearsal_sign (self->repository, "jp", self->jp_keys, 2);
  tomo_rehearsal_publish (self->repository);
  g_assert_true (exists (self, "metadata/2.jp.json"));
}

/* A failure in the middle leaves the former timestamp, and can be made good. */
static void
test_repository_publish_failure (Fixture *self, gconstpointer data)
{
  static const char *const blocked[] = { "metadata/2.jp.json", "metadata/2.snapshot.json" };

  tomo_rehearsal_sign (self->repository, "jp", self->jp_keys, 2);
  tomo_rehearsal_publish (self->repository);
  g_autoptr(GBytes) before = tomo_rehearsal_read (self->folder, "metadata/timestamp.json");
  g_autofree char *other = tomo_rehearsal_write_pack (self->folder, "more", "More");
  tomo_rehearsal_stage (self->repository, "jp", other);
  tomo_rehearsal_sign (self->repository, "jp", self->jp_keys, 2);

  for (size_t i = 0; i < G_N_ELEMENTS (blocked); i++)
    {
      /* A folder in the place of a file cannot be replaced by renaming, not even by root. */
      g_autofree char *path = dup_path (self, blocked[i]);
      g_autofree char *inside = g_build_filename (path, "inside", NULL);
      g_unlink (path);
      g_assert_cmpint (g_mkdir_with_parents (inside, 0755), ==, 0);
      assert_refused (self, TOMO_ERROR_FAILED);

      g_autoptr(GBytes) after = tomo_rehearsal_read (self->folder, "metadata/timestamp.json");
      g_assert_true (g_bytes_equal (before, after));
      g_assert_true (exists (self, "staging/metadata/jp.json"));
      g_autoptr(TomoTrustedSet) set = load_as_client (self, TOMO_REHEARSAL_NOW);
      load_role (self, set, "jp");
      tomo_rehearsal_remove_folder (path);
    }

  tomo_rehearsal_publish (self->repository);
  g_autoptr(TomoTrustedSet) set = load_as_client (self, TOMO_REHEARSAL_NOW);
  load_role (self, set, "jp");
  g_assert_cmpuint (check_targets (self, set), ==, 2);
}

static void
copy (Fixture *self, const char *from, const char *to)
{
  g_autoptr(GBytes) bytes = tomo_rehearsal_read (self->folder, from);
  g_autofree char *path = dup_path (self, to);
  size_t size = 0;
  const char *bytes_data = g_bytes_get_data (bytes, &size);

  g_assert_true (g_file_set_contents (path, bytes_data, (gssize) size, NULL));
}

/* Where the power went after timestamp was in place, the drafts left behind do no harm. */
static void
test_repository_publish_left_over (Fixture *self, gconstpointer data)
{
  tomo_rehearsal_sign (self->repository, "jp", self->jp_keys, 2);
  copy (self, "staging/metadata/jp.json", "jp.copy");
  copy (self, "staging/metadata/root.json", "root.copy");
  tomo_rehearsal_publish (self->repository);
  copy (self, "jp.copy", "staging/metadata/jp.json");
  copy (self, "root.copy", "staging/metadata/root.json");

  tomo_rehearsal_publish (self->repository);
  g_assert_false (exists (self, "staging/metadata/jp.json"));
  g_assert_false (exists (self, "metadata/2.jp.json"));
  g_autoptr(TomoTrustedSet) set = load_as_client (self, TOMO_REHEARSAL_NOW);
  load_role (self, set, "jp");
}

/* A file that was changed or lost in staging is found before anything is public. */
static void
test_repository_publish_damaged_target (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = dup_path (self, "staging/targets/jp/packs/basics");
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  g_autofree char *path = g_build_filename (folder, g_dir_read_name (dir), NULL);

  tomo_rehearsal_sign (self->repository, "jp", self->jp_keys, 2);
  g_assert_true (g_file_set_contents (path, "changed", -1, NULL));
  assert_refused (self, TOMO_ERROR_UNTRUSTED);
  g_unlink (path);
  assert_refused (self, TOMO_ERROR_NOT_FOUND);
  g_assert_false (exists (self, "metadata/timestamp.json"));
}

/* A draft edited by hand no longer counts as signed. */
static void
test_repository_publish_edited_draft (Fixture *self, gconstpointer data)
{
  tomo_rehearsal_sign (self->repository, "jp", self->jp_keys, 2);
  g_autoptr(GBytes) bytes = tomo_rehearsal_read (self->folder, "staging/metadata/jp.json");
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autofree char *path = dup_path (self, "staging/metadata/jp.json");
  char *date = strstr (text, "2027-");

  g_assert_nonnull (date);
  date[3] = '9';
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  assert_refused (self, TOMO_ERROR_UNTRUSTED);
}

/* An expired draft is named; an expired partner does not keep the others from publishing. */
static void
test_repository_publish_expired (Fixture *self, gconstpointer data)
{
  int64_t later = TOMO_REHEARSAL_NOW + TOMO_REHEARSAL_YEAR + 1;
  g_autofree char *other = tomo_rehearsal_write_pack (self->folder, "other", "Other");
  g_autoptr(GError) error = NULL;

  tomo_rehearsal_sign (self->repository, "jp", self->jp_keys, 2);
  reopen (self, later);
  assert_refused (self, TOMO_ERROR_STALE);
  reopen (self, TOMO_REHEARSAL_NOW);
  tomo_rehearsal_publish (self->repository);

  reopen (self, later);
  g_assert_true (tomo_repository_renew (self->repository, "root", &error));
  g_assert_true (tomo_repository_renew (self->repository, "targets", &error));
  g_assert_true (tomo_repository_renew (self->repository, "campaign", &error));
  tomo_rehearsal_stage (self->repository, "th", other);
  tomo_rehearsal_sign (self->repository, "th", self->th_keys, 2);
  tomo_rehearsal_publish (self->repository);

  g_autoptr(TomoTrustedSet) set = load_as_client (self, later);
  load_role (self, set, "campaign");
  load_role (self, set, "th");
  g_assert_cmpuint (check_targets (self, set), ==, 2);
}

/* Keys for snapshot and timestamp must be the role's own, and be given outside demonstrations. */
static void
test_repository_publish_online_keys (Fixture *self, gconstpointer data)
{
  g_autoptr(GPtrArray) foreign = tomo_rehearsal_make_keys (1);
  g_autoptr(GPtrArray) none = tomo_rehearsal_make_keys (0);
  const struct
  {
    GPtrArray *snapshot_keys, *timestamp_keys;
    const char *in_message;
  } vectors[] = {
    { foreign, NULL, "--snapshot-key" },
    { NULL, foreign, "--timestamp-key" },
    { none, NULL, "--snapshot-key" },
    { NULL, none, "--timestamp-key" },
  };

  tomo_rehearsal_sign (self->repository, "jp", self->jp_keys, 2);
  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_assert_false (tomo_repository_publish (self->repository, TOMO_PUBLISH_DRAFTS,
                                               vectors[i].snapshot_keys, vectors[i].timestamp_keys,
                                               NULL, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
      g_assert_nonnull (strstr (error->message, vectors[i].in_message));
    }
  g_assert_false (exists (self, "metadata/timestamp.json"));
}

/* Ctrl+C stops before anything is public. */
static void
test_repository_publish_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  tomo_rehearsal_sign (self->repository, "jp", self->jp_keys, 2);
  g_cancellable_cancel (cancellable);
  g_assert_false (tomo_repository_publish (self->repository, TOMO_PUBLISH_DRAFTS, NULL, NULL,
                                           cancellable, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_CANCELLED);
  g_assert_false (exists (self, "metadata/timestamp.json"));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/repository/publish/whole", test_repository_publish_whole);
  ADD ("/repository/publish/message", test_repository_publish_message);
  ADD ("/repository/publish/signatures", test_repository_publish_signatures);
  ADD ("/repository/publish/renews", test_repository_publish_renews);
  ADD ("/repository/publish/only-renews", test_repository_publish_only_renews);
  ADD ("/repository/publish/failure", test_repository_publish_failure);
  ADD ("/repository/publish/left-over", test_repository_publish_left_over);
  ADD ("/repository/publish/damaged-target", test_repository_publish_damaged_target);
  ADD ("/repository/publish/edited-draft", test_repository_publish_edited_draft);
  ADD ("/repository/publish/expired", test_repository_publish_expired);
  ADD ("/repository/publish/online-keys", test_repository_publish_online_keys);
  ADD ("/repository/publish/cancelled", test_repository_publish_cancelled);
  return g_test_run ();
}
