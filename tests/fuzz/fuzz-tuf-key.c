/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "core/trust/tomo-public-key.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Keys are foreign bytes as well, and reach OpenSSL's decoders. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) tree = tomo_json_parse (bytes, 1 << 20, "fuzz", &error);
  g_assert_true ((tree != NULL) != (error != NULL));
  if (tree == NULL)
    return 0;

  g_autoptr(TomoPublicKey) key = tomo_public_key_new_from_json (tree, &error);
  g_assert_true ((key != NULL) != (error != NULL));
  g_assert_true (error == NULL || error->domain == TOMO_ERROR);
  if (key != NULL)
    {
      g_autofree char *id = tomo_public_key_dup_spec_id (key);
      g_assert_true (tomo_public_key_equal (key, key));
      tomo_public_key_verify (key, bytes, bytes);
    }
  return 0;
}
