/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/tomo-cli.h"
#include "tests/author/publish/tomo-rehearsal.h"
#include "tests/press/tomo-press-call.h"

typedef struct
{
  char *folder; /* (owned): with campaign.conf, the pack ‘basics’ and three keys */
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
  static const TomoPressCall calls[] = {
    { "key new a.pem --no-passphrase", TOMO_EXIT_OK, NULL, "" },
    { "key new b.pem --no-passphrase", TOMO_EXIT_OK, NULL, "" },
    { "key new c.pem --no-passphrase", TOMO_EXIT_OK, NULL, "" },
  };

  self->folder = tomo_rehearsal_dup_folder ();
  g_autofree char *conf = tomo_rehearsal_write_campaign (self->folder);
  g_autofree char *pack = tomo_rehearsal_write_pack (self->folder, "basics", "Basics");
  call_all (self->folder, calls, G_N_ELEMENTS (calls));
}

/* Into a subfolder, which is made. */
static void
copy_file (const char *folder, const char *from, const char *to)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *from_path = g_build_filename (folder, from, NULL);
  g_autofree char *to_path = g_build_filename (folder, to, NULL);
  g_autofree char *parent = g_path_get_dirname (to_path);
  g_autofree char *text = NULL;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0755), ==, 0);
  g_assert_true (g_file_get_contents (from_path, &text, NULL, &error));
  g_assert_true (g_file_set_contents (to_path, text, -1, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  tomo_rehearsal_remove_folder (self->folder);
  g_free (self->folder);
}

#define INIT "repo init R --demo --campaign campaign.conf"
#define ADD_JP "repo add-partner R jp --key a.pem.pub --key b.pem.pub --key c.pem.pub --threshold 2"

/* The whole way of a demonstration, in the words of its commands. */
static void
test_press_repo_demo (Fixture *self, gconstpointer data)
{
  static const TomoPressCall calls[] = {
    { INIT, TOMO_EXIT_OK, "*Next: tomopress repo add-partner R *", "" },
    { INIT, TOMO_EXIT_FAILED, "", "*is not empty*" },
    { "repo fingerprint R", TOMO_EXIT_FAILED, "", "*Next: tomopress repo publish R\n" },
    { "repo audio campaign.conf", TOMO_EXIT_OK,
      "en *0 of 1?? sentences have a recording\nja *\n[audio]\ni-sent-money=I sent money\n*", "" },
    { "repo audio campaign.conf --json", TOMO_EXIT_OK, "{*\"missing\": [*\"sentences\": 1*", "" },
    { "repo audio nowhere.conf", TOMO_EXIT_FAILED, "", "*nowhere.conf*" },
    { ADD_JP, TOMO_EXIT_OK,
      "jp: may publish under jp/, signed by 2 of 3 keys\nNext: tomopress repo stage R jp *", "" },
    { "repo stage R jp basics", TOMO_EXIT_OK,
      "jp/basics: staged, revision 1\njp: 0 of 2 signatures\nNext: tomopress repo sign R jp --key "
      "KEY\n",
      NULL },
    { "repo sign R jp --key a.pem", TOMO_EXIT_OK,
      "jp: 1 of 2 signatures\nNext: tomopress repo sign R jp *", "" },
    { "repo publish R", TOMO_EXIT_UNTRUSTED, "",
      "*jp has 1 of 2 signatures (tomopress repo sign R jp --key KEY)*" },
    { "repo sign R targets --key a.pem", TOMO_EXIT_UNTRUSTED, "",
      "*‘a.pem’*not one of the 5 keys*" },
    { "repo publish R --only-renew", TOMO_EXIT_FAILED, "", "*nothing that could be renewed*" },
    { "repo sign R jp --key R/keys/root-1.pem", TOMO_EXIT_UNTRUSTED, "",
      "*not one of the 3 keys*" },
    { "repo sign R jp --key a.pem --key c.pem", TOMO_EXIT_OK,
      "jp: 2 of 2 signatures\nNext: tomopress repo publish R\n", "" },
    { "repo status R", TOMO_EXIT_OK,
      "*jp *not published yet  draft of version 1: 2 of 2\nNext: *publish R\n", "" },
    { "repo publish R", TOMO_EXIT_OK, "R: published and verified\nFingerprint: *\nNext: upload *",
      "" },
    { "repo fingerprint R", TOMO_EXIT_OK, "???? ???? ???? ???? *\n", "" },
    { "repo fingerprint R --json", TOMO_EXIT_OK, "{*\"fingerprint\": \"*\"*}\n", "" },
    { "repo status R --json", TOMO_EXIT_OK, "{*\"demo\": true*\"name\": \"jp\"*\"version\": 1*",
      "" },
    { "repo stage R jp basics", TOMO_EXIT_OK, "jp/basics: as published, revision 1\n", NULL },
    { "repo sign R jp --key a.pem", TOMO_EXIT_FAILED, "", "*nothing is drafted for role ‘jp’*" },
    { "repo stage R jp --remove basics", TOMO_EXIT_OK, "jp/basics: removed\n*", NULL },
    { "repo stage R campaign campaign.conf", TOMO_EXIT_OK, "campaign: 2 of 2 signatures\n*", "" },
  };

  call_all (self->folder, calls, G_N_ELEMENTS (calls));
}

/* A hub brings its own keys; each of its roles is signed before anything is public. */
static void
test_press_repo_hub (Fixture *self, gconstpointer data)
{
  static const TomoPressCall calls[] = {
    { "repo init R --campaign campaign.conf", TOMO_EXIT_USAGE, "", "*--root-key PUB is missing*" },
    { "repo init it's(R) --demo --campaign campaign.conf", TOMO_EXIT_OK,
      "*Next: tomopress repo add-partner 'it'*'s(R)' CC --key *", "" },
    { "repo init R --demo --campaign campaign.conf --root-key a.pem.pub", TOMO_EXIT_USAGE, "",
      "*leave --root-key out*" },
    { "repo init R --demo", TOMO_EXIT_USAGE, "", "*--campaign FILE is missing*" },
    { "repo init R --campaign campaign.conf --root-key a.pem.pub --root-key a.pem.pub "
      "--targets-key b.pem.pub --campaign-key c.pem.pub --snapshot-key a.pem.pub --timestamp-key "
      "b.pem.pub",
      TOMO_EXIT_FAILED, "", "*--root-key: ‘a.pem.pub’*already*" },
    { "repo init R --campaign campaign.conf --root-key a.pem.pub --root-key b.pem.pub --root-key "
      "c.pem.pub "
      "--targets-key b.pem.pub --campaign-key c.pem.pub --snapshot-key a.pem.pub --timestamp-key "
      "b.pem.pub "
      "--root-threshold 4",
      TOMO_EXIT_FAILED, "", "*root: the threshold is 4*" },
    { "repo init R --campaign campaign.conf --root-key a.pem.pub --root-key b.pem.pub --root-key "
      "c.pem.pub "
      "--targets-key b.pem.pub --campaign-key c.pem.pub --snapshot-key a.pem.pub --timestamp-key "
      "b.pem.pub",
      TOMO_EXIT_OK,
      "root: 0 of 2 signatures\n  may sign: a.pem.pub, key *targets: 0 of 1 signature\n"
      "  may sign: b.pem.pub, key *campaign: 0 of 1 signature\n  may sign: c.pem.pub, *"
      "Next: tomopress repo payload R root -o root.payload\n",
      "" },
    { "repo sign R root --key a.pem --key c.pem", TOMO_EXIT_OK,
      "root: 2 of 2 signatures\nNext: *payload R targets -o *", "" },
    { "repo sign R targets --key b.pem", TOMO_EXIT_OK,
      "targets: 1 of 1 signature\nNext: *payload R campaign -o *", "" },
    { "repo sign R campaign --key c.pem", TOMO_EXIT_OK,
      "campaign: 1 of 1 signature\nNext: tomopress repo publish R\n", "" },
    { "repo publish R", TOMO_EXIT_UNTRUSTED, "", "*give --snapshot-key KEY*" },
    { "repo publish R --snapshot-key a.pem --timestamp-key c.pem", TOMO_EXIT_UNTRUSTED, "",
      "*--timestamp-key*" },
    { "repo publish R --snapshot-key a.pem --timestamp-key b.pem", TOMO_EXIT_OK, "R: published*",
      "" },
    { ADD_JP, TOMO_EXIT_OK, NULL, "" },
    { "repo stage R jp basics", TOMO_EXIT_INVALID, "", "*is a sample*" },
  };

  call_all (self->folder, calls, G_N_ELEMENTS (calls));
}

/* A ceremony: the hub has public keys only, each draft travels to its signers and a signature comes
 * back. Later a signer leaves, another comes, and both old and new signers are asked for. */
static void
test_press_repo_ceremony (Fixture *self, gconstpointer data)
{
  static const TomoPressCall calls[] = {
    { "repo init R --campaign campaign.conf --keys pubs", TOMO_EXIT_FAILED, "",
      "*‘pubs/rot-x.pub’ begins with no role's name*" },
    { "repo init R --campaign campaign.conf --keys ceremony", TOMO_EXIT_OK,
      "root: 0 of 2 signatures\n  may sign: root-a.pub, key *root-b.pub*Next: tomopress repo "
      "payload "
      "R root -o root.payload\n",
      "" },
    { "repo payload R root", TOMO_EXIT_USAGE, "", "*-o FILE is missing*" },
    { "repo payload R jp -o jp.payload", TOMO_EXIT_FAILED, "", "*nothing is drafted*" },
    { "repo payload R root -o root.payload", TOMO_EXIT_OK,
      "root.payload: root, version 1, until *  timestamp: signed by 1 of 1 key\n*Read aloud: ???? "
      "*Next: tomopress key sign KEY root.payload -o root.payload.sig\n",
      "" },
    { "key sign a.pem campaign.conf -o x.sig", TOMO_EXIT_INVALID, "", "*campaign.conf*" },
    { "key sign a.pem root.payload -o a.sig", TOMO_EXIT_OK,
      "root.payload: root, version 1*Read aloud: *Next: tomopress repo attach DIR ROLE --signature "
      "a.sig --key a.pem.pub\n",
      "" },
    { "key sign a.pem root.payload -o a.sig", TOMO_EXIT_FAILED, NULL, "*not overwritten*" },
    { "repo attach R root --key a.pem.pub", TOMO_EXIT_USAGE, "", "*--signature FILE is missing*" },
    { "repo attach R root --signature a.sig --key b.pem.pub", TOMO_EXIT_UNTRUSTED, "",
      "*‘a.sig’*no signature by key*repo payload R root*" },
    { "repo attach R root --signature a.sig --key c.pem.pub", TOMO_EXIT_UNTRUSTED, "",
      "*not one of the 2 keys*" },
    { "repo attach R root --signature campaign.conf --key a.pem.pub", TOMO_EXIT_UNTRUSTED, "",
      NULL },
    { "repo attach R root --signature a.sig --key a.pem.pub", TOMO_EXIT_OK,
      "root: 1 of 2 signatures\nNext: *", "" },
    { "repo status R", TOMO_EXIT_OK,
      "*root: 1 of 2 signatures\n  may sign: root-b.pub, key *Next: tomopress repo payload R root "
      "*",
      "" },
    { "key sign b.pem root.payload -o b.sig", TOMO_EXIT_OK, NULL, "" },
    { "repo attach R root --signature b.sig --key b.pem.pub", TOMO_EXIT_OK, NULL, "" },
    { "repo sign R targets --key b.pem", TOMO_EXIT_OK, NULL, "" },
    { "repo sign R campaign --key c.pem", TOMO_EXIT_OK, NULL, "" },
    { "repo publish R --snapshot-key a.pem --timestamp-key b.pem", TOMO_EXIT_OK, NULL, "" },
    { "repo rotate R root", TOMO_EXIT_USAGE, "", "*--add PUB*" },
    { "repo rotate R root --remove c.pem.pub", TOMO_EXIT_FAILED, "", "*not a key of role ‘root’*" },
    { "repo rotate R root --remove 0123", TOMO_EXIT_FAILED, "", "*names 0 of the role's 2 keys*" },
    { "repo rotate R root --add a.pem.pub", TOMO_EXIT_FAILED, "", "*already*" },
    { "repo rotate R root --add c.pem.pub --remove a.pem.pub", TOMO_EXIT_OK,
      "root: from the next publication on signed by 2 of 2 keys\nroot: 0 of 2 signatures\n"
      "root: 0 of 2 signatures by the keys it had before\n  may sign: *  may sign: campaign-c.pub, "
      "*"
      "  may sign: root-a.pub, key * (had the role before)\nNext: *payload R root *",
      "" },
    { "repo sign R root --key b.pem --key c.pem", TOMO_EXIT_OK,
      "root: 2 of 2 signatures\nroot: 1 of 2 signatures by the keys it had before\nNext: *", "" },
    { "repo publish R --snapshot-key a.pem --timestamp-key b.pem", TOMO_EXIT_UNTRUSTED, "",
      "*root has 1 of 2 signatures by keys of the former root*" },
    { "repo publish R --only-renew --snapshot-key a.pem --timestamp-key b.pem", TOMO_EXIT_OK, NULL,
      "" },
    { "repo publish R jp", TOMO_EXIT_USAGE, "", "*nothing is drafted for role ‘jp’*" },
    { "repo status R --json", TOMO_EXIT_OK,
      "{*\"draft\": *\"former\": *\"file\": \"root-a.pub\"*}\n", "" },
    { "repo sign R root --key a.pem", TOMO_EXIT_OK, "*Next: tomopress repo publish R\n", "" },
    { "repo publish R root --snapshot-key a.pem --timestamp-key b.pem", TOMO_EXIT_OK, NULL, "" },
    { "repo status R", TOMO_EXIT_OK, "root *version 2*signed 2 of 2\n*", "" },
  };
  static const struct
  {
    const char *from, *to;
  } copies[] = {
    { "a.pem.pub", "pubs/rot-x.pub" },          { "a.pem.pub", "ceremony/root-a.pub" },
    { "b.pem.pub", "ceremony/root-b.pub" },     { "b.pem.pub", "ceremony/targets.pub" },
    { "c.pem.pub", "ceremony/campaign-c.pub" }, { "a.pem.pub", "ceremony/snapshot.pub" },
    { "b.pem.pub", "ceremony/timestamp.pub" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (copies); i++)
    copy_file (self->folder, copies[i].from, copies[i].to);
  call_all (self->folder, calls, G_N_ELEMENTS (calls));
}

/* Partners come, change and go, and each command says what follows from it. */
static void
test_press_repo_partners (Fixture *self, gconstpointer data)
{
  static const TomoPressCall calls[] = {
    { INIT, TOMO_EXIT_OK, NULL, "" },
    { ADD_JP, TOMO_EXIT_OK, NULL, "" },
    { "repo add-partner R th --key d.pem.pub --threshold 1", TOMO_EXIT_OK, NULL, "" },
    { "repo add-partner R jp-th", TOMO_EXIT_OK, "jp-th: *signed by 4 of 4 keys*", "" },
    { "repo change-partner R jp", TOMO_EXIT_USAGE, "", "*give --key PUB*" },
    { "repo change-partner R vn --threshold 1", TOMO_EXIT_FAILED, "", "*no role ‘vn’*" },
    { "repo change-partner R jp --threshold 3", TOMO_EXIT_OK,
      "jp: *signed by 3 of 3 keys\njp-th: *signed by 4 of 4 keys\n*", "" },
    { "repo change-partner R jp --key a.pem.pub --key b.pem.pub --threshold 1", TOMO_EXIT_OK,
      "jp: *signed by 1 of 2 keys\njp-th: *signed by 3 of 3 keys\n*", "" },
    { "repo rotate R jp-th --threshold 2", TOMO_EXIT_FAILED, "", "*one partner could sign*" },
    { "repo rotate R jp-th --add c.pem.pub", TOMO_EXIT_FAILED, "", "*takes the keys of its*" },
    { "repo stage R jp basics", TOMO_EXIT_OK, NULL, NULL },
    { "repo sign R jp --key a.pem", TOMO_EXIT_OK, NULL, "" },
    { "repo publish R", TOMO_EXIT_OK, NULL, "" },
    { "repo rotate R jp --add c.pem.pub --remove a.pem.pub", TOMO_EXIT_OK,
      "jp: *jp-th: *jp: 0 of 1 signature\n  may sign: b.pem.pub*Next: tomopress repo sign R jp *",
      "" },
    { "repo retire-partner R jp", TOMO_EXIT_FAILED, "",
      "*First: tomopress repo retire-partner R "
      "jp-th\n" },
    { "repo retire-partner R root", TOMO_EXIT_FAILED, "", "*role of the hub*" },
    { "repo retire-partner R jp-th", TOMO_EXIT_OK, "jp-th: its packs leave*", "" },
    { "repo retire-partner R jp", TOMO_EXIT_OK,
      "jp: its packs leave*\njp: the campaign file still names it*Next: tomopress repo publish R\n",
      "" },
    { "repo publish R", TOMO_EXIT_OK, NULL, "" },
    { "repo status R --json", TOMO_EXIT_OK, "*\"th\"*", "" },
    { "repo stage R jp basics", TOMO_EXIT_FAILED, "", "*there is no role ‘jp’*" },
  };

  tomo_press_call (self->folder,
                   &(TomoPressCall){ "key new d.pem --no-passphrase", TOMO_EXIT_OK, NULL, "" });
  call_all (self->folder, calls, G_N_ELEMENTS (calls));
}

/* What the hub mistypes when it adds a partner is said in one line. */
static void
test_press_repo_add_partner (Fixture *self, gconstpointer data)
{
  static const TomoPressCall calls[] = {
    { INIT, TOMO_EXIT_OK, NULL, "" },
    { "repo add-partner R jp", TOMO_EXIT_USAGE, "", "*--key PUB is missing*" },
    { "repo add-partner R jp --key a.pem --threshold 1", TOMO_EXIT_INVALID, "",
      "*is a private key*a.pem.pub*" },
    { "repo add-partner R jp --key a.pem.pub", TOMO_EXIT_USAGE, "", "*--threshold N is missing*" },
    { "repo add-partner R jp --key a.pem.pub --threshold 2", TOMO_EXIT_FAILED, "",
      "*threshold is 2*" },
    { "repo add-partner R jp --key a.pem.pub --key a.pem.pub --threshold 2", TOMO_EXIT_FAILED, "",
      "*already*" },
    { "repo add-partner R root --key a.pem.pub --threshold 1", TOMO_EXIT_FAILED, "",
      "*role of the hub*" },
    { "repo add-partner R xx --key a.pem.pub --threshold 1", TOMO_EXIT_OK,
      "*\nxx: the campaign file does not name it yet*", "" },
    { "repo add-partner R jp --key b.pem.pub --threshold 1", TOMO_EXIT_OK, NULL, "" },
    { "repo add-partner R jp --key b.pem.pub --threshold 1", TOMO_EXIT_FAILED, "", "*already*" },
    { "repo add-partner R jp-xx --threshold 1", TOMO_EXIT_FAILED, "", "*at least 2 of 2\n" },
    { "repo add-partner R jp-xx", TOMO_EXIT_OK, "jp-xx: *signed by 2 of 2 keys*", "" },
    { "repo add-partner R jp-th", TOMO_EXIT_FAILED, "", "*signed jointly*‘th’*" },
    { "repo stage R nobody basics", TOMO_EXIT_FAILED, "",
      "*no role ‘nobody’*add-partner R nobody*" },
    { "repo stage R jp", TOMO_EXIT_USAGE, "", "*name a pack's folder*" },
    { "repo status nowhere", TOMO_EXIT_FAILED, "", "*tomopress repo init nowhere*" },
  };

  call_all (self->folder, calls, G_N_ELEMENTS (calls));
}

/* A rehearsal of next year: warnings come in time, and each names the way out. */
static void
test_press_repo_expiry (Fixture *self, gconstpointer data)
{
  static const TomoPressCall calls[] = {
    { INIT " --now 2026-11-23T12:00:00Z", TOMO_EXIT_OK, NULL, "" },
    { "repo publish R --now 2026-11-23T12:00:00Z", TOMO_EXIT_OK, NULL, "" },
    { "repo status R --now 2026-11-24T12:00:00Z", TOMO_EXIT_OK,
      "root  *until 2027-11-23*campaign  *\n", "" },
    { "repo status R --fail-within 30 --now 2026-11-23T12:00:00Z", TOMO_EXIT_OK, NULL, "" },
    { "repo status R --fail-within 30 --now 2026-12-15T12:00:00Z", TOMO_EXIT_OK, NULL, "" },
    { "repo status R --fail-within 30 --now 2026-12-16T12:00:00Z", TOMO_EXIT_FAILED, NULL, "" },
    { "repo status R --fail-within 3 --now 2026-12-16T12:00:00Z", TOMO_EXIT_OK, NULL, "" },
    { "repo status R --now 2026-12-20T12:00:00Z", TOMO_EXIT_OK,
      "*timestamp expires in 3 days\nNext: tomopress repo publish R --only-renew\n", "" },
    { "repo publish R --now 2027-08-01T12:00:00Z", TOMO_EXIT_OK, NULL, "" },
    { "repo status R --json --now 2027-08-01T12:00:00Z", TOMO_EXIT_OK, "*\"urgency\": \"none\"*",
      "" },
    { "repo status R --fail-within 113 --now 2027-08-01T12:00:00Z", TOMO_EXIT_OK, NULL, "" },
    { "repo status R --fail-within 114 --now 2027-08-01T12:00:00Z", TOMO_EXIT_FAILED, NULL, "" },
    { "repo status R --json --now 2027-09-01T12:00:00Z", TOMO_EXIT_OK, "*\"urgency\": \"90-days\"*",
      "" },
    { "repo status R --json --now 2027-11-01T12:00:00Z", TOMO_EXIT_OK, "*\"urgency\": \"30-days\"*",
      "" },
    { "repo status R --json --now 2027-11-20T12:00:00Z", TOMO_EXIT_OK, "*\"urgency\": \"7-days\"*",
      "" },
    { "repo status R --now 2028-01-01T12:00:00Z", TOMO_EXIT_OK,
      "*root has expired*Next: tomopress repo renew R root\n*", "" },
    { "repo publish R --now 2028-01-01T12:00:00Z", TOMO_EXIT_UNTRUSTED, "", "*not published*" },
    { "repo renew R root --now 2028-01-01T12:00:00Z", TOMO_EXIT_OK, "root: 3 of 3 signatures\n*",
      "" },
    { "repo renew R targets --now 2028-01-01T12:00:00Z", TOMO_EXIT_OK, NULL, "" },
    { "repo publish R --now 2028-01-01T12:00:00Z", TOMO_EXIT_OK, NULL, "" },
    { "repo status R --now yesterday", TOMO_EXIT_USAGE, "", "*is not a time*" },
  };

  call_all (self->folder, calls, G_N_ELEMENTS (calls));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/press/repo/demo", test_press_repo_demo);
  ADD ("/press/repo/hub", test_press_repo_hub);
  ADD ("/press/repo/ceremony", test_press_repo_ceremony);
  ADD ("/press/repo/partners", test_press_repo_partners);
  ADD ("/press/repo/add-partner", test_press_repo_add_partner);
  ADD ("/press/repo/expiry", test_press_repo_expiry);
  return g_test_run ();
}
