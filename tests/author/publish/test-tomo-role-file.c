/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-role-file.h"

#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "tests/author/publish/tomo-rehearsal.h"

static TomoRoleFile *
new_stamped (void)
{
  TomoRoleFile *file = tomo_role_file_new ("targets");

  json_object_set_new (tomo_role_file_get_signed (file), "targets", json_object ());
  tomo_role_file_stamp (file, 7, TOMO_REHEARSAL_NOW, 365);
  return file;
}

static void
sign (TomoRoleFile *file, TomoPrivateKey *key)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *id = tomo_public_key_dup_spec_id (tomo_private_key_get_public (key));

  g_assert_true (tomo_role_file_sign (file, id, key, &error));
  g_assert_no_error (error);
}

/* A stamp gives version, dates in the one form that TUF has, and drops old signatures. */
static void
test_role_file_stamp (void)
{
  g_autoptr(GPtrArray) keys = tomo_rehearsal_make_keys (1);
  g_autoptr(TomoRoleFile) file = new_stamped ();
  json_t *signed_part = tomo_role_file_get_signed (file);

  g_assert_cmpuint (tomo_role_file_get_version (file), ==, 7);
  g_assert_cmpint (tomo_role_file_get_expires_secs (file), ==,
                   TOMO_REHEARSAL_NOW + TOMO_REHEARSAL_YEAR);
  g_assert_cmpstr (json_string_value (json_object_get (signed_part, "_type")), ==, "targets");
  g_assert_cmpstr (json_string_value (json_object_get (signed_part, "spec_version")), ==, "1.0.34");
  g_assert_cmpstr (json_string_value (json_object_get (signed_part, "expires")), ==,
                   "2027-11-23T12:00:00Z");
  g_assert_cmpstr (json_string_value (json_object_get (signed_part, "x-tomoshibi-signed-on")), ==,
                   "2026-11-23T12:00:00Z");

  sign (file, g_ptr_array_index (keys, 0));
  g_assert_cmpuint (tomo_role_file_get_n_signatures (file), ==, 1);
  tomo_role_file_stamp (file, 8, TOMO_REHEARSAL_NOW, 1);
  g_assert_cmpuint (tomo_role_file_get_n_signatures (file), ==, 0);
}

/* Signatures count once for each key of the role, and only over this content. */
static void
test_role_file_count (void)
{
  g_autoptr(GPtrArray) keys = tomo_rehearsal_make_keys (3);
  g_autoptr(GPtrArray) foreign = tomo_rehearsal_make_keys (1);
  g_autoptr(TomoSigners) signers = tomo_rehearsal_signers (keys, 2);
  g_autoptr(TomoRoleFile) file = new_stamped ();

  g_assert_cmpuint (tomo_role_file_count_signatures (file, signers), ==, 0);
  sign (file, g_ptr_array_index (keys, 0));
  sign (file, g_ptr_array_index (keys, 0));
  g_assert_cmpuint (tomo_role_file_get_n_signatures (file), ==, 1);
  sign (file, g_ptr_array_index (foreign, 0));
  g_assert_cmpuint (tomo_role_file_count_signatures (file, signers), ==, 1);
  sign (file, g_ptr_array_index (keys, 2));
  g_assert_cmpuint (tomo_role_file_count_signatures (file, signers), ==, 2);

  json_object_set_new (tomo_role_file_get_signed (file), "version", json_integer (8));
  g_assert_cmpuint (tomo_role_file_count_signatures (file, signers), ==, 0);
}

/* What was dumped is parsed as the same file, with its signatures. */
static void
test_role_file_round_trip (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) keys = tomo_rehearsal_make_keys (2);
  g_autoptr(TomoSigners) signers = tomo_rehearsal_signers (keys, 2);
  g_autoptr(TomoRoleFile) file = new_stamped ();
  sign (file, g_ptr_array_index (keys, 0));
  sign (file, g_ptr_array_index (keys, 1));

  g_autoptr(GBytes) bytes = tomo_role_file_dump (file);
  g_autoptr(TomoRoleFile) again = tomo_role_file_parse (bytes, 10000, "1.jp.json", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tomo_role_file_get_version (again), ==, 7);
  g_assert_cmpuint (tomo_role_file_count_signatures (again, signers), ==, 2);
  g_autoptr(GBytes) same = tomo_role_file_dump (again);
  g_assert_true (g_bytes_equal (bytes, same));
}

/* What is no metadata is invalid, and names the file. */
static void
test_role_file_refuses (void)
{
  static const char *const texts[] = {
    "",
    "<html>",
    "[]",
    "{}",
    "{\"signed\": {}, \"signatures\": []}",
    "{\"signed\": {\"version\": 1}, \"signatures\": []}",
    "{\"signed\": {\"version\": 1, \"expires\": \"tomorrow\"}, \"signatures\": []}",
    "{\"signed\": {\"version\": \"1\", \"expires\": \"2027-11-23T12:00:00Z\"}, \"signatures\": []}",
    "{\"signed\": {\"version\": 1, \"expires\": \"2027-11-23T12:00:00Z\"}, \"signatures\": {}}",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) bytes = g_bytes_new (texts[i], strlen (texts[i]));
      g_test_message ("%s", texts[i]);
      g_assert_null (tomo_role_file_parse (bytes, 10000, "1.jp.json", &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, "1.jp.json"));
    }
}

/* A signature that is no hex, or of another key under this id, is passed over. */
static void
test_role_file_odd_signatures (void)
{
  static const char *const signatures[] = { "", "0", "zz", "00" };
  g_autoptr(GPtrArray) keys = tomo_rehearsal_make_keys (1);
  g_autoptr(TomoSigners) signers = tomo_rehearsal_signers (keys, 1);

  for (size_t i = 0; i < G_N_ELEMENTS (signatures); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *text =
          g_strdup_printf ("{\"signed\": {\"version\": 1, \"expires\": \"2027-11-23T12:00:00Z\"}, "
                           "\"signatures\": [{\"keyid\": \"%s\", \"sig\": \"%s\"}]}",
                           (const char *) g_ptr_array_index (signers->ids, 0), signatures[i]);
      g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr(TomoRoleFile) file = tomo_role_file_parse (bytes, 10000, "1.jp.json", &error);
      g_assert_no_error (error);
      g_assert_cmpuint (tomo_role_file_count_signatures (file, signers), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/role-file/stamp", test_role_file_stamp);
  g_test_add_func ("/role-file/count", test_role_file_count);
  g_test_add_func ("/role-file/round-trip", test_role_file_round_trip);
  g_test_add_func ("/role-file/refuses", test_role_file_refuses);
  g_test_add_func ("/role-file/odd-signatures", test_role_file_odd_signatures);
  return g_test_run ();
}
