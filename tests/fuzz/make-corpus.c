/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes seeds that follow the formats as they are today: make-corpus FOLDER */

#include <gio/gio.h>
#include <stdint.h>
#include <string.h>

#include "core/content/tomo-index.h"
#include "core/store/tomo-store-private.h"
#include "core/tomo-gzip.h"
#include "tests/support/tomo-fixture.h"

#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void
write_seed (const char *folder, const char *thing, const char *name, GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *parent = g_build_filename (folder, thing, NULL);
  g_autofree char *path = g_build_filename (parent, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0755), ==, 0);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
}

/* What is inside is the seed: with the checksum of gzip around it no mutation would get through. */
static void
write_inflated (const char *folder, const char *thing, const char *name, GBytes *packed)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) plain = tomo_gzip_inflate (packed, G_MAXUINT32, &error);
  g_assert_no_error (error);
  write_seed (folder, thing, name, plain);
}

static void
write_packs (const char *folder)
{
  g_autoptr(TomoIndexBuilder) builder = tomo_index_builder_new ();
  g_autoptr(GBytes) hidden = tomo_fixture_compile_text (
      "{'partner': <'jp'>, 'pack': <'p'>, 'language': <'en'>, 'source-language': <'en'>,"
      " 'title': <'T'>, 'revision': <uint32 1>, 'verified-on': <'2026-11-20'>}",
      "[('a', {'kind': <'later'>}), ('b', {'kind': <'order'>, 'x': <[1, 2]>})]");

  g_autoptr(GBytes) recorded = tomo_fixture_compile_text (
      "{'partner': <'jp'>, 'pack': <'p'>, 'language': <'en'>, 'source-language': <'en'>,"
      " 'title': <'T'>, 'revision': <uint32 1>, 'verified-on': <'2026-11-20'>,"
      " 'audio': <['" SHA "']>}",
      "[('a', {'kind': <'tip'>, 'topic': <'wifi'>, 'age': <'all'>, 'risk': <'low'>,"
      " 'title': <'T'>, 'summary': <@a(yss) [(0, 'S', '')]>, 'steps': <[@a(yss) [(0, 'D', '')]]>,"
      " 'recordings': <[('step-1', '" SHA "'), ('title', '" SHA "')]>})]");

  write_inflated (folder, "pack", "hidden", hidden);
  write_inflated (folder, "pack", "recorded", recorded);
  for (size_t i = 0; tomo_fixture_pack_languages ()[i] != NULL; i++)
    {
      const char *language = tomo_fixture_pack_languages ()[i];
      g_autoptr(GBytes) packed = tomo_fixture_new_pack ("th", language);
      g_autoptr(TomoPack) pack = tomo_pack_new (packed, NULL);
      g_autofree char *sha256 = tomo_fixture_dup_sha256 (packed);
      g_autoptr(TomoIndexPack) listed = tomo_index_pack_new (pack, sha256);
      tomo_index_builder_add_pack (builder, listed);
      write_inflated (folder, "pack", language, packed);
      write_seed (folder, "gzip", language, packed);
    }

  g_autoptr(GBytes) index = tomo_index_builder_build (builder, "ar");
  write_seed (folder, "index", "ar", index);
}

static void
write_generation (const char *folder)
{
  g_autoptr(GVariant) manifest = g_variant_take_ref (g_variant_parse (
      G_VARIANT_TYPE (TOMO_GENERATION_VARIANT_TYPE),
      "(2, 7, {'updated-secs': <int64 1795165200>, 'kept': <{'jp': 'expired'}>}, 2,"
      " [('index/ar', '" SHA "', 5000), ('index/en', '" SHA "', 4000), ('objects', '" SHA
      "', 160)])",
      NULL, NULL, NULL));
  g_autoptr(GBytes) bytes = g_variant_get_data_as_bytes (manifest);

  write_seed (folder, "generation", "small", bytes);
}

int
main (int argc, char **argv)
{
  g_assert_cmpint (argc, ==, 2);

  g_autoptr(GBytes) campaign = tomo_fixture_new_campaign ();
  g_autoptr(GBytes) picture = tomo_fixture_new_picture ();
  write_inflated (argv[1], "campaign", "demo", campaign);
  write_seed (argv[1], "picture", "small.png", picture);
  write_packs (argv[1]);
  write_generation (argv[1]);

  return 0;
}
