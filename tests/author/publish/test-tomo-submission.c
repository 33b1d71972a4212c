/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-submission.h"

#include <string.h>

#include "author/publish/tomo-repository-private.h"
#include "author/publish/tomo-submission-draft.h"
#include "author/publish/tomo-submission-private.h"
#include "core/tomo-error.h"
#include "core/tomo-gzip.h"
#include "tests/author/publish/tomo-rehearsal.h"

#define DAY ((int64_t) 24 * 60 * 60)
#define PACK_PATH "jp/packs/basics/en.k1.gz"

typedef struct
{
  char *folder;               /* (owned) */
  char *pack;                 /* (owned) */
  GPtrArray *keys;            /* (owned) (element-type TomoPrivateKey): of jp */
  GPtrArray *foreign_keys;    /* (owned) (element-type TomoPrivateKey): of nobody */
  TomoRepository *repository; /* (owned): jp was let in and has published nothing */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = tomo_rehearsal_dup_folder ();
  self->pack = tomo_rehearsal_write_pack (self->folder, "basics", "Basics");
  self->keys = tomo_rehearsal_make_keys (3);
  self->foreign_keys = tomo_rehearsal_make_keys (3);
  self->repository = tomo_rehearsal_new_demo (self->folder);
  tomo_rehearsal_add_partner (self->repository, "jp", self->keys);
  tomo_rehearsal_publish (self->repository);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  tomo_repository_free (self->repository);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->foreign_keys);
  g_free (self->pack);
  tomo_rehearsal_remove_folder (self->folder);
  g_free (self->folder);
}

static TomoSubmission *
draft (Fixture *self, const char *role, TomoPrivateKey *key, gboolean renews)
{
  const char *folders[] = { self->pack, NULL };
  const TomoSubmissionPlan plan = { .folders = folders, .renews = renews };
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GPtrArray) staged = NULL;
  g_autoptr(GError) error = NULL;
  TomoSubmission *submission = NULL;

  g_assert_true (tomo_submission_draft (self->repository, role, &plan, key, findings, &staged,
                                        &submission, NULL, &error));
  g_assert_no_error (error);
  return submission;
}

static TomoSubmission *
mail (TomoSubmission *submission, GError **error)
{
  g_autoptr(GError) write_error = NULL;
  g_autoptr(GBytes) packed = tomo_submission_write (submission, &write_error);

  g_assert_no_error (write_error);
  return tomo_submission_new (packed, "mail", error);
}

static void
sign (TomoSubmission *submission, TomoPrivateKey *key)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *id = tomo_public_key_dup_spec_id (tomo_private_key_get_public (key));

  g_assert_true (tomo_role_file_sign (submission->file, id, key, &error));
  g_assert_no_error (error);
}

