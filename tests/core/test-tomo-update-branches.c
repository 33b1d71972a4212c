/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "core/tomo-error.h"
#include "core/tomo-update-private.h"
#include "tests/core/tomo-update-rig.h"

#define ALL "jp/more jp/words th/more th/words"
#define N_ORDERS 24

/* A source whose answers arrive in any order: what is added while it runs may come before what was
 * asked for first. */
#define SHUFFLE_TYPE_FETCHER (shuffle_fetcher_get_type ())
G_DECLARE_FINAL_TYPE (ShuffleFetcher, shuffle_fetcher, SHUFFLE, FETCHER, TomoFetcher)

struct _ShuffleFetcher
{
  TomoFetcher parent_instance;

  TomoFetcher *folder; /* (owned) */
  GRand *rand;         /* (owned) */
  unsigned int n_files;
};

G_DEFINE_FINAL_TYPE (ShuffleFetcher, shuffle_fetcher, TOMO_TYPE_FETCHER)

static gboolean
shuffle_fetcher_fetch_all (TomoFetcher *fetcher,
                           GPtrArray *requests,
                           TomoFetchDoneFunc done_func,
                           gpointer user_data,
                           GCancellable *cancellable,
                           GError **error)
{
  ShuffleFetcher *self = SHUFFLE_FETCHER (fetcher);
  g_autoptr(GPtrArray) waiting = g_ptr_array_new ();
  unsigned int n_seen = 0;

  while (n_seen < requests->len || waiting->len > 0)
    {
      while (n_seen < requests->len)
        g_ptr_array_add (waiting, g_ptr_array_index (requests, n_seen++));

      unsigned int index = (unsigned int) g_rand_int_range (self->rand, 0, (int) waiting->len);
      TomoFetchRequest *request = g_ptr_array_steal_index_fast (waiting, index);
      request->body = tomo_fetcher_fetch (self->folder, request->path, request->max_bytes,
                                          cancellable, &request->error);
      self->n_files++;
      if (done_func != NULL)
        done_func (request, user_data);
    }
  return TRUE;
}

static const char *
shuffle_fetcher_get_location (TomoFetcher *fetcher)
{
  return "shuffled";
}

static uint64_t
shuffle_fetcher_get_bytes_received (TomoFetcher *fetcher)
{
  return tomo_fetcher_get_bytes_received (SHUFFLE_FETCHER (fetcher)->folder);
}

static void
shuffle_fetcher_finalize (GObject *object)
{
  ShuffleFetcher *self = SHUFFLE_FETCHER (object);

  g_object_unref (self->folder);
  g_rand_free (self->rand);
  G_OBJECT_CLASS (shuffle_fetcher_parent_class)->finalize (object);
}

static void
shuffle_fetcher_class_init (ShuffleFetcherClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shuffle_fetcher_finalize;
  TOMO_FETCHER_CLASS (klass)->fetch_all = shuffle_fetcher_fetch_all;
  TOMO_FETCHER_CLASS (klass)->get_location = shuffle_fetcher_get_location;
  TOMO_FETCHER_CLASS (klass)->get_bytes_received = shuffle_fetcher_get_bytes_received;
}

static void
shuffle_fetcher_init (ShuffleFetcher *self)
{
}

static void
drop_target (TomoUpdateRig *rig, const char *role, const char *path)
{
  json_object_del (json_object_get (tomo_test_repo_get (rig->repo, role), "targets"), path);
}

/* Moves a pack of a partner to a role below it. */
static void
hand_down (TomoUpdateRig *rig, const char *partner, const char *role, const char *pack)
{
  g_autofree char *path = g_strdup_printf ("%s/packs/%s/en.k1.gz", partner, pack);
  g_autofree char *paths = g_strdup_printf ("[\"%s\"]", path);

  tomo_test_repo_delegate (rig->repo, partner, role, paths, FALSE);
  drop_target (rig, partner, path);
  tomo_update_rig_list (rig, role, path);
}

/* What waiting for everybody gives: all roles are in the set before anything is looked for. */
static char *
dup_expected (TomoUpdateRig *rig)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoTrustedSet) set = tomo_test_repo_begin (rig->repo, &error);
  g_assert_no_error (error);
  g_autoptr(GPtrArray) shown = g_ptr_array_new_with_free_func (g_free);
  gboolean progressed = TRUE;

  while (progressed)
    {
      g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (set);
      progressed = FALSE;
      for (unsigned int i = 0; i < roles->len; i++)
        {
          const TomoTrustRole *role = g_ptr_array_index (roles, i);
          g_autoptr(GBytes) bytes = tomo_test_repo_sign (rig->repo, role->name);
          if (!role->is_loaded && tomo_trusted_set_update_targets (set, role->name, role->delegator,
                                                                   bytes, TOMO_TRUST_REMOTE, NULL))
            progressed = TRUE;
        }
    }

  g_autoptr(GPtrArray) targets = tomo_trusted_set_list_targets (set);
  g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (set);
  for (unsigned int i = 0; i < targets->len; i++)
    {
      const TomoTrustTarget *target = g_ptr_array_index (targets, i);
      g_auto(GStrv) parts = g_strsplit (target->path, "/", -1);
      g_autoptr(GHashTable) names = tomo_update_list_branch (roles, parts[0]);
      if (g_strv_length (parts) == 4 && g_hash_table_contains (names, target->role))
        g_ptr_array_add (shown, g_strdup_printf ("%s/%s", parts[0], parts[2]));
    }
  g_ptr_array_add (shown, NULL);
  return g_strjoinv (" ", (char **) shown->pdata);
}

