/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-trusted-set.h"

#include <string.h>

#include "core/tomo-error.h"
#include "tomo-test-repo.h"

#define NOW "2026-11-23T09:00:00Z"
/* Everything of these campaigns expires here. */
#define END "2027-01-01T00:00:00Z"
#define LAST_SECOND "2026-12-31T23:59:59Z"
#define NOTHING -1

/* What somebody serves to a machine that has taken in version 2 of everything. */
typedef struct
{
  const char *name;
  const char *now;     /* the clock of the machine; version 3 is out */
  const char *role;    /* (nullable): whose file is changed before it is signed, and… */
  const char *pointer; /* …where, and… */
  const char *json;    /* …to what */
  const char *old;     /* (nullable): roles that are served in version 2, with spaces between */
  const char *forged;  /* (nullable): ‘ROLE SIGNER’: signed by the keys of another role */
  int code;            /* of the error, or NOTHING */
  const char *where;   /* (nullable): what the message begins with */
} Vector;

/* clang-format off */
static const Vector vectors[] = {
  { "nothing wrong", NOW, NULL, NULL, NULL, NULL, NULL, NOTHING, NULL },
  { "the last second", LAST_SECOND, NULL, NULL, NULL, NULL, NULL, NOTHING, NULL },
  { "the moment of expiry", END, NULL, NULL, NULL, NULL, NULL, TOMO_ERROR_STALE, "root.json" },
  { "a clock that was never set", "1970-01-01T00:00:01Z", NULL, NULL, NULL, NULL, NULL, NOTHING, NULL },

  /* A freeze: what was good goes on being served. */
  { "freeze: unchanged, in time", NOW, NULL, NULL, NULL, "timestamp", NULL, NOTHING, NULL },
  { "freeze: unchanged, past the end", END, "root", "expires", "\"2030-01-01T00:00:00Z\"", "timestamp snapshot targets jp", NULL,
    TOMO_ERROR_STALE, "timestamp.json" },
  { "expired timestamp", NOW, "timestamp", "expires", "\"" NOW "\"", NULL, NULL, TOMO_ERROR_STALE, "timestamp.json" },
  { "expired snapshot", NOW, "snapshot", "expires", "\"" NOW "\"", NULL, NULL, TOMO_ERROR_STALE, "snapshot.json" },
  { "expired targets", NOW, "targets", "expires", "\"" NOW "\"", NULL, NULL, TOMO_ERROR_STALE, "targets.json" },
  { "expired partner", NOW, "jp", "expires", "\"" NOW "\"", NULL, NULL, TOMO_ERROR_STALE, "jp.json" },
  { "a second before a partner expires", "2026-11-23T08:59:59Z", "jp", "expires", "\"" NOW "\"", NULL, NULL, NOTHING, NULL },

  /* Rollback. */
  { "rollback of timestamp", NOW, "timestamp", "version", "1", NULL, NULL, TOMO_ERROR_STALE, "timestamp.json" },
  { "rollback of the snapshot that is listed", NOW, "timestamp", "meta/snapshot.json/version", "1", NULL, NULL,
    TOMO_ERROR_STALE, "snapshot.json" },
  { "rollback of snapshot", NOW, "snapshot", "version", "1", NULL, NULL, TOMO_ERROR_UNTRUSTED, "snapshot.json" },
  { "rollback of targets in snapshot", NOW, "snapshot", "meta/targets.json/version", "1", NULL, NULL,
    TOMO_ERROR_UNTRUSTED, "snapshot.json" },
  { "rollback of a partner in snapshot", NOW, "snapshot", "meta/jp.json/version", "1", NULL, NULL,
    TOMO_ERROR_UNTRUSTED, "snapshot.json" },
  { "a partner vanishes from snapshot", NOW, "snapshot", "meta/jp.json", NULL, NULL, NULL, TOMO_ERROR_UNTRUSTED, "snapshot.json" },

  /* Mix and match: files that were good on different days. */
  { "old snapshot, new timestamp", NOW, NULL, NULL, NULL, "snapshot", NULL, TOMO_ERROR_UNTRUSTED, "snapshot.json" },
  { "old targets, new snapshot", NOW, NULL, NULL, NULL, "targets", NULL, TOMO_ERROR_UNTRUSTED, "targets.json" },
  { "old partner, new snapshot", NOW, NULL, NULL, NULL, "jp", NULL, TOMO_ERROR_UNTRUSTED, "jp.json" },
  { "new partner, that nobody listed", NOW, "jp", "version", "9", NULL, NULL, TOMO_ERROR_UNTRUSTED, "jp.json" },
  { "another file of the listed length and version", NOW, "snapshot", "meta/jp.json",
    "{\"version\":3,\"hashes\":{\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\"}}", NULL, NULL,
    TOMO_ERROR_UNTRUSTED, "jp.json" },

  /* Keys that are stolen, or mistaken for others. */
  { "timestamp signed by snapshot", NOW, NULL, NULL, NULL, NULL, "timestamp snapshot", TOMO_ERROR_UNTRUSTED, "timestamp.json" },
  { "snapshot signed by timestamp", NOW, NULL, NULL, NULL, NULL, "snapshot timestamp", TOMO_ERROR_UNTRUSTED, "snapshot.json" },
  { "targets signed by snapshot", NOW, NULL, NULL, NULL, NULL, "targets snapshot", TOMO_ERROR_UNTRUSTED, "targets.json" },
  { "a partner signed by another", NOW, NULL, NULL, NULL, NULL, "jp th", TOMO_ERROR_UNTRUSTED, "jp.json" },
  { "a partner signed by targets", NOW, NULL, NULL, NULL, NULL, "jp targets", TOMO_ERROR_UNTRUSTED, "jp.json" },
  { "a partner signed by root", NOW, NULL, NULL, NULL, NULL, "jp root", TOMO_ERROR_UNTRUSTED, "jp.json" },
  { "a team signed by one of its partners", NOW, NULL, NULL, NULL, NULL, "team jp", TOMO_ERROR_UNTRUSTED, "team.json" },
  { "a partner takes another's path", NOW, "jp", "targets",
    "{\"th/x\":{\"length\":1,\"hashes\":{\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\"}}}", NULL, NULL,
    NOTHING, NULL },

  /* Fast-forward: legal by itself; test_trusted_set_keys_rotated() recovers from it. */
  { "the last of all versions", NOW, "timestamp", "version", "9223372036854775807", NULL, NULL, NOTHING, NULL },

  /* Other forms of files, and other kinds in the place of one. */
  { "a snapshot in the place of timestamp", NOW, "timestamp", "_type", "\"snapshot\"", NULL, NULL, TOMO_ERROR_INVALID_DATA,
    "timestamp.json" },
  { "another specification", NOW, "targets", "spec_version", "\"2.0.0\"", NULL, NULL, TOMO_ERROR_UNSUPPORTED, "targets.json" },
  { "a threshold of nothing", NOW, "targets", "delegations/roles/0/threshold", "0", NULL, NULL, TOMO_ERROR_INVALID_DATA, NULL },
  { "a partner called root", NOW, "targets", "delegations/roles/0/name", "\"root\"", NULL, NULL, TOMO_ERROR_INVALID_DATA, NULL },
};
/* clang-format on */

