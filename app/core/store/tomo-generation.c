/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/store/tomo-generation.h"

#include <stdlib.h>
#include <string.h>

#include "core/store/tomo-store-file-private.h"
#include "core/store/tomo-store-private.h"
#include "core/tomo-error.h"

#define LINK_PREFIX "generations/"
/* A reader that was overtaken by a collection looks again; nobody commits three times meanwhile. */
#define MAX_TRIES 3

struct _TomoGeneration
{
  char *path; /* (owned) (nullable): %NULL when it was only parsed */
  uint64_t number;
  GVariant *properties; /* (owned) (not nullable) */
  GVariant *objects;    /* (owned) (not nullable); strings are borrowed from it */
  GVariant *files;      /* (owned) (not nullable) */
};

static void
generation_clear (gpointer data)
{
  TomoGeneration *self = data;

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->properties, g_variant_unref);
  g_clear_pointer (&self->objects, g_variant_unref);
  g_clear_pointer (&self->files, g_variant_unref);
}

static gboolean
is_path_char (char c)
{
  return g_ascii_islower (c) || g_ascii_isdigit (c) || c == '.' || c == '_' || c == '-';
}

/**
 * tomo_generation_is_path:
 * @path: foreign text
 *
 * Tells whether @path can be one in a store: no component is empty or begins with a dot.
 *
 * Returns: %TRUE if it can
 */
gboolean
tomo_generation_is_path (const char *path)
{
  char before = '/';
  size_t length = 0;

  for (; path[length] != '\0'; length++)
    {
      char c = path[length];
      if (before == '/' ? !is_path_char (c) || c == '.' : !is_path_char (c) && c != '/')
        return FALSE;
      before = c;
    }

  return before != '/' && length <= 512;
}

/**
 * tomo_generation_is_file_name:
 * @name: foreign text
 *
 * Tells whether @name can be a file of a generation: a file, or a file in one folder.
 *
 * Returns: %TRUE if it can
 */
gboolean
tomo_generation_is_file_name (const char *name)
{
  const char *slash = strchr (name, '/');

  return tomo_generation_is_path (name) && strlen (name) <= 128 &&
         (slash == NULL || strchr (slash + 1, '/') == NULL) &&
         !g_str_equal (name, TOMO_GENERATION_MANIFEST);
}

static TomoStoredObject
get_member (GVariant *list, size_t index)
{
  TomoStoredObject object = { NULL };

  g_variant_get_child (list, index, "(&s&st)", &object.path, &object.sha256, &object.size);

  return object;
}

static gboolean
check_list (GVariant *list,
            gboolean (*is_name) (const char *name),
            const char *where,
            GError **error)
{
  const char *previous = "";

  for (size_t i = 0; i < g_variant_n_children (list); i++)
    {
      TomoStoredObject object = get_member (list, i);
      if (!is_name (object.path) || !tomo_store_is_sha256 (object.sha256) ||
          strcmp (previous, object.path) >= 0)
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "%s: member %" G_GSIZE_FORMAT " is no path with a SHA-256, or out of order",
                       where, i);
          return FALSE;
        }
      previous = object.path;
    }

  return TRUE;
}

/**
 * tomo_generation_parse:
 * @bytes: a manifest without its checksum; its size is the caller's to limit
 * @where: names it, for the message
 * @error: return location for a #GError
 *
 * Reads and checks a manifest.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, or %TOMO_ERROR_UNSUPPORTED for another version.
 *
 * Returns: (transfer full): a generation without a folder
 */
TomoGeneration *
tomo_generation_parse (GBytes *bytes, const char *where, GError **error)
{
  g_autoptr(GVariant) foreign = g_variant_ref_sink (
      g_variant_new_from_bytes (G_VARIANT_TYPE (TOMO_GENERATION_VARIANT_TYPE), bytes, FALSE));

  if (!g_variant_is_normal_form (foreign))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: is not in normal form", where);
      return NULL;
    }

#if G_BYTE_ORDER == G_BIG_ENDIAN
  g_autoptr(GVariant) variant = g_variant_byteswap (foreign);
#else
  g_autoptr(GVariant) variant = g_variant_ref (foreign);
#endif
  g_autoptr(TomoGeneration) self = g_atomic_rc_box_new0 (TomoGeneration);
  uint32_t format = 0;
  g_variant_get (variant, "(ut@a{sv}@a(sst)@a(sst))", &format, &self->number, &self->properties,
                 &self->objects, &self->files);

  if (format != TOMO_GENERATION_FORMAT)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
                   "%s: has format version %u, and this program reads %d: run tomoctl sync", where,
                   format, TOMO_GENERATION_FORMAT);
      return NULL;
    }

  if (!check_list (self->objects, tomo_generation_is_path, where, error) ||
      !check_list (self->files, tomo_generation_is_file_name, where, error))
    return NULL;

  return g_steal_pointer (&self);
}

