/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/fetch/tomo-http-header-private.h"

#include <curl/curl.h>
#include <string.h>

/* Servers make them of a size and a time, or of a hash; SHA-512 in hexadecimal has 128. */
#define MAX_ENTITY_TAG_LENGTH 200

/* Longer than this nobody waits, and nothing overflows. */
#define MAX_RETRY_AFTER_SECS (24 * 60 * 60)

/* Reads digits and nothing but digits: no sign, no space, no hexadecimal. */
static gboolean
read_number (const char **text, uint64_t *out_number)
{
  char *end = NULL;

  if (!g_ascii_isdigit (**text) || strspn (*text, "0123456789") > 18)
    return FALSE;

  *out_number = g_ascii_strtoull (*text, &end, 10);
  *text = end;
  return TRUE;
}

static gboolean
read_char (const char **text, char wanted)
{
  if (**text != wanted)
    return FALSE;
  (*text)++;
  return TRUE;
}

/**
 * tomo_http_parse_content_range: (skip)
 * @text: the value of a `Content-Range` header
 * @out_range: (out): which bytes it speaks of
 *
 * Understands what a part of a file is sent with, `bytes 100-199/200` (RFC 9110, section 14.4).
 *
 * Returns: %TRUE if @text is one, and makes sense in itself
 */
gboolean
tomo_http_parse_content_range (const char *text, TomoHttpRange *out_range)
{
  TomoHttpRange range = { .size = TOMO_HTTP_SIZE_UNKNOWN };

  if (g_ascii_strncasecmp (text, "bytes ", 6) != 0)
    return FALSE;
  text += 6;

  if (!read_number (&text, &range.first) || !read_char (&text, '-') ||
      !read_number (&text, &range.last) || !read_char (&text, '/'))
    return FALSE;
  if (!read_char (&text, '*') && !read_number (&text, &range.size))
    return FALSE;
  if (*text != '\0' || range.last < range.first || range.last >= range.size)
    return FALSE;

  *out_range = range;
  return TRUE;
}

/**
 * tomo_http_parse_retry_after: (skip)
 * @text: the value of a `Retry-After` header: seconds, or a date
 * @now_secs: the time, in seconds since 1970
 * @out_secs: (out): how long to wait, a day at most
 *
 * Reads when a server wants to see us again (RFC 9110, section 10.2.3).
 *
 * Returns: %TRUE if @text can be read
 */
gboolean
tomo_http_parse_retry_after (const char *text, int64_t now_secs, unsigned int *out_secs)
{
  uint64_t secs = 0;

  if (g_ascii_isdigit (*text))
    {
      if (!read_number (&text, &secs) || *text != '\0')
        return FALSE;
    }
  else
    {
      time_t date = curl_getdate (text, NULL);
      if (date < 0)
        return FALSE;
      secs = (int64_t) date > now_secs ? (uint64_t) date - (uint64_t) MAX (now_secs, 0) : 0;
    }

  *out_secs = (unsigned int) MIN (secs, MAX_RETRY_AFTER_SECS);
  return TRUE;
}

/**
 * tomo_http_is_strong_entity_tag: (skip)
 * @text: the value of an `ETag` header
 *
 * Tells whether @text names one sequence of bytes, so that parts of it fit together. It may be sent
 * back as it is: it is short and plain ASCII.
 *
 * Returns: %TRUE if it does
 */
gboolean
tomo_http_is_strong_entity_tag (const char *text)
{
  size_t length = strnlen (text, MAX_ENTITY_TAG_LENGTH + 1);

  if (length < 2 || length > MAX_ENTITY_TAG_LENGTH || text[0] != '"' || text[length - 1] != '"')
    return FALSE;

  for (size_t i = 1; i + 1 < length; i++)
    if (!g_ascii_isgraph (text[i]) || text[i] == '"')
      return FALSE;
  return TRUE;
}

/**
 * tomo_http_is_entity_tag: (skip)
 * @text: the value of an `ETag` header
 *
 * Tells whether @text names a version of a file, in whatever form it is sent. It may be sent back
 * as it is: it is short and plain ASCII.
 *
 * Returns: %TRUE if it does
 */
gboolean
tomo_http_is_entity_tag (const char *text)
{
  return tomo_http_is_strong_entity_tag (g_str_has_prefix (text, "W/") ? text + 2 : text);
}

/**
 * tomo_http_is_web_page: (skip)
 * @content_type: (nullable): what the server called it
 * @data: (array length=size): the beginning of the body
 * @size: how much of it there is
 *
 * Recognises a page made for people: what a captive portal or a company’s proxy puts in the place
 * of the file. No file of a repository is HTML.
 *
 * Returns: %TRUE if it is one
 */
gboolean
tomo_http_is_web_page (const char *content_type, const uint8_t *data, size_t size)
{
  static const char *const types[] = { "text/html", "application/xhtml" };
  static const char *const beginnings[] = { "<!doctype", "<html", "<head", "<meta", "<script" };

  for (size_t i = 0; content_type != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_ascii_strncasecmp (content_type, types[i], strlen (types[i])) == 0)
      return TRUE;

  size_t start = size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  while (start < size && g_ascii_isspace (data[start]))
    start++;

  for (size_t i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      size_t length = strlen (beginnings[i]);
      if (size - start >= length &&
          g_ascii_strncasecmp ((const char *) data + start, beginnings[i], length) == 0)
        return TRUE;
    }
  return FALSE;
}
