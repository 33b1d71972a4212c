/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-trusted-set.h"

#include <string.h>

#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "tomo-test-repo.h"

/* A repository with one partner, ‘jp’, who signs one target. */
static TomoTestRepo *
make_repo (void)
{
  TomoTestRepo *repo = tomo_test_repo_new ();

  tomo_test_repo_delegate (repo, "targets", "jp", "[\"jp/*\", \"jp/*/*\", \"jp/*/*/*\"]", TRUE);
  tomo_test_repo_add_target (repo, "jp", "jp/packs/accounts/ja.k1.gz", "a pack");
  return repo;
}

#define KEYED "\"keyids\":[],\"threshold\":1,\"terminating\":true"

/* Everything that is signed as it should be and still must not be taken. Each row changes one
 * member of one file, signs it with the right keys, and goes through the whole workflow. */
static void
test_refused_members (void)
{
  static const struct
  {
    const char *role;
    const char *pointer;
    const char *json; /* NULL: the member is removed */
    TomoError code;
  } rows[] = {
    { "root", "_type", "\"targets\"", TOMO_ERROR_INVALID_DATA },
    { "root", "_type", NULL, TOMO_ERROR_INVALID_DATA },
    { "root", "spec_version", "\"2.0.0\"", TOMO_ERROR_UNSUPPORTED },
    { "root", "spec_version", "\"0.9\"", TOMO_ERROR_UNSUPPORTED },
    { "root", "spec_version", "\"1\"", TOMO_ERROR_UNSUPPORTED },
    { "root", "spec_version", "\"1.0.34.1\"", TOMO_ERROR_UNSUPPORTED },
    { "root", "spec_version", "\"1.x\"", TOMO_ERROR_UNSUPPORTED },
    { "root", "spec_version", "\"11.0.0\"", TOMO_ERROR_UNSUPPORTED },
    { "root", "spec_version", "1", TOMO_ERROR_INVALID_DATA },
    { "root", "spec_version", NULL, TOMO_ERROR_INVALID_DATA },
    { "root", "version", "0", TOMO_ERROR_INVALID_DATA },
    { "root", "version", "-1", TOMO_ERROR_INVALID_DATA },
    { "root", "version", "\"1\"", TOMO_ERROR_INVALID_DATA },
    { "root", "version", NULL, TOMO_ERROR_INVALID_DATA },
    { "root", "expires", "\"2026-01-01T00:00:00Z\"", TOMO_ERROR_STALE },
    { "root", "expires", "\"2026-11-23T09:00:00Z\"", TOMO_ERROR_STALE },
    { "root", "expires", "\"2027-01-01\"", TOMO_ERROR_INVALID_DATA },
    { "root", "expires", NULL, TOMO_ERROR_INVALID_DATA },
    { "root", "keys", NULL, TOMO_ERROR_INVALID_DATA },
    { "root", "keys", "{\"x\":{}}", TOMO_ERROR_INVALID_DATA },
    { "root", "keys", "{\"x\":{\"keytype\":\"ed25519\",\"scheme\":\"ed25519\"}}",
      TOMO_ERROR_INVALID_DATA },
    { "root", "keys", "{}", TOMO_ERROR_UNTRUSTED },
    { "root", "consistent_snapshot", "1", TOMO_ERROR_INVALID_DATA },
    { "root", "x-tomoshibi-signed-on", "\"yesterday\"", TOMO_ERROR_INVALID_DATA },
    { "root", "roles", NULL, TOMO_ERROR_INVALID_DATA },
    { "root", "roles/snapshot", NULL, TOMO_ERROR_INVALID_DATA },
    { "root", "roles/targets/threshold", "0", TOMO_ERROR_INVALID_DATA },
    { "root", "roles/targets/threshold", "-1", TOMO_ERROR_INVALID_DATA },
    { "root", "roles/targets/threshold", "5000000000", TOMO_ERROR_INVALID_DATA },
    { "root", "roles/targets/threshold", "2", TOMO_ERROR_UNTRUSTED },
    { "root", "roles/root/threshold", "2", TOMO_ERROR_UNTRUSTED },
    { "root", "roles/timestamp/threshold", "2", TOMO_ERROR_UNTRUSTED },
    { "root", "roles/snapshot/threshold", "2", TOMO_ERROR_UNTRUSTED },
    { "root", "roles/targets/keyids", "[]", TOMO_ERROR_UNTRUSTED },
    { "root", "roles/targets/keyids", "[\"a\",\"a\"]", TOMO_ERROR_INVALID_DATA },
    { "root", "roles/targets/keyids", "[1]", TOMO_ERROR_INVALID_DATA },
    { "root", "roles/targets/keyids", "{}", TOMO_ERROR_INVALID_DATA },

    { "timestamp", "_type", "\"snapshot\"", TOMO_ERROR_INVALID_DATA },
    { "timestamp", "spec_version", "\"2.0\"", TOMO_ERROR_UNSUPPORTED },
    { "timestamp", "expires", "\"2026-01-01T00:00:00Z\"", TOMO_ERROR_STALE },
    { "timestamp", "version", "0", TOMO_ERROR_INVALID_DATA },
    { "timestamp", "meta", "{}", TOMO_ERROR_INVALID_DATA },
    { "timestamp", "meta", "[]", TOMO_ERROR_INVALID_DATA },
    { "timestamp", "meta/snapshot.json", "1", TOMO_ERROR_INVALID_DATA },
    { "timestamp", "meta/snapshot.json/version", "0", TOMO_ERROR_INVALID_DATA },
    { "timestamp", "meta/snapshot.json/version", "2", TOMO_ERROR_UNTRUSTED },
    { "timestamp", "meta/snapshot.json/length", "5", TOMO_ERROR_UNTRUSTED },
    { "timestamp", "meta/snapshot.json/length", "-5", TOMO_ERROR_INVALID_DATA },
    { "timestamp", "meta/snapshot.json/hashes", "{}", TOMO_ERROR_INVALID_DATA },
    { "timestamp", "meta/snapshot.json/hashes", "{\"md5\":\"0\"}", TOMO_ERROR_INVALID_DATA },
    { "timestamp", "meta/snapshot.json/hashes", "{\"sha256\":\"0\"}", TOMO_ERROR_INVALID_DATA },
    { "timestamp", "meta/snapshot.json/hashes",
      "{\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\"}",
      TOMO_ERROR_UNTRUSTED },

    { "snapshot", "_type", "\"timestamp\"", TOMO_ERROR_INVALID_DATA },
    { "snapshot", "spec_version", "\"2.0\"", TOMO_ERROR_UNSUPPORTED },
    { "snapshot", "expires", "\"2026-01-01T00:00:00Z\"", TOMO_ERROR_STALE },
    { "snapshot", "version", "2", TOMO_ERROR_UNTRUSTED },
    { "snapshot", "meta", NULL, TOMO_ERROR_INVALID_DATA },
    { "snapshot", "meta", "{}", TOMO_ERROR_UNTRUSTED },
    { "snapshot", "meta/targets.json/version", "2", TOMO_ERROR_UNTRUSTED },
    { "snapshot", "meta/targets.json/version", "0", TOMO_ERROR_INVALID_DATA },
    { "snapshot", "meta/targets.json/length", "5", TOMO_ERROR_UNTRUSTED },
    { "snapshot", "meta/jp.json", NULL, TOMO_ERROR_UNTRUSTED },
    { "snapshot", "meta/jp.json/version", "2", TOMO_ERROR_UNTRUSTED },

    { "targets", "_type", "\"root\"", TOMO_ERROR_INVALID_DATA },
    { "targets", "spec_version", "\"2.0\"", TOMO_ERROR_UNSUPPORTED },
    { "targets", "expires", "\"2026-01-01T00:00:00Z\"", TOMO_ERROR_STALE },
    { "targets", "version", "2", TOMO_ERROR_UNTRUSTED },
    { "targets", "targets", NULL, TOMO_ERROR_INVALID_DATA },
    { "targets", "targets", "[]", TOMO_ERROR_INVALID_DATA },
    { "targets", "targets", "{\"campaign/x\":{\"length\":1}}", TOMO_ERROR_INVALID_DATA },
    { "targets", "targets", "{\"campaign/x\":{\"length\":1,\"hashes\":{\"sha1\":\"00\"}}}",
      TOMO_ERROR_INVALID_DATA },
    { "targets", "targets",
      "{\"../x\":{\"length\":1,\"hashes\":{\"sha256\":"
      "\"0000000000000000000000000000000000000000000000000000000000000000\"}}}",
      TOMO_ERROR_INVALID_DATA },
    { "targets", "delegations", "[]", TOMO_ERROR_INVALID_DATA },
    { "targets", "delegations", "{\"keys\":{}}", TOMO_ERROR_INVALID_DATA },
    { "targets", "delegations", "{\"roles\":[]}", TOMO_ERROR_INVALID_DATA },
    { "targets", "delegations",
      "{\"keys\":{},\"roles\":[],\"succinct_roles\":{\"keyids\":[],\"threshold\":1,"
      "\"bit_length\":8,\"name_prefix\":\"b\"}}",
      TOMO_ERROR_INVALID_DATA },
    { "targets", "delegations",
      "{\"keys\":{},\"succinct_roles\":{\"keyids\":[],\"threshold\":1,\"bit_length\":0,"
      "\"name_prefix\":\"b\"}}",
      TOMO_ERROR_INVALID_DATA },
    { "targets", "delegations",
      "{\"keys\":{},\"succinct_roles\":{\"keyids\":[],\"threshold\":1,\"bit_length\":33,"
      "\"name_prefix\":\"b\"}}",
      TOMO_ERROR_INVALID_DATA },
    { "targets", "delegations/roles/0", "{\"name\":\"root\",\"paths\":[]," KEYED "}",
      TOMO_ERROR_INVALID_DATA },
    { "targets", "delegations/roles/0", "{\"name\":\"snapshot\",\"paths\":[]," KEYED "}",
      TOMO_ERROR_INVALID_DATA },
    { "targets", "delegations/roles/0", "{\"name\":\"timestamp\",\"paths\":[]," KEYED "}",
      TOMO_ERROR_INVALID_DATA },
    { "targets", "delegations/roles/0", "{\"name\":\"targets\",\"paths\":[]," KEYED "}",
      TOMO_ERROR_INVALID_DATA },
    { "targets", "delegations/roles/0", "{\"name\":\"\",\"paths\":[]," KEYED "}",
      TOMO_ERROR_INVALID_DATA },
    { "targets", "delegations/roles/0", "{\"name\":\"a\",\"paths\":[1]," KEYED "}",
      TOMO_ERROR_INVALID_DATA },
    { "targets", "delegations/roles/0", "{\"name\":\"a\"," KEYED "}", TOMO_ERROR_INVALID_DATA },
    { "targets", "delegations/roles/0",
      "{\"name\":\"a\",\"paths\":[],\"path_hash_prefixes\":[]," KEYED "}",
      TOMO_ERROR_INVALID_DATA },
    { "targets", "delegations/roles/0/terminating", NULL, TOMO_ERROR_INVALID_DATA },
    { "targets", "delegations/roles/0/terminating", "1", TOMO_ERROR_INVALID_DATA },
    { "targets", "delegations/roles/0/threshold", "0", TOMO_ERROR_INVALID_DATA },
    { "targets", "delegations/roles/0/threshold", "2", TOMO_ERROR_UNTRUSTED },
    { "targets", "delegations/roles/0/keyids", "[]", TOMO_ERROR_UNTRUSTED },
    { "targets", "delegations/keys", "{}", TOMO_ERROR_UNTRUSTED },
    { "targets", "delegations/roles",
      "[{\"name\":\"a\",\"paths\":[]," KEYED "},{\"name\":\"a\",\"paths\":[]," KEYED "}]",
      TOMO_ERROR_INVALID_DATA },

    { "jp", "_type", "\"jp\"", TOMO_ERROR_INVALID_DATA },
    { "jp", "expires", "\"2026-01-01T00:00:00Z\"", TOMO_ERROR_STALE },
    { "jp", "version", "7", TOMO_ERROR_UNTRUSTED },
    { "jp", "targets/jp~1x", "{\"length\":\"1\",\"hashes\":{}}", TOMO_ERROR_INVALID_DATA },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TomoTestRepo) repo = make_repo ();

      g_test_message ("%s: %s = %s", rows[i].role, rows[i].pointer,
                      rows[i].json == NULL ? "(absent)" : rows[i].json);
      tomo_test_repo_change (repo, rows[i].role, rows[i].pointer, rows[i].json);
      g_autoptr(TomoTrustedSet) set = tomo_test_repo_refresh (repo, &error);
      g_assert_null (set);
      g_assert_error (error, TOMO_ERROR, (int) rows[i].code);
    }
}

