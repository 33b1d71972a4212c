/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>
#include <string.h>

#include "author/publish/tomo-partner-request.h"
#include "core/tomo-error.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Whatever comes by mail, there is a request or an error, and neither can move the cursor of the
 * terminal it is shown on. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoPartnerRequest) request =
      tomo_partner_request_parse (bytes, "fuzz", (int64_t) 1795435200, &error);

  g_assert_true ((request != NULL) != (error != NULL));
  g_assert_true (error == NULL || error->domain == TOMO_ERROR);
  if (request == NULL)
    return 0;

  g_assert_null (strpbrk (request->name, "\033\r\n"));
  g_assert_cmpuint (request->keys->keys->len, <=, TOMO_PARTNER_REQUEST_MAX_KEYS);
  g_assert_cmpuint (request->keys->threshold, <=, request->keys->keys->len);
  return 0;
}
