/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/fetch/tomo-http-header-private.h"

#include <string.h>

/* A part of a file says which part it is, and what contradicts itself is no answer. */
static void
test_header_content_range (void)
{
  static const struct
  {
    const char *text;
    gboolean parses;
    TomoHttpRange range;
  } vectors[] = {
    { "bytes 0-0/1", TRUE, { 0, 0, 1 } },
    { "bytes 100-199/200", TRUE, { 100, 199, 200 } },
    { "Bytes 100-149/200", TRUE, { 100, 149, 200 } },
    { "bytes 5-9/*", TRUE, { 5, 9, TOMO_HTTP_SIZE_UNKNOWN } },
    { "bytes 0-9/999999999999999999", TRUE, { 0, 9, 999999999999999999 } },
    { "bytes 0-9/1000000000000000000", FALSE, { 0, 0, 0 } },
    { "bytes 0-18446744073709551616/*", FALSE, { 0, 0, 0 } },
    { "bytes */200", FALSE, { 0, 0, 0 } },
    { "bytes 9-5/20", FALSE, { 0, 0, 0 } },
    { "bytes 5-20/20", FALSE, { 0, 0, 0 } },
    { "bytes 5-9/20 ", FALSE, { 0, 0, 0 } },
    { "bytes  5-9/20", FALSE, { 0, 0, 0 } },
    { "bytes -5-9/20", FALSE, { 0, 0, 0 } },
    { "bytes +5-9/20", FALSE, { 0, 0, 0 } },
    { "bytes 0x5-9/20", FALSE, { 0, 0, 0 } },
    { "bytes 5-9", FALSE, { 0, 0, 0 } },
    { "bytes 5-9/", FALSE, { 0, 0, 0 } },
    { "lines 5-9/20", FALSE, { 0, 0, 0 } },
    { "", FALSE, { 0, 0, 0 } },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      TomoHttpRange range = { 0 };
      g_test_message ("Vector ‘%s’", vectors[i].text);
      g_assert_cmpint (tomo_http_parse_content_range (vectors[i].text, &range), ==,
                       vectors[i].parses);
      g_assert_cmpuint (range.first, ==, vectors[i].range.first);
      g_assert_cmpuint (range.last, ==, vectors[i].range.last);
      g_assert_cmpuint (range.size, ==, vectors[i].range.size);
    }
}

/* A server asks for a time to wait in seconds or by a date, and never gets more than a day. */
static void
test_header_retry_after (void)
{
  /* Sun, 06 Nov 1994 08:49:37 GMT */
  static const int64_t now_secs = 784111777;
  static const struct
  {
    const char *text;
    int secs; /* -1 if it cannot be read */
  } vectors[] = {
    { "0", 0 },
    { "1", 1 },
    { "120", 120 },
    { "86401", 86400 },
    { "999999999999999999", 86400 },
    { "99999999999999999999", -1 },
    { "Sun, 06 Nov 1994 08:49:47 GMT", 10 },
    { "Sun, 06 Nov 1994 08:49:27 GMT", 0 },
    { "Sun, 06 Nov 2044 08:49:37 GMT", 86400 },
    { "Thu, 01 Jan 1970 00:00:00 GMT", 0 },
    { "1 s", -1 },
    { "1.5", -1 },
    { "-1", -1 },
    { "soon", -1 },
    { "", -1 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      unsigned int secs = 0;
      gboolean parses = tomo_http_parse_retry_after (vectors[i].text, now_secs, &secs);
      g_test_message ("Vector ‘%s’", vectors[i].text);
      g_assert_cmpint (parses ? (int) secs : -1, ==, vectors[i].secs);
    }
}

/* What is sent back to a server is short and plain, and only a strong tag names bytes. */
static void
test_header_entity_tag (void)
{
  g_autofree char *middle = g_strnfill (198, 'x');
  g_autofree char *longest = g_strdup_printf ("\"%s\"", middle);
  g_autofree char *too_long = g_strdup_printf ("\"x%s\"", middle);
  const struct
  {
    const char *text;
    gboolean is_tag;
    gboolean is_strong;
  } vectors[] = {
    { "\"65a1b2c3-1f4\"", TRUE, TRUE },
    { "W/\"65a1b2c3-1f4\"", TRUE, FALSE },
    { "\"\"", TRUE, TRUE },
    { longest, TRUE, TRUE },
    { too_long, FALSE, FALSE },
    { "w/\"a\"", FALSE, FALSE },
    { "W/", FALSE, FALSE },
    { "65a1b2c3", FALSE, FALSE },
    { "\"", FALSE, FALSE },
    { "", FALSE, FALSE },
    { "\"a\"b\"", FALSE, FALSE },
    { "\"a\", \"b\"", FALSE, FALSE },
    { "\"a b\"", FALSE, FALSE },
    { "\"a\r\nCookie: b\"", FALSE, FALSE },
    { "\"caf\xc3\xa9\"", FALSE, FALSE },
    { "*", FALSE, FALSE },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_test_message ("Vector ‘%s’", vectors[i].text);
      g_assert_cmpint (tomo_http_is_entity_tag (vectors[i].text), ==, vectors[i].is_tag);
      g_assert_cmpint (tomo_http_is_strong_entity_tag (vectors[i].text), ==, vectors[i].is_strong);
    }
}

/* A page is a page by what it is called or by how it begins, and data is not. */
static void
test_header_web_page (void)
{
  static const struct
  {
    const char *content_type;
    const char *data;
    gboolean is_page;
  } vectors[] = {
    { NULL, "", FALSE },
    { "application/json", "{}", FALSE },
    { NULL, "<htm", FALSE },
    { NULL, "<html", TRUE },
    { NULL, "\xef\xbb\xbf\r\n<!DocType HTML>", TRUE },
    { "text/html; charset=utf-8", "", TRUE },
    { "TEXT/HTML", "{}", TRUE },
    { "application/xhtml+xml", "", TRUE },
    { "text/plain", "<script>location='http://portal.example/'</script>", TRUE },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_test_message ("Vector %zu", i);
      g_assert_cmpint (tomo_http_is_web_page (vectors[i].content_type,
                                              (const uint8_t *) vectors[i].data,
                                              strlen (vectors[i].data)),
                       ==, vectors[i].is_page);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/http-header/content-range", test_header_content_range);
  g_test_add_func ("/http-header/retry-after", test_header_retry_after);
  g_test_add_func ("/http-header/entity-tag", test_header_entity_tag);
  g_test_add_func ("/http-header/web-page", test_header_web_page);
  return g_test_run ();
}
