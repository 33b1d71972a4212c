/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/core/tomo-update-rig.h"

#include <glib/gstdio.h>

#include "core/store/tomo-generation.h"
#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "tests/author/publish/tomo-rehearsal.h"

static const char *const partners[] = { "jp", "th" };
static const char *const packs[] = { "words", "more" };

/* Real packs come from the publisher. */
static void
make_packs (TomoUpdateRig *rig)
{
  g_autoptr(TomoRepository) repository = tomo_rehearsal_new_demo (rig->folder);

  for (size_t i = 0; i < G_N_ELEMENTS (partners); i++)
    {
      g_autoptr(GPtrArray) keys = tomo_rehearsal_make_keys (3);
      g_autofree char *folder = g_build_filename (rig->folder, partners[i], NULL);
      tomo_rehearsal_add_partner (repository, partners[i], keys);
      for (size_t j = 0; j < G_N_ELEMENTS (packs); j++)
        {
          g_autofree char *title = g_strdup_printf ("%s %s", partners[i], packs[j]);
          g_autofree char *pack = tomo_rehearsal_write_pack (folder, packs[j], title);
          tomo_rehearsal_stage (repository, partners[i], pack);
        }
      tomo_rehearsal_sign (repository, partners[i], keys, 2);
    }
  tomo_rehearsal_publish (repository);
}

static json_t *
read_targets (TomoUpdateRig *rig, const char *role)
{
  g_autofree char *name = g_strdup_printf ("metadata/1.%s.json", role);
  g_autoptr(GBytes) bytes = tomo_rehearsal_read (rig->folder, name);
  json_error_t error;
  json_t *tree = json_loadb (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0, &error);
  g_assert_nonnull (tree);
  json_t *targets = json_incref (json_object_get (json_object_get (tree, "signed"), "targets"));

  json_decref (tree);
  return targets;
}

/* Lists @path in the file of @role, as the publisher made it. */
void
tomo_update_rig_list (TomoUpdateRig *rig, const char *role, const char *path)
{
  const char *owner = NULL;
  json_t *paths = NULL;

  json_object_foreach (rig->lists, owner, paths)
    {
      json_t *target = json_object_get (paths, path);
      if (target != NULL)
        json_object_set (json_object_get (tomo_test_repo_get (rig->repo, role), "targets"), path,
                         target);
    }
}

