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
  /* The program keeps what one who only signs needs; not in the home of whoever runs the test. */
  g_autofree char *data_home = g_build_filename (self->folder, "data", NULL);
  g_setenv ("XDG_DATA_HOME", data_home, TRUE);
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

/* Changes one string in a pack of the partner's. */
static void
edit_pack (Fixture *self, const char *from, const char *to)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (self->folder, "jp", "packs", "first", "pack.xml", NULL);
  g_autofree char *xml = NULL;

  g_file_get_contents (path, &xml, NULL, &error);
  g_assert_no_error (error);
  g_autoptr(GString) text = g_string_new (xml);
  g_assert_cmpuint (g_string_replace (text, from, to, 1), ==, 1);
  g_file_set_contents (path, text->str, (gssize) text->len, &error);
  g_assert_no_error (error);
}

static char *
dup_fingerprint (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (self->folder, "R", "metadata", "1.root.json", NULL);
  char *text = NULL;
  size_t size = 0;

  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);
  char *sha256 =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const unsigned char *) text, size);
  g_free (text);
  return sha256;
}

static void
call (Fixture *self, TomoExit status, const char *out, const char *err, const char *format, ...)
    G_GNUC_PRINTF (5, 6);

static void
call (Fixture *self, TomoExit status, const char *out, const char *err, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *command = g_strdup_vprintf (format, args);
  va_end (args);
  TomoPressCall one = { command, (int) status, out, err };

  tomo_press_call (self->folder, &one);
}

static void
set_up_campaign (Fixture *self)
{
  static const TomoPressCall calls[] = {
    { INIT, TOMO_EXIT_OK, NULL, "" },
    { "repo init R --demo --campaign campaign.conf", TOMO_EXIT_OK, NULL, "" },
    { "repo publish R", TOMO_EXIT_OK, NULL, "" },
  };

  call_all (self->folder, calls, G_N_ELEMENTS (calls));
}

#define SUBMIT "submit jp --key jp/keys/jp-1.pem"
#define WAITS "jp/jp-1.tomo-submission"

/* From the first pack to what is public, in the words of the commands: a partner of three people,
 * and a hub that has none of their keys. */
static void
test_press_partner_publish (Fixture *self, gconstpointer data)
{
  static const TomoPressCall to_the_hub[] = {
    { "submit jp", TOMO_EXIT_USAGE, "", "*--key KEY is missing*" },
    { SUBMIT, TOMO_EXIT_FAILED, "jp/first: new*", "*waits for a signature; give --replace*" },
    { SUBMIT " --replace", TOMO_EXIT_OK, NULL, "" },
    { "repo receive R " WAITS, TOMO_EXIT_UNTRUSTED, "", "*1 of 2*1 more must come from*" },
    { "countersign " WAITS " --key jp/keys/jp-2.pem", TOMO_EXIT_USAGE, "",
      "*scripts give --yes\n" },
    { "countersign " WAITS " --key jp/keys/jp-1.pem --yes", TOMO_EXIT_FAILED, "",
      "*has signed jp 1 already*" },
    { "countersign " WAITS " --key R/keys/root-1.pem --yes", TOMO_EXIT_UNTRUSTED, "",
      "*not one of the 3 keys of jp\n" },
    { "countersign " WAITS " --key jp/keys/jp-2.pem --yes", TOMO_EXIT_OK,
      "jp 1: 1 of 2 signatures, by *\nChecked: *\njp/first in ja is new, revision 1\n*"
      "+ first-tip is new*all that was shown*2 of 2 signatures, by *,*Next: mail " WAITS
      " to the hub: *",
      "" },
    { "repo receive R " WAITS, TOMO_EXIT_OK, "*Next: tomopress repo publish R\n", "" },
    { "repo publish R", TOMO_EXIT_OK, NULL, "" },
    { "repo receive R " WAITS, TOMO_EXIT_UNTRUSTED, "", "*not newer than what is published, 1*" },
    { SUBMIT, TOMO_EXIT_OK, "jp/first: as published, revision 1\njp: all is as published*", "" },
    { SUBMIT " --renew", TOMO_EXIT_OK, "*jp/jp-2.tomo-submission: written*", "" },
    { "countersign jp/jp-2.tomo-submission --key jp/keys/jp-3.pem --yes", TOMO_EXIT_OK,
      "*No pack changes; only the date of expiry does.\n*", "" },
  };
  set_up_campaign (self);
  g_autofree char *sha256 = dup_fingerprint (self);

  call (self, TOMO_EXIT_USAGE, "", "*give --from URL once\n", SUBMIT);
  call (self, TOMO_EXIT_UNTRUSTED, "", "*give --fingerprint HEX once*", SUBMIT " --from R");
  call (self, TOMO_EXIT_UNTRUSTED, "", "*does not have the fingerprint*",
        SUBMIT " --from R --fingerprint %064d", 0);
  call (self, TOMO_EXIT_FAILED, "", "*does not know jp yet*", SUBMIT " --from R --fingerprint %s",
        sha256);
  call (self, TOMO_EXIT_OK, NULL, "", "repo add-partner R --request jp/jp-request.json --yes");
  call (self, TOMO_EXIT_OK, NULL, "", "repo publish R");
  call (self, TOMO_EXIT_OK,
        "jp/first: new, revision 1\n" WAITS ": written, *\njp 1: 1 of 2 signatures, by *\n"
        "Next: mail " WAITS " to the next who signs: tomopress countersign "
        "jp-1.tomo-submission --key KEY\n",
        "", SUBMIT " --from R --fingerprint %s", sha256);
  call_all (self->folder, to_the_hub, G_N_ELEMENTS (to_the_hub));
}