/* One run on an empty machine, with answers in the order that @seed gives. */
static char *
dup_shown_in_order (TomoUpdateRig *rig, unsigned int seed)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("store-%u", seed);
  g_autofree char *path = g_build_filename (rig->folder, name, NULL);
  g_autoptr(TomoStore) store = tomo_store_new (path);
  g_autoptr(TomoUpdate) update = tomo_update_new (store, rig->campaign);
  g_autoptr(ShuffleFetcher) fetcher = g_object_new (SHUFFLE_TYPE_FETCHER, NULL);
  fetcher->folder = tomo_fetcher_new_for_location (rig->source, &error);
  fetcher->rand = g_rand_new_with_seed (seed);

  g_assert_true (tomo_store_create (store, &error) && tomo_store_lock (store, &error));
  TomoTrustedSet *walked = tomo_update_walk_roots (store, rig->campaign, &error);
  g_assert_no_error (error);
  g_autoptr(GHashTable) new_metadata =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_autoptr(GHashTable) sick =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_error_free);
  TomoUpdateRun run = {
    .update = update,
    .store = store,
    .campaign = rig->campaign,
    .fetcher = TOMO_FETCHER (fetcher),
    .clock_secs = rig->now_secs,
    .new_metadata = new_metadata,
    .sick = sick,
    .may_be_partly_done = TRUE,
  };
  tomo_update_start_set (&run, walked);
  g_assert_true (tomo_update_refresh_metadata (&run, &error) &&
                 tomo_update_refresh_targets (&run, &error) &&
                 tomo_update_realise_content (&run, &error));
  g_assert_no_error (error);
  tomo_store_unlock (store);
  tomo_trusted_set_free (run.set);
  g_clear_error (&run.source_fault);
  return tomo_update_rig_dup_shown (rig, store);
}

static void
make_plain (TomoUpdateRig *rig)
{
}

static void
make_deep (TomoUpdateRig *rig)
{
  hand_down (rig, "jp", "jp-tips", "more");
  hand_down (rig, "th", "th-tips", "words");
  hand_down (rig, "th", "th-quiz", "more");
}

/* Both lead to one role, whose keys both name. */
static void
make_shared (TomoUpdateRig *rig)
{
  hand_down (rig, "jp", "shared", "more");
  hand_down (rig, "th", "shared", "more");
}

/* The hub, by mistake, lets a role come first for paths of another; it lists one of them. */
static void
make_overlapping (TomoUpdateRig *rig)
{
  tomo_test_repo_delegate (rig->repo, "targets", "all", "[\"*/packs/*/*\"]", FALSE);
  tomo_update_rig_list (rig, "all", "th/packs/words/en.k1.gz");
  json_t *roles = json_object_get (
      json_object_get (tomo_test_repo_get (rig->repo, "targets"), "delegations"), "roles");
  json_t *all = json_incref (json_array_get (roles, 3));
  json_array_remove (roles, 3);
  json_array_insert_new (roles, 0, all);
}

/* th comes first for a path of jp, and is a slow one with roles below it. */
static void
make_nosy (TomoUpdateRig *rig)
{
  json_t *roles = json_object_get (
      json_object_get (tomo_test_repo_get (rig->repo, "targets"), "delegations"), "roles");
  json_t *th = json_incref (json_array_get (roles, 2));
  json_array_remove (roles, 2);
  json_array_insert_new (roles, 0, th);
  json_array_append_new (json_object_get (th, "paths"), json_string ("jp/packs/words/*"));
  json_object_set_new (th, "terminating", json_false ());
  hand_down (rig, "th", "th-tips", "more");
  tomo_test_repo_delegate (rig->repo, "th-tips", "th-deep", "[\"jp/packs/words/*\"]", TRUE);
}

/* A partner that delegates to a role called like another partner. */
static void
make_same_name (TomoUpdateRig *rig)
{
  tomo_test_repo_delegate (rig->repo, "jp", "th", "[\"jp/packs/more/*\"]", FALSE);
  drop_target (rig, "jp", "jp/packs/more/en.k1.gz");
  tomo_update_rig_list (rig, "th", "jp/packs/more/en.k1.gz");
}

