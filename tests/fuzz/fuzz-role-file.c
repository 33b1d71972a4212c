/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "author/publish/tomo-role-file.h"
#include "core/tomo-error.h"
#include "core/tomo-json.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Drafts travel between those who sign. One that is taken in can be counted and written again. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoRoleFile) file = tomo_role_file_parse (bytes, 1 << 20, "fuzz", &error);
  g_assert_true ((file != NULL) != (error != NULL));
  g_assert_true (error == NULL || error->domain == TOMO_ERROR);
  if (file == NULL)
    return 0;

  json_t *signed_part = tomo_role_file_get_signed (file);
  json_t *keys = json_object_get (signed_part, "keys");
  json_t *role = json_object_get (json_object_get (signed_part, "roles"), "root");
  if (json_is_object (keys) && json_is_object (role))
    {
      g_autoptr(TomoSigners) signers = tomo_signers_new_from_json (keys, role, "fuzz", &error);
      g_assert_true ((signers != NULL) != (error != NULL));
      if (signers != NULL)
        g_assert_cmpuint (tomo_role_file_count_signatures (file, signers), <=, signers->keys->len);
    }

  g_autoptr(GBytes) again = tomo_role_file_dump (file);
  g_assert_cmpuint (g_bytes_get_size (again), >, 0);
  return 0;
}
