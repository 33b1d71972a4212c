/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-pack-revision.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "core/tomo-error.h"
#include "tests/author/publish/tomo-rehearsal.h"

/* Only the digits change, wherever the attribute stands and whatever looks like it. */
static void
test_pack_revision_replace (void)
{
  static const struct
  {
    const char *before;
    const char *after;
  } vectors[] = {
    { "<pack revision=\"1\"/>", "<pack revision=\"12\"/>" },
    { "<pack revision='009' id='a'>", "<pack revision='12' id='a'>" },
    { "<pack\n  id=\"a\"\n\trevision = \"3\"\r\n>\r\n",
      "<pack\n  id=\"a\"\n\trevision = \"12\"\r\n>\r\n" },
    { "<?xml version=\"1.0\"?><!-- <pack revision=\"1\"> --><pack revision=\"2\">",
      "<?xml version=\"1.0\"?><!-- <pack revision=\"1\"> --><pack revision=\"12\">" },
    { "<pack x=\" revision='1' > \" my-revision=\"2\" revision-2=\"4\" revision=\"3\"><a "
      "revision=\"7\"/>",
      "<pack x=\" revision='1' > \" my-revision=\"2\" revision-2=\"4\" revision=\"12\"><a "
      "revision=\"7\"/>" },
    { "\xef\xbb\xbf<pack revision=\"11\">灯</pack>",
      "\xef\xbb\xbf<pack revision=\"12\">灯</pack>" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *changed = tomo_pack_revision_replace (vectors[i].before, 12, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (changed, ==, vectors[i].after);
    }
}

/* Without a number to raise the text is refused. */
static void
test_pack_revision_refuses (void)
{
  static const char *const texts[] = {
    "",
    "<",
    "<pack",
    "<pack>",
    "<pack revision>",
    "<pack revision=",
    "<pack revision=1>",
    "<pack revision=\"\">",
    "<pack revision=\"x\">",
    "<pack id=\"revision",
    "<!-- ",
    "<?xml ",
    "<pack id=\"a\"><tip revision=\"1\"/></pack>",
    "revision=\"1\"",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("%s", texts[i]);
      g_assert_null (tomo_pack_revision_replace (texts[i], 2, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
    }
}

/* The file is changed in place and keeps its permissions; an absent one is named. */
static void
test_pack_revision_write (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = tomo_rehearsal_dup_folder ();
  g_autofree char *path = g_build_filename (folder, "pack.xml", NULL);
  g_autofree char *text = NULL;
  struct stat status;

  g_assert_false (tomo_pack_revision_write (folder, 2, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "<pack revision=\"1\"/>\n", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0640), ==, 0);
  g_assert_true (tomo_pack_revision_write (folder, 2, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "<pack revision=\"2\"/>\n");
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0640);
  tomo_rehearsal_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/pack-revision/replace", test_pack_revision_replace);
  g_test_add_func ("/pack-revision/refuses", test_pack_revision_refuses);
  g_test_add_func ("/pack-revision/write", test_pack_revision_write);
  return g_test_run ();
}
