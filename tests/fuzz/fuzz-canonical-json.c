/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "core/trust/tomo-canonical-json.h"

#define MAX_BYTES (1 << 20)

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* The canonical form leaves control characters as they are, which JSON forbids. They only stand in
 * strings, so that to escape them is all that makes JSON of it. */
static GBytes *
make_json (GBytes *canonical)
{
  size_t size = 0;
  const uint8_t *data = g_bytes_get_data (canonical, &size);
  GString *json = g_string_sized_new (size);

  for (size_t i = 0; i < size; i++)
    if (data[i] < 0x20)
      g_string_append_printf (json, "\\u%04x", data[i]);
    else
      g_string_append_c (json, (char) data[i]);

  return g_string_free_to_bytes (json);
}

/* The canonical form of a tree says all that the tree does, and is its own canonical form. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) tree = tomo_json_parse (bytes, MAX_BYTES, "fuzz", &error);
  g_assert_true ((tree != NULL) != (error != NULL));
  g_assert_true (error == NULL || error->domain == TOMO_ERROR);
  if (tree == NULL)
    return 0;

  g_autoptr(GError) encode_error = NULL;
  g_autoptr(GBytes) canonical = tomo_canonical_json_encode (tree, &encode_error);
  g_assert_true ((canonical != NULL) != (encode_error != NULL));
  if (canonical == NULL)
    {
      g_assert_error (encode_error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      return 0;
    }

  /* Escapes make it longer than what was read. */
  g_autoptr(GError) again_error = NULL;
  g_autoptr(GBytes) json = make_json (canonical);
  g_autoptr(json_t) again = tomo_json_parse (json, 6 * MAX_BYTES, "canonical", &again_error);
  g_assert_no_error (again_error);
  g_assert_true (json_equal (tree, again));

  g_autoptr(GBytes) twice = tomo_canonical_json_encode (again, &again_error);
  g_assert_no_error (again_error);
  g_assert_true (g_bytes_equal (canonical, twice));
  return 0;
}