/* As many roles and patterns as the limit says are taken, and not one more. */
static void
test_refused_limits (void)
{
  static const struct
  {
    unsigned int n_roles;
    unsigned int n_patterns; /* of the first role */
    gboolean is_good;
  } rows[] = { { TOMO_TRUST_MAX_ROLES, 1, TRUE },
               { TOMO_TRUST_MAX_ROLES + 1, 1, FALSE },
               { 1, 1024, TRUE },
               { 1, 1025, FALSE } };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TomoTestRepo) repo = tomo_test_repo_new ();
      json_t *roles = json_array ();
      for (unsigned int j = 0; j < rows[i].n_roles; j++)
        {
          g_autofree char *name = g_strdup_printf ("r%u", j);
          json_array_append_new (roles,
                                 json_pack ("{s:s, s:[], s:i, s:b, s:[]}", "name", name, "keyids",
                                            "threshold", 1, "terminating", 1, "paths"));
        }
      json_t *patterns = json_object_get (json_array_get (roles, 0), "paths");
      for (unsigned int j = 0; j < rows[i].n_patterns; j++)
        json_array_append_new (patterns, json_string ("a/*"));
      json_object_set_new (tomo_test_repo_get (repo, "targets"), "delegations",
                           json_pack ("{s:{}, s:o}", "keys", "roles", roles));

      g_test_message ("%u roles, %u patterns", rows[i].n_roles, rows[i].n_patterns);
      g_autoptr(TomoTrustedSet) set = tomo_test_repo_begin (repo, &error);
      g_assert_cmpint (set != NULL, ==, rows[i].is_good);
      if (!rows[i].is_good)
        g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
    }
}

