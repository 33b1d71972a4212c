/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the public conformance suite asks about the top-level roles, in our own words, with the
 * exact requests each time. */

#include <string.h>

#include "tuf-stage.h"

#define COLD "2.root.json timestamp.json 1.snapshot.json 1.targets.json"
#define UNCHANGED "2.root.json timestamp.json"

static GPtrArray *
new_keys (unsigned int n_keys)
{
  static const TomoTestKeyKind kinds[] = { TOMO_TEST_KEY_ED25519, TOMO_TEST_KEY_ECDSA };
  GPtrArray *keys = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_test_key_free);

  for (unsigned int i = 0; i < n_keys; i++)
    g_ptr_array_add (keys, tomo_test_key_new (kinds[i % G_N_ELEMENTS (kinds)]));
  return keys;
}

/* The next root, signed by @first and @second (nullable), which may hold the same keys. */
static void
put_next_root (TufStage *stage, GPtrArray *first, GPtrArray *second)
{
  g_autoptr(GPtrArray) signers = g_ptr_array_new ();

  g_ptr_array_extend (signers, first, NULL, NULL);
  for (unsigned int i = 0; second != NULL && second != first && i < second->len; i++)
    g_ptr_array_add (signers, g_ptr_array_index (second, i));
  g_autoptr(GBytes) bytes = tomo_test_repo_sign_with (stage->repo, "root", signers);
  tuf_stage_put (stage, "root", bytes);
}

/* Cold, unchanged, and with a new version of one file: what is asked for is what the specification
 * says, in its order. */
static void
test_requests (TufStage *stage, gconstpointer data)
{
  tuf_stage_publish (stage);
  tuf_stage_init (stage);
  tuf_stage_refresh (stage, 0, COLD);
  tuf_stage_refresh (stage, 0, UNCHANGED);

  tuf_stage_publish_next (stage, "targets");
  tuf_stage_refresh (stage, 0, "2.root.json timestamp.json 2.snapshot.json 2.targets.json");
  tuf_stage_publish_next (stage, NULL);
  tuf_stage_refresh (stage, 0, "2.root.json timestamp.json 3.snapshot.json");
  g_assert_cmpint (tuf_stage_get_kept_version (stage, "timestamp"), ==, 3);
  g_assert_cmpint (tuf_stage_get_kept_version (stage, "snapshot"), ==, 3);
  g_assert_cmpint (tuf_stage_get_kept_version (stage, "targets"), ==, 2);
}

/* Several new roots are followed one by one, each with other keys, and only the last stays. */
static void
test_root_chain (TufStage *stage, gconstpointer data)
{
  tuf_stage_publish (stage);
  tuf_stage_init (stage);
  for (int version = 2; version <= 4; version++)
    {
      g_autoptr(GPtrArray) before =
          g_ptr_array_ref (tomo_test_repo_get_keys (stage->repo, "root"));
      g_autoptr(GPtrArray) keys = new_keys ((unsigned int) version);
      tomo_test_repo_raise (stage->repo, "root");
      tomo_test_repo_set_keys (stage->repo, "root", keys, (unsigned int) version - 1);
      put_next_root (stage, before, keys);
    }
  tuf_stage_refresh (stage, 0,
                     "2.root.json 3.root.json 4.root.json 5.root.json timestamp.json "
                     "1.snapshot.json 1.targets.json");
  g_assert_cmpint (tuf_stage_get_kept_version (stage, "root"), ==, 4);
  tuf_stage_refresh (stage, 0, "5.root.json timestamp.json");
}

/* A rotation counts only with both thresholds, of the root before and its own, and with the very
 * next version; whatever else is offered, the trusted root stays. */
