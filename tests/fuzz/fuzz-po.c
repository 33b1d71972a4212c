/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "author/pack/tomo-pack-catalog.h"
#include "author/pack/tomo-po-file.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* A translation comes from people we do not know, by mail or from a web site. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(TomoFindings) findings = tomo_findings_new ();

  if (size > TOMO_PO_MAX_BYTES)
    return 0;

  g_autoptr(TomoPackCatalog) catalog = tomo_pack_catalog_new (bytes, "po/ja.po", "ja", findings);
  if (catalog == NULL)
    g_assert_cmpuint (tomo_findings_count_errors (findings), >, 0);
  else
    {
      TomoTranslationState state = tomo_pack_catalog_get_state (catalog, NULL, "A key.");
      gboolean is_ready = tomo_pack_catalog_lookup (catalog, NULL, "A key.") != NULL;

      g_assert_true (is_ready == (state == TOMO_TRANSLATION_READY));
    }

  return 0;
}
