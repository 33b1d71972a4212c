/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "author/pack/tomo-svg.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* The check alone: what it lets pass goes to librsvg in a process of its own. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(TomoFindings) findings = tomo_findings_new ();

  if (size > TOMO_SVG_MAX_BYTES)
    return 0;

  gboolean passed = tomo_svg_check (bytes, "x.svg", findings);
  g_assert_true (passed == (tomo_findings_get_n (findings) == 0));

  return 0;
}