static void
test_root_rotation (TufStage *stage, gconstpointer data)
{
  static const struct
  {
    const char *what;
    unsigned int n_old; /* how many of the two old keys sign; two must */
    unsigned int n_new; /* of the three new ones; two must */
    int version;
    int code;
  } rows[] = {
    { "both thresholds", 2, 2, 2, 0 },
    { "more than both", 2, 3, 2, 0 },
    { "old keys alone", 2, 0, 2, 1 },
    { "new keys alone", 0, 3, 2, 1 },
    { "too few old keys", 1, 3, 2, 1 },
    { "too few new keys", 2, 1, 2, 1 },
    { "nobody", 0, 0, 2, 1 },
    { "the same version again", 2, 2, 1, 1 },
    { "a version left out", 2, 2, 3, 1 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TufStage own = { NULL };
      g_autoptr(GPtrArray) old_keys = new_keys (2);
      g_autoptr(GPtrArray) keys = new_keys (3);
      g_autoptr(GPtrArray) signers = g_ptr_array_new ();
      g_autofree char *version = g_strdup_printf ("%d", rows[i].version);

      g_test_message ("%s", rows[i].what);
      tuf_stage_set_up (&own, NULL);
      tomo_test_repo_set_keys (own.repo, "root", old_keys, 2);
      tuf_stage_publish (&own);
      tuf_stage_init (&own);
      tomo_test_repo_set_keys (own.repo, "root", keys, 2);
      for (unsigned int j = 0; j < rows[i].n_old; j++)
        g_ptr_array_add (signers, g_ptr_array_index (old_keys, j));
      for (unsigned int j = 0; j < rows[i].n_new; j++)
        g_ptr_array_add (signers, g_ptr_array_index (keys, j));

      tomo_test_repo_change (own.repo, "root", "version", version);
      g_autoptr(GBytes) bytes = tomo_test_repo_sign_with (own.repo, "root", signers);
      g_hash_table_replace (own.published, g_strdup ("/metadata/2.root.json"),
                            g_steal_pointer (&bytes));
      tuf_stage_refresh (&own, rows[i].code,
                         rows[i].code == 0
                             ? "2.root.json 3.root.json timestamp.json 1.snapshot.json "
                               "1.targets.json"
                             : "2.root.json");
      g_assert_cmpint (tuf_stage_get_kept_version (&own, "root"), ==, rows[i].code == 0 ? 2 : 1);
      tuf_stage_tear_down (&own, NULL);
    }
}

/* The chain ends where there is no next root; everything else that is wrong with the answer is. */
static void
test_root_end (TufStage *stage, gconstpointer data)
{
  static const struct
  {
    const char *head;
    int code;
    const char *requests;
  } rows[] = {
    { "HTTP/1.1 404 Not Found\r\n", 0, COLD },    { "HTTP/1.1 403 Forbidden\r\n", 0, UNCHANGED },
    { "HTTP/1.1 410 Gone\r\n", 0, UNCHANGED },    { "HTTP/1.1 200 OK\r\n", 1, "2.root.json" },
    { "HTTP/1.1 401 Unauthorized\r\n", 1, NULL },
  };

  tuf_stage_publish (stage);
  tuf_stage_init (stage);
  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_hash_table_replace (stage->answers, g_strdup ("/metadata/2.root.json"),
                            g_strdup (rows[i].head));
      tuf_stage_refresh (stage, rows[i].code, rows[i].requests);
    }
}

/* A chain longer than one update may follow is followed that far, and on the next time. */
static void
test_root_limit (TufStage *stage, gconstpointer data)
{
  const int last = 1 + TOMO_TRUST_MAX_ROOT_STEPS;
  g_autoptr(GPtrArray) keys = g_ptr_array_ref (tomo_test_repo_get_keys (stage->repo, "root"));

  tuf_stage_publish (stage);
  tuf_stage_init (stage);
  for (int version = 2; version <= last + 2; version++)
    {
      tomo_test_repo_raise (stage->repo, "root");
      put_next_root (stage, keys, NULL);
    }
  tuf_stage_refresh (stage, 0, NULL);
  g_assert_cmpint (tuf_stage_get_kept_version (stage, "root"), ==, last);
  g_assert_cmpint (tuf_stage_get_kept_version (stage, "targets"), ==, 1);

  tuf_stage_refresh (stage, 0, "1026.root.json 1027.root.json 1028.root.json timestamp.json");
  g_assert_cmpint (tuf_stage_get_kept_version (stage, "root"), ==, last + 2);
}

