/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-pack-build.h"

#include <string.h>

#include "author/pack/tomo-pack-audio.h"
#include "author/pack/tomo-pack-compile.h"
#include "author/pack/tomo-pack-folder.h"
#include "author/pack/tomo-pack-picture.h"
#include "author/pack/tomo-vocabulary.h"
#include "core/content/tomo-media.h"
#include "core/content/tomo-pack.h"
#include "core/tomo-digest.h"
#include "core/tomo-error.h"
#include "core/trust/tomo-target-path.h"

/* What is built, and what came of it so far. */
typedef struct
{
  const TomoPackFolder *folder;
  const char *partner;
  TomoFindings *findings;
  GCancellable *cancellable;
  GHashTable *rendered; /* (nullable) (element-type utf8 GBytes): from an earlier run */
  GHashTable *pictures; /* (nullable) (element-type utf8 utf8): SHA-256 by id, of the source */
  GHashTable *paths;    /* (owned) (element-type utf8): of files; borrowed */
  GPtrArray *files;     /* (owned) (element-type TomoBuiltFile) */
} Builder;

/**
 * tomo_built_file_free:
 * @self: (transfer full): a file
 *
 * Frees @self.
 */
void
tomo_built_file_free (TomoBuiltFile *self)
{
  g_free (self->path);
  g_bytes_unref (self->bytes);
  g_free (self);
}

/**
 * tomo_built_pack_free:
 * @self: (transfer full): what was built
 *
 * Frees @self.
 */
void
tomo_built_pack_free (TomoBuiltPack *self)
{
  g_free (self->id);
  g_strfreev (self->draft_languages);
  g_ptr_array_unref (self->files);
  g_free (self);
}

/* Two pictures with the same pixels are one file, and so are two equal recordings. */
static gboolean
add_file (Builder *self, char *path, GBytes *bytes, GError **error)
{
  g_autofree char *owned_path = path;

  if (!tomo_target_path_check (path, error))
    return FALSE;
  if (g_hash_table_contains (self->paths, path))
    return TRUE;

  TomoBuiltFile *file = g_new0 (TomoBuiltFile, 1);
  file->path = g_steal_pointer (&owned_path);
  file->bytes = g_bytes_ref (bytes);
  g_ptr_array_add (self->files, file);
  g_hash_table_add (self->paths, file->path);
  return TRUE;
}

