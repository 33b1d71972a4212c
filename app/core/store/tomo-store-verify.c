/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/store/tomo-store-file-private.h"
#include "core/store/tomo-store-private.h"
#include "core/tomo-error.h"

#define YOUNG_SECS (24 * 60 * 60)
#define MAX_OBJECT_BYTES ((size_t) 1 << 30)

/* Calls @func for each file in objects/ whose name can be that of an object. */
static gboolean
for_each_object (
    TomoStore *self,
    gboolean (*func) (TomoStore *self, const char *sha256, gpointer data, GError **error),
    gpointer data,
    GError **error)
{
  g_autofree char *path = g_build_filename (tomo_store_get_path (self), "objects", NULL);
  g_auto(GStrv) names = tomo_store_folder_list (path, tomo_store_is_sha256, error);

  for (size_t i = 0; names != NULL && names[i] != NULL; i++)
    if (!func (self, names[i], data, error))
      return FALSE;

  return names != NULL;
}

static gboolean
is_young (const char *path, int64_t now_secs)
{
  struct stat info;

  /* What comes from the future was written under a wrong clock, and counts as young. */
  return lstat (path, &info) == 0 && info.st_mtime > now_secs - YOUNG_SECS;
}

static gboolean
add_names (GHashTable *names, TomoGeneration *generation, GError **error)
{
  for (size_t i = 0; i < tomo_generation_get_n_objects (generation); i++)
    {
      TomoStoredObject object;
      if (!tomo_generation_get_object (generation, i, &object, error))
        return FALSE;
      if (!g_hash_table_contains (names, object.sha256))
        g_hash_table_add (names, g_strdup (object.sha256));
    }

  return TRUE;
}

/* Which generation stays besides the current one; 0 if there is none. */
static uint64_t
find_previous (const uint64_t *numbers, size_t n_numbers, uint64_t current)
{
  uint64_t previous = 0;

  for (size_t i = 0; i < n_numbers; i++)
    if (numbers[i] < current)
      previous = numbers[i];

  return previous;
}

static gboolean
remove_generation (TomoStore *self, const char *path, GError **error)
{
  /* Out of sight first, so that no reader finds half of it. */
  g_autofree char *partial = tomo_store_dup_partial_path (self, "collected");

  return tomo_store_remove_tree (partial, error) && tomo_store_file_rename (path, partial, error) &&
         tomo_store_remove_tree (partial, error);
}

static gboolean
collect_campaign (TomoStore *self,
                  const char *campaign,
                  int64_t now_secs,
                  GHashTable *kept,
                  GError **error)
{
  size_t n_numbers = 0;
  uint64_t current = 0;
  g_autofree uint64_t *numbers = tomo_store_list_generations (self, campaign, &n_numbers, error);
  if (numbers == NULL)
    return FALSE;

  g_autoptr(GError) current_error = NULL;
  if (!tomo_store_read_current (self, campaign, &current, &current_error) &&
      !g_error_matches (current_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&current_error));
      return FALSE;
    }

  uint64_t previous = find_previous (numbers, n_numbers, current);
  for (size_t i = 0; i < n_numbers; i++)
    {
      g_autofree char *path = tomo_store_dup_generation_path (self, campaign, numbers[i]);
      gboolean is_needed = numbers[i] == current || numbers[i] == previous;

      if (!is_needed && !is_young (path, now_secs))
        {
          if (!remove_generation (self, path, error))
            return FALSE;
          continue;
        }

      /* If the list of the current one cannot be read, nobody knows what may go. */
      g_autoptr(GError) open_error = NULL;
      g_autoptr(TomoGeneration) generation =
          tomo_generation_open (self, campaign, numbers[i], &open_error);
      gboolean is_known = generation != NULL && add_names (kept, generation, &open_error);
      if (!is_known && numbers[i] == current)
        {
          g_propagate_error (error, g_steal_pointer (&open_error));
          return FALSE;
        }
    }

  return TRUE;
}

typedef struct
{
  GHashTable *kept;
  int64_t now_secs;
} Collection;