/* Expiry of each role stops the client there; that of a root in between does not. */
static void
test_expired (TufStage *stage, gconstpointer data)
{
  static const struct
  {
    const char *role;
    const char *requests;
  } rows[] = {
    { "root", "2.root.json" },
    { "timestamp", UNCHANGED },
    { "snapshot", UNCHANGED " 1.snapshot.json" },
    { "targets", COLD },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TufStage own = { NULL };
      tuf_stage_set_up (&own, NULL);
      tomo_test_repo_change (own.repo, rows[i].role, "expires", TUF_STAGE_PAST);
      tuf_stage_publish (&own);
      tuf_stage_init (&own);
      tuf_stage_refresh (&own, 1, rows[i].requests);
      tuf_stage_tear_down (&own, NULL);
    }

  tomo_test_repo_change (stage->repo, "root", "expires", TUF_STAGE_PAST);
  tuf_stage_init (stage);
  tuf_stage_publish (stage);
  tomo_test_repo_raise (stage->repo, "root");
  tuf_stage_put (stage, "root", NULL);
  tomo_test_repo_change (stage->repo, "root", "expires", TUF_STAGE_FUTURE);
  tomo_test_repo_raise (stage->repo, "root");
  tuf_stage_put (stage, "root", NULL);
  tuf_stage_refresh (stage, 0,
                     "2.root.json 3.root.json 4.root.json timestamp.json 1.snapshot.json "
                     "1.targets.json");
}

/* No version goes down, and nothing vanishes from the snapshot; what is kept stays as it was. */
static void
test_rollback (TufStage *stage, gconstpointer data)
{
  static const struct
  {
    const char *what;
    const char *role;
    const char *pointer;
    const char *json; /* (nullable): absent */
    const char *requests;
  } rows[] = {
    { "timestamp goes down", "timestamp", "version", "2", UNCHANGED },
    { "timestamp lists an older snapshot", "timestamp", "meta/snapshot.json/version", "2",
      UNCHANGED },
    { "snapshot lists older targets", "snapshot", "meta/targets.json/version", "2",
      UNCHANGED " 4.snapshot.json" },
    { "snapshot lists targets no more", "snapshot", "meta/targets.json", NULL,
      UNCHANGED " 4.snapshot.json" },
    { "snapshot lists a partner no more", "snapshot", "meta/jp.json", NULL,
      UNCHANGED " 4.snapshot.json" },
    { "snapshot lists an older partner", "snapshot", "meta/jp.json/version", "1",
      UNCHANGED " 4.snapshot.json" },
    { "snapshot is not the version that is listed", "snapshot", "version", "9", NULL },
    { "targets is not the version that is listed", "targets", "version", "9", NULL },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TufStage own = { NULL };

      g_test_message ("%s", rows[i].what);
      tuf_stage_set_up (&own, NULL);
      tuf_stage_delegate (&own, "targets", "jp", "[\"jp/*\"]", TRUE);
      tuf_stage_publish (&own);
      tuf_stage_init (&own);
      tomo_test_repo_raise (own.repo, "jp");
      tuf_stage_publish_next (&own, "targets");
      tuf_stage_publish_next (&own, "targets");
      tuf_stage_refresh (&own, 0, UNCHANGED " 3.snapshot.json 3.targets.json");

      tomo_test_repo_raise (own.repo, "targets");
      tomo_test_repo_publish (own.repo);
      g_autofree char *listed = g_strdup ("/metadata/4.targets.json");
      tuf_stage_publish (&own);
      tomo_test_repo_change (own.repo, rows[i].role, rows[i].pointer, rows[i].json);
      /* Under the name that the client will ask for, whatever version it now says. */
      g_autoptr(GBytes) bytes = tomo_test_repo_sign (own.repo, rows[i].role);
      const char *path = g_str_equal (rows[i].role, "timestamp")  ? "/metadata/timestamp.json"
                         : g_str_equal (rows[i].role, "snapshot") ? "/metadata/4.snapshot.json"
                                                                  : listed;
      g_hash_table_replace (own.published, g_strdup (path), g_steal_pointer (&bytes));
      tuf_stage_refresh (&own, 1, rows[i].requests);
      g_assert_cmpint (tuf_stage_get_kept_version (&own, "targets"), ==, 3);
      tuf_stage_tear_down (&own, NULL);
    }
}

