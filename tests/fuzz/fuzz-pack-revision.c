/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>
#include <string.h>

#include "author/publish/tomo-pack-revision.h"
#include "core/tomo-error.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Whatever the text, the result differs from it in one number, and doing it again changes nothing.
 */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *xml = g_strndup ((const char *) data, size);
  g_autoptr(GError) error = NULL;
  g_autofree char *changed = tomo_pack_revision_replace (xml, 7, &error);
  g_assert_true ((changed != NULL) != (error != NULL));
  g_assert_true (error == NULL || error->domain == TOMO_ERROR);
  if (changed == NULL)
    return 0;

  g_autofree char *again = tomo_pack_revision_replace (changed, 7, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (changed, ==, again);
  g_assert_cmpuint (strlen (changed), <=, strlen (xml));
  return 0;
}
