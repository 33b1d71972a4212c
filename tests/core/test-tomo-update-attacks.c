/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "core/tomo-error.h"
#include "tests/core/tomo-update-rig.h"

#define ALL "jp/more jp/words th/more th/words"

static GBytes *
read_file (TomoUpdateRig *rig, const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = tomo_update_rig_dup_path (rig, name);
  char *data = NULL;
  size_t size = 0;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

static void
remove_file (TomoUpdateRig *rig, const char *name)
{
  g_autofree char *path = tomo_update_rig_dup_path (rig, name);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
set_version (TomoUpdateRig *rig, const char *role, json_int_t version)
{
  json_object_set_new (tomo_test_repo_get (rig->repo, role), "version", json_integer (version));
}

/* A sync that must be refused, and change nothing. */
static void
assert_refused (TomoUpdateRig *rig, TomoError code, const char *shown)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoUpdate) update = tomo_update_rig_run (rig, &error);

  g_assert_error (error, TOMO_ERROR, (int) code);
  tomo_update_rig_assert_shown (rig, shown);
}

static void
drop_target (TomoUpdateRig *rig, const char *role, const char *path)
{
  json_object_del (json_object_get (tomo_test_repo_get (rig->repo, role), "targets"), path);
}

/* Rollback: a mirror that shows all of yesterday, or only yesterday's timestamp, or a snapshot in
 * which one partner went back, gets nowhere. */
static void
test_attacks_rollback (TomoUpdateRig *rig, gconstpointer data)
{
  g_autofree char *yesterday = tomo_update_rig_copy (rig, "yesterday");
  g_autoptr(GBytes) timestamp = read_file (rig, "metadata/timestamp.json");
  drop_target (rig, "jp", "jp/packs/more/en.k1.gz");
  tomo_update_rig_publish (rig, "jp");
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);
  tomo_update_rig_assert_shown (rig, "jp/words th/more th/words");

  tomo_update_rig_use (rig, yesterday, NULL);
  tomo_update_rig_sync (rig, TOMO_UPDATE_OLDER, NULL);
  tomo_update_rig_use (rig, rig->source, NULL);
  tomo_update_rig_write (rig, "metadata/timestamp.json", timestamp);
  tomo_update_rig_sync (rig, TOMO_UPDATE_OLDER, NULL);
  tomo_update_rig_assert_shown (rig, "jp/words th/more th/words");

  /* With the stolen keys of timestamp and snapshot. */
  set_version (rig, "jp", 1);
  tomo_update_rig_publish (rig, "");
  assert_refused (rig, TOMO_ERROR_UNTRUSTED, "jp/words th/more th/words");
}

/* Freeze: a mirror that shows the same for ever is believed until that expires, and no longer; what
 * is here stays. */
static void
test_attacks_freeze (TomoUpdateRig *rig, gconstpointer data)
{
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);
  rig->now_secs += 30 * TOMO_UPDATE_RIG_DAY;
  tomo_update_rig_sync (rig, TOMO_UPDATE_UNCHANGED, NULL);
  rig->now_secs += 30 * TOMO_UPDATE_RIG_DAY;
  assert_refused (rig, TOMO_ERROR_STALE, ALL);
}

/* Freeze, for those who cannot wait: an organiser who demands fresher news hears what to do. */
static void
test_attacks_freeze_max_age (TomoUpdateRig *rig, gconstpointer data)
{
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);
  rig->campaign->max_age_days = 3;
  assert_refused (rig, TOMO_ERROR_STALE, ALL); /* it does not say when it was signed */

  /* TOMO_TEST_NOW_SECS is 2026-11-23T09:00:00Z. */
  tomo_test_repo_change (rig->repo, "timestamp", "x-tomoshibi-signed-on",
                         "\"2026-11-22T09:00:00Z\"");
  tomo_update_rig_publish (rig, "");
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);
  rig->now_secs += 2 * TOMO_UPDATE_RIG_DAY;
  tomo_update_rig_sync (rig, TOMO_UPDATE_UNCHANGED, NULL);
  rig->now_secs += 1;

  g_autoptr(GError) error = NULL;
  g_autoptr(TomoUpdate) update = tomo_update_rig_run (rig, &error);
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_STALE);
  g_assert_nonnull (strstr (error->message, "max-age-days=3"));
  tomo_update_rig_assert_shown (rig, ALL);
}