static gboolean
collect_object (TomoStore *self, const char *sha256, gpointer data, GError **error)
{
  const Collection *collection = data;
  g_autofree char *path = tomo_store_dup_object_path (self, sha256);

  if (g_hash_table_contains (collection->kept, sha256) || is_young (path, collection->now_secs))
    return TRUE;

  return tomo_store_remove_tree (path, error);
}

/**
 * tomo_store_collect:
 * @self: a store that is locked
 * @now_secs: the time, in seconds since 1970
 * @error: return location for a #GError
 *
 * Removes what nobody can need: generations other than the current and the previous one of each
 * campaign, and the objects that only those list, if they are older than a day. So a reader that
 * holds an old generation has a day to take up the new one.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA if a current generation is damaged, for then it is
 * not known what is needed, or %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_store_collect (TomoStore *self, int64_t now_secs, GError **error)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), FALSE);
  g_return_val_if_fail (tomo_store_is_locked (self), FALSE);

  g_auto(GStrv) campaigns = tomo_store_list_campaigns (self, error);
  if (campaigns == NULL)
    return FALSE;

  g_autoptr(GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (size_t i = 0; campaigns[i] != NULL; i++)
    if (!collect_campaign (self, campaigns[i], now_secs, kept, error))
      return FALSE;

  Collection collection = { kept, now_secs };
  return for_each_object (self, collect_object, &collection, error);
}

typedef struct
{
  GHashTable *seen; /* (element-type utf8): objects that were looked at */
  TomoStoreDamageFunc damage_func;
  gpointer user_data;
  GCancellable *cancellable;
  size_t n_objects;
} Verification;

static gboolean
check_cancelled (Verification *verification, GError **error)
{
  if (!g_cancellable_set_error_if_cancelled (verification->cancellable, error))
    return TRUE;

  tomo_error_convert (error);
  return FALSE;
}

static void
report (Verification *verification, const char *sha256, const GError *damage)
{
  verification->n_objects++;
  if (damage != NULL && verification->damage_func != NULL)
    verification->damage_func (sha256, damage, verification->user_data);
}

static gboolean
verify_object (TomoStore *self, const char *sha256, gpointer data, GError **error)
{
  Verification *verification = data;
  if (!check_cancelled (verification, error))
    return FALSE;

  if (!g_hash_table_add (verification->seen, g_strdup (sha256)))
    return TRUE;

  g_autoptr(GError) damage = NULL;
  g_autoptr(GBytes) bytes = tomo_store_load_object (self, sha256, MAX_OBJECT_BYTES, &damage);
  report (verification, sha256, damage);
  return TRUE;
}

static gboolean
verify_campaign (TomoStore *self, const char *campaign, Verification *verification, GError **error)
{
  g_autoptr(GError) open_error = NULL;
  g_autoptr(TomoGeneration) generation =
      tomo_generation_open_current (self, campaign, &open_error);
  if (g_error_matches (open_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
    return TRUE;
  if (generation == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&open_error));
      return FALSE;
    }

  for (size_t i = 0; i < tomo_generation_get_n_objects (generation); i++)
    {
      /* A list that is damaged is a damaged file, which is reported below. */
      TomoStoredObject object;
      if (tomo_generation_get_object (generation, i, &object, NULL) &&
          !verify_object (self, object.sha256, verification, error))
        return FALSE;
    }

  for (size_t i = 0; i < tomo_generation_get_n_files (generation); i++)
    {
      TomoStoredObject file = tomo_generation_get_file (generation, i);
      g_autoptr(GError) damage = NULL;
      g_autoptr(GBytes) bytes = tomo_generation_load_file (
          generation, file.path, TOMO_GENERATION_MAX_FILE_BYTES, &damage);
      report (verification, file.sha256, damage);
    }

  return TRUE;
}

/**
 * tomo_store_verify:
 * @self: a store
 * @damage_func: (nullable) (scope call): told about each damaged or missing object, by its SHA-256
 * @user_data: for @damage_func
 * @out_n_objects: (out) (optional): how many were looked at
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Reads every object that is there or that a current generation lists, and the files of the
 * current generations, and compares them with their hashes. Takes no lock.
 *
 * That something is damaged is no failure of the verification. On failure this sets
 * %TOMO_ERROR_NOT_FOUND if there is no store, %TOMO_ERROR_INVALID_DATA if a current generation
 * cannot be read at all, %TOMO_ERROR_CANCELLED, or %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE if everything was looked at
 */
