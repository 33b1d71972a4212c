/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-first-root.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/tomo-error.h"

/* SHA-256 of ‘one’ and ‘two’. */
#define HEX_ONE "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"
#define GROUPS_ONE "7692 C3AD 3540 BB80 3C02 0B3A EE66 CD88 8712 3234 EA0C 6E71 43C0 ADD7 3FF4 31ED"
#define HEX_TWO "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3"

/* A person may copy a fingerprint in any case, in groups or without, and nothing else. */
static void
test_first_root_parse (void)
{
  static const struct
  {
    const char *text;
    const char *hex; /* (nullable) */
  } table[] = {
    { HEX_ONE, HEX_ONE },
    { GROUPS_ONE, HEX_ONE },
    { "  7692-c3ad-3540-bb80-3c02-0b3a-ee66-cd88:8712 3234 ea0c 6e71 43c0 add7 3ff4\n31ed ",
      HEX_ONE },
    /* A blank that does not break, as browsers copy it. */
    { "7692\xc2\xa0"
      "c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed",
      HEX_ONE },
    { "", NULL },
    { "7692 C3AD", NULL },
    { GROUPS_ONE " 0", NULL },
    { GROUPS_ONE "!", NULL },
    { "g692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed", NULL },
    { "\xff" HEX_ONE, NULL },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("Vector %" G_GSIZE_FORMAT, i);
      g_autofree char *hex = tomo_first_root_parse_fingerprint (table[i].text);
      g_assert_cmpstr (hex, ==, table[i].hex);
    }
}

/* Two groups are the least that counts as having looked. */
static void
test_first_root_begins_with (void)
{
  static const struct
  {
    const char *typed;
    gboolean is_right;
  } table[] = {
    { "7692 C3AD", TRUE },      { "7692c3ad", TRUE }, { " 7692-C3ad ", TRUE },
    { "7692 C3AD 3540", TRUE }, { "7692", FALSE },    { "", FALSE },
    { "7692 C3AE", FALSE },     { "C3AD", FALSE },    { "yes", FALSE },
    { GROUPS_ONE, TRUE },
  };
  g_autoptr(GBytes) root = g_bytes_new_static ("one", 3);

  for (size_t i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("Vector ‘%s’", table[i].typed);
      g_assert_cmpint (tomo_first_root_begins_with (root, table[i].typed), ==, table[i].is_right);
    }

  g_autofree char *groups = tomo_first_root_dup_fingerprint (root);
  g_assert_cmpstr (groups, ==, GROUPS_ONE);
}

static void
write_root (const char *folder, unsigned int version, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%u.root.json", version);
  g_autofree char *path = g_build_filename (folder, "metadata", name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, &error));
  g_assert_no_error (error);
}

static void
remove_roots (const char *folder)
{
  g_autofree char *metadata = g_build_filename (folder, "metadata", NULL);
  g_autoptr(GDir) dir = g_dir_open (metadata, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (metadata, name, NULL);
      g_remove (path);
    }
  g_rmdir (metadata);
  g_rmdir (folder);
}

/* The root that is wanted is found wherever in the chain it stands, and no other is taken. */
static void
test_first_root_find (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("tomo-first-root-XXXXXX", &error);
  g_autofree char *metadata = g_build_filename (folder, "metadata", NULL);
  uint64_t version = 0;
  g_mkdir (metadata, 0755);

  g_assert_null (tomo_first_root_find (folder, HEX_ONE, &version, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* A machine that began late has written this stick. */
  write_root (folder, 40, "one");
  write_root (folder, 41, "two");
  write_root (folder, 42, "three");
  g_autoptr(GBytes) two = tomo_first_root_find (folder, HEX_TWO, &version, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (version, ==, 41);
  g_assert_cmpmem (g_bytes_get_data (two, NULL), g_bytes_get_size (two), "two", 3);

  g_autoptr(GBytes) newest = tomo_first_root_find (folder, NULL, &version, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (version, ==, 42);
  g_assert_cmpuint (g_bytes_get_size (newest), ==, 5);

  write_root (folder, 41, "tvo");
  g_assert_null (tomo_first_root_find (folder, HEX_TWO, &version, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);
  remove_roots (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/first-root/parse", test_first_root_parse);
  g_test_add_func ("/first-root/begins-with", test_first_root_begins_with);
  g_test_add_func ("/first-root/find", test_first_root_find);
  return g_test_run ();
}
