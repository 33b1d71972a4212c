/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "cli/tomo-cli.h"
#include "tests/author/publish/tomo-rehearsal.h"
#include "tests/press/tomo-press-call.h"

typedef struct
{
  char *folder; /* (owned): with campaign.conf */
} Fixture;

static void
call_all (const char *folder, const TomoPressCall *calls, size_t n_calls)
{
  for (size_t i = 0; i < n_calls; i++)
    tomo_press_call (folder, &calls[i]);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = tomo_rehearsal_dup_folder ();
  g_autofree char *conf = tomo_rehearsal_write_campaign (self->folder);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  tomo_rehearsal_remove_folder (self->folder);
  g_free (self->folder);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* What is in the folder itself, sorted. */
static char *
dup_listing (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  g_assert_nonnull (dir);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    g_ptr_array_add (names, (gpointer) name);
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

#define INIT "partner init --short-name jp --name Publisher --language ja --no-passphrase"

/* Options answer the five questions, and nothing is asked or half done in a pipe. */
static void
test_press_partner_init (Fixture *self, gconstpointer data)
{
  static const TomoPressCall calls[] = {
    { "partner init", TOMO_EXIT_USAGE, "",
      "*no terminal to ask; give --short-name CC --name NAME --language TAG\n" },
    { "partner init --short-name jpcert --name N --language ja", TOMO_EXIT_USAGE, "",
      "*give --territory XX\n" },
    { "partner init --short-name JP --name N --language ja", TOMO_EXIT_USAGE, "",
      "*--short-name: ‘JP’ cannot be a short name*" },
    { INIT " --domain nowhere", TOMO_EXIT_USAGE, "", "*--domain: ‘nowhere’*" },
    { INIT " --people 0", TOMO_EXIT_OK, NULL, "" },
    { INIT, TOMO_EXIT_FAILED, "", "*‘jp’ exists and is not overwritten*" },
    { INIT " b --people 17", TOMO_EXIT_USAGE, "", "*from 1 to 16 people*" },
    { INIT " b --people 3 --threshold 4", TOMO_EXIT_USAGE, "", "*not more must than can*" },
    { INIT " b --people 1 --key jp/keys/jp-2.pem.pub", TOMO_EXIT_USAGE, "",
      "*at least one key is made here\n" },
    { INIT " b --key jp/keys/jp-2.pem", TOMO_EXIT_INVALID, "", "*is a private key*" },
    { "partner init b --short-name jp --name N --language ja", TOMO_EXIT_FAILED, "",
      "*give --passphrase-file\n" },
    { "pack check jp/packs/first", TOMO_EXIT_OK, "*nothing to correct\n", "" },
    { INIT " c --key jp/keys/jp-2.pem.pub --key jp/keys/jp-3.pem.pub", TOMO_EXIT_OK,
      "c: made. Fingerprint of the request: ????*\n1. Mail c/jp-request.json *\n2. Copy *\n3. *",
      "" },
    { INIT " nowhere/d", TOMO_EXIT_FAILED, "", "*cannot write into*nowhere*" },
  };

  call_all (self->folder, calls, G_N_ELEMENTS (calls));

  /* Nothing half-made lies about, and only one private key is in c. */
  g_autofree char *listing = dup_listing (self->folder);
  g_assert_cmpstr (listing, ==, "c campaign.conf jp");
  g_autofree char *keys = g_build_filename (self->folder, "c", "keys", NULL);
  g_autofree char *key_listing = dup_listing (keys);
  g_assert_cmpstr (key_listing, ==, "jp-1.pem.pub jp-2.pem.pub jp-3.pem jp-3.pem.pub");
}

/* The hub takes the request only with an assent, and only once. */
static void
test_press_partner_request (Fixture *self, gconstpointer data)
{
  static const TomoPressCall calls[] = {
    { INIT, TOMO_EXIT_OK, NULL, "" },
    { "repo init R --demo --campaign campaign.conf", TOMO_EXIT_OK, NULL, "" },
    { "repo add-partner R", TOMO_EXIT_USAGE, "", "*short name, or --request FILE\n" },
    { "repo add-partner R --request nowhere.json", TOMO_EXIT_FAILED, "", "*nowhere.json*" },
    { "repo add-partner R --request R", TOMO_EXIT_INVALID, "", "*‘R’ is not a file\n" },
    { "repo add-partner R --request campaign.conf", TOMO_EXIT_INVALID, "", "*campaign.conf*" },
    { "repo add-partner R --request jp/jp-request.json", TOMO_EXIT_USAGE,
      "jp: Publisher (ja), JP\nAsks to be signed by 2 of these 3 keys:\n*", "*--yes\n" },
    { "repo add-partner R --request jp/jp-request.json --fingerprint 1234", TOMO_EXIT_FAILED, NULL,
      "*not a fingerprint*" },
    { "repo add-partner R --request jp/jp-request.json --fingerprint "
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
      TOMO_EXIT_UNTRUSTED, NULL, "*it is not what jp mailed\n" },
    { "repo add-partner R th --request jp/jp-request.json --yes", TOMO_EXIT_FAILED, "",
      "*is a request of jp, not of th\n" },
    { "repo add-partner R --request jp/jp-request.json --yes", TOMO_EXIT_OK,
      "*jp: added*Next: tomopress repo publish R\n", "" },
    { "repo add-partner R --request jp/jp-request.json --yes", TOMO_EXIT_FAILED, NULL,
      "*already\n" },
    { "repo publish R", TOMO_EXIT_OK, NULL, "" },
  };

  call_all (self->folder, calls, G_N_ELEMENTS (calls));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/press-partner/init", test_press_partner_init);
  ADD ("/press-partner/request", test_press_partner_request);
  return g_test_run ();
}
