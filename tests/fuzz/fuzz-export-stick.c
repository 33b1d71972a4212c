/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "core/tomo-error.h"
#include "core/tomo-export-stick.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Nobody signs what a stick says of itself. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoExportStick) stick = tomo_export_stick_parse (bytes, "stick.json", &error);

  g_assert_true ((stick != NULL) != (error != NULL));
  g_assert_true (error == NULL || error->domain == TOMO_ERROR);
  if (stick == NULL)
    return 0;

  /* What was read can be written, and read again. */
  g_autoptr(GBytes) again = tomo_export_stick_build (stick);
  g_autoptr(TomoExportStick) same = tomo_export_stick_parse (again, "stick.json", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (same->campaign, ==, stick->campaign);
  g_assert_true (
      g_strv_equal ((const char *const *) same->partners, (const char *const *) stick->partners));
  g_assert_cmpint (same->languages == NULL, ==, stick->languages == NULL);
  return 0;
}