/* A version near the end of all versions locks nobody out for ever: a root that withdraws the key
 * makes it be forgotten, and nothing else does. */
static void
test_fast_forward (TufStage *stage, gconstpointer data)
{
  static const char *const roles[] = { "timestamp", "snapshot" };

  for (size_t i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      TufStage own = { NULL };
      g_autoptr(GPtrArray) keys = new_keys (1);

      tuf_stage_set_up (&own, NULL);
      tuf_stage_publish (&own);
      tuf_stage_init (&own);
      tomo_test_repo_change (own.repo, roles[i], "version", "9007199254740991");
      tomo_test_repo_list (own.repo);
      tuf_stage_publish (&own);
      tuf_stage_refresh (&own, 0, NULL);

      tomo_test_repo_change (own.repo, roles[i], "version", "2");
      tomo_test_repo_list (own.repo);
      tomo_test_repo_change (own.repo, "timestamp", "version",
                             g_str_equal (roles[i], "timestamp") ? "2" : "5");
      tuf_stage_publish (&own);
      tuf_stage_refresh (&own, 1, UNCHANGED);

      g_autoptr(GPtrArray) root_keys =
          g_ptr_array_ref (tomo_test_repo_get_keys (own.repo, "root"));
      tomo_test_repo_set_keys (own.repo, roles[i], keys, 1);
      tomo_test_repo_raise (own.repo, "root");
      put_next_root (&own, root_keys, NULL);
      tuf_stage_publish (&own);
      tuf_stage_refresh (&own, 0, NULL);
      g_assert_cmpint (tuf_stage_get_kept_version (&own, roles[i]), ==, 2);
      tuf_stage_tear_down (&own, NULL);
    }
}

/* The same if the update that saw the key withdrawn came to nothing afterwards: the next one starts
 * from the new root, and would see no key withdrawn. One of two keys still verifies the old file.
 */
static void
test_fast_forward_interrupted (TufStage *stage, gconstpointer data)
{
  g_autoptr(GPtrArray) both = new_keys (2);
  g_autoptr(GPtrArray) left = g_ptr_array_new ();
  g_autoptr(GPtrArray) root_keys = g_ptr_array_ref (tomo_test_repo_get_keys (stage->repo, "root"));
  g_autoptr(GBytes) rubbish = g_bytes_new_static ("{}", 2);

  g_ptr_array_add (left, g_ptr_array_index (both, 0));
  tomo_test_repo_set_keys (stage->repo, "timestamp", both, 1);
  tomo_test_repo_change (stage->repo, "timestamp", "version", "9007199254740991");
  tuf_stage_publish (stage);
  tuf_stage_init (stage);
  tuf_stage_refresh (stage, 0, COLD);

  tomo_test_repo_set_keys (stage->repo, "timestamp", left, 1);
  tomo_test_repo_raise (stage->repo, "root");
  put_next_root (stage, root_keys, NULL);
  tomo_test_repo_change (stage->repo, "timestamp", "version", "2");
  tuf_stage_put (stage, "timestamp", NULL);
  g_hash_table_replace (stage->published, g_strdup ("/metadata/3.root.json"),
                        g_bytes_ref (rubbish));
  tuf_stage_refresh (stage, 1, "2.root.json 3.root.json");
  g_assert_cmpint (tuf_stage_get_kept_version (stage, "root"), ==, 2);

  g_hash_table_remove (stage->published, "/metadata/3.root.json");
  tuf_stage_refresh (stage, 0, "3.root.json timestamp.json 1.snapshot.json");
  g_assert_cmpint (tuf_stage_get_kept_version (stage, "timestamp"), ==, 2);
}