/* Mix-and-match: files that were all signed, but never together. */
static void
test_attacks_mix_and_match (TomoUpdateRig *rig, gconstpointer data)
{
  g_autoptr(GBytes) old_snapshot = read_file (rig, "metadata/2.snapshot.json");
  g_autoptr(GBytes) old_jp = read_file (rig, "metadata/1.jp.json");
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);

  drop_target (rig, "jp", "jp/packs/more/en.k1.gz");
  drop_target (rig, "th", "th/packs/more/en.k1.gz");
  tomo_update_rig_publish (rig, "jp,th");
  g_autoptr(GBytes) new_snapshot = read_file (rig, "metadata/3.snapshot.json");
  tomo_update_rig_write (rig, "metadata/3.snapshot.json", old_snapshot);
  assert_refused (rig, TOMO_ERROR_UNTRUSTED, ALL);

  tomo_update_rig_write (rig, "metadata/3.snapshot.json", new_snapshot);
  tomo_update_rig_write (rig, "metadata/2.jp.json", old_jp);
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, "jp");
  tomo_update_rig_assert_shown (rig, "jp/more jp/words th/words");
}

static GPtrArray *
new_keys (void)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_test_key_free);

  g_ptr_array_add (keys, tomo_test_key_new (TOMO_TEST_KEY_ED25519));
  return keys;
}

/* Fast-forward: who has the online keys can raise versions so far that no honest one is higher. A
 * root that withdraws those keys brings the machine back. */
static void
test_attacks_fast_forward_and_recovery (TomoUpdateRig *rig, gconstpointer data)
{
  static const char *const online[] = { "timestamp", "snapshot" };
  const json_int_t far = ((json_int_t) 1 << 53) - 2;

  for (size_t i = 0; i < G_N_ELEMENTS (online); i++)
    set_version (rig, online[i], far);
  tomo_update_rig_publish (rig, "");
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (online); i++)
    set_version (rig, online[i], 10);
  drop_target (rig, "jp", "jp/packs/more/en.k1.gz");
  tomo_update_rig_publish (rig, "jp");
  tomo_update_rig_sync (rig, TOMO_UPDATE_OLDER, NULL);
  tomo_update_rig_assert_shown (rig, ALL);

  for (size_t i = 0; i < G_N_ELEMENTS (online); i++)
    {
      g_autoptr(GPtrArray) keys = new_keys ();
      tomo_test_repo_set_keys (rig->repo, online[i], keys, 1);
    }
  tomo_update_rig_publish (rig, "root");
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);
  tomo_update_rig_assert_shown (rig, "jp/words th/more th/words");
}

/* A run at another time than now. */
static void
set_clock (TomoUpdateRig *rig, const char *time)
{
  g_autoptr(GDateTime) clock = g_date_time_new_from_iso8601 (time, NULL);

  rig->now_secs = g_date_time_to_unix (clock);
}

/* The year 2099: who has enough keys of targets can move the time of a machine so far that whatever
 * an honest hub signs has expired. The root that withdraws those keys takes that back, and the run
 * that fetches it need not be repeated. */
static void
test_attacks_floor_and_recovery (TomoUpdateRig *rig, gconstpointer data)
{
  tomo_test_repo_change (rig->repo, "targets", "x-tomoshibi-signed-on", "\"2099-01-01T00:00:00Z\"");
  tomo_update_rig_publish (rig, "targets");
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);

  g_autoptr(GPtrArray) keys = new_keys ();
  tomo_test_repo_change (rig->repo, "targets", "x-tomoshibi-signed-on", "\"2026-11-23T00:00:00Z\"");
  tomo_test_repo_set_keys (rig->repo, "targets", keys, 1);
  drop_target (rig, "jp", "jp/packs/more/en.k1.gz");
  g_autofree char *without_root = tomo_update_rig_copy (rig, "without-root");
  tomo_update_rig_use (rig, without_root, NULL);
  assert_refused (rig, TOMO_ERROR_STALE, ALL);

  tomo_update_rig_use (rig, rig->source, NULL);
  tomo_update_rig_publish (rig, "root,targets,jp");
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);
  tomo_update_rig_assert_shown (rig, "jp/words th/more th/words");
}

/* A clock that falls back: what has expired stays so, as long as the keys count that said how late
 * it is. */
static void
test_attacks_clock_falls_back (TomoUpdateRig *rig, gconstpointer data)
{
  tomo_test_repo_change (rig->repo, "root", "expires", "\"2040-01-01T00:00:00Z\"");
  tomo_test_repo_change (rig->repo, "targets", "x-tomoshibi-signed-on", "\"2030-01-01T00:00:00Z\"");
  tomo_update_rig_publish (rig, "targets");
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);

  set_clock (rig, "1970-01-01T00:00:01Z");
  assert_refused (rig, TOMO_ERROR_STALE, ALL);
}