/* What we do not know, or need not, does not make a file bad; signatures cover it all the same. */
static void
test_refused_not (void)
{
  static const struct
  {
    const char *role;
    const char *pointer;
    const char *json;
  } rows[] = {
    { "root", "x-other", "{\"a\":[1,null,\"\\u0000\"]}" },
    { "root", "spec_version", "\"1.0\"" },
    { "root", "spec_version", "\"1.1.0\"" },
    { "root", "consistent_snapshot", "false" },
    { "root", "consistent_snapshot", NULL },
    { "root", "roles/mirrors", "{\"keyids\":[],\"threshold\":1}" },
    { "root", "keys/new",
      "{\"keytype\":\"lattice\",\"scheme\":\"x\",\"keyval\":{\"public\":\"\"}}" },
    { "root", "keys/bad",
      "{\"keytype\":\"ed25519\",\"scheme\":\"ed25519\",\"keyval\":{\"public\":\"\"}}" },
    { "root", "x-tomoshibi-signed-on", "\"2026-11-01T00:00:00Z\"" },
    { "timestamp", "meta/other.json", "{\"version\":3}" },
    { "timestamp", "meta/other", "\"not a file\"" },
    { "snapshot", "meta/unknown.json", "{\"version\":3,\"x\":1}" },
    { "targets", "delegations/roles/0/x-name", "\"Japan\"" },
    { "jp", "targets", "{}" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TomoTestRepo) repo = make_repo ();

      g_test_message ("%s: %s", rows[i].role, rows[i].pointer);
      tomo_test_repo_change (repo, rows[i].role, rows[i].pointer, rows[i].json);
      g_autoptr(TomoTrustedSet) set = tomo_test_repo_refresh (repo, &error);
      g_assert_no_error (error);
      g_assert_nonnull (set);
    }
}

