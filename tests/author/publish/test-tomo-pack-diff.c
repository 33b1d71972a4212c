/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-pack-diff.h"
#include "tests/support/tomo-fixture.h"

#define HEAD                                                                                       \
  "{'partner': <'jp'>, 'pack': <'p'>, 'language': <'en'>, 'source-language': <'en'>,"              \
  " 'title': <'%s'>, 'revision': <uint32 1>, 'verified-on': <'2026-11-20'>}"
#define TIP(id, words, address)                                                                    \
  "('" id "', {'kind': <'tip'>, 'topic': <'passwords'>, 'age': <'all'>, 'risk': <'low'>,"          \
  " 'title': <'T'>, 'summary': <[(byte 0, 'See ', ''), (byte 6, '" words "', '" address "')]>,"    \
  " 'steps': <[[(byte 0, 'Do.', '')]]>})"

static TomoPack *
new_pack (const char *title, const char *items)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *head = g_strdup_printf (HEAD, title);
  g_autoptr(GBytes) packed = tomo_fixture_compile_text (head, items);
  TomoPack *pack = tomo_pack_new (packed, &error);

  g_assert_no_error (error);
  return pack;
}

static const TomoPackItemChange *
get_change (GPtrArray *changes, unsigned int index)
{
  g_assert_cmpuint (index, <, changes->len);
  return g_ptr_array_index (changes, index);
}

/* Where a link leads is shown, even if its words stay the same. */
static void
test_pack_diff_changed (void)
{
  g_autoptr(TomoPack) before =
      new_pack ("A", "[" TIP ("a", "this", "https://example.org/") ", " TIP (
                         "b", "that", "https://example.org/") "]");
  g_autoptr(TomoPack) after =
      new_pack ("B", "[" TIP ("a", "this", "https://example.com/") ", " TIP (
                         "c", "that", "https://example.org/") "]");
  g_autoptr(GPtrArray) changes = tomo_pack_diff (before, after);

  g_assert_cmpuint (changes->len, ==, 4);
  g_assert_null (get_change (changes, 0)->item);
  const TomoPackItemChange *change = get_change (changes, 1);
  g_assert_cmpstr (change->item, ==, "a");
  g_assert_cmpint (change->kind, ==, TOMO_PACK_CHANGED);
  g_assert_cmpuint (change->texts->len, ==, 1);
  const TomoPackTextChange *text = g_ptr_array_index (change->texts, 0);
  g_assert_cmpint (text->part, ==, TOMO_PACK_PART_SUMMARY);
  g_assert_cmpstr (text->before, ==, "See <link https://example.org/>this</link>");
  g_assert_cmpstr (text->after, ==, "See <link https://example.com/>this</link>");
  g_assert_cmpstr (get_change (changes, 2)->item, ==, "b");
  g_assert_cmpint (get_change (changes, 2)->kind, ==, TOMO_PACK_REMOVED);
  g_assert_cmpstr (get_change (changes, 3)->item, ==, "c");
  g_assert_cmpint (get_change (changes, 3)->kind, ==, TOMO_PACK_ADDED);
}

/* The same pack twice is no change, and a new one is all of it. */
static void
test_pack_diff_same_and_new (void)
{
  g_autoptr(TomoPack) pack = new_pack ("A", "[" TIP ("a", "this", "https://example.org/") "]");
  g_autoptr(GPtrArray) none = tomo_pack_diff (pack, pack);
  g_autoptr(GPtrArray) all = tomo_pack_diff (NULL, pack);
  g_autoptr(GPtrArray) gone = tomo_pack_diff (pack, NULL);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpint (get_change (all, 1)->kind, ==, TOMO_PACK_ADDED);
  g_assert_cmpuint (get_change (all, 1)->texts->len, ==, 7);
  g_assert_cmpuint (gone->len, ==, 2);
  g_assert_cmpint (get_change (gone, 1)->kind, ==, TOMO_PACK_REMOVED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/pack-diff/changed", test_pack_diff_changed);
  g_test_add_func ("/pack-diff/same-and-new", test_pack_diff_same_and_new);
  return g_test_run ();
}
