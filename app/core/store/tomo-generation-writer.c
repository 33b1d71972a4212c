/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/store/tomo-generation.h"

#include <string.h>

#include "core/store/tomo-store-file-private.h"
#include "core/store/tomo-store-private.h"
#include "core/tomo-digest.h"
#include "core/tomo-error.h"
#include "core/tomo-rows.h"

struct _TomoGenerationWriter
{
  TomoStore *store;     /* (owned) */
  char *campaign;       /* (owned) */
  char *partial;        /* (owned): the folder where the generation is written */
  GTree *objects;       /* (owned) (element-type utf8 Member) */
  GTree *files;         /* (owned) (element-type utf8 Member) */
  GVariant *properties; /* (owned) */
};

typedef struct
{
  char *sha256; /* (owned) */
  uint64_t size;
} Member;

static void
member_free (gpointer data)
{
  Member *self = data;

  g_free (self->sha256);
  g_free (self);
}

static int
compare_names_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return strcmp (a, b);
}

static void
add_member (GTree *members, const char *name, const char *sha256, uint64_t size)
{
  Member *member = g_new0 (Member, 1);

  member->sha256 = g_strdup (sha256);
  member->size = size;
  g_tree_replace (members, g_strdup (name), member);
}

/**
 * tomo_generation_writer_new:
 * @store: a store that is locked
 * @campaign: which campaign
 * @error: return location for a #GError
 *
 * Begins the next generation. Nobody sees it before tomo_generation_writer_commit(); one writer at
 * a time.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA for the name, %TOMO_ERROR_NO_SPACE, or
 * %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): a writer
 */
TomoGenerationWriter *
tomo_generation_writer_new (TomoStore *store, const char *campaign, GError **error)
{
  g_return_val_if_fail (TOMO_IS_STORE (store), NULL);
  g_return_val_if_fail (tomo_store_is_locked (store), NULL);
  g_return_val_if_fail (campaign != NULL, NULL);

  g_autofree char *partial = tomo_store_dup_partial_path (store, "generation");
  if (!tomo_store_check_campaign (campaign, error) || !tomo_store_remove_tree (partial, error) ||
      !tomo_store_folder_make (partial, TOMO_STORE_FOLDER_MODE, error))
    return NULL;

  TomoGenerationWriter *self = g_new0 (TomoGenerationWriter, 1);
  self->store = g_object_ref (store);
  self->campaign = g_strdup (campaign);
  self->partial = g_steal_pointer (&partial);
  self->objects = g_tree_new_full (compare_names_cb, NULL, g_free, member_free);
  self->files = g_tree_new_full (compare_names_cb, NULL, g_free, member_free);
  self->properties = g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0));

  return self;
}

/**
 * tomo_generation_writer_free:
 * @self: (transfer full): a writer
 *
 * Frees @self. What was not committed is forgotten.
 */
void
tomo_generation_writer_free (TomoGenerationWriter *self)
{
  if (tomo_store_is_locked (self->store))
    tomo_store_remove_tree (self->partial, NULL);
  g_object_unref (self->store);
  g_free (self->campaign);
  g_free (self->partial);
  g_tree_unref (self->objects);
  g_tree_unref (self->files);
  g_variant_unref (self->properties);
  g_free (self);
}

/**
 * tomo_generation_writer_add_object:
 * @self: a writer
 * @path: the target path
 * @sha256: names the object
 * @size: how many bytes it has
 *
 * Lists an object, which must be in the store when the generation is committed. The last call for
 * a path counts.
 */
void
tomo_generation_writer_add_object (TomoGenerationWriter *self,
                                   const char *path,
                                   const char *sha256,
                                   uint64_t size)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (path != NULL && tomo_generation_is_path (path));
  g_return_if_fail (sha256 != NULL && tomo_store_is_sha256 (sha256));

  add_member (self->objects, path, sha256, size);
}