static gboolean
is_number (const char *name)
{
  size_t length = strspn (name, "0123456789");

  return length > 0 && length < 19 && name[length] == '\0' && name[0] != '0';
}

char *
tomo_store_dup_generation_path (TomoStore *self, const char *campaign, uint64_t number)
{
  g_autofree char *name = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  return g_build_filename (tomo_store_get_path (self), "campaigns", campaign, "generations", name,
                           NULL);
}

static int
compare_numbers_cb (const void *a, const void *b)
{
  uint64_t left = *(const uint64_t *) a;
  uint64_t right = *(const uint64_t *) b;

  return left < right ? -1 : left > right;
}

uint64_t *
tomo_store_list_generations (TomoStore *self,
                             const char *campaign,
                             size_t *out_n_generations,
                             GError **error)
{
  g_autofree char *path =
      g_build_filename (tomo_store_get_path (self), "campaigns", campaign, "generations", NULL);
  g_auto(GStrv) names = tomo_store_folder_list (path, is_number, error);
  if (names == NULL)
    return NULL;

  size_t n_names = g_strv_length (names);
  uint64_t *numbers = g_new0 (uint64_t, n_names + 1);
  for (size_t i = 0; i < n_names; i++)
    numbers[i] = g_ascii_strtoull (names[i], NULL, 10);
  qsort (numbers, n_names, sizeof *numbers, compare_numbers_cb);

  *out_n_generations = n_names;
  return numbers;
}

gboolean
tomo_store_read_current (TomoStore *self,
                         const char *campaign,
                         uint64_t *out_number,
                         GError **error)
{
  g_autofree char *path =
      g_build_filename (tomo_store_get_path (self), "campaigns", campaign, "current", NULL);
  g_autofree char *target = tomo_store_file_read_link (path, error);
  if (target == NULL)
    return FALSE;

  if (!g_str_has_prefix (target, LINK_PREFIX) || !is_number (target + strlen (LINK_PREFIX)))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s does not lead to a generation",
                   path);
      return FALSE;
    }

  *out_number = g_ascii_strtoull (target + strlen (LINK_PREFIX), NULL, 10);
  return TRUE;
}

static GBytes *
check_digest (GBytes *bytes, const char *path, GError **error)
{
  size_t size = g_bytes_get_size (bytes);
  if (size >= TOMO_STORE_DIGEST_BYTES)
    {
      g_autoptr(GBytes) plain =
          g_bytes_new_from_bytes (bytes, TOMO_STORE_DIGEST_BYTES, size - TOMO_STORE_DIGEST_BYTES);
      uint8_t digest[TOMO_STORE_DIGEST_BYTES];
      tomo_store_digest_sha256 (plain, digest);
      if (memcmp (g_bytes_get_data (bytes, NULL), digest, TOMO_STORE_DIGEST_BYTES) == 0)
        return g_steal_pointer (&plain);
    }

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "%s is damaged: run tomoctl sync to repair it", path);
  return NULL;
}

TomoGeneration *
tomo_generation_open (TomoStore *store, const char *campaign, uint64_t number, GError **error)
{
  g_autofree char *path = tomo_store_dup_generation_path (store, campaign, number);
  g_autofree char *manifest = g_build_filename (path, TOMO_GENERATION_MANIFEST, NULL);
  g_autoptr(GBytes) bytes =
      tomo_store_file_read (manifest, TOMO_GENERATION_MAX_MANIFEST_BYTES, error);
  if (bytes == NULL)
    return NULL;

  g_autoptr(GBytes) plain = check_digest (bytes, manifest, error);
  if (plain == NULL)
    return NULL;

  g_autoptr(TomoGeneration) self = tomo_generation_parse (plain, manifest, error);
  if (self == NULL)
    return NULL;

  if (self->number != number)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s is that of another generation: run tomoctl sync to repair it", manifest);
      return NULL;
    }

  self->path = g_steal_pointer (&path);
  return g_steal_pointer (&self);
}

/**
 * tomo_generation_open_current:
 * @store: a store
 * @campaign: which campaign
 * @error: return location for a #GError
 *
 * Opens the state that is to be shown. Takes no lock: what was opened stays whole for at least a
 * day, whatever is written meanwhile.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if nothing was synchronised yet,
 * %TOMO_ERROR_INVALID_DATA if it is damaged, %TOMO_ERROR_UNSUPPORTED if another version wrote it,
 * or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): the current generation
 */