static GBytes *
edit (GBytes *bytes, const char *from, const char *to)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr(GString) edited = g_string_new (text);

  g_assert_cmpuint (g_string_replace (edited, from, to, 1), ==, 1);
  return g_string_free_to_bytes (g_steal_pointer (&edited));
}

/* A byte that is changed after signing is noticed, be it in a member that nobody reads. */
static void
test_refused_changed_after_signing (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoTestRepo) repo = make_repo ();
  tomo_test_repo_change (repo, "root", "x-note", "\"alpha\"");
  g_autoptr(GBytes) good = tomo_test_repo_sign (repo, "root");
  g_autoptr(GBytes) bad = edit (good, "alpha", "alphb");
  g_autoptr(GBytes) spaced = edit (good, "\"x-note\":", "\"x-note\" :   ");

  g_assert_null (tomo_trusted_set_new (bad, TOMO_TEST_NOW_SECS, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
  g_clear_error (&error);

  /* White space is no part of the canonical form. */
  g_autoptr(TomoTrustedSet) set = tomo_trusted_set_new (spaced, TOMO_TEST_NOW_SECS, &error);
  g_assert_no_error (error);
  g_assert_nonnull (set);
}

/* What stands around the signed part: each row replaces the signatures of a root of one key. */
static void
test_refused_signatures (void)
{
  static const struct
  {
    const char *extra; /* signatures beside the good one */
    gboolean is_good_there;
    int code; /* -1: accepted */
  } rows[] = {
    { "", TRUE, -1 },
    { "{\"keyid\":\"foreign\",\"sig\":\"00ff\"}", TRUE, -1 },
    { "{\"keyid\":\"foreign\",\"sig\":\"\"}", TRUE, -1 },
    { "{\"keyid\":\"foreign\",\"sig\":\"no hex\"}", TRUE, -1 },
    { "{\"keyid\":\"foreign\",\"sig\":\"abc\"}", TRUE, -1 },
    { "{\"keyid\":\"f\",\"sig\":\"\"},{\"keyid\":\"f\",\"sig\":\"\"}", TRUE,
      TOMO_ERROR_INVALID_DATA },
    { "{\"keyid\":\"@\",\"sig\":\"00\"}", TRUE, TOMO_ERROR_INVALID_DATA },
    { "{\"keyid\":\"@\",\"sig\":\"\"}", FALSE, TOMO_ERROR_UNTRUSTED },
    { "{\"keyid\":\"@\",\"sig\":\"00\"}", FALSE, TOMO_ERROR_UNTRUSTED },
    { "", FALSE, TOMO_ERROR_UNTRUSTED },
    { "{\"sig\":\"00\"}", TRUE, TOMO_ERROR_INVALID_DATA },
    { "{\"keyid\":\"a\"}", TRUE, TOMO_ERROR_INVALID_DATA },
    { "{\"keyid\":1,\"sig\":\"\"}", TRUE, TOMO_ERROR_INVALID_DATA },
    { "1", TRUE, TOMO_ERROR_INVALID_DATA },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TomoTestRepo) repo = make_repo ();
      TomoTestKey *key = g_ptr_array_index (tomo_test_repo_get_keys (repo, "root"), 0);
      g_autoptr(GBytes) good = tomo_test_repo_sign (repo, "root");
      g_autoptr(json_t) tree = tomo_json_parse (good, TOMO_TRUST_MAX_ROOT_BYTES, "root", &error);
      g_autoptr(GString) extra = g_string_new (rows[i].extra);
      g_string_replace (extra, "@", tomo_test_key_get_id (key), 0);
      g_autofree char *list = g_strdup_printf ("[%s]", extra->str);
      json_t *signatures = json_loads (list, 0, NULL);
      g_assert_nonnull (signatures);

      g_test_message ("%s", list);
      if (rows[i].is_good_there)
        json_array_append (signatures, json_array_get (json_object_get (tree, "signatures"), 0));
      json_object_set_new (tree, "signatures", signatures);

      char *text = json_dumps (tree, 0);
      g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
      free (text);
      g_autoptr(TomoTrustedSet) set = tomo_trusted_set_new (bytes, TOMO_TEST_NOW_SECS, &error);
      if (rows[i].code == -1)
        g_assert_no_error (error);
      else
        g_assert_error (error, TOMO_ERROR, rows[i].code);
      g_assert_cmpint (set != NULL, ==, rows[i].code == -1);
    }
}

