/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-trusted-set.h"

#include <string.h>

#include "core/tomo-error.h"
#include "core/trust/tomo-target-path.h"
#include "tomo-test-repo.h"

static const char *const paths[] = { "a/x",   "a/y",   "b/x",   "b/y",
                                     "a/x/z", "a/y/z", "b/x/z", "c/x/y/z" };
static const char *const patterns[] = { "a/*", "b/*", "*/x",   "*/*",     "*/*/*",  "a/?/z",
                                        "b/y", "a/x", "c/*/*", "*/*/*/*", "nothing" };

#define N_ROLES 8
#define N_GRAPHS 160

/* The specification's search, written down a second time from its words over the bare JSON. */
typedef struct
{
  TomoTestRepo *repo;
  const char *path;
  const char *not_loaded; /* (nullable) */
  GHashTable *visited;    /* (owned) */
  const char *found;      /* (nullable): the role */
  gboolean has_ended;
} Reference;

static gboolean
reference_covers (json_t *delegation, const char *path)
{
  json_t *list = json_object_get (delegation, "paths");
  json_t *prefixes = json_object_get (delegation, "path_hash_prefixes");
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);
  size_t i = 0;
  json_t *item = NULL;

  json_array_foreach (list, i, item)
    if (tomo_target_path_matches (json_string_value (item), path))
      return TRUE;
  json_array_foreach (prefixes, i, item)
    if (g_str_has_prefix (hash, json_string_value (item)))
      return TRUE;
  return FALSE;
}

static void
reference_visit (Reference *search, const char *role, unsigned int depth)
{
  if (depth > TOMO_TRUST_MAX_DEPTH || g_hash_table_contains (search->visited, role))
    return;
  if (g_strcmp0 (role, search->not_loaded) == 0)
    {
      search->has_ended = TRUE;
      return;
    }
  g_hash_table_add (search->visited, (void *) role);

  json_t *file = tomo_test_repo_get (search->repo, role);
  if (json_object_get (json_object_get (file, "targets"), search->path) != NULL)
    {
      search->found = role;
      search->has_ended = TRUE;
      return;
    }

  json_t *delegations = json_object_get (file, "delegations");
  if (json_object_get (delegations, "succinct_roles") != NULL)
    {
      /* Of two bins, the first bit of the hash says which; nothing is looked for after it. */
      g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, search->path, -1);
      reference_visit (search, g_ascii_xdigit_value (hash[0]) < 8 ? "bin-0" : "bin-1", depth + 1);
      search->has_ended = TRUE;
      return;
    }

  json_t *roles = json_object_get (delegations, "roles");
  size_t i = 0;
  json_t *delegation = NULL;
  json_array_foreach (roles, i, delegation)
    {
      if (!reference_covers (delegation, search->path))
        continue;
      reference_visit (search, json_string_value (json_object_get (delegation, "name")), depth + 1);
      if (search->has_ended)
        return;
      if (json_is_true (json_object_get (delegation, "terminating")))
        {
          search->has_ended = TRUE;
          return;
        }
    }
}

static const char *
reference_find (TomoTestRepo *repo, const char *path, const char *not_loaded)
{
  g_autoptr(GHashTable) visited = g_hash_table_new (g_str_hash, g_str_equal);
  Reference search = { repo, path, not_loaded, visited, NULL, FALSE };

  reference_visit (&search, "targets", 0);
  return search.found;
}

static char *
dup_random_patterns (GRand *rand)
{
  GString *json = g_string_new ("[");
  int n_patterns = g_rand_int_range (rand, 1, 4);

  for (int i = 0; i < n_patterns; i++)
    g_string_append_printf (json, "%s\"%s\"", i == 0 ? "" : ",",
                            patterns[g_rand_int_range (rand, 0, (int) G_N_ELEMENTS (patterns))]);
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

static void
add_random_delegation (TomoTestRepo *repo, GRand *rand, const char *delegator, const char *role)
{
  g_autofree char *list = dup_random_patterns (rand);

  tomo_test_repo_delegate (repo, delegator, role, list, g_rand_int_range (rand, 0, 4) == 0);
  if (g_rand_int_range (rand, 0, 4) > 0)
    return;

  /* Now and then by hash instead: a quarter of all paths. */
  json_t *roles = json_object_get (
      json_object_get (tomo_test_repo_get (repo, delegator), "delegations"), "roles");
  json_t *delegation = json_array_get (roles, json_array_size (roles) - 1);
  int first = g_rand_int_range (rand, 0, 16);
  json_object_del (delegation, "paths");
  json_object_set_new (delegation, "path_hash_prefixes", json_array ());
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *digit = g_strdup_printf ("%x", (first + i) % 16);
      json_array_append_new (json_object_get (delegation, "path_hash_prefixes"),
                             json_string (digit));
    }
}

/* Now and then one role hands everything to two hash bins, which may delegate back. */
static void
add_random_bins (TomoTestRepo *repo, GRand *rand, GPtrArray *names)
{
  const char *delegator = g_ptr_array_index (names, g_rand_int_range (rand, 1, 4));
  json_t *file = tomo_test_repo_get (repo, delegator);

  json_object_del (file, "delegations");
  for (unsigned int i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("bin-%u", i);
      tomo_test_repo_delegate (repo, delegator, name, "[]", TRUE);
      add_random_delegation (
          repo, rand, name,
          g_ptr_array_index (names, g_rand_int_range (rand, 1, (int) names->len)));
    }

  /* Both keys may sign for both bins. */
  json_t *delegations = json_object_get (file, "delegations");
  json_t *ids = json_array ();
  const char *id = NULL;
  json_t *key = NULL;
  json_object_foreach (json_object_get (delegations, "keys"), id, key)
    json_array_append_new (ids, json_string (id));
  json_object_del (delegations, "roles");
  json_object_set_new (delegations, "succinct_roles",
                       json_pack ("{s:o, s:i, s:i, s:s}", "keyids", ids, "threshold", 1,
                                  "bit_length", 1, "name_prefix", "bin"));
  g_ptr_array_add (names, g_strdup ("bin-0"));
  g_ptr_array_add (names, g_strdup ("bin-1"));
}

