/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "author/pack/tomo-pack-update.h"
#include "author/pack/tomo-po-file.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const char pack_xml[] =
    "<pack xmlns=\"urn:tomoshibi:pack:1\" id=\"p\" xml:lang=\"en\" revision=\"1\" "
    "verified-on=\"2026-11-20\" license=\"CC-BY-4.0\" topic=\"passwords\" age=\"all\" "
    "risk=\"low\"><title>A key.</title><tip id=\"t\"><title>Make it long</title>"
    "<summary>Take <em>four words</em> &amp; more.</summary>"
    "<steps><step>Make it long</step></steps></tip></pack>";

static char *folder = NULL; /* (owned) (nullable) */

static void
remove_folder (void)
{
  g_autofree char *po = g_build_filename (folder, "po", NULL);
  g_autofree char *linguas = g_build_filename (po, "LINGUAS", NULL);

  g_unlink (linguas);
  g_rmdir (po);
  g_rmdir (folder);
  g_free (folder);
}

/* One folder for all inputs; the driver runs in one thread. */
static const char *
get_folder (void)
{
  if (folder == NULL)
    {
      folder = g_dir_make_tmp ("fuzz-po-merge-XXXXXX", NULL);
      atexit (remove_folder);
      g_autofree char *po = g_build_filename (folder, "po", NULL);
      g_autofree char *linguas = g_build_filename (po, "LINGUAS", NULL);
      g_assert_cmpint (g_mkdir (po, 0700), ==, 0);
      g_assert_true (g_file_set_contents (linguas, "ja\n", -1, NULL));
    }

  return folder;
}

/* TRUE if the file was merged; findings or an error say why if not. */
static gboolean
merge (const TomoSourcePack *pack, gboolean *out_has_changed)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) updated = tomo_pack_update_po (pack, findings, NULL, &error);

  g_assert_true ((updated == NULL) == (error != NULL));
  if (updated == NULL || updated->len == 0)
    {
      g_assert_true (error != NULL || tomo_findings_count_errors (findings) > 0);
      return FALSE;
    }

  *out_has_changed = ((TomoUpdatedPo *) g_ptr_array_index (updated, 0))->has_changed;
  return TRUE;
}

/* Whatever a translator sends is refused with a reason, or merged, and then merging it again
 * changes nothing. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size > 64 * 1024)
    return 0;

  g_autofree char *po = g_build_filename (get_folder (), "po", "ja.po", NULL);
  g_autoptr(GBytes) xml = g_bytes_new_static (pack_xml, strlen (pack_xml));
  g_autoptr(TomoFindings) ignored = tomo_findings_new ();
  g_autoptr(TomoSourcePack) pack = tomo_source_pack_read (xml, get_folder (), ignored);
  gboolean has_changed = FALSE;

  g_assert_true (g_file_set_contents (po, (const char *) data, (gssize) size, NULL));
  if (merge (pack, &has_changed))
    {
      g_assert_true (merge (pack, &has_changed));
      g_assert_false (has_changed);
    }
  g_unlink (po);

  return 0;
}