/**
 * tomo_generation_writer_set_properties:
 * @self: a writer
 * @properties: an `a{sv}`; if floating, it is consumed
 *
 * Notes what the generation was made of, for the next update.
 */
void
tomo_generation_writer_set_properties (TomoGenerationWriter *self, GVariant *properties)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (properties != NULL);
  g_return_if_fail (g_variant_is_of_type (properties, G_VARIANT_TYPE_VARDICT));

  g_variant_unref (self->properties);
  self->properties = g_variant_ref_sink (properties);
}

/* The sums of the blocks follow the bytes, and the manifest lists the sum of those sums. */
static gboolean
write_file (TomoGenerationWriter *self,
            const char *name,
            GBytes *bytes,
            GBytes *digests,
            GError **error)
{
  g_autofree char *path = g_build_filename (self->partial, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GBytes) sums =
      digests != NULL ? g_bytes_ref (digests) : tomo_blocks_compute_digests (bytes);
  GBytes *const parts[] = { bytes, sums, NULL };
  if (!tomo_store_folder_make (folder, TOMO_STORE_FOLDER_MODE, error) ||
      !tomo_store_file_write_parts (path, parts, error))
    return FALSE;

  g_autofree char *sha256 = tomo_digest_dup_sha256 (sums);
  add_member (self->files, name, sha256, g_bytes_get_size (bytes));
  return TRUE;
}

/**
 * tomo_generation_writer_add_file:
 * @self: a writer
 * @name: a name, or a folder and a name, such as ‘index/zh-hant’
 * @bytes: what to write
 * @digests: (nullable): what tomo_blocks_compute_digests() gave for @bytes, if somebody asked
 * @error: return location for a #GError
 *
 * Puts a file beside the list of objects.
 *
 * On failure this sets %TOMO_ERROR_NO_SPACE or %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_generation_writer_add_file (TomoGenerationWriter *self,
                                 const char *name,
                                 GBytes *bytes,
                                 GBytes *digests,
                                 GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL && tomo_generation_is_file_name (name), FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  return write_file (self, name, bytes, digests, error);
}

static GVariant *
build_files (GTree *files)
{
  g_auto(GVariantBuilder) list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sst)"));

  for (GTreeNode *node = g_tree_node_first (files); node != NULL; node = g_tree_node_next (node))
    {
      const Member *member = g_tree_node_value (node);
      g_variant_builder_add (&list, "(sst)", g_tree_node_key (node), member->sha256, member->size);
    }

  return g_variant_builder_end (&list);
}

static gboolean
write_objects (TomoGenerationWriter *self, GError **error)
{
  g_auto(TomoRowsWriter) rows = { NULL };
  tomo_rows_writer_init (&rows);

  for (GTreeNode *node = g_tree_node_first (self->objects); node != NULL;
       node = g_tree_node_next (node))
    {
      const Member *member = g_tree_node_value (node);
      tomo_rows_writer_put_string (&rows, g_tree_node_key (node));
      tomo_rows_writer_put_string (&rows, member->sha256);
      tomo_rows_writer_put_number (&rows, member->size);
      tomo_rows_writer_end_row (&rows);
    }

  g_autoptr(GByteArray) list = g_byte_array_new ();
  tomo_rows_writer_append_to (&rows, list);
  tomo_rows_writer_clear (&rows);
  g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes (g_steal_pointer (&list));
  return write_file (self, TOMO_GENERATION_OBJECTS, bytes, NULL, error);
}

static gboolean
write_manifest (TomoGenerationWriter *self, uint64_t number, GError **error)
{
  g_autoptr(GVariant) variant = g_variant_ref_sink (
      g_variant_new ("(ut@a{sv}t@a(sst))", TOMO_GENERATION_FORMAT, number, self->properties,
                     (uint64_t) g_tree_nnodes (self->objects), build_files (self->files)));
#if G_BYTE_ORDER == G_BIG_ENDIAN
  g_autoptr(GVariant) normal = g_variant_byteswap (variant);
#else
  g_autoptr(GVariant) normal = g_variant_get_normal_form (variant);
#endif
  g_autoptr(GBytes) plain = g_variant_get_data_as_bytes (normal);
  uint8_t digest[TOMO_DIGEST_SHA256_BYTES];
  tomo_digest_compute_sha256 (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), digest);

  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_byte_array_append (bytes, digest, sizeof digest);
  g_byte_array_append (bytes, g_bytes_get_data (plain, NULL),
                       (unsigned int) g_bytes_get_size (plain));
  g_autoptr(GBytes) manifest = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  g_autofree char *path = g_build_filename (self->partial, TOMO_GENERATION_MANIFEST, NULL);
  return tomo_store_file_write (path, manifest, error);
}

static gboolean
check_objects (TomoGenerationWriter *self, GError **error)
{
  for (GTreeNode *node = g_tree_node_first (self->objects); node != NULL;
       node = g_tree_node_next (node))
    {
      const Member *member = g_tree_node_value (node);
      if (!tomo_store_has_object (self->store, member->sha256, member->size))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                       "object %s for %s is not in the store", member->sha256,
                       (const char *) g_tree_node_key (node));
          return FALSE;
        }
    }

  return TRUE;
}

/* Numbers are never used twice, so that a reader cannot mistake one state for another. */
static gboolean
choose_number (TomoGenerationWriter *self, uint64_t *out_number, GError **error)
{
  size_t n_generations = 0;
  g_autofree uint64_t *numbers =
      tomo_store_list_generations (self->store, self->campaign, &n_generations, error);
  if (numbers == NULL)
    return FALSE;

  uint64_t last = n_generations > 0 ? numbers[n_generations - 1] : 0;
  uint64_t current = 0;
  if (tomo_store_read_current (self->store, self->campaign, &current, NULL) && current > last)
    last = current;

  *out_number = last + 1;
  return TRUE;
}

