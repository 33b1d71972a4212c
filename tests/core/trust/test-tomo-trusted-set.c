/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-trusted-set.h"

#include <string.h>

#include "core/tomo-error.h"
#include "tomo-test-repo.h"

static TomoTestRepo *
make_repo (void)
{
  TomoTestRepo *repo = tomo_test_repo_new ();

  tomo_test_repo_delegate (repo, "targets", "jp", "[\"jp/*\", \"jp/*/*\", \"jp/*/*/*\"]", TRUE);
  tomo_test_repo_add_target (repo, "jp", "jp/packs/accounts/ja.k1.gz", "a pack");
  tomo_test_repo_add_target (repo, "targets", "campaign/campaign.k1.gz", "a campaign");
  return repo;
}

static TomoTrustedSet *
begin (TomoTestRepo *repo, int64_t now_secs)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) root = tomo_test_repo_sign (repo, "root");
  TomoTrustedSet *set = tomo_trusted_set_new (root, now_secs, &error);

  g_assert_no_error (error);
  return set;
}

static gboolean
feed_root (TomoTestRepo *repo, TomoTrustedSet *set, GError **error)
{
  g_autoptr(GBytes) bytes = tomo_test_repo_sign (repo, "root");
  return tomo_trusted_set_update_root (set, bytes, error);
}

static gboolean
feed_timestamp (TomoTestRepo *repo,
                TomoTrustedSet *set,
                TomoTrustSource source,
                gboolean *out_changed,
                GError **error)
{
  g_autoptr(GBytes) bytes = tomo_test_repo_sign (repo, "timestamp");
  return tomo_trusted_set_update_timestamp (set, bytes, source, out_changed, error);
}

static gboolean
feed_snapshot (TomoTestRepo *repo, TomoTrustedSet *set, TomoTrustSource source, GError **error)
{
  g_autoptr(GBytes) bytes = tomo_test_repo_sign (repo, "snapshot");
  return tomo_trusted_set_update_snapshot (set, bytes, source, error);
}

static gboolean
feed_targets (TomoTestRepo *repo,
              TomoTrustedSet *set,
              const char *role,
              TomoTrustSource source,
              GError **error)
{
  g_autoptr(GBytes) bytes = tomo_test_repo_sign (repo, role);
  return tomo_trusted_set_update_targets (set, role, "targets", bytes, source, error);
}