static void
make_expired (TomoUpdateRig *rig)
{
  tomo_test_repo_change (rig->repo, "jp", "expires", "\"2026-11-01T00:00:00Z\"");
  tomo_update_rig_publish (rig, "jp,th");
}

static void
make_unsigned (TomoUpdateRig *rig)
{
  g_autoptr(GPtrArray) nobody = g_ptr_array_new ();

  tomo_update_rig_publish (rig, "jp,th");
  g_autoptr(GBytes) bytes = tomo_test_repo_sign_with (rig->repo, "jp", nobody);
  tomo_update_rig_write (rig, "metadata/2.jp.json", bytes);
}

static void
make_signed_by_others (TomoUpdateRig *rig)
{
  tomo_update_rig_publish (rig, "jp,th");
  g_autoptr(GBytes) bytes =
      tomo_test_repo_sign_with (rig->repo, "jp", tomo_test_repo_get_keys (rig->repo, "th"));
  tomo_update_rig_write (rig, "metadata/2.jp.json", bytes);
}

static void
make_missing (TomoUpdateRig *rig)
{
  tomo_update_rig_publish (rig, "jp,th");
  remove_file (rig, "metadata/2.jp.json");
}

static void
make_too_many (TomoUpdateRig *rig)
{
  rig->campaign->max_partner_targets = 2;
  tomo_test_repo_add_target (rig->repo, "jp", "jp/one", "1");
  tomo_update_rig_publish (rig, "jp,th");
}

static void
make_too_large (TomoUpdateRig *rig)
{
  tomo_test_repo_add_target (rig->repo, "jp", "jp/one", "1");
  json_t *targets = json_object_get (tomo_test_repo_get (rig->repo, "jp"), "targets");
  json_object_set_new (json_object_get (targets, "jp/one"), "length",
                       json_integer ((json_int_t) 513 * 1024 * 1024));
  tomo_update_rig_publish (rig, "jp,th");
}

/* Whose size was chosen so that sums wrap round. */
static void
make_endless (TomoUpdateRig *rig)
{
  json_t *targets = json_object_get (tomo_test_repo_get (rig->repo, "jp"), "targets");

  for (unsigned int i = 0; i < 4; i++)
    {
      g_autofree char *path = g_strdup_printf ("jp/%u", i);
      tomo_test_repo_add_target (rig->repo, "jp", path, "1");
      json_object_set_new (json_object_get (targets, path), "length",
                           json_integer (((json_int_t) 1 << 53) - 1));
    }
  tomo_update_rig_publish (rig, "jp,th");
}

static void
make_broken (TomoUpdateRig *rig)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("{\"signed\": {", 12);

  tomo_update_rig_publish (rig, "jp,th");
  tomo_update_rig_write (rig, "metadata/2.jp.json", bytes);
}

/* One sick partner, of each kind, costs only its own news: what it last said stays, the others get
 * theirs, nothing of what it lists now is fetched, and it is named with the reason. */
static void
test_attacks_one_sick_partner (TomoUpdateRig *rig, gconstpointer data)
{
  static const struct
  {
    const char *name;
    void (*make) (TomoUpdateRig *rig);
    const char *reason;
  } vectors[] = {
    { "expired", make_expired, "expired" },
    { "unsigned", make_unsigned, "signatures" },
    { "signed by others", make_signed_by_others, "signatures" },
    { "missing", make_missing, "2.jp.json" },
    { "too many files", make_too_many, "max-partner-targets" },
    { "too many bytes", make_too_large, "max-partner-mbytes" },
    { "sizes that wrap round", make_endless, "max-partner-mbytes" },
    { "broken", make_broken, "jp.json" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      TomoUpdateRig sick = { NULL };
      g_test_message ("Sick because %s", vectors[i].name);
      tomo_update_rig_set_up (&sick, NULL);
      drop_target (&sick, "jp", "jp/packs/more/en.k1.gz");
      drop_target (&sick, "th", "th/packs/more/en.k1.gz");
      tomo_update_rig_publish (&sick, "");
      tomo_update_rig_sync (&sick, TOMO_UPDATE_CHANGED, NULL);
      tomo_update_rig_assert_shown (&sick, "jp/words th/words");

      tomo_update_rig_list (&sick, "jp", "jp/packs/more/en.k1.gz");
      tomo_update_rig_list (&sick, "th", "th/packs/more/en.k1.gz");
      vectors[i].make (&sick);
      tomo_update_rig_sync (&sick, TOMO_UPDATE_CHANGED, "jp");
      tomo_update_rig_assert_shown (&sick, "jp/words th/more th/words");
      tomo_update_rig_tear_down (&sick, NULL);
    }
}

/* A retired partner's content leaves with the next generation, though its file is still listed. */
static void
test_attacks_retired_partner (TomoUpdateRig *rig, gconstpointer data)
{
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);
  json_t *delegations = json_object_get (tomo_test_repo_get (rig->repo, "targets"), "delegations");
  json_array_remove (json_object_get (delegations, "roles"), 1);
  tomo_update_rig_publish (rig, "targets");

  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);
  tomo_update_rig_assert_shown (rig, "th/more th/words");
}