static gboolean
make_current (TomoGenerationWriter *self,
              const char *campaign_path,
              uint64_t number,
              GError **error)
{
  g_autofree char *target = g_strdup_printf ("generations/%" G_GUINT64_FORMAT, number);
  g_autofree char *partial = tomo_store_dup_partial_path (self->store, "current");
  g_autofree char *current = g_build_filename (campaign_path, "current", NULL);

  return tomo_store_remove_tree (partial, error) && tomo_store_file_link (target, partial, error) &&
         tomo_store_file_rename (partial, current, error) &&
         tomo_store_folder_sync (campaign_path, error);
}

/**
 * tomo_generation_writer_commit:
 * @self: a writer
 * @error: return location for a #GError
 *
 * Brings everything to the disk, then makes the generation the current one by a rename. Whatever
 * goes wrong, and whenever, the old or the new generation is current and whole; only when the very
 * last step fails, it is the new one.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if an object is missing, %TOMO_ERROR_NO_SPACE, or
 * %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_generation_writer_commit (TomoGenerationWriter *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (tomo_store_is_locked (self->store), FALSE);

  uint64_t number = 0;
  if (!check_objects (self, error) || !choose_number (self, &number, error))
    return FALSE;

  g_autofree char *campaign_path = tomo_store_dup_campaign_path (self->store, self->campaign);
  g_autofree char *generations = g_build_filename (campaign_path, "generations", NULL);
  g_autofree char *path = tomo_store_dup_generation_path (self->store, self->campaign, number);

  return tomo_store_folder_make (campaign_path, TOMO_STORE_FOLDER_MODE, error) &&
         tomo_store_folder_make (generations, TOMO_STORE_FOLDER_MODE, error) &&
         write_objects (self, error) && write_manifest (self, number, error) &&
         tomo_store_sync_all (tomo_store_get_path (self->store), error) &&
         tomo_store_file_rename (self->partial, path, error) &&
         tomo_store_folder_sync (generations, error) &&
         make_current (self, campaign_path, number, error);
}
