/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>
#include <string.h>

#include "core/store/tomo-store-private.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Whatever the bytes are, there is a generation or an error, and each of its files has a name that
 * stays in its folder. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(TomoGeneration) generation = tomo_generation_parse (bytes, "manifest", &error);

  g_assert_true ((generation == NULL) == (error != NULL));
  if (generation == NULL)
    return 0;

  for (size_t i = 0; i < tomo_generation_get_n_files (generation); i++)
    {
      TomoStoredObject file = tomo_generation_get_file (generation, i);
      /* ‘a..b’ is a name like others; what begins with a dot leads elsewhere, or hides. */
      g_assert_true (file.path[0] != '.' && strstr (file.path, "/.") == NULL);
      g_assert_cmpuint (strlen (file.sha256), ==, 64);
    }
  g_autofree char *properties = g_variant_print (tomo_generation_get_properties (generation), TRUE);
  g_auto(GStrv) files = tomo_generation_list_files (generation, "index", &error);
  g_assert_no_error (error);

  return 0;
}
