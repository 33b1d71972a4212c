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
      "root: 0 of 2 signatures\ntargets: 0 of 1 signature\ncampaign: 0 of 1 signature\n"
      "Next: tomopress repo sign R root --key KEY\n",
      "" },
    { "repo sign R root --key a.pem --key c.pem", TOMO_EXIT_OK,
      "root: 2 of 2 signatures\nNext: *sign R targets *", "" },
    { "repo sign R targets --key b.pem", TOMO_EXIT_OK,
      "targets: 1 of 1 signature\nNext: *sign R campaign *", "" },
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

/* What the hub mistypes when it adds a partner is said in one line. */
static void
test_press_repo_add_partner (Fixture *self, gconstpointer data)
{
  static const TomoPressCall calls[] = {
    { INIT, TOMO_EXIT_OK, NULL, "" },
    { "repo add-partner R jp", TOMO_EXIT_USAGE, "", "*--key PUB is missing*" },
    { "repo add-partner R jp --key a.pem --threshold 1", TOMO_EXIT_INVALID, "",
      "*is a private key*a.pem.pub*" },
    { "repo add-partner R jp --key a.pem.pub", TOMO_EXIT_FAILED, "", "*threshold is 0*" },
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
    { "repo status R --now 2026-12-20T12:00:00Z", TOMO_EXIT_OK,
      "*timestamp expires in 3 days\nNext: tomopress repo publish R --only-renew\n", "" },
    { "repo publish R --now 2027-08-01T12:00:00Z", TOMO_EXIT_OK, NULL, "" },
    { "repo status R --json --now 2027-08-01T12:00:00Z", TOMO_EXIT_OK, "*\"urgency\": \"none\"*",
      "" },
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
  ADD ("/press/repo/add-partner", test_press_repo_add_partner);
  ADD ("/press/repo/expiry", test_press_repo_expiry);
  return g_test_run ();
}
