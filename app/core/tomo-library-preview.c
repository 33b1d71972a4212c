/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-library-preview-private.h"

#include <glib/gstdio.h>
#include <stdint.h>
#include <string.h>

#include "core/content/tomo-language.h"
#include "core/content/tomo-media.h"
#include "core/content/tomo-pack.h"
#include "core/tomo-digest.h"
#include "core/tomo-error.h"

#define PACK_SUFFIX ".k1.gz"

struct _TomoPreview
{
  char *folder;              /* (owned) */
  GHashTable *paths;         /* (owned) (element-type utf8 utf8): of the objects, by SHA-256 */
  TomoIndexBuilder *builder; /* (owned) */
  GPtrArray *languages;      /* (owned) (element-type TomoLanguage): of the packs */
  TomoCampaign *campaign;    /* (owned) (nullable) */
  size_t n_packs;
};

/**
 * tomo_preview_free:
 * @self: (transfer full): a preview
 *
 * Frees @self.
 */
void
tomo_preview_free (TomoPreview *self)
{
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->paths, g_hash_table_unref);
  g_clear_pointer (&self->builder, tomo_index_builder_free);
  g_clear_pointer (&self->languages, g_ptr_array_unref);
  g_clear_pointer (&self->campaign, tomo_campaign_unref);
  g_free (self);
}

static GBytes *
read_file (const char *path, size_t max_bytes, GError **error)
{
  GStatBuf info;
  g_autofree char *data = NULL;
  gsize size = 0;

  if (g_stat (path, &info) == 0 && (uint64_t) info.st_size > max_bytes)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s is larger than %" G_GSIZE_FORMAT " bytes", path, max_bytes);
      return NULL;
    }

  if (!g_file_get_contents (path, &data, &size, error))
    {
      tomo_error_convert (error);
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&data), size);
}

static GStrv
list_folder (const char *path, GError **error)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, error);
  if (folder == NULL)
    {
      tomo_error_convert (error);
      return NULL;
    }

  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  for (const char *name; (name = g_dir_read_name (folder)) != NULL;)
    if (name[0] != '.')
      g_strv_builder_add (names, name);

  return g_strv_builder_end (names);
}

static void
add_language (TomoPreview *self, const char *tag)
{
  const TomoLanguage *language = tomo_language_find (tag);

  if (language != NULL && !g_ptr_array_find (self->languages, language, NULL))
    g_ptr_array_add (self->languages, (gpointer) language);
}

static gboolean
add_pack (TomoPreview *self, const char *partner, const char *path, GError **error)
{
  g_autoptr(GBytes) packed = read_file (path, TOMO_PACK_MAX_PACKED_BYTES, error);
  if (packed == NULL)
    return FALSE;

  g_autoptr(TomoPack) pack = tomo_pack_new (packed, error);
  if (pack == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }

  if (!g_str_equal (tomo_pack_get_partner (pack), partner))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s is a pack of %s in the folder of %s: build it anew", path,
                   tomo_pack_get_partner (pack), partner);
      return FALSE;
    }

  g_autofree char *sha256 = tomo_digest_dup_sha256 (packed);
  g_autoptr(TomoIndexPack) listed = tomo_index_pack_new (pack, sha256);
  tomo_index_builder_add_pack (self->builder, listed);
  add_language (self, tomo_pack_get_language (pack));
  g_hash_table_insert (self->paths, g_steal_pointer (&sha256), g_strdup (path));
  self->n_packs++;
  return TRUE;
}

static gboolean
add_packs (TomoPreview *self, const char *partner, const char *partner_path, GError **error)
{
  g_autofree char *path = g_build_filename (partner_path, "packs", NULL);
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;

  g_auto(GStrv) packs = list_folder (path, error);
  if (packs == NULL)
    return FALSE;

  for (size_t i = 0; packs[i] != NULL; i++)
    {
      g_autofree char *pack_path = g_build_filename (path, packs[i], NULL);
      if (!g_file_test (pack_path, G_FILE_TEST_IS_DIR))
        continue;

      g_auto(GStrv) files = list_folder (pack_path, error);
      if (files == NULL)
        return FALSE;

      for (size_t j = 0; files[j] != NULL; j++)
        {
          g_autofree char *file = g_build_filename (pack_path, files[j], NULL);
          if (g_str_has_suffix (file, PACK_SUFFIX) && !add_pack (self, partner, file, error))
            return FALSE;
        }
    }

  return TRUE;
}

static gboolean
add_media (TomoPreview *self, const char *partner_path, GError **error)
{
  g_autofree char *path = g_build_filename (partner_path, "media", NULL);
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;

  g_auto(GStrv) files = list_folder (path, error);
  for (size_t i = 0; files != NULL && files[i] != NULL; i++)
    if (g_str_has_suffix (files[i], TOMO_MEDIA_PICTURE) ||
        g_str_has_suffix (files[i], TOMO_MEDIA_AUDIO))
      g_hash_table_insert (self->paths, g_strndup (files[i], strcspn (files[i], ".")),
                           g_build_filename (path, files[i], NULL));

  return files != NULL;
}

