/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "core/content/tomo-audio.h"
#include "tests/support/tomo-fixture.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (const uint8_t *data, size_t size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) opus = g_bytes_new (data, size);
  unsigned int n_secs = 0;
  gboolean is_good = tomo_audio_check (opus, &n_secs, &error);

  g_assert_true (is_good == (error == NULL));
  g_assert_true (is_good == (n_secs > 0));
  g_assert_cmpuint (n_secs, <=, TOMO_AUDIO_MAX_SECS);
}

/* Whatever the bytes are, a recording is within the limits or an error. The second time with right
 * checksums, or nothing would get past them. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree uint8_t *mended = g_memdup2 (data, size);

  check (data, size);
  if (mended != NULL)
    {
      tomo_fixture_mend_audio (mended, size);
      check (mended, size);
    }

  return 0;
}