static gboolean
is_picture_used (const TomoSourcePack *pack, const char *id)
{
  for (unsigned int i = 0; i < pack->items->len; i++)
    {
      const TomoSourceItem *item = g_ptr_array_index (pack->items, i);

      if (g_strcmp0 (item->picture, id) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
build_picture (Builder *self,
               const TomoSourcePicture *picture,
               const char *language,
               GHashTable *pictures,
               GError **error)
{
  g_autoptr(GBytes) png = tomo_pack_picture_render (self->folder->source, picture, language,
                                                     self->rendered, self->findings, error);

  if (png == NULL)
    return FALSE;

  g_autofree char *sha256 = tomo_digest_dup_sha256 (png);
  g_autofree char *name = g_strconcat (sha256, TOMO_MEDIA_PICTURE, NULL);

  g_hash_table_insert (pictures, g_strdup (picture->id), g_steal_pointer (&sha256));
  return add_file (self, tomo_media_dup_path (self->partner, name), png, error);
}

/* SHA-256 of the pictures in one language, by their ids. Those that are the same everywhere are
 * rendered for the source, which comes first. */
static GHashTable *
build_pictures (Builder *self, const char *language, GError **error)
{
  const TomoSourcePack *pack = self->folder->source;
  g_autoptr(GHashTable) pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (unsigned int i = 0; i < pack->pictures->len; i++)
    {
      const TomoSourcePicture *picture = g_ptr_array_index (pack->pictures, i);
      const char *known =
          self->pictures != NULL ? g_hash_table_lookup (self->pictures, picture->id) : NULL;
      gboolean is_own =
          tomo_pack_picture_is_localised (picture) && !g_str_equal (language, pack->language);

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return NULL;
      if (known != NULL && !is_own)
        g_hash_table_insert (pictures, g_strdup (picture->id), g_strdup (known));
      else if (is_picture_used (pack, picture->id) &&
               !build_picture (self, picture, language, pictures, error))
        return NULL;
    }

  return g_steal_pointer (&pictures);
}

static gboolean
load_recording (Builder *self,
                const TomoSourceItem *item,
                const TomoPackRecording *recording,
                GHashTable *sums,
                GHashTable *bytes_by_sum,
                GError **error)
{
  g_autoptr(GBytes) opus = NULL;

  if (!tomo_pack_audio_load (self->folder->source, recording->src, &opus, error))
    return FALSE;
  if (opus == NULL)
    return TRUE;

  char *sha256 = tomo_digest_dup_sha256 (opus);
  g_hash_table_insert (sums, tomo_pack_audio_dup_key (item, recording->part), sha256);
  g_hash_table_insert (bytes_by_sum, g_strdup (sha256), g_steal_pointer (&opus));
  return TRUE;
}

/* SHA-256 of the recordings in one language, by tomo_pack_audio_dup_key(). */
static GHashTable *
load_recordings (Builder *self, const char *language, GHashTable *bytes_by_sum, GError **error)
{
  const TomoSourcePack *pack = self->folder->source;
  g_autoptr(GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (unsigned int i = 0; i < pack->items->len; i++)
    {
      const TomoSourceItem *item = g_ptr_array_index (pack->items, i);
      g_autoptr(GPtrArray) list = tomo_pack_audio_list (item, language);

      for (unsigned int j = 0; j < list->len; j++)
        if (!load_recording (self, item, g_ptr_array_index (list, j), sums, bytes_by_sum, error))
          return NULL;
    }

  return g_steal_pointer (&sums);
}

static gboolean
add_recording (Builder *self, const char *sha256, GHashTable *bytes_by_sum, GError **error)
{
  g_autofree char *name = g_strconcat (sha256, TOMO_MEDIA_AUDIO, NULL);

  return sha256[0] == '\0' || add_file (self, tomo_media_dup_path (self->partner, name),
                                        g_hash_table_lookup (bytes_by_sum, sha256), error);
}

/* The recordings that the compiled pack names, and not those of incomplete items. */
static gboolean
add_recordings (Builder *self, TomoPack *opened, GHashTable *bytes_by_sum, GError **error)
{
  for (size_t i = 0; i < tomo_pack_get_n_items (opened); i++)
    {
      TomoItem *item = tomo_pack_get_item (opened, i);

      if (!add_recording (self, tomo_item_get_audio (item), bytes_by_sum, error))
        return FALSE;
      for (size_t j = 0; j < tomo_item_get_n_recordings (item); j++)
        if (!add_recording (self, tomo_item_get_recording (item, j, NULL), bytes_by_sum, error))
          return FALSE;
    }

  return TRUE;
}

static gboolean
build_language (Builder *self, const char *language, const TomoPackCatalog *catalog, GError **error)
{
  const TomoSourcePack *pack = self->folder->source;
  g_autoptr(GHashTable) bytes_by_sum =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_autoptr(GHashTable) audio = load_recordings (self, language, bytes_by_sum, error);
  g_autoptr(GHashTable) pictures = audio != NULL ? build_pictures (self, language, error) : NULL;
  if (pictures == NULL)
    return FALSE;

  g_autoptr(GError) local_error = NULL;
  g_autoptr(GBytes) packed =
      tomo_pack_compile (pack, self->partner, language, catalog, pictures, audio, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (packed == NULL)
    return TRUE; /* Nothing to show in this language yet. */

  /* What a kiosk would refuse must not be signed, whoever made the mistake. */
  g_autoptr(TomoPack) opened = tomo_pack_new (packed, error);
  if (opened == NULL)
    {
      g_prefix_error (error, "a kiosk would refuse what was built: ");
      return FALSE;
    }

  if (!add_recordings (self, opened, bytes_by_sum, error))
    return FALSE;

  g_autofree char *lower = g_ascii_strdown (language, -1);
  return add_file (self, g_strdup_printf ("%s/packs/%s/%s.k1.gz", self->partner, pack->id, lower),
                   packed, error);
}

static gboolean
build_languages (Builder *self, GStrvBuilder *drafts, GError **error)
{
  const TomoPackFolder *folder = self->folder;

  g_autoptr(GHashTable) pictures = build_pictures (self, folder->source->language, error);
  if (pictures == NULL)
    return FALSE;

  self->pictures = pictures;
  if (!build_language (self, folder->source->language, NULL, error))
    return FALSE;

  for (unsigned int i = 0; i < folder->translations->len; i++)
    {
      const TomoPackTranslation *translation = g_ptr_array_index (folder->translations, i);
      unsigned int n_before = self->files->len;

      if (translation->catalog == NULL)
        continue;
      if (!build_language (self, translation->language->tag, translation->catalog, error))
        return FALSE;
      if (self->files->len > n_before && !tomo_pack_catalog_is_reviewed (translation->catalog))
        g_strv_builder_add (drafts, translation->language->tag);
    }

  return TRUE;
}

static int
compare_files (gconstpointer a, gconstpointer b)
{
  const TomoBuiltFile *left = *(const TomoBuiltFile *const *) a;
  const TomoBuiltFile *right = *(const TomoBuiltFile *const *) b;

  return strcmp (left->path, right->path);
}

/**
 * tomo_pack_build_folder:
 * @folder: a pack folder whose pack.xml and pictures are without mistakes
 * @partner: whose it is
 * @rendered: (nullable) (element-type utf8 GBytes): pictures of earlier runs, by the SHA-256 of
 *    their files; those of this run are added
 * @findings: where mistakes are told
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Makes of @folder what is published, as tomo_pack_build() does. Translations with mistakes count
 * as missing, which previews want and tomo_pack_build() does not allow.
 *
 * This blocks. On failure this sets a #TomoError.
 *
 * Returns: (transfer full): what was built
 */
TomoBuiltPack *
tomo_pack_build_folder (const TomoPackFolder *folder,
                        const char *partner,
                        GHashTable *rendered,
                        TomoFindings *findings,
                        GCancellable *cancellable,
                        GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (partner != NULL, NULL);

  g_autoptr(GHashTable) paths = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) files =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_built_file_free);
  g_autoptr(GStrvBuilder) drafts = g_strv_builder_new ();
  Builder builder = { folder, partner, findings, cancellable, rendered, NULL, paths, files };

  if (!build_languages (&builder, drafts, error))
    {
      tomo_error_convert (error);
      return NULL;
    }

  TomoBuiltPack *built = g_new0 (TomoBuiltPack, 1);
  built->id = g_strdup (folder->source->id);
  built->revision = folder->source->revision;
  built->is_sample = folder->source->is_sample;
  built->draft_languages = g_strv_builder_end (drafts);
  g_ptr_array_sort (files, compare_files);
  built->files = g_steal_pointer (&files);
  return built;
}

/**
 * tomo_pack_build:
 * @folder: of a pack
 * @partner: whose it is
 * @findings: where mistakes are told
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Checks a pack folder and makes of it what is published: one compiled pack for each language in
 * which at least one item is complete, and the pictures and recordings. The same folder gives the
 * same bytes.
 *
 * This blocks. On failure this sets %TOMO_ERROR_INVALID_DATA if there are errors among @findings,
 * or another #TomoError.
 *
 * Returns: (transfer full): what was built
 */
TomoBuiltPack *
tomo_pack_build (const char *folder,
                 const char *partner,
                 TomoFindings *findings,
                 GCancellable *cancellable,
                 GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (partner != NULL, NULL);
  g_return_val_if_fail (findings != NULL, NULL);

  if (!tomo_vocabulary_is_id (partner))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "‘%s’ is not a partner; use a-z, 0-9 and ‘-’, such as ‘jp’", partner);
      return NULL;
    }

  g_autoptr(TomoPackFolder) loaded = tomo_pack_folder_load (folder, findings, error);
  if (loaded == NULL)
    return NULL;

  size_t n_errors = tomo_findings_count_errors (findings);
  if (n_errors > 0)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s has %" G_GSIZE_FORMAT " %s; ‘tomopress pack check’ names them", folder,
                   n_errors, n_errors == 1 ? "mistake" : "mistakes");
      return NULL;
    }

  TomoBuiltPack *built =
      tomo_pack_build_folder (loaded, partner, NULL, findings, cancellable, error);
  tomo_findings_sort (findings);
  return built;
}