static gboolean
read_campaign (TomoPreview *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, TOMO_CAMPAIGN_TARGET, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  g_autoptr(GBytes) packed = read_file (path, TOMO_PACK_MAX_PACKED_BYTES, error);
  if (packed == NULL)
    return FALSE;

  self->campaign = tomo_campaign_new (packed, error);
  if (self->campaign == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }

  g_hash_table_insert (self->paths, tomo_digest_dup_sha256 (packed), g_strdup (path));
  return TRUE;
}

static int
compare_languages_cb (gconstpointer a, gconstpointer b)
{
  const TomoLanguage *left = *(const TomoLanguage *const *) a;
  const TomoLanguage *right = *(const TomoLanguage *const *) b;

  return (int) left->rank - (int) right->rank;
}

/**
 * tomo_preview_new:
 * @folder: where built files are
 * @error: return location for a #GError
 *
 * Reads and checks all packs in @folder.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if there is no such folder, %TOMO_ERROR_INVALID_DATA
 * or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): a preview
 */
TomoPreview *
tomo_preview_new (const char *folder, GError **error)
{
  g_autoptr(TomoPreview) self = g_new0 (TomoPreview, 1);

  self->folder = g_strdup (folder);
  self->paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->builder = tomo_index_builder_new ();
  self->languages = g_ptr_array_new ();

  g_auto(GStrv) partners = list_folder (folder, error);
  if (partners == NULL || !read_campaign (self, error))
    return NULL;

  for (size_t i = 0; partners[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, partners[i], NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR) &&
          (!add_packs (self, partners[i], path, error) || !add_media (self, path, error)))
        return NULL;
    }

  g_ptr_array_sort (self->languages, compare_languages_cb);
  return g_steal_pointer (&self);
}

/**
 * tomo_preview_equal:
 * @self: a preview
 * @other: another one
 *
 * Tells whether both hold the same objects.
 *
 * Returns: %TRUE if they do
 */
gboolean
tomo_preview_equal (TomoPreview *self, TomoPreview *other)
{
  GHashTableIter iter;
  gpointer sha256;

  if (g_hash_table_size (self->paths) != g_hash_table_size (other->paths))
    return FALSE;

  g_hash_table_iter_init (&iter, self->paths);
  while (g_hash_table_iter_next (&iter, &sha256, NULL))
    if (!g_hash_table_contains (other->paths, sha256))
      return FALSE;

  return TRUE;
}

/**
 * tomo_preview_get_n_packs:
 * @self: a preview
 *
 * Counts the compiled packs.
 *
 * Returns: how many there are
 */
size_t
tomo_preview_get_n_packs (TomoPreview *self)
{
  return self->n_packs;
}

/**
 * tomo_preview_get_campaign:
 * @self: a preview
 *
 * Gives the campaign.
 *
 * Returns: (transfer none) (nullable): the campaign, if a campaign file was built
 */
TomoCampaign *
tomo_preview_get_campaign (TomoPreview *self)
{
  return self->campaign;
}

/**
 * tomo_preview_dup_languages:
 * @self: a preview
 *
 * Lists the languages of the campaign, or without one those of the packs.
 *
 * Returns: (transfer full): BCP 47 tags, %NULL-terminated
 */
char **
tomo_preview_dup_languages (TomoPreview *self)
{
  if (self->campaign != NULL)
    return g_strdupv ((char **) tomo_campaign_get_languages (self->campaign));

  g_autoptr(GStrvBuilder) tags = g_strv_builder_new ();
  for (unsigned int i = 0; i < self->languages->len; i++)
    g_strv_builder_add (tags, ((const TomoLanguage *) self->languages->pdata[i])->tag);

  return g_strv_builder_end (tags);
}

/**
 * tomo_preview_build_index:
 * @self: a preview
 * @language: for whom
 *
 * Builds an index in memory.
 *
 * Returns: (transfer full): for tomo_index_new()
 */
GBytes *
tomo_preview_build_index (TomoPreview *self, const char *language)
{
  return tomo_index_builder_build (self->builder, language);
}

/**
 * tomo_preview_load_object:
 * @self: a preview
 * @sha256: what it hashes to
 * @max_bytes: the most it may have
 * @error: return location for a #GError
 *
 * Reads a built file.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND, %TOMO_ERROR_INVALID_DATA if it has changed since, or
 * %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
tomo_preview_load_object (TomoPreview *self, const char *sha256, size_t max_bytes, GError **error)
{
  const char *path = g_hash_table_lookup (self->paths, sha256);
  if (path == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND, "%s holds no file with the hash %s",
                   self->folder, sha256);
      return NULL;
    }

  g_autoptr(GBytes) bytes = read_file (path, max_bytes, error);
  if (bytes == NULL)
    return NULL;

  g_autofree char *actual = tomo_digest_dup_sha256 (bytes);
  if (!g_str_equal (actual, sha256))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s is not what its name says, or has changed: build it anew", path);
      return NULL;
    }

  return g_steal_pointer (&bytes);
}
