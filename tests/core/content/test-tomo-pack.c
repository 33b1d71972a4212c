/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-pack.h"

#include <string.h>

#include "core/tomo-error.h"
#include "core/tomo-gzip.h"
#include "tests/support/tomo-fixture.h"

#define IDENTITY "'partner': <'jp'>, 'pack': <'p'>, 'language': <'en'>, "
#define REST                                                                                       \
  "'source-language': <'en'>, 'title': <'T'>, 'revision': <uint32 3>, 'verified-on': "             \
  "<'2026-11-20'>"
#define HIDDEN "{'kind': <'later'>}"

/* Opens what the fixture makes, in each of its languages, and finds the header in it. */
static void
test_pack_open (void)
{
  for (size_t i = 0; tomo_fixture_pack_languages ()[i] != NULL; i++)
    {
      g_autoptr(GError) error = NULL;
      const char *language = tomo_fixture_pack_languages ()[i];
      g_test_message ("Language %s", language);
      g_autoptr(GBytes) packed = tomo_fixture_new_pack ("th", language);
      g_autoptr(TomoPack) pack = tomo_pack_new (packed, &error);
      g_assert_no_error (error);

      g_assert_cmpstr (tomo_pack_get_partner (pack), ==, "th");
      g_assert_cmpstr (tomo_pack_get_id (pack), ==, TOMO_FIXTURE_PACK);
      g_assert_cmpstr (tomo_pack_get_language (pack), ==, language);
      g_assert_cmpstr (tomo_pack_get_source_language (pack), ==, "en");
      g_assert_cmpuint (tomo_pack_get_revision (pack), ==, 1);
      g_assert_cmpstr (tomo_pack_get_verified_on (pack), ==, "2026-11-20");
      g_assert_cmpstr (tomo_pack_get_license (pack), ==, "CC-BY-4.0");
      g_assert_cmpuint (g_strv_length ((char **) tomo_pack_get_media (pack)), ==, 1);
      g_assert_true (tomo_pack_is_sample (pack));
      g_assert_false (tomo_pack_is_sensitive (pack));
      g_assert_cmpint (tomo_pack_is_draft (pack), ==, g_str_equal (language, "th"));

      gboolean is_whole = !g_str_equal (language, "ar");
      g_assert_cmpuint (tomo_pack_get_n_items (pack), ==, is_whole ? 5 : 4);
      g_assert_cmpuint (g_strv_length ((char **) tomo_pack_get_incomplete (pack)), ==,
                        is_whole ? 0 : 1);
      g_assert_nonnull (tomo_pack_find_item (pack, "monthly-change"));
      g_assert_null (tomo_pack_find_item (pack, "monthly"));
    }
}

/* What a header may leave out is empty or false, and what it adds is ignored. */
static void
test_pack_small_header (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) packed =
      tomo_fixture_compile_text ("{" IDENTITY REST ", 'colour': <7>}",
                                 "[('a', " HIDDEN "), ('a-b', " HIDDEN "), ('b', " HIDDEN ")]");
  g_autoptr(TomoPack) pack = tomo_pack_new (packed, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (tomo_pack_get_revision (pack), ==, 3);
  g_assert_cmpstr (tomo_pack_get_license (pack), ==, "");
  g_assert_null (tomo_pack_get_fallback (pack)[0]);
  g_assert_false (tomo_pack_is_sample (pack));
  g_assert_cmpuint (tomo_pack_get_n_items (pack), ==, 3);
  g_assert_cmpstr (tomo_item_get_id (tomo_pack_find_item (pack, "a-b")), ==, "a-b");
}