/* A threshold is met by as many different keys, each of which signs once. */
static void
test_thresholds (TufStage *stage, gconstpointer data)
{
  g_autoptr(GPtrArray) keys = new_keys (3);
  g_autoptr(GPtrArray) one = g_ptr_array_new ();
  g_autoptr(GPtrArray) twice = g_ptr_array_new ();

  g_ptr_array_add (one, g_ptr_array_index (keys, 0));
  g_ptr_array_add (twice, g_ptr_array_index (keys, 0));
  g_ptr_array_add (twice, g_ptr_array_index (keys, 0));
  tomo_test_repo_set_keys (stage->repo, "timestamp", keys, 2);
  tuf_stage_publish (stage);
  tuf_stage_init (stage);

  g_autoptr(GBytes) by_one = tomo_test_repo_sign_with (stage->repo, "timestamp", one);
  tuf_stage_put (stage, "timestamp", by_one);
  tuf_stage_refresh (stage, 1, UNCHANGED);
  g_autoptr(GBytes) by_one_twice = tomo_test_repo_sign_with (stage->repo, "timestamp", twice);
  tuf_stage_put (stage, "timestamp", by_one_twice);
  tuf_stage_refresh (stage, 1, UNCHANGED);
  tuf_stage_put (stage, "timestamp", NULL);
  tuf_stage_refresh (stage, 0, COLD);
}

/* One key under two ids is one signer. */
static void
test_one_key_two_ids (TufStage *stage, gconstpointer data)
{
  TomoTestKey *key = g_ptr_array_index (tomo_test_repo_get_keys (stage->repo, "timestamp"), 0);
  json_t *root = tomo_test_repo_get (stage->repo, "root");
  json_t *keys = json_object_get (root, "keys");

  json_object_set (keys, "another-name", json_object_get (keys, tomo_test_key_get_id (key)));
  tomo_test_repo_change (stage->repo, "root", "roles/timestamp/threshold", "2");
  json_array_append_new (
      json_object_get (json_object_get (json_object_get (root, "roles"), "timestamp"), "keyids"),
      json_string ("another-name"));
  tuf_stage_publish (stage);

  g_autoptr(GBytes) bytes = tomo_test_repo_sign (stage->repo, "timestamp");
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  json_t *tree = json_loads (text, 0, NULL);
  json_t *signatures = json_object_get (tree, "signatures");
  json_t *again = json_deep_copy (json_array_get (signatures, 0));
  json_object_set_new (again, "keyid", json_string ("another-name"));
  json_array_append_new (signatures, again);
  char *changed = json_dumps (tree, 0);
  g_autoptr(GBytes) twice = g_bytes_new (changed, strlen (changed));
  free (changed);
  json_decref (tree);

  tuf_stage_put (stage, "timestamp", twice);
  tuf_stage_init (stage);
  tuf_stage_refresh (stage, 1, UNCHANGED);
}

/* Without consistent snapshots only roots have versions in their names. */
static void
test_plain (TufStage *stage, gconstpointer data)
{
  tomo_test_repo_change (stage->repo, "root", "consistent_snapshot", "false");
  tomo_test_repo_add_target (stage->repo, "targets", "a/file", "contents");
  tuf_stage_put_target (stage, "a/file", "contents");
  tuf_stage_publish (stage);
  tuf_stage_init (stage);
  tuf_stage_refresh (stage, 0, "2.root.json timestamp.json snapshot.json targets.json");
  tuf_stage_refresh (stage, 0, UNCHANGED);
  tuf_stage_download (stage, "a/file", 0, UNCHANGED " /targets/a/file");
}