static const char *const roles[] = {
  "root", "timestamp", "snapshot", "targets", "jp", "th", "team"
};

static int64_t
parse_time (const char *text)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time);
}

static GHashTable *
sign_all (TomoTestRepo *repo)
{
  GHashTable *files =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_bytes_unref);

  for (size_t i = 0; i < G_N_ELEMENTS (roles); i++)
    g_hash_table_insert (files, (char *) roles[i], tomo_test_repo_try_sign (repo, roles[i]));
  return files;
}

static void
raise_all (TomoTestRepo *repo)
{
  for (size_t i = 3; i < G_N_ELEMENTS (roles); i++)
    tomo_test_repo_raise (repo, roles[i]);
  tomo_test_repo_publish (repo);
}

static TomoTestRepo *
make_repo (void)
{
  TomoTestRepo *repo = tomo_test_repo_new ();

  tomo_test_repo_delegate (repo, "targets", "jp", "[\"jp/*\"]", TRUE);
  tomo_test_repo_delegate (repo, "targets", "th", "[\"th/*\"]", TRUE);
  tomo_test_repo_delegate (repo, "targets", "team", "[\"team/*\"]", TRUE);
  tomo_test_repo_add_target (repo, "jp", "jp/x", "of jp");
  tomo_test_repo_add_target (repo, "th", "th/x", "of th");
  raise_all (repo);
  return repo;
}