gboolean
tomo_store_verify (TomoStore *self,
                   TomoStoreDamageFunc damage_func,
                   gpointer user_data,
                   size_t *out_n_objects,
                   GCancellable *cancellable,
                   GError **error)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), FALSE);

  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Verification verification = { seen, damage_func, user_data, cancellable, 0 };

  if (!tomo_store_check_format (self, error))
    return FALSE;

  g_auto(GStrv) campaigns = tomo_store_list_campaigns (self, error);
  if (campaigns == NULL)
    return FALSE;

  for (size_t i = 0; campaigns[i] != NULL; i++)
    if (!verify_campaign (self, campaigns[i], &verification, error))
      return FALSE;

  if (!for_each_object (self, verify_object, &verification, error))
    return FALSE;

  if (out_n_objects != NULL)
    *out_n_objects = verification.n_objects;
  return TRUE;
}

static char *
dup_repair_path (TomoStore *self)
{
  return g_build_filename (tomo_store_get_path (self), "private", "repair", NULL);
}

/**
 * tomo_store_mark_repair:
 * @self: a store
 * @error: return location for a #GError
 *
 * Notes that damage was found. Needs no lock: the note is all or nothing.
 *
 * On failure this sets %TOMO_ERROR_NO_SPACE or %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_store_mark_repair (TomoStore *self, GError **error)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), FALSE);

  g_autofree char *path = dup_repair_path (self);
  g_autoptr(GBytes) nothing = g_bytes_new_static ("", 0);
  return tomo_store_file_write (path, nothing, error);
}

/**
 * tomo_store_needs_repair:
 * @self: a store
 *
 * Tells whether damage was noted. Who may not enter the private folder cannot repair either, and
 * is told no.
 *
 * Returns: %TRUE if the next sync shall look at every object
 */
gboolean
tomo_store_needs_repair (TomoStore *self)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), FALSE);

  g_autofree char *path = dup_repair_path (self);
  return access (path, F_OK) == 0;
}

static void
note_damage_cb (const char *sha256, const GError *error, gpointer user_data)
{
  gboolean *is_damaged = user_data;
  *is_damaged = TRUE;
}

/* A sync repairs its own campaign; the note is there for all that share the store. */
static gboolean
current_are_whole (TomoStore *self)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean is_damaged = FALSE;
  Verification verification = { seen, note_damage_cb, &is_damaged, NULL, 0 };
  g_auto(GStrv) campaigns = tomo_store_list_campaigns (self, NULL);

  for (size_t i = 0; campaigns != NULL && campaigns[i] != NULL; i++)
    if (!verify_campaign (self, campaigns[i], &verification, NULL) || is_damaged)
      return FALSE;

  return campaigns != NULL;
}

static gboolean
drop_damaged_object (TomoStore *self, const char *sha256, gpointer data, GError **error)
{
  g_autoptr(GError) damage = NULL;
  g_autoptr(GBytes) bytes = tomo_store_load_object (self, sha256, MAX_OBJECT_BYTES, &damage);
  if (!g_error_matches (damage, TOMO_ERROR, TOMO_ERROR_INVALID_DATA))
    return TRUE;

  g_autofree char *path = tomo_store_dup_object_path (self, sha256);
  return tomo_store_remove_tree (path, error);
}

/**
 * tomo_store_finish_repair:
 * @self: a store that is locked
 * @error: return location for a #GError
 *
 * If damage was noted and all current generations are whole again, removes the damaged objects
 * that are left, which only generations of the past list, and then the note. While another
 * campaign still waits for its repair, the note stays.
 *
 * On failure this sets %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_store_finish_repair (TomoStore *self, GError **error)
{
  g_return_val_if_fail (TOMO_IS_STORE (self), FALSE);
  g_return_val_if_fail (tomo_store_is_locked (self), FALSE);

  if (!tomo_store_needs_repair (self) || !current_are_whole (self))
    return TRUE;
  if (!for_each_object (self, drop_damaged_object, NULL, error))
    return FALSE;

  g_autofree char *path = dup_repair_path (self);
  return tomo_store_remove_tree (path, error);
}
