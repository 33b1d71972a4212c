/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "cli/tomo-cli.h"
#include "tests/author/publish/tomo-rehearsal.h"
#include "tests/press/tomo-press-call.h"

static void
write_line (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* Keys are made, shown, and never overwritten; what goes wrong is one line and its exit code. */
static void
test_press_key (void)
{
  static const TomoPressCall calls[] = {
    { "key new plain.pem --no-passphrase", TOMO_EXIT_OK, "plain.pem: made, key id *\nNext: *", "" },
    { "key new plain.pem --no-passphrase", TOMO_EXIT_FAILED, "",
      "*exists and is not overwritten*" },
    { "key new secret.pem --passphrase-file phrase", TOMO_EXIT_OK, "secret.pem: made*", "" },
    { "key new short.pem --passphrase-file short", TOMO_EXIT_FAILED, "", "*shorter than*" },
    { "key new empty.pem --passphrase-file empty", TOMO_EXIT_FAILED, "", "*‘empty’*" },
    { "key new nobody.pem", TOMO_EXIT_FAILED, "", "*--passphrase-file*" },
    { "key new both.pem --no-passphrase --passphrase-file phrase", TOMO_EXIT_USAGE, "",
      "*exclude*" },
    { "key new", TOMO_EXIT_USAGE, "", "*argument is missing*" },
    { "key show plain.pem", TOMO_EXIT_OK, "Type:   ed25519*\nKey id: *\nPublic: *\n", "" },
    { "key show plain.pem.pub --json", TOMO_EXIT_OK, "{*\"keyid\": *}\n", "" },
    { "key show secret.pem --passphrase-file phrase", TOMO_EXIT_OK, "Type:   ed25519*", "" },
    { "key show secret.pem.pub", TOMO_EXIT_OK, "Type:   ed25519*", "" },
    { "key show secret.pem --passphrase-file short", TOMO_EXIT_FAILED, "", "*wrong passphrase*" },
    { "key show secret.pem", TOMO_EXIT_FAILED, "", "*needs a passphrase*--passphrase-file*" },
    { "key show phrase", TOMO_EXIT_INVALID, "", "*is not a private key*" },
    { "key show nowhere.pem", TOMO_EXIT_FAILED, "", "*nowhere.pem*" },
  };
  g_autofree char *folder = tomo_rehearsal_dup_folder ();

  write_line (folder, "phrase", "river lamp eleven sand\nnot this line\n");
  write_line (folder, "short", "lamp\n");
  write_line (folder, "empty", "\n");
  for (size_t i = 0; i < G_N_ELEMENTS (calls); i++)
    tomo_press_call (folder, &calls[i]);

  g_autofree char *short_key = g_build_filename (folder, "short.pem", NULL);
  g_autofree char *public_key = g_build_filename (folder, "secret.pem.pub", NULL);
  g_autofree char *secret_key = g_build_filename (folder, "secret.pem", NULL);
  struct stat status;
  g_assert_false (g_file_test (short_key, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (public_key, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_stat (secret_key, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
  tomo_rehearsal_remove_folder (folder);
}

/* ‘--passphrase-file -’ reads standard input, a line for each key and not a byte more. */
static void
test_press_key_stdin (void)
{
  static const struct
  {
    const char *input;
    int status;
  } vectors[] = {
    { "river lamp eleven sand\nriver lamp eleven sand\n", TOMO_EXIT_OK },
    { "river lamp eleven sand\r\nriver lamp eleven sand", TOMO_EXIT_OK },
    { "river lamp eleven sand\n", TOMO_EXIT_FAILED },
    { "", TOMO_EXIT_FAILED },
  };
  static const TomoPressCall make[] = {
    { "key new one.pem --passphrase-file phrase", TOMO_EXIT_OK, NULL, "" },
    { "key new two.pem --passphrase-file phrase", TOMO_EXIT_OK, NULL, "" },
    { "repo init R --demo --campaign campaign.conf", TOMO_EXIT_OK, NULL, "" },
    { "repo add-partner R jp --key one.pem.pub --key two.pem.pub --threshold 2", TOMO_EXIT_OK, NULL,
      "" },
    { "repo stage R jp basics", TOMO_EXIT_OK, NULL, NULL },
  };
  g_autofree char *folder = tomo_rehearsal_dup_folder ();
  g_autofree char *program =
      g_build_filename (g_getenv ("TOMO_BUILD_ROOT"), "app", "press", "tomopress", NULL);
  g_autofree char *repo = g_build_filename (folder, "R", NULL);
  g_autofree char *one = g_build_filename (folder, "one.pem", NULL);
  g_autofree char *two = g_build_filename (folder, "two.pem", NULL);
  g_autofree char *conf = tomo_rehearsal_write_campaign (folder);
  g_autofree char *pack = tomo_rehearsal_write_pack (folder, "basics", "Basics");

  write_line (folder, "phrase", "river lamp eleven sand\n");
  for (size_t i = 0; i < G_N_ELEMENTS (make); i++)
    tomo_press_call (folder, &make[i]);

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GSubprocess) child = g_subprocess_new (
          G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program,
          "repo", "sign", repo, "jp", "--key", one, "--key", two, "--passphrase-file", "-", NULL);
      g_assert_no_error (error);
      g_test_message ("Vector %zu", i);
      g_subprocess_communicate_utf8 (child, vectors[i].input, NULL, NULL, NULL, NULL);
      g_assert_cmpint (g_subprocess_get_exit_status (child), ==, vectors[i].status);
    }
  tomo_rehearsal_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/press/key", test_press_key);
  g_test_add_func ("/press/key/stdin", test_press_key_stdin);
  return g_test_run ();
}