/* The second who signs sees the old and the new sentence, and a pack that goes; she works from
 * the file alone, on a machine that has no partner's folder. */
static void
test_press_partner_changes (Fixture *self, gconstpointer data)
{
  set_up_campaign (self);
  g_autofree char *sha256 = dup_fingerprint (self);
  call (self, TOMO_EXIT_OK, NULL, "", "repo add-partner R --request jp/jp-request.json --yes");
  call (self, TOMO_EXIT_OK, NULL, "", "repo publish R");
  call (self, TOMO_EXIT_OK, NULL, "", "pack new jp/packs/second");
  call (self, TOMO_EXIT_OK, NULL, "", SUBMIT " --from R --fingerprint %s", sha256);
  call (self, TOMO_EXIT_OK, NULL, "", "countersign " WAITS " --key jp/keys/jp-2.pem --yes");
  call (self, TOMO_EXIT_OK, NULL, "", "repo receive R " WAITS);
  call (self, TOMO_EXIT_OK, NULL, "", "repo publish R");

  edit_pack (self, "Which answer is right?", "どれが正しいですか。");
  edit_pack (self, "<choice id=\"a\">", "<choice id=\"c\">");
  g_autofree char *second = g_build_filename (self->folder, "jp", "packs", "second", NULL);
  tomo_rehearsal_remove_folder (second);
  call (self, TOMO_EXIT_OK, "jp/second: goes*\njp/first: changed, revision 2\n*", "", SUBMIT);

  g_autofree char *from = g_build_filename (self->folder, "jp", "jp-2.tomo-submission", NULL);
  g_autofree char *to = g_build_filename (self->folder, "jp-2.tomo-submission", NULL);
  g_assert_cmpint (g_rename (from, to), ==, 0);
  call (self, TOMO_EXIT_USAGE, "", "*give --from URL once\n",
        "countersign jp-2.tomo-submission --key jp/keys/jp-3.pem --yes");
  call (self, TOMO_EXIT_OK,
        "*jp/first in ja changes, revision 1 → 2\n  ~ first-question changes\n"
        "*    question:\n      was ⁨Which answer is right?⁩\n"
        "      now ⁨どれが正しいですか。⁩\n*"
        "    choice c: ⁨This one is wrong.⁩\n*"
        "    choice a:\n      was ⁨This one is wrong.⁩\n      now ⁨(nothing)⁩\n*"
        "jp/second in en goes\n*",
        "",
        "countersign jp-2.tomo-submission --key jp/keys/jp-3.pem --yes --from R --fingerprint %s",
        sha256);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/press-partner/init", test_press_partner_init);
  ADD ("/press-partner/request", test_press_partner_request);
  ADD ("/press-partner/publish", test_press_partner_publish);
  ADD ("/press-partner/changes", test_press_partner_changes);
  return g_test_run ();
}
