/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/support/tomo-fixture.h"

#include <glib/gstdio.h>

#include "core/content/tomo-campaign.h"
#include "core/content/tomo-index.h"
#include "core/content/tomo-media.h"
#include "core/store/tomo-generation.h"

/* When the fixture says it was updated: 2026-11-20T09:00:00Z. */
#define UPDATED_SECS G_GINT64_CONSTANT (1795165200)

static const char *const partners[] = { "jp", "th", NULL };

static void
add_target (TomoStore *store, TomoGenerationWriter *writer, const char *path, GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *sha256 = tomo_fixture_dup_sha256 (bytes);

  g_assert_true (tomo_store_add_object (store, sha256, bytes, &error));
  g_assert_no_error (error);
  tomo_generation_writer_add_object (writer, path, sha256, g_bytes_get_size (bytes));
}

static char *
dup_pack_path (const char *partner, const char *language)
{
  return g_strdup_printf ("%s/packs/%s/%s.k1.gz", partner, TOMO_FIXTURE_PACK, language);
}

static char *
dup_media_path (const char *partner, GBytes *bytes, const char *suffix)
{
  g_autofree char *sha256 = tomo_fixture_dup_sha256 (bytes);
  g_autofree char *name = g_strconcat (sha256, suffix, NULL);

  return tomo_media_dup_path (partner, name);
}

static void
add_partner (TomoStore *store,
             TomoGenerationWriter *writer,
             TomoIndexBuilder *builder,
             const char *partner)
{
  g_autoptr(GBytes) png = tomo_fixture_new_picture ();
  g_autofree char *picture_path = dup_media_path (partner, png, TOMO_MEDIA_PICTURE);
  add_target (store, writer, picture_path, png);
  if (g_str_equal (partner, "jp"))
    {
      g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
      g_autofree char *audio_path = dup_media_path (partner, opus, TOMO_MEDIA_AUDIO);
      add_target (store, writer, audio_path, opus);
    }

  for (size_t i = 0; tomo_fixture_pack_languages ()[i] != NULL; i++)
    {
      g_autoptr(GError) error = NULL;
      const char *language = tomo_fixture_pack_languages ()[i];
      g_autoptr(GBytes) packed = tomo_fixture_new_pack (partner, language);
      g_autoptr(TomoPack) pack = tomo_pack_new (packed, &error);
      g_assert_no_error (error);
      g_autofree char *path = dup_pack_path (partner, language);
      add_target (store, writer, path, packed);
      g_autofree char *sha256 = tomo_fixture_dup_sha256 (packed);
      g_autoptr(TomoIndexPack) listed = tomo_index_pack_new (pack, sha256);
      tomo_index_builder_add_pack (builder, listed);
    }
}

static void
add_indexes (TomoGenerationWriter *writer, TomoIndexBuilder *builder)
{
  for (size_t i = 0; tomo_fixture_campaign_languages ()[i] != NULL; i++)
    {
      g_autoptr(GError) error = NULL;
      const char *language = tomo_fixture_campaign_languages ()[i];
      g_autoptr(GBytes) index = tomo_index_builder_build (builder, language);
      g_autofree char *name = g_strconcat ("index/", language, NULL);
      g_assert_true (tomo_generation_writer_add_file (writer, name, index, NULL, &error));
      g_assert_no_error (error);
    }
}

static void
fill_store (TomoStore *store, GVariantDict *properties)
{
  g_autoptr(GError) error = NULL;
  g_assert_true (tomo_store_create (store, &error));
  g_assert_no_error (error);
  g_assert_true (tomo_store_lock (store, &error));
  g_assert_no_error (error);

  g_autoptr(TomoGenerationWriter) writer =
      tomo_generation_writer_new (store, TOMO_FIXTURE_CAMPAIGN, &error);
  g_assert_no_error (error);
  g_autoptr(TomoIndexBuilder) builder = tomo_index_builder_new ();
  g_autoptr(GBytes) campaign = tomo_fixture_new_campaign ();
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  g_autofree char *audio_path = dup_media_path (TOMO_CAMPAIGN_ROLE, opus, TOMO_MEDIA_AUDIO);
  add_target (store, writer, TOMO_CAMPAIGN_TARGET, campaign);
  add_target (store, writer, audio_path, opus);
  for (size_t i = 0; partners[i] != NULL; i++)
    add_partner (store, writer, builder, partners[i]);
  add_indexes (writer, builder);
  g_variant_dict_insert (properties, "updated-secs", "x", UPDATED_SECS);
  tomo_generation_writer_set_properties (writer, g_variant_dict_end (properties));

  g_assert_true (tomo_generation_writer_commit (writer, &error));
  g_assert_no_error (error);
  tomo_store_unlock (store);
}

