/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-canonical-json.h"

#include <string.h>

#include "core/tomo-error.h"
#include "core/tomo-json.h"

static json_t *
parse (const char *text, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, size);
  g_autoptr(GError) error = NULL;
  json_t *tree = tomo_json_parse (bytes, 1 << 20, "vector", &error);
  g_assert_no_error (error);
  return tree;
}

/* Every tree has exactly one canonical form, and encoding that form again changes nothing. */
static void
test_canonical_json_vectors (void)
{
  static const struct
  {
    const char *input;
    const char *output;
    size_t output_size; /* 0: up to the NUL */
  } vectors[] = {
    { "{}", "{}", 0 },
    { "[]", "[]", 0 },
    { " [ 1 , -2 , -0 , 9007199254740991 ] ", "[1,-2,0,9007199254740991]", 0 },
    { "[9223372036854775807]", "[9223372036854775807]", 0 },
    { "[true, false, null]", "[true,false,null]", 0 },
    { "{\"b\": 1, \"a\": {\"d\": 2, \"c\": []}}", "{\"a\":{\"c\":[],\"d\":2},\"b\":1}", 0 },
    /* By code point: capitals before small letters, and a prefix before what it begins. */
    { "{\"a\":1,\"B\":2,\"aa\":3,\"_\":4,\"\":5}", "{\"\":5,\"B\":2,\"_\":4,\"a\":1,\"aa\":3}", 0 },
    /* U+FFFD sorts before U+1F525, which UTF-16 would have the other way round. */
    { "{\"\\ud83d\\udd25\":1,\"\\ufffd\":2}", "{\"\xef\xbf\xbd\":2,\"\xf0\x9f\x94\xa5\":1}", 0 },
    { "[\"\\u0041\\u00e9\\u706f\"]", "[\"A\xc3\xa9\xe7\x81\xaf\"]", 0 },
    { "[\"\\\"\\\\\\/\"]", "[\"\\\"\\\\/\"]", 0 },
    { "[\"\\n\\t\\u0001\\u007f\"]", "[\"\n\t\x01\x7f\"]", 0 },
    { "[\"a\\u0000b\"]", "[\"a\0b\"]", 7 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(json_t) tree = parse (vectors[i].input, strlen (vectors[i].input));
      g_autoptr(GBytes) output = tomo_canonical_json_encode (tree, &error);
      size_t wanted_size =
          vectors[i].output_size == 0 ? strlen (vectors[i].output) : vectors[i].output_size;

      g_test_message ("%s", vectors[i].input);
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (output, NULL), g_bytes_get_size (output),
                       vectors[i].output, wanted_size);
    }
}

/* Numbers that two writers may write in two ways have no canonical form. */
static void
test_canonical_json_refused (void)
{
  static const char *const vectors[] = { "[1.5]", "[1e3]", "{\"a\":[{\"b\":1.0}]}" };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(json_t) tree = parse (vectors[i], strlen (vectors[i]));

      g_test_message ("%s", vectors[i]);
      g_assert_null (tomo_canonical_json_encode (tree, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
    }
}

/* As deep as the parser goes, the encoder goes too; deeper trees are refused, not recursed into. */
static void
test_canonical_json_depth (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *open = g_strnfill (2000, '[');
  g_autofree char *close = g_strnfill (2000, ']');
  g_autofree char *text = g_strconcat (open, close, NULL);
  g_autoptr(json_t) tree = parse (text, strlen (text));
  g_autoptr(GBytes) output = tomo_canonical_json_encode (tree, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (output, NULL), g_bytes_get_size (output), text, 4000);

  for (int i = 0; i < 100; i++)
    {
      json_t *outer = json_array ();
      json_array_append_new (outer, g_steal_pointer (&tree));
      tree = outer;
    }
  g_assert_null (tomo_canonical_json_encode (tree, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/canonical-json/vectors", test_canonical_json_vectors);
  g_test_add_func ("/canonical-json/refused", test_canonical_json_refused);
  g_test_add_func ("/canonical-json/depth", test_canonical_json_depth);
  return g_test_run ();
}