static void
run_command (const char *const *argv)
{
  g_autoptr(GError) error = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
copy_folder (const char *from, const char *to)
{
  const char *argv[] = { "cp", "-r", from, to, NULL };
  run_command (argv);
}

char *
tomo_update_rig_dup_path (TomoUpdateRig *rig, const char *name)
{
  return g_build_filename (rig->source, name, NULL);
}

/* A copy of what is published now, as a mirror or a stick. */
char *
tomo_update_rig_copy (TomoUpdateRig *rig, const char *name)
{
  char *copy = g_build_filename (rig->folder, name, NULL);

  copy_folder (rig->source, copy);
  return copy;
}

void
tomo_update_rig_write (TomoUpdateRig *rig, const char *name, GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = tomo_update_rig_dup_path (rig, name);

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
}

static void
write_role (TomoUpdateRig *rig, const char *role)
{
  g_autoptr(GBytes) bytes = tomo_test_repo_sign (rig->repo, role);
  json_t *version = json_object_get (tomo_test_repo_get (rig->repo, role), "version");
  g_autofree char *name = g_str_equal (role, "timestamp")
                              ? g_strdup ("metadata/timestamp.json")
                              : g_strdup_printf ("metadata/%" JSON_INTEGER_FORMAT ".%s.json",
                                                 json_integer_value (version), role);

  tomo_update_rig_write (rig, name, bytes);
}

/* Publishes all roles; those of @raised, with commas between them, in a new version. */
void
tomo_update_rig_publish (TomoUpdateRig *rig, const char *raised)
{
  static const char *const first[] = { "root", "timestamp", "snapshot", "targets" };
  g_auto(GStrv) names = g_strsplit (raised, ",", -1);
  const char *listed = NULL;
  json_t *version = NULL;

  for (size_t i = 0; names[i] != NULL; i++)
    tomo_test_repo_raise (rig->repo, names[i]);
  tomo_test_repo_publish (rig->repo);

  for (size_t i = 0; i < G_N_ELEMENTS (first); i++)
    write_role (rig, first[i]);
  json_object_foreach (json_object_get (tomo_test_repo_get (rig->repo, "snapshot"), "meta"), listed,
                       version)
    {
      g_autofree char *role = g_strndup (listed, strlen (listed) - strlen (".json"));
      write_role (rig, role);
    }
}

/* Follows one or two mirrors. */
void
tomo_update_rig_use (TomoUpdateRig *rig, const char *first, const char *second)
{
  const char *urls[] = { first, second, NULL };

  g_strfreev (rig->campaign->urls);
  rig->campaign->urls = g_strdupv ((char **) urls);
}

void
tomo_update_rig_set_up (TomoUpdateRig *rig, gconstpointer data)
{
  rig->folder = tomo_rehearsal_dup_folder ();
  rig->source = g_build_filename (rig->folder, "source", NULL);
  rig->now_secs = TOMO_TEST_NOW_SECS;
  make_packs (rig);

  g_autofree char *metadata = tomo_update_rig_dup_path (rig, "metadata");
  g_autofree char *targets = tomo_update_rig_dup_path (rig, "targets");
  g_autofree char *made = g_build_filename (rig->folder, "repo", "targets", NULL);
  g_assert_cmpint (g_mkdir_with_parents (metadata, 0755), ==, 0);
  copy_folder (made, targets);

  rig->repo = tomo_test_repo_new ();
  rig->lists = json_object ();
  tomo_test_repo_delegate (rig->repo, "targets", "campaign", "[\"campaign/*\"]", TRUE);
  json_object_set_new (rig->lists, "campaign", read_targets (rig, "campaign"));
  tomo_update_rig_list (rig, "campaign", "campaign/campaign.k1.gz");
  for (size_t i = 0; i < G_N_ELEMENTS (partners); i++)
    {
      g_autofree char *paths = g_strdup_printf ("[\"%s/*\", \"%s/*/*\", \"%s/*/*/*\"]", partners[i],
                                                partners[i], partners[i]);
      tomo_test_repo_delegate (rig->repo, "targets", partners[i], paths, TRUE);
      json_object_set_new (rig->lists, partners[i], read_targets (rig, partners[i]));
      for (size_t j = 0; j < G_N_ELEMENTS (packs); j++)
        {
          g_autofree char *path = g_strdup_printf ("%s/packs/%s/en.k1.gz", partners[i], packs[j]);
          tomo_update_rig_list (rig, partners[i], path);
        }
    }
  tomo_update_rig_publish (rig, "");

  g_autofree char *store = g_build_filename (rig->folder, "store", NULL);
  rig->store = tomo_store_new (store);
  rig->campaign = tomo_campaign_config_new ("rig");
  g_free (rig->campaign->root);
  rig->campaign->root = g_build_filename (metadata, "1.root.json", NULL);
  tomo_update_rig_use (rig, rig->source, NULL);
}

void
tomo_update_rig_tear_down (TomoUpdateRig *rig, gconstpointer data)
{
  g_assert_finalize_object (rig->store);
  tomo_campaign_config_free (rig->campaign);
  tomo_test_repo_free (rig->repo);
  json_decref (rig->lists);
  tomo_rehearsal_remove_folder (rig->folder);
  g_free (rig->folder);
  g_free (rig->source);
}

/* Returns the update, whatever came of it. */
TomoUpdate *
tomo_update_rig_run (TomoUpdateRig *rig, GError **error)
{
  TomoUpdate *update = tomo_update_new (rig->store, rig->campaign);

  tomo_update_set_now (update, rig->now_secs);
  tomo_update_run (update, NULL, error);
  return update;
}

/* Runs an update that must succeed; @kept is the one partner that is kept as before, or NULL. */
void
tomo_update_rig_sync (TomoUpdateRig *rig, TomoUpdateOutcome outcome, const char *kept)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoUpdate) update = tomo_update_rig_run (rig, &error);

  g_assert_no_error (error);
  g_assert_cmpint (tomo_update_get_outcome (update), ==, outcome);
  const char *const *all_kept = tomo_update_get_kept_partners (update);
  g_assert_cmpstr (all_kept[0], ==, kept);
  g_assert_true (kept == NULL || all_kept[1] == NULL);
}

/* The packs that a generation lists, such as ‘jp/more jp/words’; each of them is there. */
char *
tomo_update_rig_dup_shown (TomoUpdateRig *rig, TomoStore *store)
{
  g_autoptr(TomoGeneration) generation =
      tomo_generation_open_current (store, rig->campaign->name, NULL);
  g_autoptr(GString) shown = g_string_new (NULL);
  size_t n_objects = generation != NULL ? tomo_generation_get_n_objects (generation) : 0;

  for (size_t i = 0; i < n_objects; i++)
    {
      g_autoptr(GError) error = NULL;
      TomoStoredObject object = { NULL };
      tomo_generation_get_object (generation, i, &object, &error);
      g_assert_no_error (error);
      g_autoptr(GBytes) bytes =
          tomo_store_load_object (store, object.sha256, (size_t) object.size, &error);
      g_assert_no_error (error);

      g_auto(GStrv) parts = g_strsplit (object.path, "/", -1);
      if (g_strv_length (parts) == 4)
        g_string_append_printf (shown, "%s%s/%s", shown->len > 0 ? " " : "", parts[0], parts[2]);
    }

  return g_string_free (g_steal_pointer (&shown), FALSE);
}

void
tomo_update_rig_assert_shown (TomoUpdateRig *rig, const char *shown)
{
  g_autofree char *actual = tomo_update_rig_dup_shown (rig, rig->store);

  g_assert_cmpstr (actual, ==, shown);
}
