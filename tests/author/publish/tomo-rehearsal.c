/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/author/publish/tomo-rehearsal.h"

#include <glib/gstdio.h>

#include "author/publish/tomo-repository-private.h"
#include "tests/support/tomo-fixture.h"

static const char campaign_text[] = "[campaign]\n"
                                    "id=rehearsal\n"
                                    "name=A rehearsal\n"
                                    "name[ja]=予行\n"
                                    "languages=en;ja;\n"
                                    "url=\n"
                                    "accent=#1d6f6a\n"
                                    "\n"
                                    "[partner th]\n"
                                    "name=Publisher of th\n"
                                    "territory=TH\n"
                                    "domains=example.org;\n"
                                    "\n"
                                    "[partner jp]\n"
                                    "name=Publisher of jp\n"
                                    "name[ja]=jp の発行者\n"
                                    "territory=JP\n"
                                    "domains=example.org;example.com;\n";

static const char pack_text[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<!-- revision=\"99\" stands here to lead a search astray -->\n"
    "<pack xmlns=\"urn:tomoshibi:pack:1\" id=\"%s\" xml:lang=\"en\" revision=\"1\"\n"
    "      verified-on=\"2026-11-20\" topic=\"passwords\" age=\"all\" risk=\"medium\"\n"
    "      license=\"CC-BY-4.0\" sample=\"yes\">\n"
    "  <title>%s</title>\n"
    "\n"
    "  <tip id=\"long-passphrase\">\n"
    "    <title>Make it long</title>\n"
    "    <summary>Length protects better than odd signs do.</summary>\n"
    "    <steps>\n"
    "      <step>Take four words that do not belong together.</step>\n"
    "    </steps>\n"
    "  </tip>\n"
    "</pack>\n";

/* A folder for one test. */
char *
tomo_rehearsal_dup_folder (void)
{
  g_autoptr(GError) error = NULL;
  char *path = g_dir_make_tmp ("tomo-rehearsal-XXXXXX", &error);

  g_assert_no_error (error);
  return path;
}

/* Removes it with all that is in it. */
void
tomo_rehearsal_remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        tomo_rehearsal_remove_folder (child);
      else
        g_unlink (child);
    }

  g_rmdir (path);
}

/* Copies what is published, as a mirror does. */
void
tomo_rehearsal_copy_folder (const char *from, const char *to)
{
  static const char *const names[] = { "metadata", "targets" };

  g_assert_cmpint (g_mkdir_with_parents (to, 0755), ==, 0);
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *folder = g_build_filename (from, names[i], NULL);
      const char *argv[] = { "cp", "-r", folder, to, NULL };
      int wait_status = 0;

      g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                    &wait_status, &error);
      g_assert_no_error (error);
      g_assert_cmpint (wait_status, ==, 0);
    }
}

static char *
write_file (const char *folder, const char *name, const char *text)
{
  g_autoptr(GError) error = NULL;
  char *path = g_build_filename (folder, name, NULL);

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

/* A campaign of the partners jp and th, in the wrong order. */
char *
tomo_rehearsal_write_campaign (const char *folder)
{
  return write_file (folder, "campaign.conf", campaign_text);
}

/* A recording as audio/<name> beside the campaign file. */
void
tomo_rehearsal_record (const char *folder, const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  g_autofree char *audio = g_build_filename (folder, "audio", NULL);
  g_autofree char *path = g_build_filename (audio, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (audio, 0755), ==, 0);
  g_file_set_contents (path, g_bytes_get_data (opus, NULL), (gssize) g_bytes_get_size (opus),
                       &error);
  g_assert_no_error (error);
}

/* A sample pack of one tip, in the folder ‘<folder>/<id>’. */
char *
tomo_rehearsal_write_pack (const char *folder, const char *id, const char *title)
{
  char *path = g_build_filename (folder, id, NULL);
  g_autofree char *po = g_build_filename (path, "po", NULL);
  g_autofree char *xml = g_strdup_printf (pack_text, id, title);

  g_assert_cmpint (g_mkdir_with_parents (po, 0755), ==, 0);
  g_autofree char *written = write_file (path, "pack.xml", xml);
  g_autofree char *linguas = write_file (po, "LINGUAS", "");
  return path;
}

/* (element-type TomoPrivateKey) */
GPtrArray *
tomo_rehearsal_make_keys (unsigned int n_keys)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_private_key_unref);

  for (unsigned int i = 0; i < n_keys; i++)
    {
      g_autoptr(GError) error = NULL;
      g_ptr_array_add (keys, tomo_private_key_generate (&error));
      g_assert_no_error (error);
    }

  return keys;
}

TomoSigners *
tomo_rehearsal_signers (GPtrArray *keys, unsigned int threshold)
{
  TomoSigners *signers = tomo_signers_new (threshold);

  for (unsigned int i = 0; i < keys->len; i++)
    tomo_signers_add (signers, tomo_private_key_get_public (g_ptr_array_index (keys, i)));

  return signers;
}

