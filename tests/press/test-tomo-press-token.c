/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "cli/tomo-cli.h"
#include "tests/author/publish/tomo-rehearsal.h"
#include "tests/press/tomo-press-call.h"

/* Where distributions put it. */
static const char *const softhsm_modules[] = {
  "/usr/lib/softhsm/libsofthsm2.so",
  "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
  "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
  "/usr/lib64/pkcs11/libsofthsm2.so",
};

#define TOKEN "pkcs11-tool --module MODULE --token-label hub --login --pin 1234 "

typedef struct
{
  char *folder; /* (owned): with campaign.conf and one key for what is not tested here */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  static const TomoPressCall call = { "key new a.pem --no-passphrase", TOMO_EXIT_OK, NULL, "" };

  self->folder = tomo_rehearsal_dup_folder ();
  g_autofree char *conf = tomo_rehearsal_write_campaign (self->folder);
  tomo_press_call (self->folder, &call);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  tomo_rehearsal_remove_folder (self->folder);
  g_free (self->folder);
}

/* A program of somebody else, which must succeed. */
static void
run (Fixture *self, const char *command)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) words = g_strsplit (command, " ", -1);
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  int wait_status = 0;

  g_test_message ("$ %s", command);
  g_spawn_sync (self->folder, words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err,
                &wait_status, &error);
  g_assert_no_error (error);
  if (wait_status != 0)
    g_test_message ("%s%s", out, err);
  g_assert_cmpint (wait_status, ==, 0);
}

static gboolean
has_program (const char *name)
{
  g_autofree char *path = g_find_program_in_path (name);
  if (path == NULL)
    g_test_skip_printf ("there is no %s here", name);

  return path != NULL;
}

