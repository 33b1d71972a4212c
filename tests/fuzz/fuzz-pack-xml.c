/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "author/pack/tomo-pack-compile.h"
#include "author/pack/tomo-pack-template.h"
#include "author/pack/tomo-source-check.h"
#include "core/content/tomo-pack.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static GHashTable *
list_pictures (const TomoSourcePack *pack)
{
  GHashTable *pictures = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (unsigned int i = 0; i < pack->pictures->len; i++)
    {
      const TomoSourcePicture *picture = g_ptr_array_index (pack->pictures, i);

      g_hash_table_insert (pictures, picture->id,
                           g_compute_checksum_for_string (G_CHECKSUM_SHA256, picture->id, -1));
    }

  return pictures;
}

/* What our check lets pass, a kiosk takes. */
static void
compile (const TomoSourcePack *pack)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GHashTable) pictures = list_pictures (pack);
  g_autoptr(GHashTable) audio = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GBytes) template = tomo_pack_template_new (pack, &error);
  g_assert_no_error (error);

  g_autoptr(GBytes) packed =
      tomo_pack_compile (pack, "jp", pack->language, NULL, pictures, audio, &error);
  g_assert_no_error (error);
  g_assert_nonnull (packed);

  g_autoptr(TomoPack) opened = tomo_pack_new (packed, &error);
  g_assert_no_error (error);
  g_assert_nonnull (opened);
  g_assert_cmpuint (tomo_pack_get_n_items (opened), ==, pack->items->len);
}

/* No pack without a reason, and no compiled pack that core would refuse. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(TomoFindings) findings = tomo_findings_new ();

  if (size > TOMO_SOURCE_PACK_MAX_BYTES)
    return 0;

  g_autoptr(TomoSourcePack) pack = tomo_source_pack_read (bytes, "basics", findings);
  if (pack == NULL)
    {
      g_assert_cmpuint (tomo_findings_count_errors (findings), >, 0);
      return 0;
    }

  tomo_source_check (pack, findings);
  tomo_findings_sort (findings);
  if (tomo_findings_count_errors (findings) == 0)
    compile (pack);

  return 0;
}