/* Each of these is refused, with a message that names the pack once it is known. */
static void
test_pack_refuses (void)
{
  static const struct
  {
    const char *header;
    const char *items;
    const char *says;
  } vectors[] = {
    { "@a{sv} {}", "[]", "compiled pack: lacks the key ‘partner’" },
    { "{'partner': <'JP'>}", "[]", "compiled pack: ‘partner’ is ‘JP’" },
    { "{'partner': <'../x'>}", "[]", "compiled pack: ‘partner’ is" },
    { "{'partner': <'jp'>, 'pack': <'p'>, 'language': <'e'>}", "[]", "‘language’ is ‘e’" },
    { "{'partner': <'jp'>, 'partner': <'th'>}", "[]", "the key ‘partner’ twice" },
    { "{" IDENTITY "'title': <'T'>}", "[]", "pack jp/p (en): lacks the key ‘source-language’" },
    { "{" IDENTITY REST ", 'media': <['x']>}", "[]", "pack jp/p (en): ‘media’ is ‘x’" },
    { "{" IDENTITY REST ", 'sample': <'yes'>}", "[]", "‘sample’ is of type s, not b" },
    { "{" IDENTITY REST ", 'fallback': <['-']>}", "[]", "‘fallback’ is ‘-’" },
    { "{" IDENTITY REST ", 'incomplete': <['A']>}", "[]", "‘incomplete’ is ‘A’" },
    { "{" IDENTITY "'source-language': <'en'>, 'title': <'T'>, 'verified-on': <'2026-02-30'>}",
      "[]", "‘verified-on’ is ‘2026-02-30’" },
    { "{" IDENTITY "'source-language': <'en'>, 'title': <'T'>, 'verified-on': <'2026-11-20'>,"
      " 'revision': <uint32 0>}",
      "[]", "‘revision’ is 0" },
    { "{" IDENTITY REST "}", "[('B', " HIDDEN ")]", "‘item’ is ‘B’" },
    { "{" IDENTITY REST "}", "[('b', " HIDDEN "), ('a', " HIDDEN ")]", "item a: stands twice" },
    { "{" IDENTITY REST "}", "[('a', " HIDDEN "), ('a', " HIDDEN ")]", "item a: stands twice" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Header %s, items %s", vectors[i].header, vectors[i].items);
      g_autoptr(GBytes) packed = tomo_fixture_compile_text (vectors[i].header, vectors[i].items);
      g_assert_null (tomo_pack_new (packed, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_test_message ("  says: %s", error->message);
      g_assert_nonnull (strstr (error->message, vectors[i].says));
    }
}

/* One item more than the limit is too many. */
static void
test_pack_too_many_items (void)
{
  for (unsigned int n_items = TOMO_PACK_MAX_ITEMS; n_items <= TOMO_PACK_MAX_ITEMS + 1; n_items++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GString) items = g_string_new ("[");
      for (unsigned int i = 0; i < n_items; i++)
        g_string_append_printf (items, "%s('%05u', " HIDDEN ")", i == 0 ? "" : ",", i);
      g_string_append_c (items, ']');

      g_autoptr(GBytes) packed = tomo_fixture_compile_text ("{" IDENTITY REST "}", items->str);
      g_autoptr(TomoPack) pack = tomo_pack_new (packed, &error);
      if (n_items == TOMO_PACK_MAX_ITEMS)
        g_assert_no_error (error);
      else
        g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_assert_true ((pack == NULL) == (error != NULL));
    }
}

/* Bytes that are no compiled pack at all are refused before anything is read from them. */
static void
test_pack_outer_form (void)
{
  g_autofree char *zeros = g_malloc0 (TOMO_PACK_MAX_BYTES + 1);
  g_autoptr(GBytes) bomb = g_bytes_new (zeros, TOMO_PACK_MAX_BYTES + 1);
  g_autoptr(GBytes) packed_bomb = tomo_gzip_deflate (bomb, NULL);
  g_autoptr(GBytes) text = g_bytes_new_static ("{\"a\": 1}", 8);
  g_autoptr(GBytes) packed_text = tomo_gzip_deflate (text, NULL);
  g_autoptr(GBytes) too_large = g_bytes_new (zeros, TOMO_PACK_MAX_PACKED_BYTES + 1);
  g_autoptr(GBytes) whole = tomo_fixture_new_pack ("jp", "en");
  g_autoptr(GBytes) cut = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) - 1);
  g_autoptr(GBytes) empty = g_bytes_new_static ("", 0);
  GBytes *const vectors[] = { packed_bomb, text, packed_text, too_large, cut, empty };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_assert_null (tomo_pack_new (vectors[i], &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_test_message ("Vector %zu says: %s", i, error->message);
    }
}

/* Bytes that could be read in two ways are refused: here the padding before the header is not
 * zero, which every accessor would overlook. */
static void
test_pack_not_normal (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) whole = tomo_fixture_new_pack ("jp", "en");
  g_autoptr(GBytes) plain = tomo_gzip_inflate (whole, TOMO_PACK_MAX_BYTES, &error);
  g_assert_no_error (error);
  size_t size;
  char *data = g_bytes_unref_to_data (g_steal_pointer (&plain), &size);
  g_assert_cmpint (data[5], ==, 0);
  data[5] = 1;

  g_autoptr(GBytes) changed = g_bytes_new_take (data, size);
  g_autoptr(GBytes) packed = tomo_gzip_deflate (changed, &error);
  g_assert_no_error (error);
  g_assert_null (tomo_pack_new (packed, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "normal form"));
}

/* A later version of the format is told apart from damage. */
static void
test_pack_later_format (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) packed =
      tomo_fixture_compile (g_variant_new_parsed ("(uint32 2, @a{sv} {}, @a(sa{sv}) [])"));

  g_assert_null (tomo_pack_new (packed, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/pack/open", test_pack_open);
  g_test_add_func ("/pack/small-header", test_pack_small_header);
  g_test_add_func ("/pack/refuses", test_pack_refuses);
  g_test_add_func ("/pack/too-many-items", test_pack_too_many_items);
  g_test_add_func ("/pack/outer-form", test_pack_outer_form);
  g_test_add_func ("/pack/not-normal", test_pack_not_normal);
  g_test_add_func ("/pack/later-format", test_pack_later_format);
  return g_test_run ();
}