/* Any graph at all: cycles, diamonds, roles that delegate to themselves, paths listed often. */
static TomoTestRepo *
make_random_repo (GRand *rand)
{
  TomoTestRepo *repo = tomo_test_repo_new ();
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (names, g_strdup ("targets"));
  for (int i = 0; i < N_ROLES; i++)
    {
      /* Each role gets at least one delegator that was there before it. */
      const char *delegator =
          g_ptr_array_index (names, g_rand_int_range (rand, 0, (int) names->len));
      char *name = g_strdup_printf ("r%d", i);
      add_random_delegation (repo, rand, delegator, name);
      g_ptr_array_add (names, name);
    }

  for (size_t i = 0; i < names->len; i++)
    for (size_t j = 1; j < names->len; j++)
      {
        const char *delegator = g_ptr_array_index (names, i);
        const char *role = g_ptr_array_index (names, j);
        json_t *roles = json_object_get (
            json_object_get (tomo_test_repo_get (repo, delegator), "delegations"), "roles");
        gboolean is_there = FALSE;
        size_t k = 0;
        json_t *delegation = NULL;
        json_array_foreach (roles, k, delegation)
          if (strcmp (json_string_value (json_object_get (delegation, "name")), role) == 0)
            is_there = TRUE;
        if (!is_there && g_rand_int_range (rand, 0, 6) == 0)
          add_random_delegation (repo, rand, delegator, role);
      }

  if (g_rand_int_range (rand, 0, 2) == 0)
    add_random_bins (repo, rand, names);

  for (size_t i = 0; i < names->len; i++)
    for (size_t j = 0; j < G_N_ELEMENTS (paths); j++)
      if (g_rand_int_range (rand, 0, 5) == 0)
        tomo_test_repo_add_target (repo, g_ptr_array_index (names, i), paths[j], "x");
  return repo;
}

static void
load_all_but (TomoTestRepo *repo, TomoTrustedSet *set, const char *left_out)
{
  gboolean has_news = TRUE;

  while (has_news)
    {
      g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (set);
      has_news = FALSE;
      for (size_t i = 0; i < roles->len && !has_news; i++)
        {
          const TomoTrustRole *role = g_ptr_array_index (roles, i);
          g_autoptr(GError) error = NULL;
          if (role->is_loaded || g_strcmp0 (role->name, left_out) == 0)
            continue;
          g_autoptr(GBytes) bytes = tomo_test_repo_sign (repo, role->name);
          tomo_trusted_set_update_targets (set, role->name, role->delegator, bytes,
                                           TOMO_TRUST_REMOTE, &error);
          g_assert_no_error (error);
          has_news = TRUE;
        }
    }
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

/* For every path of any graph, the walk, the search and the specification name the same role; also
 * while one role cannot be had. */
static void
test_walk_random (void)
{
  unsigned int n_found = 0;
  unsigned int n_in_bins = 0;
  unsigned int n_missing = 0;

  for (unsigned int seed = 1; seed <= N_GRAPHS; seed++)
    {
      GRand *rand = g_rand_new_with_seed (seed);
      g_autoptr(TomoTestRepo) repo = make_random_repo (rand);
      g_autoptr(TomoTrustedSet) set = tomo_test_repo_begin (repo, NULL);
      g_autofree char *left_out =
          seed % 2 == 0 ? NULL : g_strdup_printf ("r%d", g_rand_int_range (rand, 0, N_ROLES));
      load_all_but (repo, set, left_out);
      g_autoptr(GPtrArray) targets = tomo_trusted_set_list_targets (set);

      g_test_message ("seed %u without %s", seed, left_out == NULL ? "nothing" : left_out);
      for (size_t i = 0; i < G_N_ELEMENTS (paths); i++)
        {
          g_autoptr(GError) error = NULL;
          TomoTrustTarget target = { NULL };
          TomoTrustRole missing = { NULL };
          const char *wanted = reference_find (repo, paths[i], left_out);
          gboolean found = tomo_trusted_set_find_target (set, paths[i], &target, &missing, &error);

          g_assert_cmpstr (found ? target.role : NULL, ==, wanted);
          g_assert_cmpstr (find_listed (targets, paths[i]), ==, wanted);
          if (found)
            {
              n_found++;
              n_in_bins += g_str_has_prefix (target.role, "bin-") ? 1 : 0;
            }
          else
            g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
          if (missing.name != NULL)
            {
              g_assert_cmpstr (missing.name, ==, left_out);
              n_missing++;
            }
        }
      g_rand_free (rand);
    }

  /* The graphs must be such that there was something to compare. */
  g_test_message ("%u found, %u of them in bins, %u behind a role that is missing", n_found,
                  n_in_bins, n_missing);
  g_assert_cmpuint (n_found, >, 300);
  g_assert_cmpuint (n_in_bins, >, 5);
  g_assert_cmpuint (n_missing, >, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/trusted-set/walk/random", test_walk_random);
  return g_test_run ();
}