void
tomo_fixture_fill_store (TomoStore *store)
{
  tomo_fixture_fill_store_offering (store, NULL);
}

void
tomo_fixture_fill_store_offering (TomoStore *store, const char *const *offered)
{
  g_auto(GVariantDict) properties = G_VARIANT_DICT_INIT (NULL);

  if (offered != NULL)
    g_variant_dict_insert (&properties, "offered", "^as", offered);
  fill_store (store, &properties);
}

void
tomo_fixture_fill_store_expiring (TomoStore *store, int64_t jp_secs, int64_t th_secs)
{
  g_auto(GVariantDict) properties = G_VARIANT_DICT_INIT (NULL);
  GVariantBuilder dates;

  /* The campaign's own file is long since expired, which hides nothing. */
  g_variant_builder_init (&dates, G_VARIANT_TYPE ("a{s(xx)}"));
  g_variant_builder_add (&dates, "{s(xx)}", "th", G_GINT64_CONSTANT (1), th_secs);
  g_variant_builder_add (&dates, "{s(xx)}", TOMO_CAMPAIGN_ROLE, G_GINT64_CONSTANT (1),
                         G_GINT64_CONSTANT (2));
  g_variant_builder_add (&dates, "{s(xx)}", "jp", G_GINT64_CONSTANT (1), jp_secs);
  g_variant_dict_insert_value (&properties, "partners", g_variant_builder_end (&dates));
  g_variant_dict_insert (&properties, "offered", "^as", tomo_fixture_pack_languages ());
  fill_store (store, &properties);
}

void
tomo_fixture_write_file (const char *folder, const char *path, GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *file = g_build_filename (folder, path, NULL);
  g_autofree char *parent = g_path_get_dirname (file);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_file_set_contents (file, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
}

void
tomo_fixture_fill_preview (const char *folder)
{
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  g_autoptr(GBytes) png = tomo_fixture_new_picture ();

  for (size_t i = 0; partners[i] != NULL; i++)
    {
      g_autofree char *picture_path = dup_media_path (partners[i], png, TOMO_MEDIA_PICTURE);
      g_autofree char *audio_path = dup_media_path (partners[i], opus, TOMO_MEDIA_AUDIO);
      tomo_fixture_write_file (folder, picture_path, png);
      tomo_fixture_write_file (folder, audio_path, opus);
      for (size_t j = 0; tomo_fixture_pack_languages ()[j] != NULL; j++)
        {
          const char *language = tomo_fixture_pack_languages ()[j];
          g_autoptr(GBytes) packed = tomo_fixture_new_pack (partners[i], language);
          g_autofree char *path = dup_pack_path (partners[i], language);
          tomo_fixture_write_file (folder, path, packed);
        }
    }
}

char *
tomo_fixture_dup_folder (void)
{
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp ("tomo-test-XXXXXX", &error);
  g_assert_no_error (error);

  return folder;
}

void
tomo_fixture_remove_folder (const char *path)
{
  /* A test that asks for too much must not take everybody else's files with it. */
  g_autofree char *below = g_strconcat (g_get_tmp_dir (), "/", NULL);
  g_assert_true (g_str_has_prefix (path, below) && path[strlen (below)] != '\0');

  g_autoptr(GDir) folder =
      g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);

  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      tomo_fixture_remove_folder (child);
    }

  g_remove (path);
}
