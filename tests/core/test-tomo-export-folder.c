/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-export-folder-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/tomo-error.h"

typedef struct
{
  char *base; /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;

  fixture->base = g_dir_make_tmp ("tomo-export-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir =
      g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer test_data)
{
  remove_tree (fixture->base);
  g_free (fixture->base);
}

static TomoExportFolder *
open_tree (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  TomoExportFolder *folder = tomo_export_folder_open (fixture->base, "tomoshibi/demo", &error);

  g_assert_no_error (error);
  return folder;
}

static gboolean
write_text (TomoExportFolder *folder, const char *name, const char *text, GError **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
  gboolean written = FALSE;

  return tomo_export_folder_write (folder, name, bytes, &written, error) && written;
}

static gboolean
exists (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->base, "tomoshibi/demo", name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* FAT32 and exFAT take every name that is written, on this system and on others. */
static void
test_export_folder_names (void)
{
  static const struct
  {
    const char *name;
    uint64_t size;
    gboolean is_good;
  } table[] = {
    { "metadata/1.root.json", 10, TRUE },
    { "targets/jp/packs/accounts/0a1b.zh-hant.k1.gz", 10, TRUE },
    { "stick.json", UINT32_MAX, TRUE },
    { "stick.json", (uint64_t) UINT32_MAX + 1, FALSE },
    { "", 0, FALSE },
    { "metadata//1.root.json", 0, FALSE },
    { "metadata/../x", 0, FALSE },
    { "metadata/con.json", 0, FALSE },
    { "metadata/CON", 0, FALSE },
    { "metadata/lpt1.json", 0, FALSE },
    { "metadata/COM0", 0, FALSE },
    { "metadata/lpt.json", 0, TRUE },
    { "metadata/console.json", 0, TRUE },
    { "metadata/3.a:b.json", 0, FALSE },
    { "metadata/3.a?.json", 0, FALSE },
    { "metadata/3.a*.json", 0, FALSE },
    { "metadata/3.a\\b.json", 0, FALSE },
    { "metadata/3.a\"b.json", 0, FALSE },
    { "metadata/3.a|b.json", 0, FALSE },
    { "metadata/3.a%2fb.json", 0, FALSE },
    { "metadata/3.a\nb.json", 0, FALSE },
    { "metadata/3.a b.json", 0, FALSE },
    { "metadata/3.\xc3\xa9.json", 0, FALSE },
    { "metadata/name.", 0, FALSE },
    { "metadata/name ", 0, FALSE },
    { "metadata/.hidden", 0, FALSE },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Vector %" G_GSIZE_FORMAT " ‘%s’", i, table[i].name);
      g_assert_cmpint (tomo_export_check_name (table[i].name, table[i].size, &error), ==,
                       table[i].is_good);
      if (!table[i].is_good)
        g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED);
    }

  g_autofree char *component = g_strnfill (255, 'a');
  g_autofree char *longer = g_strnfill (256, 'a');
  g_assert_true (tomo_export_check_name (component, 0, NULL));
  g_assert_false (tomo_export_check_name (longer, 0, NULL));
}

/* What is there already is not written again, and leaves no pieces behind. */
static void
test_export_folder_write (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoExportFolder) folder = open_tree (fixture);

  g_assert_true (write_text (folder, "targets/jp/a", "one", &error));
  g_assert_no_error (error);
  g_assert_false (write_text (folder, "targets/jp/a", "one", &error));
  g_assert_no_error (error);
  g_assert_true (write_text (folder, "targets/jp/a", "two", &error));
  g_assert_true (write_text (folder, "targets/jp/a", "longer", &error));
  g_assert_true (tomo_export_folder_sync (folder, &error));
  g_assert_no_error (error);
  g_assert_false (exists (fixture, "targets/jp/partial.tmp"));

  g_autoptr(GBytes) bytes = tomo_export_folder_read (folder, "targets/jp/a", 6, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "longer", 6);
  g_assert_null (tomo_export_folder_read (folder, "targets/jp/a", 5, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
}

/* A stick may have been prepared: nothing is written or removed through a symbolic link on it. */
static void
test_export_folder_links (Fixture *fixture, gconstpointer test_data)
{
  static const char *const links[] = { "tomoshibi", "tomoshibi/demo", "tomoshibi/demo/targets",
                                       "tomoshibi/demo/targets/jp" };

  for (size_t i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *outside = g_build_filename (fixture->base, "outside", NULL);
      g_autofree char *precious = g_build_filename (outside, "jp", NULL);
      g_autofree char *link = g_build_filename (fixture->base, links[i], NULL);
      g_autofree char *parent = g_path_get_dirname (link);

      g_test_message ("Vector %s", links[i]);
      g_assert_cmpint (g_mkdir_with_parents (precious, 0755), ==, 0);
      g_assert_cmpint (g_mkdir_with_parents (parent, 0755), ==, 0);
      g_assert_cmpint (symlink (outside, link), ==, 0);

      g_autoptr(TomoExportFolder) folder =
          tomo_export_folder_open (fixture->base, "tomoshibi/demo", &error);
      if (folder != NULL)
        g_assert_false (write_text (folder, "targets/jp/a", "one", &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);

      g_autoptr(GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);
      if (folder != NULL)
        tomo_export_folder_prune (folder, kept, NULL);
      g_assert_true (g_file_test (precious, G_FILE_TEST_IS_DIR));

      g_autofree char *made = g_build_filename (fixture->base, "tomoshibi", NULL);
      remove_tree (made);
    }
}

/* What is no longer listed goes, with folders that are empty then; nothing else does. */
static void
test_export_folder_prune (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoExportFolder) folder = open_tree (fixture);
  g_autoptr(GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);
  static const char *const names[] = { "metadata/1.jp.json", "metadata/2.jp.json",
                                       "targets/jp/packs/a/x", "targets/th/packs/b/y",
                                       "stick.json" };

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (write_text (folder, names[i], names[i], &error));
  g_hash_table_add (kept, (char *) "metadata/2.jp.json");
  g_hash_table_add (kept, (char *) "targets/jp/packs/a/x");

  g_assert_true (tomo_export_folder_prune (folder, kept, &error));
  g_assert_no_error (error);
  g_assert_false (exists (fixture, "metadata/1.jp.json"));
  g_assert_true (exists (fixture, "metadata/2.jp.json"));
  g_assert_true (exists (fixture, "targets/jp/packs/a/x"));
  g_assert_false (exists (fixture, "targets/th"));
  g_assert_true (exists (fixture, "stick.json"));
}

/* Somebody's files are refused by name; what file managers leave everywhere is not. */
static void
test_export_folder_others (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoExportFolder) folder = open_tree (fixture);
  g_autofree char *dropping = g_build_filename (fixture->base, "tomoshibi/demo/.DS_Store", NULL);

  g_assert_true (tomo_export_folder_check_others (folder, FALSE, &error));
  g_assert_true (g_file_set_contents (dropping, "x", 1, &error));
  g_assert_true (tomo_export_folder_check_others (folder, FALSE, &error));
  g_assert_no_error (error);

  /* A publisher's own repository, which has no note of ours. */
  g_assert_true (write_text (folder, "metadata/1.root.json", "{}", &error));
  g_assert_false (tomo_export_folder_check_others (folder, FALSE, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "‘metadata’"));
  g_clear_error (&error);

  g_assert_true (tomo_export_folder_check_others (folder, TRUE, &error));
  g_assert_true (write_text (folder, "holidays.txt", "x", &error));
  g_assert_false (tomo_export_folder_check_others (folder, TRUE, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "‘holidays.txt’"));
}

/* A stick that is not mounted is not made up. */
static void
test_export_folder_absent (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *absent = g_build_filename (fixture->base, "stick", NULL);

  g_assert_null (tomo_export_folder_open (absent, "tomoshibi/demo", &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (absent, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/export-folder/names", test_export_folder_names);
  g_test_add ("/export-folder/write", Fixture, NULL, set_up, test_export_folder_write, tear_down);
  g_test_add ("/export-folder/links", Fixture, NULL, set_up, test_export_folder_links, tear_down);
  g_test_add ("/export-folder/prune", Fixture, NULL, set_up, test_export_folder_prune, tear_down);
  g_test_add ("/export-folder/others", Fixture, NULL, set_up, test_export_folder_others, tear_down);
  g_test_add ("/export-folder/absent", Fixture, NULL, set_up, test_export_folder_absent, tear_down);
  return g_test_run ();
}
