/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-trusted-set.h"

#include <string.h>

#include "core/tomo-error.h"
#include "tomo-test-repo.h"

static TomoTrustedSet *
begin (TomoTestRepo *repo)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) root = tomo_test_repo_sign (repo, "root");
  g_autoptr(GBytes) timestamp = tomo_test_repo_sign (repo, "timestamp");
  g_autoptr(GBytes) snapshot = tomo_test_repo_sign (repo, "snapshot");
  g_autoptr(GBytes) targets = tomo_test_repo_sign (repo, "targets");
  TomoTrustedSet *set = tomo_trusted_set_new (root, TOMO_TEST_NOW_SECS, &error);

  g_assert_no_error (error);
  g_assert_true (tomo_trusted_set_finish_root (set, NULL));
  g_assert_true (tomo_trusted_set_update_timestamp (set, timestamp, TOMO_TRUST_REMOTE, NULL, NULL));
  g_assert_true (tomo_trusted_set_update_snapshot (set, snapshot, TOMO_TRUST_REMOTE, NULL));
  tomo_trusted_set_update_targets (set, "targets", NULL, targets, TOMO_TRUST_REMOTE, &error);
  g_assert_no_error (error);
  return set;
}

static const char *
find_listed (GPtrArray *targets, const char *path)
{
  for (size_t i = 0; i < targets->len; i++)
    {
      const TomoTrustTarget *target = g_ptr_array_index (targets, i);
      if (strcmp (target->path, path) == 0)
        return target->role;
    }
  return NULL;
}

/* Roles are listed in pre-order with what snapshot says of them, before and after loading. */
static void
test_walk_list_roles (void)
{
  g_autoptr(TomoTestRepo) repo = tomo_test_repo_new ();
  static const struct
  {
    const char *delegator;
    const char *role;
  } graph[] = {
    { "targets", "a" }, { "targets", "d" }, { "a", "b" }, { "a", "c" },
    { "b", "e" },       { "e", "f" },       { "f", "g" },
  };
  for (size_t i = 0; i < G_N_ELEMENTS (graph); i++)
    tomo_test_repo_delegate (repo, graph[i].delegator, graph[i].role, "[\"*/*\"]", FALSE);
  tomo_test_repo_change (repo, "snapshot", "meta/a.json/version", "1");
  tomo_test_repo_change (repo, "snapshot", "meta/a.json/length", "4000");
  tomo_test_repo_change (repo, "snapshot", "meta/d.json", NULL);
  g_autoptr(TomoTrustedSet) set = begin (repo);

  g_autoptr(GPtrArray) first = tomo_trusted_set_list_roles (set);
  g_assert_cmpuint (first->len, ==, 2);
  const TomoTrustRole *a = g_ptr_array_index (first, 0);
  const TomoTrustRole *d = g_ptr_array_index (first, 1);
  g_assert_cmpstr (a->name, ==, "a");
  g_assert_cmpstr (a->delegator, ==, "targets");
  g_assert_cmpuint (a->depth, ==, 1);
  g_assert_cmpuint (a->listed_version, ==, 1);
  g_assert_cmpuint (a->max_bytes, ==, 4000);
  g_assert_false (a->is_loaded);
  g_assert_cmpstr (d->name, ==, "d");
  g_assert_cmpuint (d->listed_version, ==, 0);

  /* As long as the length in snapshot is not that of the file, it is refused; so say nothing. */
  tomo_test_repo_list (repo);
  g_autoptr(TomoTrustedSet) whole = begin (repo);
  g_assert_true (tomo_test_repo_load_roles (repo, whole, NULL));
  g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (whole);
  g_autoptr(GString) names = g_string_new (NULL);
  for (size_t i = 0; i < roles->len; i++)
    {
      const TomoTrustRole *role = g_ptr_array_index (roles, i);
      g_string_append_printf (names, "%s%u ", role->name, role->depth);
      g_assert_true (role->is_loaded);
      g_assert_cmpuint (role->version, ==, 1);
      g_assert_cmpint (role->expires_secs, >, TOMO_TEST_NOW_SECS);
    }
  /* ‘g’ would be the fifth level. */
  g_assert_cmpstr (names->str, ==, "a1 b2 e3 f4 c2 d1 ");
}

