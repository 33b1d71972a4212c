/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>
#include <string.h>

#include "author/pack/tomo-pack-catalog.h"
#include "author/pack/tomo-pack-template.h"
#include "author/pack/tomo-po-merge.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const char pack_xml[] =
    "<pack xmlns=\"urn:tomoshibi:pack:1\" id=\"p\" xml:lang=\"en\" revision=\"1\" "
    "verified-on=\"2026-11-20\" license=\"CC-BY-4.0\" topic=\"passwords\" age=\"all\" "
    "risk=\"low\"><title>A key.</title><tip id=\"t\"><title>Make it long</title>"
    "<summary>Take <em>four words</em> &amp; more.</summary>"
    "<steps><step>Make it long</step></steps></tip></pack>";

/* NULL if it cannot be read as PO; findings say why. */
static GBytes *
merge (const TomoSourcePack *pack, GBytes *bytes)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoPoFile) given = tomo_pack_catalog_open (bytes, "ja.po", findings);

  if (given == NULL)
    {
      g_assert_cmpuint (tomo_findings_count_errors (findings), >, 0);
      return NULL;
    }

  g_autoptr(TomoPoFile) merged = tomo_pack_template_build (pack);
  tomo_po_merge (merged, given);
  GBytes *written = tomo_po_file_write (merged, &error);
  g_assert_no_error (error);
  return written;
}

/* Whatever a translator sends is refused with a reason, or merged, and then merging it again
 * changes nothing. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size > 64 * 1024)
    return 0;

  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GBytes) xml = g_bytes_new_static (pack_xml, strlen (pack_xml));
  g_autoptr(TomoFindings) ignored = tomo_findings_new ();
  g_autoptr(TomoSourcePack) pack = tomo_source_pack_read (xml, "p", ignored);
  g_autoptr(GBytes) once = merge (pack, bytes);
  if (once == NULL)
    return 0;

  g_autoptr(GBytes) twice = merge (pack, once);
  g_assert_nonnull (twice);
  g_assert_true (g_bytes_equal (once, twice));
  return 0;
}
