/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>
#include <unistd.h>

#include "core/store/tomo-generation-private.h"
#include "core/store/tomo-store-file-private.h"
#include "core/tomo-digest.h"
#include "core/tomo-error.h"
#include "core/tomo-rows.h"

TomoStoredObject
tomo_generation_read_file (GVariant *files, size_t index)
{
  TomoStoredObject file = { NULL };

  g_variant_get_child (files, index, "(&s&st)", &file.path, &file.sha256, &file.size);

  return file;
}

static gboolean
find_file (TomoGeneration *self, const char *name, TomoStoredObject *out_file)
{
  for (size_t i = 0; i < g_variant_n_children (self->files); i++)
    {
      *out_file = tomo_generation_read_file (self->files, i);
      if (g_str_equal (out_file->path, name))
        return TRUE;
    }

  return FALSE;
}

/* The sums of the blocks stand behind the bytes; the manifest holds the sum of those sums. */
static GBytes *
load_digests (int fd, const char *path, const TomoStoredObject *file, GError **error)
{
  size_t size = tomo_blocks_count_digest_bytes ((size_t) file->size);
  g_autoptr(GError) read_error = NULL;
  g_autoptr(GBytes) digests =
      tomo_store_file_read_part (fd, (size_t) file->size, size, path, &read_error);
  if (digests == NULL && !g_error_matches (read_error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA))
    {
      g_propagate_error (error, g_steal_pointer (&read_error));
      return NULL;
    }

  g_autofree char *actual = digests != NULL ? tomo_digest_dup_sha256 (digests) : NULL;
  if (g_strcmp0 (actual, file->sha256) == 0)
    return g_steal_pointer (&digests);

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "%s is damaged: run tomoctl verify, then tomoctl sync, to repair it", path);
  return NULL;
}

static gboolean
check_size (const TomoStoredObject *file, size_t max_bytes, const char *path, GError **error)
{
  if (file->size <= max_bytes)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "%s is larger than %" G_GSIZE_FORMAT " bytes", path, max_bytes);
  return FALSE;
}

/**
 * tomo_generation_open_file:
 * @self: a generation
 * @name: which file, such as ‘index/zh-hant’
 * @max_bytes: the most it may have
 * @error: return location for a #GError
 *
 * Opens a file of the generation. What is read from it later is compared with what was written,
 * block by block; it stays readable even if the generation is collected.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if the generation has no such file,
 * %TOMO_ERROR_INVALID_DATA if it is damaged or gone, or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): its blocks
 */
TomoBlocks *
tomo_generation_open_file (TomoGeneration *self, const char *name, size_t max_bytes, GError **error)
{
  g_return_val_if_fail (self != NULL && self->path != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  TomoStoredObject file;
  if (!find_file (self, name, &file))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "generation %" G_GUINT64_FORMAT " has no file ‘%s’", self->number, name);
      return NULL;
    }

  g_autofree char *path = g_build_filename (self->path, name, NULL);
  if (!check_size (&file, max_bytes, path, error))
    return NULL;

  g_autoptr(GError) open_error = NULL;
  int fd = tomo_store_file_open (path, NULL, &open_error);
  if (g_error_matches (open_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s is missing: run tomoctl verify, then tomoctl sync, to repair it", path);
      return NULL;
    }
  if (fd < 0)
    {
      g_propagate_error (error, g_steal_pointer (&open_error));
      return NULL;
    }

  g_autoptr(GBytes) digests = load_digests (fd, path, &file, error);
  if (digests == NULL)
    {
      close (fd);
      return NULL;
    }

  return tomo_blocks_new_for_fd (fd, (size_t) file.size, digests, path, error);
}