/* Each delegator verifies with its own keys; that one trusts a file says nothing to the other. */
static void
test_walk_two_delegators (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoTestRepo) repo = tomo_test_repo_new ();
  tomo_test_repo_delegate (repo, "targets", "a", "[\"a/*\"]", FALSE);
  tomo_test_repo_delegate (repo, "targets", "b", "[\"b/*\"]", FALSE);
  tomo_test_repo_delegate (repo, "a", "both", "[\"*/*\"]", FALSE);
  tomo_test_repo_delegate (repo, "b", "both", "[\"*/*\"]", FALSE);
  tomo_test_repo_add_target (repo, "both", "a/x", "1");
  tomo_test_repo_add_target (repo, "both", "b/x", "1");
  tomo_test_repo_change (repo, "b", "delegations/keys", "{}");

  g_autoptr(TomoTrustedSet) set = begin (repo);
  g_autoptr(GBytes) a = tomo_test_repo_sign (repo, "a");
  g_autoptr(GBytes) b = tomo_test_repo_sign (repo, "b");
  g_autoptr(GBytes) both = tomo_test_repo_sign (repo, "both");
  g_assert_true (tomo_trusted_set_update_targets (set, "a", "targets", a, TOMO_TRUST_REMOTE, NULL));
  g_assert_true (tomo_trusted_set_update_targets (set, "b", "targets", b, TOMO_TRUST_REMOTE, NULL));
  g_assert_true (tomo_trusted_set_update_targets (set, "both", "a", both, TOMO_TRUST_REMOTE, NULL));
  g_assert_false (
      tomo_trusted_set_update_targets (set, "both", "b", both, TOMO_TRUST_REMOTE, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_false (
      tomo_trusted_set_update_targets (set, "both", "targets", both, TOMO_TRUST_REMOTE, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);

  g_autoptr(GPtrArray) targets = tomo_trusted_set_list_targets (set);
  g_assert_cmpstr (find_listed (targets, "a/x"), ==, "both");
  g_assert_cmpstr (find_listed (targets, "b/x"), ==, NULL);
}

/* A file that was verified while its delegator was exchanged does not count, though the keys may be
 * the same: who was asked is no longer there. */
static void
test_walk_late_check (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoTestRepo) repo = tomo_test_repo_new ();
  tomo_test_repo_delegate (repo, "targets", "a", "[\"a/*\"]", FALSE);
  tomo_test_repo_list (repo);
  g_autoptr(TomoTrustedSet) set = begin (repo);
  g_autoptr(GBytes) a = tomo_test_repo_sign (repo, "a");
  g_autoptr(TomoTrustCheck) late = tomo_trusted_set_begin_targets (set, "a", "targets", a);

  tomo_test_repo_raise (repo, "targets");
  tomo_test_repo_publish (repo);
  g_autoptr(GBytes) timestamp = tomo_test_repo_sign (repo, "timestamp");
  g_autoptr(GBytes) snapshot = tomo_test_repo_sign (repo, "snapshot");
  g_autoptr(GBytes) targets = tomo_test_repo_sign (repo, "targets");
  g_assert_true (tomo_trusted_set_update_timestamp (set, timestamp, TOMO_TRUST_REMOTE, NULL, NULL));
  g_assert_true (tomo_trusted_set_update_snapshot (set, snapshot, TOMO_TRUST_REMOTE, NULL));
  tomo_trust_check_run (late);
  g_assert_false (tomo_trusted_set_end_targets (set, late, TOMO_TRUST_REMOTE, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  tomo_trusted_set_update_targets (set, "targets", NULL, targets, TOMO_TRUST_REMOTE, &error);
  g_assert_no_error (error);
  g_assert_false (tomo_trusted_set_end_targets (set, late, TOMO_TRUST_REMOTE, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_autoptr(TomoTrustCheck) check = tomo_trusted_set_begin_targets (set, "a", "targets", a);
  tomo_trust_check_run (check);
  tomo_trusted_set_end_targets (set, check, TOMO_TRUST_REMOTE, &error);
  g_assert_no_error (error);
}

/* Hash bins (TAP 15): each path has one bin, whose name has as many digits as the last bin's; of
 * however many there are, 256 are listed. */
static void
test_walk_succinct_roles (void)
{
  static const struct
  {
    unsigned int bits;
    const char *first;
    const char *last;
  } rows[] = { { 1, "bin-0", "bin-1" },
               { 4, "bin-0", "bin-f" },
               { 5, "bin-00", "bin-1f" },
               { 9, "bin-000", "bin-0ff" },
               { 32, "bin-00000000", "bin-000000ff" } };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TomoTestRepo) repo = tomo_test_repo_new ();
      tomo_test_repo_delegate (repo, "targets", "bin-0", "[]", TRUE);
      g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "a/x", -1);
      g_autofree char *start = g_strndup (hash, 8);
      g_autofree char *name = g_strdup_printf (
          "bin-%0*x", (int) (rows[i].bits + 3) / 4,
          (unsigned int) (g_ascii_strtoull (start, NULL, 16) >> (32 - rows[i].bits)));
      json_t *targets = tomo_test_repo_get (repo, "targets");
      TomoTestKey *key = g_ptr_array_index (tomo_test_repo_get_keys (repo, "bin-0"), 0);
      json_object_set_new (
          targets, "delegations",
          json_pack ("{s:{s:o}, s:{s:[s], s:i, s:i, s:s}}", "keys", tomo_test_key_get_id (key),
                     tomo_public_key_to_json (tomo_test_key_get_public (key)), "succinct_roles",
                     "keyids", tomo_test_key_get_id (key), "threshold", 1, "bit_length",
                     (int) rows[i].bits, "name_prefix", "bin"));
      tomo_test_repo_add_target (repo, "bin-0", "a/x", "1");
      g_autofree char *member = g_strdup_printf ("meta/%s.json", name);
      tomo_test_repo_change (repo, "snapshot", member, "{\"version\":1}");

      g_autoptr(TomoTrustedSet) set = begin (repo);
      g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (set);
      g_assert_cmpuint (roles->len, ==, MIN ((uint64_t) 1 << rows[i].bits, TOMO_TRUST_MAX_ROLES));
      g_assert_cmpstr (((TomoTrustRole *) g_ptr_array_index (roles, 0))->name, ==, rows[i].first);
      g_assert_cmpstr (((TomoTrustRole *) g_ptr_array_index (roles, roles->len - 1))->name, ==,
                       rows[i].last);

      TomoTrustTarget target = { NULL };
      TomoTrustRole missing = { NULL };
      g_assert_false (tomo_trusted_set_find_target (set, "a/x", &target, &missing, NULL));
      g_assert_cmpstr (missing.name, ==, name);
      g_assert_cmpstr (missing.delegator, ==, "targets");

      /* The file is the same for all bins; only its place differs. */
      g_autoptr(GBytes) bytes = tomo_test_repo_sign (repo, "bin-0");
      tomo_trusted_set_update_targets (set, name, "targets", bytes, TOMO_TRUST_REMOTE, &error);
      g_assert_no_error (error);
      g_assert_true (tomo_trusted_set_find_target (set, "a/x", &target, &missing, NULL));
      g_assert_cmpstr (target.role, ==, name);

      static const char *const foreign[] = { "bin-", "bin", "bin-00000", "bin-0x0", "bin-ff", "x" };
      for (size_t j = 0; j < G_N_ELEMENTS (foreign); j++)
        {
          g_assert_false (tomo_trusted_set_update_targets (set, foreign[j], "targets", bytes,
                                                           TOMO_TRUST_REMOTE, &error));
          g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
          g_clear_error (&error);
        }
    }
}

static GHashTable *
new_cache (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_bytes_unref);
}

static void
keep (GHashTable *cache, TomoTestRepo *repo, const char *role)
{
  g_hash_table_insert (cache, (char *) role, tomo_test_repo_sign (repo, role));
}

static GBytes *
load_kept_cb (const char *role, gpointer user_data)
{
  GBytes *bytes = g_hash_table_lookup (user_data, role);
  return bytes != NULL ? g_bytes_ref (bytes) : NULL;
}

static GPtrArray *
list_kept (TomoTrustedSet *set, const char *role, GHashTable *cache, GError **error)
{
  return tomo_trusted_set_list_kept_targets (set, role, load_kept_cb, cache, NULL, error);
}

/* A sick partner keeps what its own keys and today's delegation still allow, and nothing else. */
static void
test_walk_kept_targets (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoTestRepo) repo = tomo_test_repo_new ();
  tomo_test_repo_delegate (repo, "targets", "jp", "[\"jp/*\", \"jp/*/*\"]", TRUE);
  tomo_test_repo_delegate (repo, "targets", "th", "[\"th/*\"]", TRUE);
  tomo_test_repo_add_target (repo, "jp", "jp/a", "1");
  tomo_test_repo_add_target (repo, "jp", "jp/b/c", "1");
  tomo_test_repo_add_target (repo, "jp", "th/a", "1");
  tomo_test_repo_change (repo, "jp", "expires", "\"" TOMO_TEST_PAST "\"");
  g_autoptr(GHashTable) kept = new_cache ();
  keep (kept, repo, "jp");
  tomo_test_repo_change (repo, "jp", "version", "2");
  tomo_test_repo_change (repo, "targets", "delegations/roles/0/paths", "[\"jp/*\"]");
  tomo_test_repo_list (repo);

  g_autoptr(TomoTrustedSet) set = begin (repo);
  g_autoptr(GPtrArray) targets = list_kept (set, "jp", kept, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (targets->len, ==, 1);
  g_assert_cmpstr (find_listed (targets, "jp/a"), ==, "jp");

  /* Somebody else's file, nobody's role, no file, and none at all. */
  g_hash_table_insert (kept, (char *) "th", tomo_test_repo_sign (repo, "jp"));
  g_assert_null (list_kept (set, "th", kept, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_null (list_kept (set, "vn", kept, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_hash_table_insert (kept, (char *) "th", g_bytes_new_static ("", 0));
  g_assert_null (list_kept (set, "th", kept, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_hash_table_remove (kept, "th");
  g_assert_null (list_kept (set, "th", kept, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* The hub gave the partner another key: what the old one signed goes. */
  tomo_test_repo_change (repo, "targets", "delegations/roles/0/keyids", "[\"new\"]");
  g_autoptr(TomoTrustedSet) rotated = begin (repo);
  g_assert_null (list_kept (rotated, "jp", kept, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
}

/* The chain of a sick partner is followed downwards in its last good files: what they signed
 * together stays together, whatever is new of any of them, and a link that does not verify ends it.
 */
static void
test_walk_kept_branch (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoTestRepo) repo = tomo_test_repo_new ();
  tomo_test_repo_delegate (repo, "targets", "th", "[\"th/*\"]", TRUE);
  tomo_test_repo_delegate (repo, "targets", "jp", "[\"jp/*\"]", TRUE);
  tomo_test_repo_delegate (repo, "jp", "tips", "[\"jp/tip*\"]", FALSE);
  tomo_test_repo_delegate (repo, "tips", "old", "[\"jp/tip-old*\"]", FALSE);
  tomo_test_repo_add_target (repo, "jp", "jp/own", "1");
  tomo_test_repo_add_target (repo, "tips", "jp/tip-1", "1");
  tomo_test_repo_add_target (repo, "tips", "jp/quiz", "1");
  tomo_test_repo_add_target (repo, "old", "jp/tip-old-1", "1");
  g_autoptr(GHashTable) kept = new_cache ();
  keep (kept, repo, "jp");
  keep (kept, repo, "tips");
  keep (kept, repo, "old");

  /* Now jp says something else, th leads to the same role, and both are loaded. */
  tomo_test_repo_add_target (repo, "jp", "jp/new", "1");
  tomo_test_repo_add_target (repo, "tips", "jp/tip-new", "1");
  tomo_test_repo_raise (repo, "jp");
  tomo_test_repo_raise (repo, "tips");
  tomo_test_repo_delegate (repo, "th", "tips", "[\"jp/*\"]", FALSE);
  tomo_test_repo_list (repo);
  g_autoptr(TomoTrustedSet) set = tomo_test_repo_refresh (repo, &error);
  g_assert_no_error (error);
  g_autoptr(GPtrArray) before = tomo_trusted_set_list_targets (set);

  g_autoptr(GPtrArray) all = list_kept (set, "jp", kept, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpstr (find_listed (all, "jp/own"), ==, "jp");
  g_assert_cmpstr (find_listed (all, "jp/tip-1"), ==, "tips");
  g_assert_cmpstr (find_listed (all, "jp/tip-old-1"), ==, "old");

  /* Asking changes nothing. */
  g_autoptr(GPtrArray) after = tomo_trusted_set_list_targets (set);
  g_assert_cmpuint (after->len, ==, before->len);

  /* A link that another key signed, and one that is lost: what hung on it goes, the rest stays. */
  g_autoptr(GPtrArray) others =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_test_key_free);
  g_ptr_array_add (others, tomo_test_key_new (TOMO_TEST_KEY_ED25519));
  g_hash_table_insert (kept, (char *) "tips", tomo_test_repo_sign_with (repo, "tips", others));
  g_autoptr(GPtrArray) broken = list_kept (set, "jp", kept, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (broken->len, ==, 1);
  g_assert_cmpstr (find_listed (broken, "jp/own"), ==, "jp");

  g_hash_table_remove (kept, "tips");
  g_autoptr(GPtrArray) lost = list_kept (set, "jp", kept, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lost->len, ==, 1);
}

/* The targets of one role are those of the whole list that it signed for; what is not decided yet
 * names the role that it waits for. */
static void
test_walk_role_targets (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoTestRepo) repo = tomo_test_repo_new ();
  tomo_test_repo_delegate (repo, "targets", "first", "[\"jp/a*\"]", TRUE);
  tomo_test_repo_delegate (repo, "targets", "jp", "[\"jp/*\"]", TRUE);
  tomo_test_repo_add_target (repo, "jp", "jp/a", "1");
  tomo_test_repo_add_target (repo, "jp", "jp/b", "1");
  tomo_test_repo_add_target (repo, "jp", "th/c", "1");

  g_autoptr(TomoTrustedSet) set = begin (repo);
  g_autoptr(GHashTable) missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GBytes) jp = tomo_test_repo_sign (repo, "jp");
  tomo_trusted_set_update_targets (set, "jp", "targets", jp, TOMO_TRUST_REMOTE, &error);
  g_assert_no_error (error);

  g_autoptr(GPtrArray) some = tomo_trusted_set_list_role_targets (set, "jp", "jp/", missing);
  g_assert_cmpuint (some->len, ==, 1);
  g_assert_cmpstr (find_listed (some, "jp/b"), ==, "jp");
  g_assert_cmpuint (g_hash_table_size (missing), ==, 1);
  g_assert_true (g_hash_table_contains (missing, "first"));

  g_autoptr(GPtrArray) none = tomo_trusted_set_list_role_targets (set, "first", "", missing);
  g_assert_cmpuint (none->len, ==, 0);
}

/* Foreign repositories may have any path and SHA-512 alone, once somebody says so. */
static void
test_walk_foreign_targets (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoTestRepo) repo = tomo_test_repo_new ();
  g_autofree char *sha512 = g_compute_checksum_for_string (G_CHECKSUM_SHA512, "1", -1);
  json_object_set_new (json_object_get (tomo_test_repo_get (repo, "targets"), "targets"),
                       "Any Path",
                       json_pack ("{s:i, s:{s:s}}", "length", 1, "hashes", "sha512", sha512));
  g_assert_null (tomo_test_repo_refresh (repo, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_clear_error (&error);

  tomo_test_repo_change (repo, "targets", "x-none", "1");
  json_t *targets = json_deep_copy (tomo_test_repo_get (repo, "targets"));
  tomo_test_repo_change (repo, "targets", "targets", "{}");
  g_autoptr(TomoTrustedSet) set = begin (repo);
  tomo_trusted_set_allow_foreign_targets (set);
  json_object_update (tomo_test_repo_get (repo, "targets"), targets);
  json_decref (targets);
  g_autoptr(GBytes) bytes = tomo_test_repo_sign (repo, "targets");
  tomo_trusted_set_update_targets (set, "targets", NULL, bytes, TOMO_TRUST_REMOTE, &error);
  g_assert_no_error (error);

  TomoTrustTarget target = { NULL };
  g_assert_true (tomo_trusted_set_find_target (set, "Any Path", &target, NULL, NULL));
  g_autoptr(GBytes) good = g_bytes_new_static ("1", 1);
  g_autoptr(GBytes) bad = g_bytes_new_static ("2", 1);
  g_assert_true (tomo_trusted_set_check_target (&target, good, NULL));
  g_assert_false (tomo_trusted_set_check_target (&target, bad, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/trusted-set/walk/list-roles", test_walk_list_roles);
  g_test_add_func ("/trusted-set/walk/two-delegators", test_walk_two_delegators);
  g_test_add_func ("/trusted-set/walk/late-check", test_walk_late_check);
  g_test_add_func ("/trusted-set/walk/succinct-roles", test_walk_succinct_roles);
  g_test_add_func ("/trusted-set/walk/kept-targets", test_walk_kept_targets);
  g_test_add_func ("/trusted-set/walk/kept-branch", test_walk_kept_branch);
  g_test_add_func ("/trusted-set/walk/role-targets", test_walk_role_targets);
  g_test_add_func ("/trusted-set/walk/foreign-targets", test_walk_foreign_targets);
  return g_test_run ();
}
