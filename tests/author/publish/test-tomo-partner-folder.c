/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-partner-folder.h"
#include "tests/author/publish/tomo-rehearsal.h"

#define ADDRESS "https://campaign.example/some/folder"
#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* The address was there before the fingerprint, which the hub prints later; noting the one lets the
 * other be, here and in the file. */
static void
test_partner_folder_pin (void)
{
  g_autofree char *work = tomo_rehearsal_dup_folder ();
  g_autofree char *path = g_build_filename (work, "ours", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoPartnerFolder) folder = tomo_partner_folder_open_or_start (path, "jp", &error);
  g_assert_no_error (error);
  g_assert_null (tomo_partner_folder_get_address (folder));

  static const char *const fingerprints[] = { HASH, "f" HASH, "f" HASH };
  for (size_t i = 0; i < G_N_ELEMENTS (fingerprints); i++)
    {
      const char *known = tomo_partner_folder_get_address (folder);
      g_assert_true (tomo_partner_folder_pin (folder, known != NULL ? known : ADDRESS,
                                              fingerprints[i], &error));
      g_assert_no_error (error);
      g_assert_cmpstr (tomo_partner_folder_get_address (folder), ==, ADDRESS);
      g_assert_cmpstr (tomo_partner_folder_get_fingerprint (folder), ==, fingerprints[i]);
    }

  g_assert_true (tomo_partner_folder_pin (folder, "/media/stick",
                                          tomo_partner_folder_get_fingerprint (folder), &error));
  g_assert_no_error (error);
  g_assert_cmpstr (tomo_partner_folder_get_fingerprint (folder), ==, "f" HASH);

  g_autoptr(TomoPartnerFolder) again = tomo_partner_folder_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tomo_partner_folder_get_address (again), ==, "/media/stick");
  g_assert_cmpstr (tomo_partner_folder_get_fingerprint (again), ==, "f" HASH);
  tomo_rehearsal_remove_folder (work);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/partner-folder/pin", test_partner_folder_pin);
  return g_test_run ();
}