/**
 * tomo_generation_load_file:
 * @self: a generation
 * @name: which file, such as ‘index/zh-hant’
 * @max_bytes: the most it may have
 * @error: return location for a #GError
 *
 * Reads a file of the generation and checks that its bytes are those that were written.
 *
 * On failure this sets what tomo_generation_open_file() sets.
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
tomo_generation_load_file (TomoGeneration *self, const char *name, size_t max_bytes, GError **error)
{
  g_autoptr(TomoBlocks) blocks = tomo_generation_open_file (self, name, max_bytes, error);
  if (blocks == NULL)
    return NULL;

  size_t size = tomo_blocks_get_size (blocks);
  const uint8_t *data = tomo_blocks_get (blocks, 0, size, error);
  if (data == NULL)
    return NULL;

  return g_bytes_new_with_free_func (data, size, (GDestroyNotify) tomo_blocks_unref,
                                     g_steal_pointer (&blocks));
}

/* Readers of the screen never come here, so that their start does not depend on the number. */
static gboolean
open_objects (TomoGeneration *self, TomoRows *out_rows, GError **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->objects == NULL && self->path != NULL)
    self->objects = tomo_generation_open_file (self, TOMO_GENERATION_OBJECTS,
                                               TOMO_GENERATION_MAX_OBJECTS_BYTES, error);
  else if (self->objects == NULL)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND, "the generation has no folder");

  return self->objects != NULL && tomo_rows_open (out_rows, self->objects, 0, error);
}

static gboolean
read_object (const TomoRows *rows, size_t index, TomoStoredObject *out_object, GError **error)
{
  TomoRow row;
  if (!tomo_rows_get (rows, index, &row, error))
    return FALSE;

  out_object->path = tomo_row_take_string (&row);
  out_object->sha256 = tomo_row_take_string (&row);
  out_object->size = tomo_row_take_number (&row);
  if (row.is_valid && tomo_generation_is_path (out_object->path) &&
      tomo_store_is_sha256 (out_object->sha256))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "object %" G_GSIZE_FORMAT " of a generation is no path with a SHA-256", index);
  return FALSE;
}

/**
 * tomo_generation_get_n_objects:
 * @self: a generation
 *
 * Counts the objects.
 *
 * Returns: how many there are
 */
size_t
tomo_generation_get_n_objects (TomoGeneration *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (size_t) self->n_objects;
}

/**
 * tomo_generation_get_object:
 * @self: a generation
 * @index: less than tomo_generation_get_n_objects()
 * @out_object: (out caller-allocated): the object; its strings live as long as @self
 * @error: return location for a #GError
 *
 * Gives one object; they are sorted by path.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA if the list is damaged, or %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_generation_get_object (TomoGeneration *self,
                            size_t index,
                            TomoStoredObject *out_object,
                            GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (out_object != NULL, FALSE);

  TomoRows rows;
  return open_objects (self, &rows, error) && read_object (&rows, index, out_object, error);
}

/**
 * tomo_generation_find_object:
 * @self: a generation
 * @path: a target path
 * @out_object: (out) (optional): the object; its strings live as long as @self
 *
 * Looks up an object by its target path.
 *
 * Returns: %TRUE if it is there; %FALSE also if the list is damaged on the way to it
 */
gboolean
tomo_generation_find_object (TomoGeneration *self, const char *path, TomoStoredObject *out_object)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  TomoRows rows;
  if (!open_objects (self, &rows, NULL))
    return FALSE;

  size_t first = 0;
  size_t end = rows.n_rows;
  while (first < end)
    {
      size_t middle = first + (end - first) / 2;
      TomoStoredObject object;
      if (!read_object (&rows, middle, &object, NULL))
        return FALSE;

      int order = strcmp (object.path, path);
      if (order == 0)
        {
          if (out_object != NULL)
            *out_object = object;
          return TRUE;
        }
      if (order < 0)
        first = middle + 1;
      else
        end = middle;
    }

  return FALSE;
}

size_t
tomo_generation_get_n_files (TomoGeneration *self)
{
  return g_variant_n_children (self->files);
}

TomoStoredObject
tomo_generation_get_file (TomoGeneration *self, size_t index)
{
  return tomo_generation_read_file (self->files, index);
}

/**
 * tomo_generation_list_files:
 * @self: a generation
 * @folder: such as ‘index’
 * @error: return location for a #GError
 *
 * Lists the files of one folder of the generation.
 *
 * Returns: (transfer full): names without the folder, sorted, %NULL-terminated
 */
char **
tomo_generation_list_files (TomoGeneration *self, const char *folder, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (folder != NULL, NULL);

  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  size_t length = strlen (folder);

  for (size_t i = 0; i < g_variant_n_children (self->files); i++)
    {
      TomoStoredObject file = tomo_generation_read_file (self->files, i);
      if (strncmp (file.path, folder, length) == 0 && file.path[length] == '/')
        g_strv_builder_add (names, file.path + length + 1);
    }

  return g_strv_builder_end (names);
}