/* Withdrawn keys: what a partner's old keys signed leaves, new and kept, until the new ones have
 * signed; the others do not notice. */
static void
test_attacks_withdrawn_keys (TomoUpdateRig *rig, gconstpointer data)
{
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);

  g_autoptr(GPtrArray) keys = new_keys ();
  TomoTestKey *key = g_ptr_array_index (keys, 0);
  json_t *delegations = json_object_get (tomo_test_repo_get (rig->repo, "targets"), "delegations");
  json_t *jp = json_array_get (json_object_get (delegations, "roles"), 1);
  json_object_set_new (json_object_get (delegations, "keys"), tomo_test_key_get_id (key),
                       tomo_public_key_to_json (tomo_test_key_get_public (key)));
  json_object_set_new (jp, "keyids", json_pack ("[s]", tomo_test_key_get_id (key)));
  tomo_update_rig_publish (rig, "targets");
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, "jp");
  tomo_update_rig_assert_shown (rig, "th/more th/words");

  tomo_update_rig_publish (rig, "jp");
  g_autoptr(GBytes) bytes = tomo_test_repo_sign_with (rig->repo, "jp", keys);
  tomo_update_rig_write (rig, "metadata/2.jp.json", bytes);
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);
  tomo_update_rig_assert_shown (rig, ALL);
}

static void
note_reason_cb (TomoUpdate *update, const char *partner, const GError *reason, gpointer user_data)
{
  char **message = user_data;

  *message = g_strdup (reason->message);
}

/* A role may have any name. One that would ring a terminal's bell, or write the next line of a log,
 * is shown in the error with these signs spelt out. */
static void
test_attacks_control_characters (TomoUpdateRig *rig, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *reason = NULL;
  static const char bell[] = "a\033[2J\nok: all is well\007";

  tomo_test_repo_delegate (rig->repo, "jp", bell, "[\"jp/*\"]", FALSE);
  tomo_test_repo_publish (rig->repo);
  g_autoptr(GBytes) jp = tomo_test_repo_sign (rig->repo, "jp");
  g_autoptr(GBytes) snapshot = tomo_test_repo_sign (rig->repo, "snapshot");
  g_autoptr(GBytes) timestamp = tomo_test_repo_sign (rig->repo, "timestamp");
  tomo_update_rig_write (rig, "metadata/1.jp.json", jp);
  tomo_update_rig_write (rig, "metadata/3.snapshot.json", snapshot);
  tomo_update_rig_write (rig, "metadata/timestamp.json", timestamp);

  g_autoptr(TomoUpdate) update = tomo_update_new (rig->store, rig->campaign);
  tomo_update_set_now (update, rig->now_secs);
  g_signal_connect (update, "partner-kept", G_CALLBACK (note_reason_cb), &reason);
  g_assert_true (tomo_update_run (update, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (reason);
  g_assert_nonnull (strstr (reason, "\\x{1b}[2J\\x{a}ok"));
  for (const char *p = reason; *p != '\0'; p++)
    g_assert_false (g_ascii_iscntrl (*p));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, TomoUpdateRig, NULL, tomo_update_rig_set_up, func, tomo_update_rig_tear_down)
  ADD ("/update/attacks/rollback", test_attacks_rollback);
  ADD ("/update/attacks/freeze", test_attacks_freeze);
  ADD ("/update/attacks/freeze-max-age", test_attacks_freeze_max_age);
  ADD ("/update/attacks/mix-and-match", test_attacks_mix_and_match);
  ADD ("/update/attacks/fast-forward-and-recovery", test_attacks_fast_forward_and_recovery);
  ADD ("/update/attacks/floor-and-recovery", test_attacks_floor_and_recovery);
  ADD ("/update/attacks/clock-falls-back", test_attacks_clock_falls_back);
  ADD ("/update/attacks/one-sick-partner", test_attacks_one_sick_partner);
  ADD ("/update/attacks/retired-partner", test_attacks_retired_partner);
  ADD ("/update/attacks/withdrawn-keys", test_attacks_withdrawn_keys);
  ADD ("/update/attacks/control-characters", test_attacks_control_characters);
#undef ADD
  return g_test_run ();
}
