/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>
#include <string.h>

#include "author/publish/tomo-public-key-file.h"
#include "core/tomo-error.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Public keys come by mail, as JSON, PEM or DER. One that is taken in has an id. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoPublicKey) key = tomo_public_key_file_parse (bytes, "fuzz", &error);

  g_assert_true ((key != NULL) != (error != NULL));
  g_assert_true (error == NULL || error->domain == TOMO_ERROR);
  if (key != NULL)
    {
      g_autofree char *id = tomo_public_key_dup_spec_id (key);
      g_assert_cmpuint (strlen (id), ==, 64);
    }

  return 0;
}
