/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tomo-pack-sample.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tests/support/tomo-fixture.h"

static const char *const files[] = { "pack.xml",     "po/LINGUAS", "po/ja.po",
                                     "po/ja.review", "po/lo.po",   "media/key.svg" };

char *
tomo_pack_sample_dup_folder (void)
{
  g_autofree char *above = tomo_fixture_dup_folder ();
  char *folder = g_build_filename (above, "basics", NULL);
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "data", "packs", "basics", NULL);
  g_autofree char *po = g_build_filename (folder, "po", NULL);
  g_autofree char *media = g_build_filename (folder, "media", NULL);

  g_assert_cmpint (g_mkdir_with_parents (po, 0755), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (media, 0755), ==, 0);
  for (size_t i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *text = tomo_pack_sample_read (source, files[i]);

      tomo_pack_sample_write (folder, files[i], text);
    }

  return folder;
}

void
tomo_pack_sample_remove (const char *folder)
{
  g_autofree char *above = g_path_get_dirname (folder);
  g_autofree char *name = g_path_get_basename (above);

  /* Any other folder would take its neighbours along. */
  g_assert_true (g_str_has_prefix (name, "tomo-test-"));
  tomo_fixture_remove_folder (above);
}

char *
tomo_pack_sample_read (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

void
tomo_pack_sample_write (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

void
tomo_pack_sample_edit (const char *folder, const char *name, const char *from, const char *to)
{
  g_autofree char *text = tomo_pack_sample_read (folder, name);
  char *at = strstr (text, from);

  if (at == NULL)
    g_error ("‘%s’ is not in %s", from, name);

  g_autofree char *head = g_strndup (text, (size_t) (at - text));
  g_autofree char *edited = g_strconcat (head, to, at + strlen (from), NULL);
  tomo_pack_sample_write (folder, name, edited);
}

unsigned int
tomo_pack_sample_find_line (const char *folder, const char *name, const char *text)
{
  g_autofree char *whole = tomo_pack_sample_read (folder, name);
  const char *at = strstr (whole, text);
  unsigned int line = 1;

  if (at == NULL)
    g_error ("‘%s’ is not in %s", text, name);
  for (const char *p = whole; p < at; p++)
    line += *p == '\n';

  return line;
}

static void
print_findings (TomoFindings *findings)
{
  for (size_t i = 0; i < tomo_findings_get_n (findings); i++)
    {
      const TomoFinding *finding = tomo_findings_get (findings, i);

      g_test_message ("%s:%u: %s", finding->file, finding->line, finding->message);
    }
}

void
tomo_pack_sample_assert_finding (TomoFindings *findings,
                                 TomoFindingLevel level,
                                 const char *folder,
                                 const char *name,
                                 unsigned int line,
                                 const char *part)
{
  g_autofree char *file = g_build_filename (folder, name, NULL);

  for (size_t i = 0; i < tomo_findings_get_n (findings); i++)
    {
      const TomoFinding *finding = tomo_findings_get (findings, i);

      if (finding->level == level && g_str_equal (finding->file, file) &&
          (line == 0 || finding->line == line) && strstr (finding->message, part) != NULL)
        return;
    }

  print_findings (findings);
  g_test_message ("Expected %s:%u: … %s …", file, line, part);
  g_test_fail ();
}

void
tomo_pack_sample_assert_no_errors (TomoFindings *findings)
{
  if (tomo_findings_count_errors (findings) > 0)
    print_findings (findings);
  g_assert_cmpuint (tomo_findings_count_errors (findings), ==, 0);
}
