/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/store/tomo-generation.h"

#include <stdlib.h>
#include <string.h>

#include "core/store/tomo-generation-private.h"
#include "core/store/tomo-store-file-private.h"
#include "core/tomo-digest.h"
#include "core/tomo-error.h"

#define LINK_PREFIX "generations/"
/* A reader that was overtaken by a collection looks again; nobody commits three times meanwhile. */
#define MAX_TRIES 3

static void
generation_clear (gpointer data)
{
  TomoGeneration *self = data;

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->properties, g_variant_unref);
  g_clear_pointer (&self->files, g_variant_unref);
  g_clear_pointer (&self->objects, tomo_blocks_unref);
  g_mutex_clear (&self->mutex);
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
         !g_str_equal (name, TOMO_GENERATION_MANIFEST) &&
         !g_str_equal (name, TOMO_GENERATION_OBJECTS);
}

static gboolean
check_files (GVariant *files, const char *where, GError **error)
{
  const char *previous = "";

  for (size_t i = 0; i < g_variant_n_children (files); i++)
    {
      TomoStoredObject file = tomo_generation_read_file (files, i);
      gboolean is_name = tomo_generation_is_file_name (file.path) ||
                         g_str_equal (file.path, TOMO_GENERATION_OBJECTS);
      if (!is_name || !tomo_store_is_sha256 (file.sha256) || strcmp (previous, file.path) >= 0)
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "%s: file %" G_GSIZE_FORMAT " is no name with a SHA-256, or out of order",
                       where, i);
          return FALSE;
        }
      previous = file.path;
    }

  return TRUE;
}

/* All versions begin with their number, so that another one is named and not called damaged. */
static gboolean
check_version (GBytes *bytes, const char *where, GError **error)
{
  uint32_t version = 0;
  size_t size = 0;
  const void *data = g_bytes_get_data (bytes, &size);

  if (size >= sizeof version)
    memcpy (&version, data, sizeof version);
  version = GUINT32_FROM_LE (version);
  if (version == TOMO_GENERATION_FORMAT)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
               "%s: has format version %u, and this program reads %d: run tomoctl sync", where,
               version, TOMO_GENERATION_FORMAT);
  return FALSE;
}

/**
 * tomo_generation_parse:
 * @bytes: a manifest without its checksum; its size is the caller's to limit
 * @where: names it, for the message
 * @error: return location for a #GError
 *
 * Reads and checks a manifest. The list of objects stands in a file of its own.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, or %TOMO_ERROR_UNSUPPORTED for another version.
 *
 * Returns: (transfer full): a generation without a folder
 */
TomoGeneration *
tomo_generation_parse (GBytes *bytes, const char *where, GError **error)
{
  if (!check_version (bytes, where, error))
    return NULL;

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
  g_mutex_init (&self->mutex);
  g_variant_get (variant, "(ut@a{sv}t@a(sst))", NULL, &self->number, &self->properties,
                 &self->n_objects, &self->files);

  if (!check_files (self->files, where, error))
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
  if (size >= TOMO_DIGEST_SHA256_BYTES)
    {
      g_autoptr(GBytes) plain =
          g_bytes_new_from_bytes (bytes, TOMO_DIGEST_SHA256_BYTES, size - TOMO_DIGEST_SHA256_BYTES);
      uint8_t digest[TOMO_DIGEST_SHA256_BYTES];
      tomo_digest_compute_sha256 (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), digest);
      if (memcmp (g_bytes_get_data (bytes, NULL), digest, TOMO_DIGEST_SHA256_BYTES) == 0)
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