/* The whole workflow gives the targets that partners signed, with who, how long and which hash. */
static void
test_trusted_set_refresh (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoTestRepo) repo = make_repo ();
  g_autoptr(TomoTrustedSet) set = tomo_test_repo_refresh (repo, &error);
  g_assert_no_error (error);

  g_autoptr(GPtrArray) targets = tomo_trusted_set_list_targets (set);
  g_assert_cmpuint (targets->len, ==, 2);
  const TomoTrustTarget *campaign = g_ptr_array_index (targets, 0);
  const TomoTrustTarget *pack = g_ptr_array_index (targets, 1);
  g_assert_cmpstr (campaign->path, ==, "campaign/campaign.k1.gz");
  g_assert_cmpstr (campaign->role, ==, "targets");
  g_assert_cmpstr (pack->path, ==, "jp/packs/accounts/ja.k1.gz");
  g_assert_cmpstr (pack->role, ==, "jp");
  g_assert_cmpuint (pack->size, ==, 6);

  g_autoptr(GBytes) good = g_bytes_new_static ("a pack", 6);
  g_autoptr(GBytes) flipped = g_bytes_new_static ("a pick", 6);
  g_autoptr(GBytes) longer = g_bytes_new_static ("a pack!", 7);
  g_assert_true (tomo_trusted_set_check_target (pack, good, &error));
  g_assert_no_error (error);
  g_assert_false (tomo_trusted_set_check_target (pack, flipped, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_false (tomo_trusted_set_check_target (pack, longer, NULL));

  g_assert_cmpuint (tomo_trusted_set_get_root_version (set), ==, 1);
  g_assert_cmpuint (tomo_trusted_set_get_timestamp_version (set), ==, 1);
  g_assert_cmpuint (tomo_trusted_set_get_snapshot_version (set), ==, 1);
  g_assert_cmpuint (tomo_trusted_set_get_targets_version (set), ==, 1);
  g_assert_true (tomo_trusted_set_is_current (set, "jp"));
  g_assert_false (tomo_trusted_set_is_current (set, "th"));
  g_assert_cmpint (tomo_trusted_set_get_expires_secs (set, "jp"), ==, 1798761600);
  g_assert_cmpint (tomo_trusted_set_get_expires_secs (set, "th"), ==, 0);
}

/* Nothing is taken out of its turn. */
static void
test_trusted_set_order (void)
{
  g_autoptr(TomoTestRepo) repo = make_repo ();
  g_autoptr(TomoTrustedSet) set = begin (repo, TOMO_TEST_NOW_SECS);
  g_autoptr(GError) error = NULL;

  g_assert_false (feed_timestamp (repo, set, TOMO_TRUST_REMOTE, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (tomo_trusted_set_finish_root (set, NULL));
  tomo_test_repo_raise (repo, "root");
  g_assert_false (feed_root (repo, set, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (feed_snapshot (repo, set, TOMO_TRUST_REMOTE, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (feed_timestamp (repo, set, TOMO_TRUST_REMOTE, NULL, NULL));
  g_assert_false (feed_targets (repo, set, "targets", TOMO_TRUST_REMOTE, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (feed_snapshot (repo, set, TOMO_TRUST_REMOTE, NULL));
  g_assert_false (feed_targets (repo, set, "jp", TOMO_TRUST_REMOTE, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (feed_targets (repo, set, "targets", TOMO_TRUST_REMOTE, NULL));
  g_assert_true (feed_targets (repo, set, "jp", TOMO_TRUST_REMOTE, NULL));
}

/* A root is followed only one version at a time, and only with the keys of before and its own. */
static void
test_trusted_set_root_chain (void)
{
  g_autoptr(TomoTestRepo) repo = make_repo ();
  g_autoptr(TomoTrustedSet) set = begin (repo, TOMO_TEST_NOW_SECS);
  g_autoptr(GPtrArray) old_keys = g_ptr_array_ref (tomo_test_repo_get_keys (repo, "root"));
  g_autoptr(GPtrArray) new_keys =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_test_key_free);
  g_ptr_array_add (new_keys, tomo_test_key_new (TOMO_TEST_KEY_ED25519));
  g_autoptr(GPtrArray) both = g_ptr_array_new ();
  g_ptr_array_extend (both, old_keys, NULL, NULL);
  g_ptr_array_extend (both, new_keys, NULL, NULL);
  g_autoptr(GError) error = NULL;

  /* The same version again, and one too many. */
  g_assert_false (feed_root (repo, set, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
  g_clear_error (&error);
  tomo_test_repo_change (repo, "root", "version", "3");
  g_assert_false (feed_root (repo, set, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
  g_clear_error (&error);

  /* Version 2 has new keys, and is expired, which does not matter on the way. */
  tomo_test_repo_change (repo, "root", "version", "2");
  tomo_test_repo_change (repo, "root", "expires", "\"" TOMO_TEST_PAST "\"");
  tomo_test_repo_set_keys (repo, "root", new_keys, 1);
  g_autoptr(GBytes) by_new = tomo_test_repo_sign_with (repo, "root", new_keys);
  g_autoptr(GBytes) by_old = tomo_test_repo_sign_with (repo, "root", old_keys);
  g_autoptr(GBytes) by_both = tomo_test_repo_sign_with (repo, "root", both);
  g_assert_false (tomo_trusted_set_update_root (set, by_new, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_false (tomo_trusted_set_update_root (set, by_old, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_cmpuint (tomo_trusted_set_get_root_version (set), ==, 1);
  g_assert_true (tomo_trusted_set_update_root (set, by_both, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (tomo_trusted_set_get_root_version (set), ==, 2);
  g_assert_false (tomo_trusted_set_keys_rotated (set));

  g_assert_false (tomo_trusted_set_finish_root (set, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_STALE);
  g_clear_error (&error);

  tomo_test_repo_raise (repo, "root");
  tomo_test_repo_change (repo, "root", "expires", "\"" TOMO_TEST_FUTURE "\"");
  g_assert_true (feed_root (repo, set, NULL));
  g_assert_true (tomo_trusted_set_finish_root (set, &error));
  g_assert_no_error (error);
}

/* Withdrawing an online key drops what is kept; an additional key does not. */
static void
test_trusted_set_keys_rotated (void)
{
  static const char *const roles[] = { "timestamp", "snapshot", "targets" };

  for (size_t i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      gboolean counts = strcmp (roles[i], "targets") != 0;
      g_autoptr(TomoTestRepo) repo = make_repo ();
      g_autoptr(TomoTrustedSet) set = begin (repo, TOMO_TEST_NOW_SECS);
      g_autoptr(GPtrArray) keys =
          g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_test_key_free);
      g_ptr_array_add (keys, tomo_test_key_new (TOMO_TEST_KEY_ED25519));
      g_autoptr(GPtrArray) more = g_ptr_array_new ();
      g_ptr_array_extend (more, tomo_test_repo_get_keys (repo, roles[i]), NULL, NULL);
      g_ptr_array_extend (more, keys, NULL, NULL);
      G_GNUC_UNUSED g_autoptr(GPtrArray) old =
          g_ptr_array_ref (tomo_test_repo_get_keys (repo, roles[i]));

      g_test_message ("%s", roles[i]);
      tomo_test_repo_raise (repo, "root");
      tomo_test_repo_set_keys (repo, roles[i], more, 1);
      g_assert_true (feed_root (repo, set, NULL));
      g_assert_false (tomo_trusted_set_keys_rotated (set));
      tomo_test_repo_raise (repo, "root");
      tomo_test_repo_set_keys (repo, roles[i], keys, 1);
      g_assert_true (feed_root (repo, set, NULL));
      g_assert_cmpint (tomo_trusted_set_keys_rotated (set), ==, counts);

      g_assert_true (tomo_trusted_set_finish_root (set, NULL));
      g_assert_cmpint (feed_timestamp (repo, set, TOMO_TRUST_LOCAL, NULL, NULL), ==, !counts);
      g_assert_true (feed_timestamp (repo, set, TOMO_TRUST_REMOTE, NULL, NULL));
    }
}

/* The same timestamp version is “unchanged”, whatever else it says; a lower one is refused. */
static void
test_trusted_set_timestamp (void)
{
  g_autoptr(TomoTestRepo) repo = make_repo ();
  g_autoptr(TomoTrustedSet) set = begin (repo, TOMO_TEST_NOW_SECS);
  g_autoptr(GError) error = NULL;
  gboolean changed = FALSE;

  tomo_test_repo_publish (repo);
  g_assert_true (tomo_trusted_set_finish_root (set, NULL));
  g_assert_true (feed_timestamp (repo, set, TOMO_TRUST_REMOTE, &changed, &error));
  g_assert_true (changed);

  tomo_test_repo_change (repo, "timestamp", "meta/snapshot.json/version", "9");
  g_assert_true (feed_timestamp (repo, set, TOMO_TRUST_REMOTE, &changed, &error));
  g_assert_no_error (error);
  g_assert_false (changed);
  g_autofree char *name = tomo_trusted_set_dup_file_name (set, "snapshot");
  g_assert_cmpstr (name, ==, "2.snapshot.json");

  tomo_test_repo_change (repo, "timestamp", "version", "1");
  g_assert_false (feed_timestamp (repo, set, TOMO_TRUST_REMOTE, &changed, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_STALE);
  g_clear_error (&error);

  tomo_test_repo_change (repo, "timestamp", "version", "3");
  tomo_test_repo_change (repo, "timestamp", "meta/snapshot.json/version", "1");
  g_assert_false (feed_timestamp (repo, set, TOMO_TRUST_REMOTE, &changed, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_STALE);
  g_assert_cmpuint (tomo_trusted_set_get_timestamp_version (set), ==, 2);
}

/* Expiry stops what comes from afar, not what is kept here, which still guards against rollback. */
static void
test_trusted_set_expiry (void)
{
  g_autoptr(TomoTestRepo) repo = make_repo ();
  g_autoptr(TomoTrustedSet) set = begin (repo, TOMO_TEST_NOW_SECS);
  g_autoptr(GError) error = NULL;
  static const char *const roles[] = { "timestamp", "snapshot", "targets", "jp" };

  tomo_test_repo_publish (repo);
  for (size_t i = 0; i < G_N_ELEMENTS (roles); i++)
    tomo_test_repo_change (repo, roles[i], "expires", "\"" TOMO_TEST_PAST "\"");
  g_assert_true (tomo_trusted_set_finish_root (set, NULL));

  g_assert_false (feed_timestamp (repo, set, TOMO_TRUST_REMOTE, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_STALE);
  g_clear_error (&error);
  g_assert_true (feed_timestamp (repo, set, TOMO_TRUST_LOCAL, NULL, NULL));
  /* Unchanged, but expired: this is an error, or nobody would ever notice a frozen mirror. */
  g_assert_false (feed_timestamp (repo, set, TOMO_TRUST_REMOTE, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_STALE);
  g_clear_error (&error);

  g_assert_false (feed_snapshot (repo, set, TOMO_TRUST_REMOTE, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_STALE);
  g_clear_error (&error);
  g_assert_true (feed_snapshot (repo, set, TOMO_TRUST_LOCAL, NULL));
  g_assert_false (tomo_trusted_set_is_current (set, "snapshot"));

  g_assert_false (feed_targets (repo, set, "targets", TOMO_TRUST_REMOTE, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_STALE);
  g_clear_error (&error);
  g_assert_true (feed_targets (repo, set, "targets", TOMO_TRUST_LOCAL, NULL));
  g_assert_false (tomo_trusted_set_is_current (set, "targets"));
  g_assert_true (feed_targets (repo, set, "jp", TOMO_TRUST_LOCAL, NULL));
  g_assert_false (tomo_trusted_set_is_current (set, "jp"));

  /* Rollback against the expired ones. */
  tomo_test_repo_change (repo, "timestamp", "version", "1");
  tomo_test_repo_change (repo, "timestamp", "expires", "\"" TOMO_TEST_FUTURE "\"");
  g_assert_false (feed_timestamp (repo, set, TOMO_TRUST_REMOTE, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_STALE);
}

/* No listed version goes down and none vanishes, also when the local snapshot is an older one. */
static void
test_trusted_set_snapshot_rollback (void)
{
  static const struct
  {
    const char *pointer;
    const char *json;
    int code; /* -1: accepted */
  } rows[] = {
    { "x-nothing", "1", -1 },
    { "meta/new.json", "{\"version\":1}", -1 },
    { "meta/jp.json/version", "6", -1 },
    { "meta/jp.json/version", "4", TOMO_ERROR_UNTRUSTED },
    { "meta/targets.json/version", "1", TOMO_ERROR_UNTRUSTED },
    { "meta/jp.json", NULL, TOMO_ERROR_UNTRUSTED },
    { "meta/targets.json", NULL, TOMO_ERROR_UNTRUSTED },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(TomoTestRepo) repo = make_repo ();
      g_autoptr(TomoTrustedSet) set = begin (repo, TOMO_TEST_NOW_SECS);
      g_autoptr(GError) error = NULL;
      tomo_test_repo_change (repo, "jp", "version", "5");
      tomo_test_repo_change (repo, "targets", "version", "2");
      tomo_test_repo_list (repo);
      g_autoptr(GBytes) kept = tomo_test_repo_sign (repo, "snapshot");

      g_test_message ("%s", rows[i].pointer);
      tomo_test_repo_publish (repo);
      tomo_test_repo_change (repo, "snapshot", rows[i].pointer, rows[i].json);
      g_assert_true (tomo_trusted_set_finish_root (set, NULL));
      g_assert_true (feed_timestamp (repo, set, TOMO_TRUST_REMOTE, NULL, NULL));
      g_assert_true (tomo_trusted_set_update_snapshot (set, kept, TOMO_TRUST_LOCAL, &error));
      g_assert_no_error (error);
      g_assert_false (tomo_trusted_set_is_current (set, "snapshot"));
      /* It is not what timestamp lists, so that nothing hangs on it. */
      g_assert_false (feed_targets (repo, set, "targets", TOMO_TRUST_LOCAL, NULL));

      g_assert_cmpint (feed_snapshot (repo, set, TOMO_TRUST_REMOTE, &error), ==,
                       rows[i].code == -1);
      if (rows[i].code == -1)
        g_assert_no_error (error);
      else
        g_assert_error (error, TOMO_ERROR, rows[i].code);
      g_assert_cmpuint (tomo_trusted_set_get_snapshot_version (set), ==,
                        rows[i].code == -1 ? 2 : 1);
    }
}

/* What a new snapshot lists otherwise leaves the set, with all that hung on it. */
static void
test_trusted_set_outdated (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoTestRepo) repo = make_repo ();
  g_autoptr(TomoTrustedSet) set = tomo_test_repo_refresh (repo, &error);
  g_assert_no_error (error);

  g_autoptr(GPtrArray) before = tomo_trusted_set_list_targets (set);
  const TomoTrustTarget *borrowed = g_ptr_array_index (before, 1);

  tomo_test_repo_raise (repo, "jp");
  tomo_test_repo_publish (repo);
  g_assert_true (feed_timestamp (repo, set, TOMO_TRUST_REMOTE, NULL, NULL));
  g_assert_true (feed_snapshot (repo, set, TOMO_TRUST_REMOTE, NULL));
  g_assert_cmpstr (borrowed->path, ==, "jp/packs/accounts/ja.k1.gz");
  g_assert_true (tomo_trusted_set_is_current (set, "targets"));
  g_assert_false (tomo_trusted_set_is_current (set, "jp"));
  g_autoptr(GPtrArray) targets = tomo_trusted_set_list_targets (set);
  g_assert_cmpuint (targets->len, ==, 1);

  g_assert_true (feed_targets (repo, set, "jp", TOMO_TRUST_REMOTE, NULL));
  tomo_test_repo_raise (repo, "targets");
  tomo_test_repo_publish (repo);
  g_assert_true (feed_timestamp (repo, set, TOMO_TRUST_REMOTE, NULL, NULL));
  g_assert_true (feed_snapshot (repo, set, TOMO_TRUST_REMOTE, NULL));
  g_assert_cmpuint (tomo_trusted_set_get_targets_version (set), ==, 0);
  g_autoptr(GPtrArray) none = tomo_trusted_set_list_targets (set);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_false (tomo_trusted_set_is_current (set, "jp"));
}

/* File names follow consistent snapshots and keep strange role names inside the folder. */
static void
test_trusted_set_file_names (void)
{
  for (int consistent = 0; consistent < 2; consistent++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TomoTestRepo) repo = make_repo ();
      tomo_test_repo_change (repo, "root", "consistent_snapshot", consistent ? "true" : "false");
      tomo_test_repo_delegate (repo, "targets", "../a b\xe7\x81\xaf", "[\"x/*\"]", FALSE);
      tomo_test_repo_change (repo, "snapshot", "meta/jp.json/length", "1234");
      tomo_test_repo_change (repo, "snapshot", "meta/jp.json/version", "7");
      g_autoptr(TomoTrustedSet) set = begin (repo, TOMO_TEST_NOW_SECS);
      g_assert_true (tomo_trusted_set_finish_root (set, NULL));
      g_assert_true (feed_timestamp (repo, set, TOMO_TRUST_REMOTE, NULL, NULL));
      g_assert_true (feed_snapshot (repo, set, TOMO_TRUST_REMOTE, &error));

      const struct
      {
        const char *role;
        const char *name;
        size_t max_bytes;
      } rows[] = {
        { "root", "2.root.json", TOMO_TRUST_MAX_ROOT_BYTES },
        { "timestamp", "timestamp.json", TOMO_TRUST_MAX_TIMESTAMP_BYTES },
        { "snapshot", consistent ? "1.snapshot.json" : "snapshot.json",
          TOMO_TRUST_MAX_SNAPSHOT_BYTES },
        { "targets", consistent ? "1.targets.json" : "targets.json", TOMO_TRUST_MAX_TARGETS_BYTES },
        { "jp", consistent ? "7.jp.json" : "jp.json", 1234 },
        { "../a b\xe7\x81\xaf",
          consistent ? "1...%2Fa%20b%E7%81%AF.json" : "..%2Fa%20b%E7%81%AF.json",
          TOMO_TRUST_MAX_TARGETS_BYTES },
        { "unlisted", NULL, TOMO_TRUST_MAX_TARGETS_BYTES },
      };

      for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
        {
          g_autofree char *name = tomo_trusted_set_dup_file_name (set, rows[i].role);
          g_assert_cmpstr (name, ==, rows[i].name);
          g_assert_cmpuint (tomo_trusted_set_get_max_bytes (set, rows[i].role), ==,
                            rows[i].max_bytes);
        }
      g_assert_cmpint (tomo_trusted_set_has_consistent_snapshots (set), ==, consistent);
      g_autofree char *cache_name = tomo_trusted_set_dup_cache_name ("../x");
      g_assert_cmpstr (cache_name, ==, "..%2Fx.json");
    }
}

/* Root and targets move the time floor, nobody else; withdrawing a key that vouched drops it. */
static void
test_trusted_set_floor (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoTestRepo) repo = make_repo ();
  g_autofree char *key_ids = NULL;
  static const char *const others[] = { "timestamp", "snapshot", "jp" };

  g_autoptr(TomoTrustedSet) without = tomo_test_repo_refresh (repo, &error);
  g_assert_cmpint (tomo_trusted_set_get_floor_secs (without, &key_ids), ==, 0);
  g_assert_null (key_ids);

  for (size_t i = 0; i < G_N_ELEMENTS (others); i++)
    tomo_test_repo_change (repo, others[i], "x-tomoshibi-signed-on", "\"2099-01-01T00:00:00Z\"");
  tomo_test_repo_change (repo, "root", "x-tomoshibi-signed-on", "\"1970-01-01T00:00:07Z\"");
  g_autoptr(TomoTrustedSet) by_root = tomo_test_repo_refresh (repo, &error);
  g_assert_cmpint (tomo_trusted_set_get_floor_secs (by_root, NULL), ==, 7);

  tomo_test_repo_change (repo, "targets", "x-tomoshibi-signed-on", "\"1970-01-01T00:00:09Z\"");
  g_autoptr(TomoTrustedSet) by_targets = tomo_test_repo_refresh (repo, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tomo_trusted_set_get_floor_secs (by_targets, &key_ids), ==, 9);
  g_assert_cmpstr (
      key_ids, ==,
      tomo_test_key_get_id (g_ptr_array_index (tomo_test_repo_get_keys (repo, "targets"), 0)));
  g_assert_true (tomo_trusted_set_names_keys (by_targets, key_ids));
  g_assert_false (tomo_trusted_set_names_keys (by_targets, ""));

  g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_test_key_free);
  g_ptr_array_add (keys, tomo_test_key_new (TOMO_TEST_KEY_ED25519));
  tomo_test_repo_set_keys (repo, "targets", keys, 1);
  g_autoptr(TomoTrustedSet) rotated = tomo_test_repo_refresh (repo, &error);
  g_assert_no_error (error);
  g_assert_false (tomo_trusted_set_names_keys (rotated, key_ids));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/trusted-set/refresh", test_trusted_set_refresh);
  g_test_add_func ("/trusted-set/order", test_trusted_set_order);
  g_test_add_func ("/trusted-set/root-chain", test_trusted_set_root_chain);
  g_test_add_func ("/trusted-set/keys-rotated", test_trusted_set_keys_rotated);
  g_test_add_func ("/trusted-set/timestamp", test_trusted_set_timestamp);
  g_test_add_func ("/trusted-set/expiry", test_trusted_set_expiry);
  g_test_add_func ("/trusted-set/snapshot-rollback", test_trusted_set_snapshot_rollback);
  g_test_add_func ("/trusted-set/outdated", test_trusted_set_outdated);
  g_test_add_func ("/trusted-set/file-names", test_trusted_set_file_names);
  g_test_add_func ("/trusted-set/floor", test_trusted_set_floor);
  return g_test_run ();
}