/* The workflow: what is @kept here is loaded first, as far as it is any good, then @served comes.
 * @now is all that is known of the time. */
static TomoTrustedSet *
update (GHashTable *kept, GHashTable *served, int64_t now_secs, GError **error)
{
  static const TomoTrustSource sources[] = { TOMO_TRUST_LOCAL, TOMO_TRUST_REMOTE };
  GHashTable *files[] = { kept, served };
  g_autoptr(TomoTrustedSet) set =
      tomo_trusted_set_new (g_hash_table_lookup (served, "root"), now_secs, error);

  if (set == NULL || !tomo_trusted_set_finish_root (set, error))
    return NULL;

  for (size_t i = 0; i < 2; i++)
    {
      GError **wanted = sources[i] == TOMO_TRUST_REMOTE ? error : NULL;
      if (!tomo_trusted_set_update_timestamp (set, g_hash_table_lookup (files[i], "timestamp"),
                                              sources[i], NULL, wanted) &&
          wanted != NULL)
        return NULL;
    }
  for (size_t i = 0; i < 2; i++)
    {
      GError **wanted = sources[i] == TOMO_TRUST_REMOTE ? error : NULL;
      if (tomo_trusted_set_is_current (set, "snapshot"))
        break;
      if (!tomo_trusted_set_update_snapshot (set, g_hash_table_lookup (files[i], "snapshot"),
                                             sources[i], wanted) &&
          wanted != NULL)
        return NULL;
    }
  for (size_t role = 3; role < G_N_ELEMENTS (roles); role++)
    for (size_t i = 0; i < 2 && !tomo_trusted_set_is_current (set, roles[role]); i++)
      {
        GError **wanted = sources[i] == TOMO_TRUST_REMOTE ? error : NULL;
        if (!tomo_trusted_set_update_targets (set, roles[role], "targets",
                                              g_hash_table_lookup (files[i], roles[role]),
                                              sources[i], wanted) &&
            wanted != NULL)
          return NULL;
      }
  return g_steal_pointer (&set);
}

static void
serve_old (GHashTable *served, GHashTable *kept, const char *list)
{
  g_auto(GStrv) old = g_strsplit (list, " ", -1);

  for (size_t i = 0; old[i] != NULL; i++)
    for (size_t j = 0; j < G_N_ELEMENTS (roles); j++)
      if (strcmp (roles[j], old[i]) == 0)
        g_hash_table_insert (served, (char *) roles[j],
                             g_bytes_ref (g_hash_table_lookup (kept, roles[j])));
}

static void
forge (TomoTestRepo *repo, GHashTable *served, const char *words)
{
  g_auto(GStrv) pair = g_strsplit (words, " ", 2);

  for (size_t i = 0; i < G_N_ELEMENTS (roles); i++)
    if (strcmp (roles[i], pair[0]) == 0)
      g_hash_table_insert (
          served, (char *) roles[i],
          tomo_test_repo_sign_with (repo, pair[0], tomo_test_repo_get_keys (repo, pair[1])));
}