/* Two of jp sign what travels between them, and the hub publishes it. */
static void
test_submission_round_trip (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoSigners) keys = NULL;
  g_autoptr(TomoSubmission) first = draft (self, "jp", g_ptr_array_index (self->keys, 0), FALSE);
  g_autoptr(TomoSubmission) second = mail (first, &error);
  g_assert_no_error (error);
  g_assert_true (tomo_submission_check (second, self->repository, &keys, &error));
  g_assert_no_error (error);

  g_assert_false (tomo_submission_sign (second, keys, g_ptr_array_index (self->keys, 0), &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (
      tomo_submission_sign (second, keys, g_ptr_array_index (self->foreign_keys, 0), &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_true (tomo_submission_sign (second, keys, g_ptr_array_index (self->keys, 2), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (tomo_role_file_count_signatures (tomo_submission_get_file (second), keys), ==,
                    2);

  g_autoptr(TomoSubmission) third = mail (second, &error);
  g_assert_true (tomo_submission_stage (third, self->repository, &error));
  g_assert_no_error (error);
  tomo_rehearsal_publish (self->repository);
  g_assert_null (draft (self, "jp", g_ptr_array_index (self->keys, 1), FALSE));
  g_autoptr(TomoSubmission) renewed = draft (self, "jp", g_ptr_array_index (self->keys, 1), TRUE);
  g_assert_cmpuint (tomo_submission_get_version (renewed), ==, 2);
}

/* What two partners publish together needs five of their six, by whatever way it travels. */
static void
test_submission_joint (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) th_keys = tomo_rehearsal_make_keys (3);
  tomo_rehearsal_add_partner (self->repository, "th", th_keys);
  g_autoptr(TomoSigners) joint =
      tomo_repository_new_joint_keys (self->repository, "jp-th", 0, &error);
  g_assert_no_error (error);
  g_assert_true (tomo_repository_add_partner (self->repository, "jp-th", joint, &error));
  tomo_rehearsal_publish (self->repository);

  g_autoptr(TomoSubmission) submission =
      draft (self, "jp-th", g_ptr_array_index (self->keys, 0), FALSE);
  for (unsigned int i = 0; i < 4; i++)
    {
      g_autoptr(TomoSigners) keys = NULL;
      GPtrArray *of = i < 2 ? self->keys : th_keys;
      g_autoptr(TomoSubmission) next = mail (submission, &error);
      g_assert_no_error (error);
      g_assert_true (tomo_submission_check (next, self->repository, &keys, &error));
      g_assert_cmpuint (keys->threshold, ==, 5);
      g_assert_cmpuint (tomo_role_file_count_signatures (next->file, keys), ==, i + 1);
      g_assert_true (
          tomo_submission_sign (next, keys, g_ptr_array_index (of, i < 2 ? i + 1 : i - 2), &error));
      g_assert_no_error (error);
      tomo_submission_free (submission);
      submission = g_steal_pointer (&next);
    }

  g_assert_true (tomo_submission_stage (submission, self->repository, &error));
  g_assert_no_error (error);
  tomo_rehearsal_publish (self->repository);
}

static json_t *
get_signed (TomoSubmission *submission)
{
  return tomo_role_file_get_signed (submission->file);
}

static void
add_target (TomoSubmission *submission, const char *path, const char *text)
{
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  json_object_set_new (
      json_object_get (get_signed (submission), "targets"), path,
      json_pack ("{s:i, s:{s:s}}", "length", (int) strlen (text), "hashes", "sha256", sha256));
  g_hash_table_insert (submission->files, g_strdup (sha256), g_bytes_new (text, strlen (text)));
}

static json_t *
get_pack_target (TomoSubmission *submission)
{
  return json_object_get (json_object_get (get_signed (submission), "targets"), PACK_PATH);
}

static void
list_foreign_path (Fixture *self, TomoSubmission *submission)
{
  add_target (submission, "th/packs/basics/en.k1.gz", "not ours");
}

static void
list_climbing_path (Fixture *self, TomoSubmission *submission)
{
  add_target (submission, "jp/../th/packs/basics/en.k1.gz", "not ours");
}

static void
replace_file (Fixture *self, TomoSubmission *submission)
{
  g_hash_table_insert (submission->files,
                       g_strdup (tomo_repository_get_target_sha256 (get_pack_target (submission))),
                       g_bytes_new_static ("another", 7));
}

static void
bring_stowaway (Fixture *self, TomoSubmission *submission)
{
  g_hash_table_insert (submission->files,
                       g_compute_checksum_for_string (G_CHECKSUM_SHA256, "stowaway", -1),
                       g_bytes_new_static ("stowaway", 8));
}

static void
delegate_away (Fixture *self, TomoSubmission *submission)
{
  json_object_set_new (get_signed (submission), "delegations",
                       json_pack ("{s:{}, s:[]}", "keys", "roles"));
}

static void
hide_in_target (Fixture *self, TomoSubmission *submission)
{
  json_object_set_new (get_pack_target (submission), "custom", json_object ());
}

static void
claim_hub_role (Fixture *self, TomoSubmission *submission)
{
  g_free (submission->role);
  submission->role = g_strdup ("targets");
}

static void
claim_other_role (Fixture *self, TomoSubmission *submission)
{
  g_free (submission->role);
  submission->role = g_strdup ("th");
}

static void
be_another_type (Fixture *self, TomoSubmission *submission)
{
  json_object_set_new (get_signed (submission), "_type", json_string ("root"));
}

static void
list_no_size (Fixture *self, TomoSubmission *submission)
{
  json_object_del (get_pack_target (submission), "length");
}

static void
list_a_giant (Fixture *self, TomoSubmission *submission)
{
  json_object_set_new (get_pack_target (submission), "length",
                       json_integer ((json_int_t) TOMO_PARTNER_MAX_BYTES + 1));
}

static void
do_nothing (Fixture *self, TomoSubmission *submission)
{
}

static void
bring_broken_pack (Fixture *self, TomoSubmission *submission)
{
  add_target (submission, "jp/packs/broken/en.k1.gz", "no pack at all");
}

static void
bring_broken_picture (Fixture *self, TomoSubmission *submission)
{
  add_target (submission, "jp/media/0123.png", "no picture at all");
}

static void
bring_other_kind (Fixture *self, TomoSubmission *submission)
{
  add_target (submission, "jp/notices/today.en.k1.gz", "who knows");
}

static void
mix_packs_up (Fixture *self, TomoSubmission *submission)
{
  json_object_set (json_object_get (get_signed (submission), "targets"), "jp/packs/others/en.k1.gz",
                   get_pack_target (submission));
}

static void
leave_file_out (Fixture *self, TomoSubmission *submission)
{
  g_hash_table_remove_all (submission->files);
}

static void
lie_about_size (Fixture *self, TomoSubmission *submission)
{
  json_object_set_new (get_pack_target (submission), "length", json_integer (7));
}

static void
be_older (Fixture *self, TomoSubmission *submission)
{
  json_object_set_new (get_signed (submission), "version", json_integer (0));
}

static void
skip_a_version (Fixture *self, TomoSubmission *submission)
{
  json_object_set_new (get_signed (submission), "version", json_integer (2));
}

static void
be_expired (Fixture *self, TomoSubmission *submission)
{
  json_object_set_new (get_signed (submission), "expires", json_string ("2026-11-23T11:00:00Z"));
}

static void
last_for_ever (Fixture *self, TomoSubmission *submission)
{
  json_object_set_new (get_signed (submission), "expires", json_string ("2099-11-23T11:00:00Z"));
}

static void
let_stranger_sign (Fixture *self, TomoSubmission *submission)
{
  sign (submission, g_ptr_array_index (self->foreign_keys, 0));
}

typedef enum
{
  SIGN_AS_WAS,
  SIGN_AGAIN,
  SIGN_NOT_AT_ALL,
} HowSigned;

/* Whatever comes instead of what was sent is refused, and the message names what is wrong. */
static void
test_submission_hostile (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *name;
    void (*edit) (Fixture *, TomoSubmission *);
    HowSigned how;
    TomoError code;
    const char *message; /* glob */
  } rows[] = {
    { "a path of another partner", list_foreign_path, SIGN_AGAIN, TOMO_ERROR_UNTRUSTED,
      "*‘th/packs/basics/en.k1.gz’*not below jp/*" },
    { "a path that climbs", list_climbing_path, SIGN_AGAIN, TOMO_ERROR_INVALID_DATA, "*" },
    { "a pack that was replaced", replace_file, SIGN_AS_WAS, TOMO_ERROR_UNTRUSTED,
      "*somebody replaced it" },
    { "a file that is not listed", bring_stowaway, SIGN_AS_WAS, TOMO_ERROR_INVALID_DATA,
      "*its list does not name" },
    { "a delegation", delegate_away, SIGN_AGAIN, TOMO_ERROR_INVALID_DATA, "*‘delegations’*" },
    { "more than a target has", hide_in_target, SIGN_AGAIN, TOMO_ERROR_INVALID_DATA, "*‘custom’*" },
    { "a role of the hub", claim_hub_role, SIGN_AS_WAS, TOMO_ERROR_INVALID_DATA,
      "*no partner can have" },
    { "a role of another partner", claim_other_role, SIGN_AS_WAS, TOMO_ERROR_UNTRUSTED,
      "*not below th/*" },
    { "another type", be_another_type, SIGN_AGAIN, TOMO_ERROR_INVALID_DATA, "*type ‘root’*" },
    { "a target without a size", list_no_size, SIGN_AGAIN, TOMO_ERROR_INVALID_DATA, "*length*" },
    { "a target that is too large", list_a_giant, SIGN_AGAIN, TOMO_ERROR_INVALID_DATA,
      "*size that nobody accepts" },
    { "nobody’s signature", do_nothing, SIGN_NOT_AT_ALL, TOMO_ERROR_UNTRUSTED,
      "*signed by nobody" },
    { "a stranger’s signature too", let_stranger_sign, SIGN_AS_WAS, TOMO_ERROR_UNTRUSTED,
      "jp 1 has 2 signatures and 1 of them are good*" },
    { "a change after the signature", bring_other_kind, SIGN_AS_WAS, TOMO_ERROR_UNTRUSTED,
      "jp 1 has 1 signatures and 0 of them are good*" },
    { "a version that is not newer", be_older, SIGN_AGAIN, TOMO_ERROR_STALE, "*not newer*" },
    { "a version that is not the next", skip_a_version, SIGN_AGAIN, TOMO_ERROR_FAILED,
      "*does not follow*" },
    { "a file that has expired", be_expired, SIGN_AGAIN, TOMO_ERROR_STALE, "*has expired*" },
    { "a file that lasts for ever", last_for_ever, SIGN_AGAIN, TOMO_ERROR_INVALID_DATA,
      "*more than the 365 days*" },
    { "a pack that does not open", bring_broken_pack, SIGN_AGAIN, TOMO_ERROR_INVALID_DATA,
      "no kiosk could open ‘jp/packs/broken/en.k1.gz’*" },
    { "a picture that does not open", bring_broken_picture, SIGN_AGAIN, TOMO_ERROR_INVALID_DATA,
      "no kiosk could show*" },
    { "what nobody can be shown", bring_other_kind, SIGN_AGAIN, TOMO_ERROR_UNSUPPORTED,
      "*neither a pack nor a picture*" },
    { "a pack under another name", mix_packs_up, SIGN_AGAIN, TOMO_ERROR_INVALID_DATA,
      "*another pack or language than its path says" },
    { "a file too few", leave_file_out, SIGN_AS_WAS, TOMO_ERROR_NOT_FOUND, "*lacks a file*" },
    { "a false size", lie_about_size, SIGN_AGAIN, TOMO_ERROR_INVALID_DATA, "*size it should" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TomoSigners) keys = NULL;
      TomoPrivateKey *key = g_ptr_array_index (self->keys, 0);
      g_autoptr(TomoSubmission) submission = draft (self, "jp", key, FALSE);
      g_test_message ("%s", rows[i].name);

      rows[i].edit (self, submission);
      if (rows[i].how == SIGN_AGAIN)
        sign (submission, key);
      if (rows[i].how == SIGN_NOT_AT_ALL)
        tomo_role_file_stamp (submission->file, 1, TOMO_REHEARSAL_NOW, 365);
      g_autoptr(TomoSubmission) mailed = mail (submission, &error);
      g_assert_true (mailed == NULL ||
                     !tomo_submission_check (mailed, self->repository, &keys, &error));
      g_assert_error (error, TOMO_ERROR, (int) rows[i].code);
      g_test_message ("  %s", error->message);
      g_assert_true (g_pattern_match_simple (rows[i].message, error->message));
    }
}

/* A byte that changed on the way is found, wherever it means something, and sizes are limited
 * before parsing. */
static void
test_submission_damaged (Fixture *self, gconstpointer data)
{
  g_autoptr(TomoSubmission) submission =
      draft (self, "jp", g_ptr_array_index (self->keys, 0), FALSE);
  g_autoptr(GBytes) packed = tomo_submission_write (submission, NULL);
  size_t size = 0;
  const uint8_t *bytes = g_bytes_get_data (packed, &size);

  /* Bytes 4 to 9 of gzip are a date, flags and a system that nobody reads. */
  for (size_t i = 10; i < size; i += 7)
    {
      g_autoptr(GError) error = NULL;
      g_autofree uint8_t *copy = g_memdup2 (bytes, size);
      copy[i] ^= 0x20;
      g_autoptr(GBytes) changed = g_bytes_new (copy, size);
      g_autoptr(TomoSubmission) read = tomo_submission_new (changed, "mail", &error);
      if (read == NULL)
        {
          g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
          continue;
        }

      /* The last bits of the last byte before the checksum mean nothing to gzip. */
      g_autoptr(GBytes) again = tomo_submission_write (read, NULL);
      g_assert_true (g_bytes_equal (again, packed));
    }

  const size_t sizes[] = { TOMO_SUBMISSION_MAX_BYTES + 1, 0 };
  for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) zeros = g_bytes_new_take (g_malloc0 (sizes[i]), sizes[i]);
      g_autoptr(GBytes) bomb = tomo_gzip_deflate (zeros, NULL);
      g_assert_null (tomo_submission_new (bomb, "mail", &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      if (sizes[i] == 0)
        continue;
      g_clear_error (&error);
      g_assert_null (tomo_submission_new (zeros, "mail", &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/submission/round-trip", test_submission_round_trip);
  ADD ("/submission/joint", test_submission_joint);
  ADD ("/submission/hostile", test_submission_hostile);
  ADD ("/submission/damaged", test_submission_damaged);
  return g_test_run ();
}