/* A repository whose root takes two keys of which the hub has the public files only. */
static void
init_with_root_keys (Fixture *self, const char *first, const char *second)
{
  g_autofree char *command = g_strdup_printf (
      "repo init R --campaign campaign.conf --root-key %s --root-key %s --root-threshold 2 "
      "--targets-key a.pem.pub --campaign-key a.pem.pub --snapshot-key a.pem.pub --timestamp-key "
      "a.pem.pub",
      first, second);
  const TomoPressCall calls[] = {
    { command, TOMO_EXIT_OK, "root: 0 of 2 signatures\n*", "" },
    { "repo payload R root -o root.payload", TOMO_EXIT_OK, NULL, "" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (calls); i++)
    tomo_press_call (self->folder, &calls[i]);
}

/* With both signatures back, what was signed elsewhere is published, which verifies it as a client
 * does. */
static void
publish (Fixture *self)
{
  static const TomoPressCall calls[] = {
    { "repo sign R targets --key a.pem", TOMO_EXIT_OK, NULL, "" },
    { "repo sign R campaign --key a.pem", TOMO_EXIT_OK, NULL, "" },
    { "repo publish R --snapshot-key a.pem --timestamp-key a.pem", TOMO_EXIT_OK,
      "R: published and verified\n*", "" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (calls); i++)
    tomo_press_call (self->folder, &calls[i]);
}

/* What ‘openssl pkeyutl’ signs is taken: Ed25519 with a PEM key, ECDSA with a DER key. */
static void
test_press_token_openssl (Fixture *self, gconstpointer data)
{
  static const TomoPressCall calls[] = {
    { "repo attach R root --signature ed.sig --key p256.der", TOMO_EXIT_UNTRUSTED, "",
      "*no signature by key*" },
    { "repo attach R root --signature ed.sig --key ed.pub.pem", TOMO_EXIT_OK,
      "root: 1 of 2 signatures\n*", "" },
    { "repo attach R root --signature p256.sig --key p256.der", TOMO_EXIT_OK,
      "root: 2 of 2 signatures\n*", "" },
  };

  if (!has_program ("openssl"))
    return;

  run (self, "openssl genpkey -algorithm ed25519 -out ed.pem");
  run (self, "openssl pkey -in ed.pem -pubout -out ed.pub.pem");
  run (self, "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out p256.pem");
  run (self, "openssl pkey -in p256.pem -pubout -outform DER -out p256.der");
  init_with_root_keys (self, "ed.pub.pem", "p256.der");
  run (self, "openssl pkeyutl -sign -inkey ed.pem -rawin -in root.payload -out ed.sig");
  run (self, "openssl pkeyutl -sign -inkey p256.pem -rawin -digest sha256 -in root.payload -out "
             "p256.sig");
  for (size_t i = 0; i < G_N_ELEMENTS (calls); i++)
    tomo_press_call (self->folder, &calls[i]);
  publish (self);
}

/* RSA is taken with PSS padding, with either usual length of salt, and not with the old padding. */
static void
test_press_token_openssl_rsa (Fixture *self, gconstpointer data)
{
  static const TomoPressCall calls[] = {
    { "repo attach R root --signature old.sig --key one.der", TOMO_EXIT_UNTRUSTED, "",
      "*no signature by key*" },
    { "repo attach R root --signature one.sig --key one.der", TOMO_EXIT_OK, NULL, "" },
    { "repo attach R root --signature two.sig --key two.pub.pem", TOMO_EXIT_OK,
      "root: 2 of 2 signatures\n*", "" },
  };

  if (!has_program ("openssl"))
    return;

  run (self, "openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out one.pem");
  run (self, "openssl pkey -in one.pem -pubout -outform DER -out one.der");
  run (self, "openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out two.pem");
  run (self, "openssl pkey -in two.pem -pubout -out two.pub.pem");
  init_with_root_keys (self, "one.der", "two.pub.pem");
  run (self, "openssl pkeyutl -sign -inkey one.pem -rawin -digest sha256 -in root.payload -out "
             "old.sig");
  run (self, "openssl pkeyutl -sign -inkey one.pem -rawin -digest sha256 -pkeyopt "
             "rsa_padding_mode:pss -pkeyopt rsa_pss_saltlen:digest -in root.payload -out one.sig");
  run (self, "openssl pkeyutl -sign -inkey two.pem -rawin -digest sha256 -pkeyopt "
             "rsa_padding_mode:pss -pkeyopt rsa_pss_saltlen:max -in root.payload -out two.sig");
  for (size_t i = 0; i < G_N_ELEMENTS (calls); i++)
    tomo_press_call (self->folder, &calls[i]);
  publish (self);
}

static const char *
find_module (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (softhsm_modules); i++)
    if (g_file_test (softhsm_modules[i], G_FILE_TEST_EXISTS))
      return softhsm_modules[i];

  g_test_skip ("there is no SoftHSM here");
  return NULL;
}

static void
run_token (Fixture *self, const char *module, const char *command)
{
  g_autoptr(GString) text = g_string_new (command);

  g_string_replace (text, "MODULE", module, 1);
  run (self, text->str);
}

/* A token of this test's own, in its folder. */
static void
init_token (Fixture *self)
{
  g_autofree char *tokens = g_build_filename (self->folder, "tokens", NULL);
  g_autofree char *conf = g_build_filename (self->folder, "softhsm2.conf", NULL);
  g_autofree char *text =
      g_strdup_printf ("directories.tokendir = %s\nobjectstore.backend = file\n", tokens);

  g_assert_cmpint (g_mkdir (tokens, 0700), ==, 0);
  g_assert_true (g_file_set_contents (conf, text, -1, NULL));
  g_setenv ("SOFTHSM2_CONF", conf, TRUE);
  run (self, "softhsm2-util --init-token --free --label hub --pin 1234 --so-pin 5678");
}

/* A token never gives its keys out. It signs the hash for ECDSA and returns bare numbers, and it
 * signs RSA-PSS; both are taken, with the public keys as the token writes them. */
static void
test_press_token_softhsm (Fixture *self, gconstpointer data)
{
  static const TomoPressCall calls[] = {
    { "repo attach R root --signature ec.sig --key rsa.der", TOMO_EXIT_UNTRUSTED, "",
      "*no signature by key*" },
    { "repo attach R root --signature ec.sig --key ec.der", TOMO_EXIT_OK,
      "root: 1 of 2 signatures\n*", "" },
    { "repo attach R root --signature rsa.sig --key rsa.der", TOMO_EXIT_OK,
      "root: 2 of 2 signatures\n*", "" },
  };
  static const char *const make_keys[] = {
    TOKEN "--keypairgen --key-type EC:prime256v1 --id 01 --label ec",
    TOKEN "--keypairgen --key-type rsa:2048 --id 02 --label rsa",
    TOKEN "--read-object --type pubkey --id 01 -o ec.der",
    TOKEN "--read-object --type pubkey --id 02 -o rsa.der",
  };
  static const char *const sign[] = {
    TOKEN "--sign --mechanism ECDSA --id 01 -i root.hash -o ec.sig",
    TOKEN "--sign --mechanism SHA256-RSA-PKCS-PSS --id 02 -i root.payload -o rsa.sig",
  };

  const char *module = find_module ();
  if (module == NULL || !has_program ("softhsm2-util") || !has_program ("pkcs11-tool") ||
      !has_program ("openssl"))
    return;

  init_token (self);
  for (size_t i = 0; i < G_N_ELEMENTS (make_keys); i++)
    run_token (self, module, make_keys[i]);
  init_with_root_keys (self, "ec.der", "rsa.der");
  run (self, "openssl dgst -sha256 -binary -out root.hash root.payload");
  for (size_t i = 0; i < G_N_ELEMENTS (sign); i++)
    run_token (self, module, sign[i]);
  for (size_t i = 0; i < G_N_ELEMENTS (calls); i++)
    tomo_press_call (self->folder, &calls[i]);
  publish (self);
  g_unsetenv ("SOFTHSM2_CONF");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/press/token/openssl", test_press_token_openssl);
  ADD ("/press/token/openssl-rsa", test_press_token_openssl_rsa);
  ADD ("/press/token/softhsm", test_press_token_softhsm);
  return g_test_run ();
}
