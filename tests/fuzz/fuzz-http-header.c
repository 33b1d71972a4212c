/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>
#include <string.h>

#include "core/fetch/tomo-http-header-private.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Whatever a server writes into a header, what is taken from it makes sense. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  TomoHttpRange range = { 0 };
  unsigned int secs = 0;

  if (tomo_http_parse_content_range (text, &range))
    g_assert_true (range.first <= range.last && range.last < range.size);
  else
    g_assert_true (range.first == 0 && range.last == 0 && range.size == 0);

  if (tomo_http_parse_retry_after (text, 784111777, &secs))
    g_assert_cmpuint (secs, <=, 24 * 60 * 60);
  else
    g_assert_cmpuint (secs, ==, 0);

  if (tomo_http_is_entity_tag (text))
    g_assert_true (strlen (text) <= 202 && strpbrk (text, " \r\n\t") == NULL);
  g_assert_true (tomo_http_is_entity_tag (text) || !tomo_http_is_strong_entity_tag (text));

  tomo_http_is_web_page (text, data, size);
  tomo_http_is_web_page (NULL, data, size);
  return 0;
}