/* In whatever order the files of the roles arrive, the generation is that of waiting for all of
 * them before anything is looked for. */
static void
test_branches_order (TomoUpdateRig *rig, gconstpointer data)
{
  static const struct
  {
    const char *name;
    void (*make) (TomoUpdateRig *rig);
  } vectors[] = {
    { "plain", make_plain },   { "deep", make_deep },
    { "shared", make_shared }, { "overlapping", make_overlapping },
    { "nosy", make_nosy },     { "same name", make_same_name },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      TomoUpdateRig other = { NULL };
      tomo_update_rig_set_up (&other, NULL);
      vectors[i].make (&other);
      tomo_update_rig_publish (&other, "");
      g_autofree char *expected = dup_expected (&other);
      g_test_message ("%s: %s", vectors[i].name, expected);
      for (unsigned int seed = 0; seed < N_ORDERS; seed++)
        {
          g_autofree char *shown = dup_shown_in_order (&other, seed);
          g_assert_cmpstr (shown, ==, expected);
        }
      tomo_update_rig_tear_down (&other, NULL);
    }
}

static void
remove_file (TomoUpdateRig *rig, const char *name)
{
  g_autofree char *path = tomo_update_rig_dup_path (rig, name);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* A partner whose own role or one below it cannot be had keeps what all of them last said together:
 * nothing of the new is mixed in, nothing of the old is lost. */
static void
test_branches_sick_keeps_all (TomoUpdateRig *rig, gconstpointer data)
{
  static const char *const missing[] = { "metadata/2.jp.json", "metadata/2.jp-tips.json" };

  for (size_t i = 0; i < G_N_ELEMENTS (missing); i++)
    {
      TomoUpdateRig sick = { NULL };
      g_test_message ("Without %s", missing[i]);
      tomo_update_rig_set_up (&sick, NULL);
      hand_down (&sick, "jp", "jp-tips", "more");
      tomo_update_rig_publish (&sick, "");
      tomo_update_rig_sync (&sick, TOMO_UPDATE_CHANGED, NULL);
      tomo_update_rig_assert_shown (&sick, ALL);

      drop_target (&sick, "jp", "jp/packs/words/en.k1.gz");
      drop_target (&sick, "jp-tips", "jp/packs/more/en.k1.gz");
      drop_target (&sick, "th", "th/packs/more/en.k1.gz");
      tomo_update_rig_publish (&sick, "jp,jp-tips,th");
      remove_file (&sick, missing[i]);
      tomo_update_rig_sync (&sick, TOMO_UPDATE_CHANGED, "jp");
      tomo_update_rig_assert_shown (&sick, "jp/more jp/words th/words");

      /* And again, for what is kept must not wear out. */
      tomo_update_rig_sync (&sick, TOMO_UPDATE_CHANGED, "jp");
      tomo_update_rig_assert_shown (&sick, "jp/more jp/words th/words");

      tomo_update_rig_publish (&sick, "");
      tomo_update_rig_sync (&sick, TOMO_UPDATE_CHANGED, NULL);
      tomo_update_rig_assert_shown (&sick, "th/words");
      tomo_update_rig_tear_down (&sick, NULL);
    }
}

/* The dates of what is shown stand in the generation: of the new file, or of the one kept. */
static void
test_branches_dates (TomoUpdateRig *rig, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  int64_t signed_on = 0;
  int64_t expires = 0;

  tomo_test_repo_change (rig->repo, "jp", "x-tomoshibi-signed-on", "\"2026-11-20T00:00:00Z\"");
  tomo_update_rig_publish (rig, "jp");
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);
  tomo_test_repo_change (rig->repo, "jp", "x-tomoshibi-signed-on", "\"2026-11-22T00:00:00Z\"");
  tomo_update_rig_publish (rig, "jp");
  remove_file (rig, "metadata/3.jp.json");
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, "jp");

  g_autoptr(TomoGeneration) generation =
      tomo_generation_open_current (rig->store, rig->campaign->name, &error);
  g_assert_no_error (error);
  g_autoptr(GVariant) partners = g_variant_lookup_value (
      tomo_generation_get_properties (generation), "partners", G_VARIANT_TYPE ("a{s(xx)}"));
  g_assert_nonnull (partners);
  g_assert_true (g_variant_lookup (partners, "jp", "(xx)", &signed_on, &expires));
  g_assert_cmpint (signed_on, ==, 1795132800); /* 2026-11-20 */
  g_assert_cmpint (expires, ==, 1798761600);   /* 2027-01-01 */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, TomoUpdateRig, NULL, tomo_update_rig_set_up, func, tomo_update_rig_tear_down)
  ADD ("/update/branches/order", test_branches_order);
  ADD ("/update/branches/sick-keeps-all", test_branches_sick_keeps_all);
  ADD ("/update/branches/dates", test_branches_dates);
#undef ADD
  return g_test_run ();
}