/* What may be there and what may not, in files that are well signed. */
static void
test_members (TufStage *stage, gconstpointer data)
{
  static const struct
  {
    const char *role;
    const char *pointer;
    const char *json;
    int code;
  } rows[] = {
    { "root", "x-unknown", "{\"a\":[null,1,\"\\u0001\"]}", 0 },
    { "timestamp", "x-unknown", "{}", 0 },
    { "snapshot", "meta/other.json", "{\"version\":7,\"x\":[]}", 0 },
    { "targets", "x-unknown", "\"\\u65e5\\u672c\"", 0 },
    { "root", "keys/new",
      "{\"keytype\":\"lattice\",\"scheme\":\"x\",\"keyval\":{\"public\":\"0\"}}", 0 },
    { "root", "keys/new",
      "{\"keytype\":\"ed25519\",\"scheme\":\"other\",\"keyval\":{\"public\":\"00\"}}", 0 },
    { "timestamp", "spec_version", "\"1.0.0\"", 0 },
    { "timestamp", "spec_version", "\"1.9.99\"", 0 },
    { "timestamp", "spec_version", "\"2.0.0\"", 1 },
    { "snapshot", "spec_version", "\"0.9.0\"", 1 },
    { "targets", "spec_version", "\"1\"", 1 },
    { "root", "roles/snapshot/threshold", "0", 1 },
    { "timestamp", "_type", "\"snapshot\"", 1 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TufStage own = { NULL };
      g_test_message ("%s: %s = %s", rows[i].role, rows[i].pointer, rows[i].json);
      tuf_stage_set_up (&own, NULL);
      tomo_test_repo_change (own.repo, rows[i].role, rows[i].pointer, rows[i].json);
      tuf_stage_publish (&own);
      tuf_stage_init (&own);
      tuf_stage_refresh (&own, rows[i].code, rows[i].code == 0 ? COLD : NULL);
      tuf_stage_tear_down (&own, NULL);
    }
}

/* More bytes than a role may have are not read to their end. */
static void
test_too_long (TufStage *stage, gconstpointer data)
{
  g_autofree char *spaces = g_strnfill (20000, ' ');

  tuf_stage_publish (stage);
  tuf_stage_init (stage);
  g_autoptr(GBytes) good = tomo_test_repo_sign (stage->repo, "timestamp");
  g_autofree char *text = g_strndup (g_bytes_get_data (good, NULL), g_bytes_get_size (good));
  g_autofree char *longer = g_strconcat (text, spaces, NULL);
  g_autoptr(GBytes) bytes = g_bytes_new (longer, strlen (longer));
  tuf_stage_put (stage, "timestamp", bytes);
  tuf_stage_refresh (stage, 1, UNCHANGED);
  tuf_stage_put (stage, "timestamp", good);
  tuf_stage_refresh (stage, 0, COLD);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/tuf-workflow/" name, TufStage, NULL, tuf_stage_set_up, func, tuf_stage_tear_down)
  ADD ("requests", test_requests);
  ADD ("root-chain", test_root_chain);
  ADD ("root-rotation", test_root_rotation);
  ADD ("root-end", test_root_end);
  ADD ("root-limit", test_root_limit);
  ADD ("expired", test_expired);
  ADD ("rollback", test_rollback);
  ADD ("fast-forward", test_fast_forward);
  ADD ("fast-forward-interrupted", test_fast_forward_interrupted);
  ADD ("thresholds", test_thresholds);
  ADD ("one-key-two-ids", test_one_key_two_ids);
  ADD ("plain", test_plain);
  ADD ("members", test_members);
  ADD ("too-long", test_too_long);
  return g_test_run ();
}
