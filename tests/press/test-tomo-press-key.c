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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/press/key", test_press_key);
  return g_test_run ();
}
