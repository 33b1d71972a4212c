/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-json.h"

#include <string.h>

#include "core/tomo-error.h"

static json_t *
parse (const char *text, size_t size, GError **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, size);
  return tomo_json_parse (bytes, 1000, "file.json", error);
}

/* Whatever two readers could read in two ways is refused, with the file named. */
static void
test_json_parse_refused (void)
{
  static const char *const vectors[] = {
    "",
    " ",
    "<html></html>",
    "{\"a\":1,\"a\":2}",
    "{\"a\":1}x",
    "{\"a\":1}{}",
    "{'a':1}",
    "{\"a\":1,}",
    "[9223372036854775808]",
    "[1e999]",
    "[\"\xff\"]",
    "[\"\\ud800\"]",
    "\xef\xbb\xbf{}",
    "// comment\n{}",
    "\"just a string\"",
    "{\"a\\u0000b\":1}",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_null (parse (vectors[i], strlen (vectors[i]), &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_assert_true (g_str_has_prefix (error->message, "file.json: "));
    }
}

/* The limit counts before parsing, and deep nesting ends in an error rather than in a crash. */
static void
test_json_parse_limits (void)
{
  g_autofree char *deep = g_strnfill (200000, '[');
  g_autoptr(GError) error = NULL;
  g_assert_null (parse (deep, 1001, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "limit of 1000"));
  g_clear_error (&error);

  g_autoptr(GBytes) bytes = g_bytes_new (deep, 200000);
  g_assert_null (tomo_json_parse (bytes, 200000, "file.json", &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
}

/* Getters give what is there, and name the member that is absent or of another type. */
static void
test_json_getters (void)
{
  static const char text[] = "{\"o\":{},\"a\":[],\"s\":\"x\",\"n\":7,\"m\":-1,\"r\":1.0,\"t\":true,"
                             "\"z\":\"a\\u0000b\",\"big\":9223372036854775807}";
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) tree = parse (text, strlen (text), &error);
  g_assert_no_error (error);

  uint64_t number = 0;
  gboolean flag = FALSE;
  g_assert_nonnull (tomo_json_get_object (tree, "o", "w", &error));
  g_assert_nonnull (tomo_json_get_array (tree, "a", "w", &error));
  g_assert_cmpstr (tomo_json_get_string (tree, "s", "w", &error), ==, "x");
  g_assert_true (tomo_json_get_uint64 (tree, "n", &number, "w", &error));
  g_assert_cmpuint (number, ==, 7);
  g_assert_true (tomo_json_get_uint64 (tree, "big", &number, "w", &error));
  g_assert_cmpuint (number, ==, G_MAXINT64);
  g_assert_true (tomo_json_get_boolean (tree, "t", &flag, "w", &error));
  g_assert_true (flag);
  g_assert_no_error (error);

  static const struct
  {
    char kind;
    const char *member;
  } refused[] = {
    { 'o', "a" }, { 'o', "x" }, { 'a', "o" }, { 'a', "x" }, { 's', "n" },
    { 's', "x" }, { 's', "z" }, { 'n', "s" }, { 'n', "m" }, { 'n', "r" },
    { 'n', "x" }, { 'n', "t" }, { 't', "n" }, { 't', "x" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      const char *member = refused[i].member;
      g_autofree char *quoted = g_strdup_printf ("‘%s’", member);

      g_test_message ("%c %s", refused[i].kind, member);
      if (refused[i].kind == 'o')
        g_assert_null (tomo_json_get_object (tree, member, "w", &error));
      else if (refused[i].kind == 'a')
        g_assert_null (tomo_json_get_array (tree, member, "w", &error));
      else if (refused[i].kind == 's')
        g_assert_null (tomo_json_get_string (tree, member, "w", &error));
      else if (refused[i].kind == 'n')
        g_assert_false (tomo_json_get_uint64 (tree, member, &number, "w", &error));
      else
        g_assert_false (tomo_json_get_boolean (tree, member, &flag, "w", &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, quoted));
      g_clear_error (&error);
    }
}

/* A time is read in exactly one shape. */
static void
test_json_time (void)
{
  static const struct
  {
    const char *text;
    int64_t secs; /* −1: refused */
  } vectors[] = {
    { "1970-01-01T00:00:01Z", 1 },          { "2026-11-23T09:00:00Z", 1795424400 },
    { "2024-02-29T23:59:59Z", 1709251199 }, { "2023-02-29T00:00:00Z", -1 },
    { "2026-13-01T00:00:00Z", -1 },         { "2026-00-01T00:00:00Z", -1 },
    { "2026-11-23T24:00:00Z", -1 },         { "2026-11-23T09:60:00Z", -1 },
    { "2026-11-23T09:00:00", -1 },          { "2026-11-23T09:00:00z", -1 },
    { "2026-11-23 09:00:00Z", -1 },         { "2026-11-23T09:00:00.5Z", -1 },
    { "2026-11-23T09:00+01:00", -1 },       { "0000-01-01T00:00:00Z", -1 },
    { "2026-W48-1T09:00:00Z", -1 },         { "", -1 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(json_t) tree = json_pack ("{s:s}", "t", vectors[i].text);
      int64_t secs = -1;
      gboolean is_good = tomo_json_get_time (tree, "t", &secs, "w", &error);

      g_test_message ("%s", vectors[i].text);
      g_assert_cmpint (secs, ==, vectors[i].secs);
      g_assert_cmpint (is_good, ==, vectors[i].secs != -1);
      if (!is_good)
        g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/json/parse-refused", test_json_parse_refused);
  g_test_add_func ("/json/parse-limits", test_json_parse_limits);
  g_test_add_func ("/json/getters", test_json_getters);
  g_test_add_func ("/json/time", test_json_time);
  return g_test_run ();
}