/* Each attack is met where it begins, by its own error, and the clock is nothing but a parameter.
 */
static void
test_vectors (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      const Vector *vector = &vectors[i];
      g_autoptr(GError) error = NULL;
      g_autoptr(TomoTestRepo) repo = make_repo ();
      g_autoptr(GHashTable) kept = sign_all (repo);

      raise_all (repo);
      if (vector->role != NULL)
        tomo_test_repo_change (repo, vector->role, vector->pointer, vector->json);
      g_autoptr(GHashTable) served = sign_all (repo);
      if (vector->old != NULL)
        serve_old (served, kept, vector->old);
      if (vector->forged != NULL)
        forge (repo, served, vector->forged);

      g_autoptr(TomoTrustedSet) set = update (kept, served, parse_time (vector->now), &error);
      g_test_message ("%s: %s", vector->name, error != NULL ? error->message : "taken");
      g_assert_cmpint (set != NULL, ==, vector->code == NOTHING);
      if (vector->code != NOTHING)
        g_assert_error (error, TOMO_ERROR, vector->code);
      if (vector->where != NULL)
        g_assert_true (g_str_has_prefix (error->message, vector->where));

      /* Whatever was taken in, nobody's path belongs to another. */
      TomoTrustTarget target = { NULL };
      if (set != NULL && tomo_trusted_set_find_target (set, "th/x", &target, NULL, NULL))
        g_assert_cmpstr (target.role, ==, "th");
    }
}

/* A clock that falls back does not make expired files good again: time is the clock's or the
 * floor's, whichever is later. */
static void
test_vectors_clock_falls_back (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoTestRepo) repo = make_repo ();
  g_autofree char *keys = NULL;

  tomo_test_repo_change (repo, "root", "x-tomoshibi-signed-on", "\"2026-11-20T00:00:00Z\"");
  g_autoptr(GHashTable) kept = sign_all (repo);
  g_autoptr(TomoTrustedSet) first = update (kept, kept, parse_time (NOW), &error);
  g_assert_no_error (error);
  int64_t floor = tomo_trusted_set_get_floor_secs (first, &keys);
  g_assert_cmpint (floor, ==, parse_time ("2026-11-20T00:00:00Z"));

  tomo_test_repo_publish (repo);
  tomo_test_repo_change (repo, "timestamp", "expires", "\"2026-11-10T00:00:00Z\"");
  g_autoptr(GHashTable) served = sign_all (repo);
  int64_t clock = parse_time ("2026-11-01T00:00:00Z");
  g_autoptr(TomoTrustedSet) second = update (kept, served, MAX (clock, floor), &error);
  g_assert_null (second);
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_STALE);
}

/* The year 2099, signed by anybody but root and targets, is not believed. */
static void
test_vectors_year_2099 (void)
{
  static const struct
  {
    const char *role;
    gboolean counts;
  } rows[] = { { "timestamp", FALSE },
               { "snapshot", FALSE },
               { "jp", FALSE },
               { "targets", TRUE },
               { "root", TRUE } };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TomoTestRepo) repo = make_repo ();
      g_autofree char *keys = NULL;

      g_test_message ("%s", rows[i].role);
      tomo_test_repo_change (repo, rows[i].role, "x-tomoshibi-signed-on",
                             "\"2099-01-01T00:00:00Z\"");
      g_autoptr(GHashTable) files = sign_all (repo);
      g_autoptr(TomoTrustedSet) set = update (files, files, parse_time (NOW), &error);
      g_assert_no_error (error);
      g_assert_cmpint (tomo_trusted_set_get_floor_secs (set, &keys) >= parse_time (END), ==,
                       rows[i].counts);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/trusted-set/vectors", test_vectors);
  g_test_add_func ("/trusted-set/vectors/clock-falls-back", test_vectors_clock_falls_back);
  g_test_add_func ("/trusted-set/vectors/year-2099", test_vectors_year_2099);
  return g_test_run ();
}
