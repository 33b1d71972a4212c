/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-pack-cache-private.h"

#include "tests/support/tomo-fixture.h"

static TomoPack *
new_pack (const char *language)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) packed = tomo_fixture_new_pack ("jp", language);
  TomoPack *pack = tomo_pack_new (packed, &error);
  g_assert_no_error (error);

  return pack;
}

/* Adds as many packs as there is room for, ‘0’ first. */
static void
fill (TomoPackCache *cache)
{
  for (unsigned int i = 0; i < TOMO_PACK_CACHE_MAX_PACKS; i++)
    {
      g_autofree char *object = g_strdup_printf ("%u", i);
      g_autoptr(TomoPack) pack = new_pack ("en");
      tomo_pack_cache_add (cache, object, pack);
      g_assert_true (tomo_pack_cache_find (cache, object) == pack);
    }
}

/* An object leads to the pack that was opened from it, and one that was not added to none. */
static void
test_pack_cache_find (void)
{
  g_autoptr(TomoPackCache) cache = tomo_pack_cache_new ();
  g_autoptr(TomoPack) english = new_pack ("en");
  g_autoptr(TomoPack) thai = new_pack ("th");

  g_assert_null (tomo_pack_cache_find (cache, "a"));
  tomo_pack_cache_add (cache, "a", english);
  tomo_pack_cache_add (cache, "b", thai);
  g_assert_true (tomo_pack_cache_find (cache, "a") == english);
  g_assert_true (tomo_pack_cache_find (cache, "b") == thai);
  g_assert_null (tomo_pack_cache_find (cache, "c"));
}

/* The pack that nobody has asked for the longest makes room, not the one that was added first. */
static void
test_pack_cache_drop (void)
{
  g_autoptr(TomoPackCache) cache = tomo_pack_cache_new ();
  g_autoptr(TomoPack) another = new_pack ("ja");
  fill (cache);

  g_assert_nonnull (tomo_pack_cache_find (cache, "0"));
  tomo_pack_cache_add (cache, "another", another);
  g_assert_null (tomo_pack_cache_find (cache, "1"));
  g_assert_nonnull (tomo_pack_cache_find (cache, "0"));
  for (unsigned int i = 2; i < TOMO_PACK_CACHE_MAX_PACKS; i++)
    {
      g_autofree char *object = g_strdup_printf ("%u", i);
      g_assert_nonnull (tomo_pack_cache_find (cache, object));
    }
  g_assert_true (tomo_pack_cache_find (cache, "another") == another);
}

/* A page that shows an item keeps its pack, whatever the cache drops. */
static void
test_pack_cache_clear (void)
{
  g_autoptr(TomoPackCache) cache = tomo_pack_cache_new ();
  fill (cache);
  g_autoptr(TomoPack) shown = tomo_pack_ref (tomo_pack_cache_find (cache, "0"));

  tomo_pack_cache_clear (cache);
  g_assert_null (tomo_pack_cache_find (cache, "0"));
  g_assert_cmpstr (tomo_pack_get_language (shown), ==, "en");
  fill (cache);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/pack-cache/find", test_pack_cache_find);
  g_test_add_func ("/pack-cache/drop", test_pack_cache_drop);
  g_test_add_func ("/pack-cache/clear", test_pack_cache_clear);

  return g_test_run ();
}