TomoGeneration *
tomo_generation_open_current (TomoStore *store, const char *campaign, GError **error)
{
  g_return_val_if_fail (TOMO_IS_STORE (store), NULL);
  g_return_val_if_fail (campaign != NULL, NULL);

  if (!tomo_store_check_campaign (campaign, error) || !tomo_store_check_format (store, error))
    return NULL;

  for (unsigned int i = 0; i < MAX_TRIES; i++)
    {
      g_autoptr(GError) try_error = NULL;
      uint64_t number = 0;
      if (!tomo_store_read_current (store, campaign, &number, &try_error))
        {
          if (!g_error_matches (try_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
            g_propagate_error (error, g_steal_pointer (&try_error));
          else
            g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                         "nothing of campaign %s is stored at %s: run tomoctl sync", campaign,
                         tomo_store_get_path (store));
          return NULL;
        }

      TomoGeneration *self = tomo_generation_open (store, campaign, number, &try_error);
      if (self != NULL)
        return self;

      if (!g_error_matches (try_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&try_error));
          return NULL;
        }
    }

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "the current generation of campaign %s is missing from %s: run tomoctl sync to "
               "repair it",
               campaign, tomo_store_get_path (store));
  return NULL;
}

/**
 * tomo_generation_ref:
 * @self: a generation
 *
 * Takes one more reference, in any thread.
 *
 * Returns: (transfer full): @self
 */
TomoGeneration *
tomo_generation_ref (TomoGeneration *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * tomo_generation_unref:
 * @self: (transfer full): a generation
 *
 * Gives a reference back, in any thread.
 */
void
tomo_generation_unref (TomoGeneration *self)
{
  g_atomic_rc_box_release_full (self, generation_clear);
}

/**
 * tomo_generation_get_number:
 * @self: a generation
 *
 * Gives the number; a later generation of the same campaign has a higher one.
 *
 * Returns: a number from 1
 */
uint64_t
tomo_generation_get_number (TomoGeneration *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->number;
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

  return g_variant_n_children (self->objects);
}

/**
 * tomo_generation_get_object:
 * @self: a generation
 * @index: less than tomo_generation_get_n_objects()
 *
 * Gives one object; they are sorted by path.
 *
 * Returns: the object; its strings live as long as @self
 */
TomoStoredObject
tomo_generation_get_object (TomoGeneration *self, size_t index)
{
  TomoStoredObject none = { NULL };
  g_return_val_if_fail (self != NULL, none);
  g_return_val_if_fail (index < tomo_generation_get_n_objects (self), none);

  return get_member (self->objects, index);
}

static gboolean
find_member (GVariant *list, const char *path, TomoStoredObject *out_object)
{
  size_t first = 0;
  size_t end = g_variant_n_children (list);

  while (first < end)
    {
      size_t middle = first + (end - first) / 2;
      TomoStoredObject object = get_member (list, middle);
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

/**
 * tomo_generation_find_object:
 * @self: a generation
 * @path: a target path
 * @out_object: (out) (optional): the object; its strings live as long as @self
 *
 * Looks up an object by its target path.
 *
 * Returns: %TRUE if it is there
 */
gboolean
tomo_generation_find_object (TomoGeneration *self, const char *path, TomoStoredObject *out_object)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  return find_member (self->objects, path, out_object);
}

size_t
tomo_generation_get_n_files (TomoGeneration *self)
{
  return g_variant_n_children (self->files);
}

TomoStoredObject
tomo_generation_get_file (TomoGeneration *self, size_t index)
{
  return get_member (self->files, index);
}

/**
 * tomo_generation_get_properties:
 * @self: a generation
 *
 * Gives what the writer noted.
 *
 * Returns: (transfer none): an `a{sv}`
 */
GVariant *
tomo_generation_get_properties (TomoGeneration *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->properties;
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
 * On failure this sets %TOMO_ERROR_NOT_FOUND if the generation has no such file,
 * %TOMO_ERROR_INVALID_DATA if it is damaged or gone, or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
tomo_generation_load_file (TomoGeneration *self, const char *name, size_t max_bytes, GError **error)
{
  g_return_val_if_fail (self != NULL && self->path != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  TomoStoredObject file;
  if (!find_member (self->files, name, &file))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "generation %" G_GUINT64_FORMAT " has no file ‘%s’", self->number, name);
      return NULL;
    }

  g_autofree char *path = g_build_filename (self->path, name, NULL);
  g_autoptr(GError) read_error = NULL;
  g_autoptr(GBytes) bytes = tomo_store_file_read (path, max_bytes, &read_error);
  if (bytes == NULL && !g_error_matches (read_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&read_error));
      return NULL;
    }

  g_autofree char *actual = bytes != NULL ? tomo_store_compute_sha256 (bytes) : NULL;
  if (g_strcmp0 (actual, file.sha256) != 0)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s is %s: run tomoctl verify, then tomoctl sync, to repair it", path,
                   bytes != NULL ? "damaged" : "missing");
      return NULL;
    }

  return g_steal_pointer (&bytes);
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
      TomoStoredObject file = get_member (self->files, i);
      if (strncmp (file.path, folder, length) == 0 && file.path[length] == '/')
        g_strv_builder_add (names, file.path + length + 1);
    }

  return g_strv_builder_end (names);
}