/* ‘<folder>/repo’ */
TomoRepository *
tomo_rehearsal_new_demo (const char *folder)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *conf = tomo_rehearsal_write_campaign (folder);
  g_autofree char *path = g_build_filename (folder, "repo", NULL);
  TomoRepository *repository =
      tomo_repository_create (path, conf, NULL, TOMO_REHEARSAL_NOW, &error);

  g_assert_no_error (error);
  return repository;
}

TomoRepository *
tomo_rehearsal_open (const char *folder, int64_t now_secs)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "repo", NULL);
  TomoRepository *repository = tomo_repository_open (path, TOMO_REPOSITORY_WRITE, now_secs, &error);

  g_assert_no_error (error);
  return repository;
}

/* 2 of @keys. */
void
tomo_rehearsal_add_partner (TomoRepository *repository, const char *partner, GPtrArray *keys)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoSigners) signers = tomo_rehearsal_signers (keys, 2);

  g_assert_true (tomo_repository_add_partner (repository, partner, signers, &error));
  g_assert_no_error (error);
}

/* Whether anybody has reviewed a translation is no matter of a rehearsal. */
void
tomo_rehearsal_stage (TomoRepository *repository, const char *partner, const char *pack)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GPtrArray) staged = NULL;
  const char *folders[] = { pack, NULL };

  tomo_repository_stage (repository, partner, folders, NULL, TOMO_STAGE_ALLOW_DRAFT, findings,
                         &staged, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (staged->len, ==, 1);
}

/* With the first @n_keys of @keys. */
void
tomo_rehearsal_sign (TomoRepository *repository,
                     const char *role,
                     GPtrArray *keys,
                     unsigned int n_keys)
{
  for (unsigned int i = 0; i < n_keys; i++)
    {
      g_autoptr(GError) error = NULL;
      g_assert_true (tomo_repository_sign (repository, role, g_ptr_array_index (keys, i), &error));
      g_assert_no_error (error);
    }
}

/* In the draft of @partner, before it is signed: what no command of ours does, and any partner can.
 */
void
tomo_rehearsal_delegate (TomoRepository *repository,
                         const char *partner,
                         const char *role,
                         GPtrArray *keys)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoRoleFile) draft = NULL;
  g_autoptr(TomoSigners) signers = tomo_rehearsal_signers (keys, 1);
  g_autofree char *paths = g_strconcat (partner, "/*", NULL);

  g_assert_true (tomo_repository_load_draft (repository, partner, &draft, &error));
  g_assert_no_error (error);
  json_object_set_new (tomo_role_file_get_signed (draft), "delegations",
                       json_pack ("{s:{}, s:[]}", "keys", "roles"));
  tomo_repository_delegate (draft, role, signers, json_pack ("[s]", paths));
  g_assert_true (tomo_repository_write_draft (repository, partner, draft, &error));
  g_assert_no_error (error);
}

/* In drafts that were never published: the hub gives the paths of @partner to @role, by mistake or
 * worse, and @role lists what @partner has staged. */
void
tomo_rehearsal_usurp (TomoRepository *repository, const char *role, const char *partner)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoRoleFile) targets = NULL;
  g_autoptr(TomoRoleFile) from = NULL;
  g_autoptr(TomoRoleFile) to = NULL;

  g_assert_true (tomo_repository_load_draft (repository, "targets", &targets, &error));
  g_assert_true (tomo_repository_load_draft (repository, partner, &from, &error));
  g_assert_true (tomo_repository_load_draft (repository, role, &to, &error));
  json_t *loser = tomo_repository_find_delegation (targets, partner);
  json_t *winner = tomo_repository_find_delegation (targets, role);
  json_object_set (winner, "paths", json_object_get (loser, "paths"));
  json_object_set_new (loser, "paths", json_pack ("[s]", "nothing/*"));
  json_object_set (tomo_role_file_get_signed (to), "targets",
                   json_object_get (tomo_role_file_get_signed (from), "targets"));
  g_assert_true (tomo_repository_write_draft (repository, role, to, &error));
  g_assert_true (tomo_repository_save_draft (repository, "targets", targets, &error));
  g_assert_no_error (error);
}

/* With the keys of the demonstration. */
void
tomo_rehearsal_publish (TomoRepository *repository)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (
      tomo_repository_publish (repository, TOMO_PUBLISH_DRAFTS, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

/* Publishes a campaign file that brings one sentence of the program in @language, and no other. */
void
tomo_rehearsal_publish_recording (TomoRepository *repository,
                                  const char *folder,
                                  const char *language)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text =
      g_strconcat (campaign_text, "\n[audio]\nmoney=" TOMO_REHEARSAL_SENTENCE "\n", NULL);
  g_autofree char *path = write_file (folder, "campaign.conf", text);
  g_autofree char *name = g_strdup_printf ("money.%s.opus", language);

  tomo_rehearsal_record (folder, name);
  g_assert_true (tomo_repository_stage_campaign (repository, path, &error));
  g_assert_no_error (error);
  tomo_rehearsal_publish (repository);
}

/* A file of the repository that must be there. */
GBytes *
tomo_rehearsal_read (const char *folder, const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "repo", name, NULL);
  char *data = NULL;
  size_t size = 0;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}
