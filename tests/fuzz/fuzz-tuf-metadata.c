/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "core/tomo-error.h"
#include "core/trust/tomo-metadata-private.h"
#include "core/trust/tomo-trusted-set.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Signatures do not stand in the way here: each file is read as each of the four types. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoEnvelope) envelope =
      tomo_envelope_open (bytes, TOMO_TRUST_MAX_TARGETS_BYTES, "role", &error);
  g_assert_true ((envelope != NULL) != (error != NULL));
  g_assert_true (error == NULL || error->domain == TOMO_ERROR);

  for (int type = 0; envelope != NULL && type < TOMO_N_METADATA_TYPES; type++)
    {
      g_autoptr(GError) read_error = NULL;
      g_autoptr(TomoMetadata) file = tomo_metadata_read (envelope, type, "role", &read_error);
      g_assert_true ((file != NULL) != (read_error != NULL));
      g_assert_true (read_error == NULL || read_error->domain == TOMO_ERROR);
    }

  g_autoptr(GError) set_error = NULL;
  g_autoptr(TomoTrustedSet) set = tomo_trusted_set_new (bytes, 0, &set_error);
  g_assert_true ((set != NULL) != (set_error != NULL));
  return 0;
}