/* Bytes that are no metadata at all, a captive portal's page among them, are refused as such. */
static void
test_refused_bytes (void)
{
  static const char *const rows[] = { "",
                                      "{}",
                                      "[]",
                                      "<html>Please log in</html>",
                                      "{\"signed\":1,\"signatures\":[]}",
                                      "{\"signed\":{},\"signatures\":{}}",
                                      "{\"signed\":{\"a\":1.5},\"signatures\":[]}" };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) bytes = g_bytes_new_static (rows[i], strlen (rows[i]));
      g_test_message ("%s", rows[i]);
      g_assert_null (tomo_trusted_set_new (bytes, TOMO_TEST_NOW_SECS, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
    }

  g_autoptr(GError) error = NULL;
  g_autofree char *spaces = g_strnfill (TOMO_TRUST_MAX_ROOT_BYTES + 1, ' ');
  g_autoptr(GBytes) bytes = g_bytes_new (spaces, TOMO_TRUST_MAX_ROOT_BYTES + 1);
  g_assert_null (tomo_trusted_set_new (bytes, TOMO_TEST_NOW_SECS, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "limit"));
}

/* A threshold of two is met by two keys of any kinds, not by one key under two ids. */
static void
test_refused_threshold (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoTestRepo) repo = make_repo ();
  g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_test_key_free);
  for (int kind = TOMO_TEST_KEY_ED25519; kind <= TOMO_TEST_KEY_RSA; kind++)
    g_ptr_array_add (keys, tomo_test_key_new (kind));
  tomo_test_repo_set_keys (repo, "root", keys, 2);

  for (unsigned int left_out = 0; left_out < 3; left_out++)
    {
      g_autoptr(GPtrArray) two = g_ptr_array_new ();
      for (unsigned int i = 0; i < 3; i++)
        if (i != left_out)
          g_ptr_array_add (two, g_ptr_array_index (keys, i));
      g_autoptr(GBytes) root = tomo_test_repo_sign_with (repo, "root", two);
      g_autoptr(TomoTrustedSet) set = tomo_trusted_set_new (root, TOMO_TEST_NOW_SECS, &error);
      g_assert_no_error (error);
      g_assert_nonnull (set);

      g_ptr_array_set_size (two, 1);
      g_autoptr(GBytes) short_of = tomo_test_repo_sign_with (repo, "root", two);
      g_assert_null (tomo_trusted_set_new (short_of, TOMO_TEST_NOW_SECS, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
      g_clear_error (&error);
    }

  /* The first key again, in capitals and under another id, signing twice. */
  TomoTestKey *key = g_ptr_array_index (keys, 0);
  g_autofree char *value = tomo_test_key_dup_value (key);
  g_autofree char *capitals = g_ascii_strup (value, -1);
  g_autofree char *alias = g_strdup_printf (
      "{\"keytype\":\"ed25519\",\"scheme\":\"ed25519\",\"keyval\":{\"public\":\"%s\"}}", capitals);
  g_autofree char *ids = g_strdup_printf ("[\"%s\",\"alias\"]", tomo_test_key_get_id (key));
  tomo_test_repo_change (repo, "root", "keys/alias", alias);
  tomo_test_repo_change (repo, "root", "roles/root/keyids", ids);

  g_autoptr(GPtrArray) one = g_ptr_array_new ();
  g_ptr_array_add (one, key);
  g_autoptr(GBytes) once = tomo_test_repo_sign_with (repo, "root", one);
  g_autoptr(json_t) tree = tomo_json_parse (once, TOMO_TRUST_MAX_ROOT_BYTES, "root", NULL);
  json_t *signatures = json_object_get (tree, "signatures");
  json_t *second = json_deep_copy (json_array_get (signatures, 0));
  json_object_set_new (second, "keyid", json_string ("alias"));
  json_array_append_new (signatures, second);
  char *text = json_dumps (tree, 0);
  g_autoptr(GBytes) twice = g_bytes_new (text, strlen (text));
  free (text);
  g_assert_null (tomo_trusted_set_new (twice, TOMO_TEST_NOW_SECS, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/trusted-set/refused/members", test_refused_members);
  g_test_add_func ("/trusted-set/refused/limits", test_refused_limits);
  g_test_add_func ("/trusted-set/refused/not", test_refused_not);
  g_test_add_func ("/trusted-set/refused/changed-after-signing",
                   test_refused_changed_after_signing);
  g_test_add_func ("/trusted-set/refused/signatures", test_refused_signatures);
  g_test_add_func ("/trusted-set/refused/bytes", test_refused_bytes);
  g_test_add_func ("/trusted-set/refused/threshold", test_refused_threshold);
  return g_test_run ();
}
