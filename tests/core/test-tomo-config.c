/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-config-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/tomo-error.h"

typedef struct
{
  char *folder; /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;
  fixture->folder = g_dir_make_tmp ("tomo-config-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
remove_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

static void
tear_down (Fixture *fixture, gconstpointer test_data)
{
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static char *
write_file (Fixture *fixture, const char *name, const char *text)
{
  g_autoptr(GError) error = NULL;
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

/* A later layer overrides key by key, a list replaces a list, and an absent file is no error. */
static void
test_config_layers (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *weak = write_file (fixture, "weak.conf",
                                      "[campaign a]\nurls=https://one/;https://two/;\n"
                                      "root=a.root.json\npartners=jp;th;\n");
  g_autofree char *strong = write_file (fixture, "strong.conf",
                                        "[store]\npath=/srv/store\n"
                                        "[campaign a]\nurls=https://three/;\npartners=*\n"
                                        "languages=ja;\n");
  const char *files[] = { weak, "/nonexistent/x.conf", strong, NULL };
  g_autoptr(TomoConfig) config = tomo_config_load_files (files, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tomo_config_get_store_path (config), ==, "/srv/store");

  g_autoptr(TomoCampaignConfig) a = tomo_config_dup_campaign (config, "a", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (a->urls), ==, 1);
  g_assert_cmpstr (a->urls[0], ==, "https://three/");
  g_assert_null (a->partners);
  g_assert_cmpstr (a->languages[0], ==, "ja");
  g_autofree char *root = g_build_filename (fixture->folder, "a.root.json", NULL);
  g_assert_cmpstr (a->root, ==, root);

  g_assert_null (tomo_config_dup_campaign (config, "b", &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
}

/* What is not a key file, or names a campaign badly, is refused with the name of the file. */
static void
test_config_refuses (Fixture *fixture, gconstpointer test_data)
{
  static const char *const vectors[] = { "nonsense\n", "[campaign ../x]\nurls=https://a/\n",
                                         "[campaign A]\n" };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Vector %s", vectors[i]);
      g_autofree char *path = write_file (fixture, "bad.conf", vectors[i]);
      const char *files[] = { path, NULL };
      g_assert_null (tomo_config_load_files (files, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, path));
    }
}

/* The demands of an organiser are read, layer by layer; unless he makes any, the limits of the
 * design hold. */
static void
test_config_demands (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *weak = write_file (fixture, "weak.conf",
                                      "[campaign a]\nmax-age-days=30\nexpired-content=hide\n"
                                      "max-partner-targets=10\nmax-partner-mbytes=2\nlater=1\n"
                                      "[campaign b]\n");
  g_autofree char *strong = write_file (fixture, "strong.conf", "[campaign a]\nmax-age-days=7\n");
  const char *files[] = { weak, strong, NULL };
  g_autoptr(TomoConfig) config = tomo_config_load_files (files, &error);
  g_assert_no_error (error);

  g_autoptr(TomoCampaignConfig) a = tomo_config_dup_campaign (config, "a", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (a->max_age_days, ==, 7);
  g_assert_cmpint (a->expired_content, ==, TOMO_EXPIRED_CONTENT_HIDE);
  g_assert_cmpuint (a->max_partner_targets, ==, 10);
  g_assert_cmpuint (a->max_partner_mbytes, ==, 2);

  g_autoptr(TomoCampaignConfig) b = tomo_config_dup_campaign (config, "b", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (b->max_age_days, ==, 0);
  g_assert_cmpint (b->expired_content, ==, TOMO_EXPIRED_CONTENT_KEEP);
  g_assert_cmpuint (b->max_partner_targets, ==, 20000);
  g_assert_cmpuint (b->max_partner_mbytes, ==, 512);
}

/* A value that cannot be meant is refused with the file and the key, and never taken for another.
 */
static void
test_config_refuses_values (Fixture *fixture, gconstpointer test_data)
{
  static const struct
  {
    const char *key;
    const char *value;
  } vectors[] = {
    { "max-age-days", "soon" },      { "max-age-days", "-1" },
    { "max-age-days", "" },          { "max-age-days", "4294967297" },
    { "expired-content", "yes" },    { "max-partner-targets", "0" },
    { "max-partner-mbytes", "0.5" }, { "max-partner-mbytes", "18446744073709551616" },
    { "root-sha256", "0123" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *text =
          g_strdup_printf ("[campaign a]\n%s=%s\n", vectors[i].key, vectors[i].value);
      g_test_message ("Vector %s", text);
      g_autofree char *path = write_file (fixture, "bad.conf", text);
      const char *files[] = { path, NULL };
      g_assert_null (tomo_config_load_files (files, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, path));
      g_assert_nonnull (strstr (error->message, vectors[i].key));
    }
}

/* A kiosk has defaults; a stronger layer overrides key by key, and an empty value takes back. */
static void
test_config_kiosk (Fixture *fixture, gconstpointer test_data)
{
  g_autofree char *weak = write_file (
      fixture, "weak.conf",
      "[kiosk]\nterritory=JP\nlanguages=ja;en\nlanguage=ja\nscale=1.25\nidle-secs=90\n");
  g_autofree char *strong =
      write_file (fixture, "strong.conf", "[kiosk]\nlanguage=\nscreen-width-mm=600\nfuture=1\n");
  const char *const files[] = { weak, strong, NULL };
  g_autoptr(GError) error = NULL;

  g_autoptr(TomoConfig) none = tomo_config_load_files (files + 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tomo_config_get_kiosk (none)->idle_secs, ==, 60);
  g_assert_cmpuint (tomo_config_get_kiosk (none)->viewing_distance_mm, ==, 600);

  g_autoptr(TomoConfig) config = tomo_config_load_files (files, &error);
  g_assert_no_error (error);
  g_autoptr(TomoKioskConfig) kiosk = tomo_kiosk_config_copy (tomo_config_get_kiosk (config));
  g_assert_cmpstr (kiosk->territory, ==, "JP");
  g_assert_cmpstr (kiosk->languages[0], ==, "ja");
  g_assert_null (kiosk->language);
  g_assert_cmpuint (kiosk->scale_percent, ==, 125);
  g_assert_cmpuint (kiosk->idle_secs, ==, 90);
  g_assert_cmpuint (kiosk->screen_width_mm, ==, 600);
}

/* What a kiosk cannot be told is refused, naming file and key. */
static void
test_config_refuses_kiosk (Fixture *fixture, gconstpointer test_data)
{
  static const char *const lines[] = { "territory=Japan",
                                       "languages=ja;xx-nonsense",
                                       "language=xx-nonsense",
                                       "scale=big",
                                       "scale=9",
                                       "idle-secs=39",
                                       "pin=246813",
                                       "viewing-distance-mm=10" };

  for (size_t i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text = g_strdup_printf ("[kiosk]\n%s\n", lines[i]);
      g_autofree char *path = write_file (fixture, "kiosk.conf", text);
      g_autofree char *key = g_strndup (lines[i], strcspn (lines[i], "="));
      const char *const files[] = { path, NULL };
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", lines[i]);
      g_assert_null (tomo_config_load_files (files, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_assert_true (g_str_has_prefix (error->message, path));
      g_assert_nonnull (strstr (error->message, key));
    }
}

/* What an administrator has locked, no file of a user unlocks; elsewhere a user's file counts. */
static void
test_config_locked (Fixture *fixture, gconstpointer test_data)
{
  g_autofree char *system =
      write_file (fixture, "system.conf", "[kiosk]\nlanguage=ja\nidle-secs=90\n");
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "tomoshibi", NULL);
  g_autofree char *user = g_build_filename (folder, "tomoshibi.conf", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (user, "[kiosk]\nlanguage=\nidle-secs=120\n", -1, &error);
  g_assert_no_error (error);

  g_autoptr(TomoConfig) config = tomo_config_load (TOMO_CONFIG_ALL_LAYERS, &error);
  g_assert_no_error (error);
  g_assert_false (tomo_kiosk_config_is_locked (tomo_config_get_kiosk (config)));
  g_assert_cmpuint (tomo_config_get_kiosk (config)->idle_secs, ==, 120);

  const char *const layers[] = { system, user, NULL };
  g_autoptr(TomoConfig) locked = tomo_config_load_layers (layers, 1, &error);
  g_assert_no_error (error);
  g_assert_true (tomo_kiosk_config_is_locked (tomo_config_get_kiosk (locked)));
  g_assert_cmpstr (tomo_config_get_kiosk (locked)->language, ==, "ja");
  g_assert_cmpuint (tomo_config_get_kiosk (locked)->idle_secs, ==, 90);
  g_unlink (user);
}

/* A campaign that was added is found with its root, its fingerprint is compared, and it can be
 * removed again without harm to what a person wrote beside it. */
static void
test_config_add_remove (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path =
      write_file (fixture, "all.conf", "# mine\n[campaign other]\nurls=https://other/;\n");
  g_setenv ("TOMOSHIBI_CONFIG", path, TRUE);
  g_autoptr(GBytes) root = g_bytes_new_static ("{}", 2);
  g_autoptr(TomoCampaignConfig) demo = tomo_campaign_config_new ("demo");
  g_strfreev (demo->urls);
  demo->urls = g_strsplit ("http://127.0.0.1:1/", " ", 0);
  demo->max_age_days = 3;
  demo->expired_content = TOMO_EXPIRED_CONTENT_HIDE;
  demo->root_sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, root);
  g_assert_true (tomo_config_add_campaign (demo, root, NULL, &error));
  g_assert_no_error (error);

  g_autoptr(TomoConfig) config = tomo_config_load (TOMO_CONFIG_ALL_LAYERS, &error);
  g_assert_no_error (error);
  g_autoptr(TomoCampaignConfig) found = tomo_config_dup_campaign (config, "demo", &error);
  g_assert_no_error (error);
  g_autoptr(GBytes) loaded = tomo_campaign_config_load_root (found, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (loaded, root));
  g_assert_cmpuint (found->max_age_days, ==, 3);
  g_assert_cmpint (found->expired_content, ==, TOMO_EXPIRED_CONTENT_HIDE);

  found->root_sha256[0] = found->root_sha256[0] == '0' ? '1' : '0';
  g_assert_null (tomo_campaign_config_load_root (found, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
  g_clear_error (&error);

  g_assert_true (tomo_config_remove_campaign ("demo", NULL, &error));
  g_assert_no_error (error);
  g_autofree char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (text, "# mine\n"));
  g_assert_nonnull (strstr (text, "[campaign other]\nurls=https://other/;\n"));
  g_assert_null (strstr (text, "demo"));

  g_assert_false (tomo_config_remove_campaign ("demo", NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_unsetenv ("TOMOSHIBI_CONFIG");
}

/* A file that is named relative to where one stands is the same file. */
static void
test_config_relative (Fixture *fixture, gconstpointer test_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path =
      write_file (fixture, "here.conf", "[campaign demo]\nroot=demo.root.json\n");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *expected = g_build_filename (folder, "demo.root.json", NULL);
  g_autofree char *before = g_get_current_dir ();

  g_assert_cmpint (g_chdir (folder), ==, 0);
  g_setenv ("TOMOSHIBI_CONFIG", "here.conf", TRUE);
  g_autoptr(TomoConfig) config = tomo_config_load (TOMO_CONFIG_ALL_LAYERS, &error);
  g_unsetenv ("TOMOSHIBI_CONFIG");
  g_assert_cmpint (g_chdir (before), ==, 0);

  g_assert_no_error (error);
  g_autoptr(TomoCampaignConfig) found = tomo_config_dup_campaign (config, "demo", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->root, ==, expected);
}

/* What root adds can be read by the account of the kiosk, even if root writes for itself alone. */
static void
test_config_readable (Fixture *fixture, gconstpointer test_data)
{
  if (geteuid () != 0)
    {
      g_test_skip ("only root configures for others");
      return;
    }

  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_build_filename (fixture->folder, "etc", "conf.d", NULL);
  g_autofree char *path = g_build_filename (folder, "demo.conf", NULL);
  g_autoptr(GBytes) root = g_bytes_new_static ("{}", 2);
  g_autoptr(TomoCampaignConfig) demo = tomo_campaign_config_new ("demo");
  mode_t before = umask (077);
  g_setenv ("TOMOSHIBI_CONFIG", path, TRUE);
  gboolean added = tomo_config_add_campaign (demo, root, NULL, &error);
  g_unsetenv ("TOMOSHIBI_CONFIG");
  umask (before);
  g_assert_no_error (error);
  g_assert_true (added);

  static const struct
  {
    const char *name;
    unsigned int mode;
  } vectors[] = { { "", 0755 },
                  { "conf.d", 0755 },
                  { "conf.d/demo.conf", 0644 },
                  { "conf.d/demo.root.json", 0644 } };
  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *file = g_build_filename (fixture->folder, "etc", vectors[i].name, NULL);
      GStatBuf status;
      g_test_message ("File %s", file);
      g_assert_cmpint (g_stat (file, &status), ==, 0);
      g_assert_cmpuint (status.st_mode & 0777, ==, vectors[i].mode);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/config/layers", test_config_layers);
  ADD ("/config/refuses", test_config_refuses);
  ADD ("/config/demands", test_config_demands);
  ADD ("/config/refuses-values", test_config_refuses_values);
  ADD ("/config/kiosk", test_config_kiosk);
  ADD ("/config/refuses-kiosk", test_config_refuses_kiosk);
  ADD ("/config/locked", test_config_locked);
  ADD ("/config/add-remove", test_config_add_remove);
  ADD ("/config/relative", test_config_relative);
  ADD ("/config/readable", test_config_readable);
#undef ADD
  return g_test_run ();
}
