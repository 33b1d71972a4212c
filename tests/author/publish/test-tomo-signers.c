/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-signers.h"

#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "tests/author/publish/tomo-rehearsal.h"

/* Keys and threshold come back from metadata as they were written. */
static void
test_signers_round_trip (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) keys = tomo_rehearsal_make_keys (3);
  g_autoptr(TomoSigners) signers = tomo_rehearsal_signers (keys, 2);
  g_autoptr(json_t) table = json_object ();
  g_autoptr(json_t) role = tomo_signers_to_json (signers, table);

  g_assert_cmpuint (json_object_size (table), ==, 3);
  g_autoptr(TomoSigners) again = tomo_signers_new_from_json (table, role, "jp", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->threshold, ==, 2);
  g_assert_cmpuint (again->keys->len, ==, 3);
  for (unsigned int i = 0; i < keys->len; i++)
    {
      TomoPublicKey *key = tomo_private_key_get_public (g_ptr_array_index (keys, i));
      g_autofree char *id = tomo_public_key_dup_spec_id (key);
      g_assert_cmpstr (tomo_signers_find_id (again, key), ==, id);
    }
}

/* One key counts once, whether it is added twice or listed under two ids. */
static void
test_signers_same_key (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) keys = tomo_rehearsal_make_keys (1);
  TomoPublicKey *key = tomo_private_key_get_public (g_ptr_array_index (keys, 0));
  g_autoptr(TomoSigners) signers = tomo_rehearsal_signers (keys, 1);

  g_assert_false (tomo_signers_add (signers, key));
  g_assert_cmpuint (signers->keys->len, ==, 1);

  g_autoptr(json_t) table = json_pack ("{s:o, s:o}", "a", tomo_public_key_to_json (key), "b",
                                        tomo_public_key_to_json (key));
  g_autoptr(json_t) role = json_pack ("{s:[s, s], s:i}", "keyids", "a", "b", "threshold", 2);
  g_autoptr(TomoSigners) listed = tomo_signers_new_from_json (table, role, "jp", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (listed->keys->len, ==, 1);
  g_assert_cmpstr (tomo_signers_find_id (listed, key), ==, "a");
}

/* A threshold that nobody or anybody meets is refused. */
static void
test_signers_check (void)
{
  static const struct
  {
    unsigned int n_keys;
    unsigned int threshold;
    gboolean is_good;
  } vectors[] = {
    { 3, 0, FALSE }, { 3, 1, TRUE },  { 3, 3, TRUE },
    { 3, 4, FALSE }, { 0, 0, FALSE }, { 0, 1, FALSE },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) keys = tomo_rehearsal_make_keys (vectors[i].n_keys);
      g_autoptr(TomoSigners) signers = tomo_rehearsal_signers (keys, vectors[i].threshold);
      g_test_message ("%u of %u", vectors[i].threshold, vectors[i].n_keys);
      g_assert_cmpint (tomo_signers_check (signers, "jp", &error), ==, vectors[i].is_good);
      if (!vectors[i].is_good)
        g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
    }
}

/* Metadata that names keys it does not have is invalid. */
static void
test_signers_refuses (void)
{
  static const char *const roles[] = {
    "{\"keyids\": [\"a\"], \"threshold\": 1}",
    "{\"keyids\": [1], \"threshold\": 1}",
    "{\"keyids\": {}, \"threshold\": 1}",
    "{\"keyids\": []}",
    "{\"threshold\": 1}",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(json_t) table = json_object ();
      g_autoptr(json_t) role = json_loads (roles[i], 0, NULL);
      g_assert_nonnull (role);
      g_assert_null (tomo_signers_new_from_json (table, role, "jp", &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/signers/round-trip", test_signers_round_trip);
  g_test_add_func ("/signers/same-key", test_signers_same_key);
  g_test_add_func ("/signers/check", test_signers_check);
  g_test_add_func ("/signers/refuses", test_signers_refuses);
  return g_test_run ();
}
