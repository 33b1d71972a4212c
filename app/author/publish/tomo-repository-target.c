/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-repository-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/tomo-digest.h"
#include "core/tomo-error.h"
#include "core/trust/tomo-target-path.h"

/* Audio is the largest kind of file, 4 MiB. */
#define MAX_TARGET_BYTES (4 * 1024 * 1024)

/* ‘jp/packs/a/en.k1.gz’ lies as ‘jp/packs/a/<sha256>.en.k1.gz’: with consistent snapshots a file
 * never changes under its name. */
char *
tomo_repository_dup_target_name (const char *path, const char *sha256)
{
  const char *slash = strrchr (path, '/');
  size_t folder_length = slash != NULL ? (size_t) (slash + 1 - path) : 0;

  return g_strdup_printf ("%.*s%s.%s", (int) folder_length, path, sha256, path + folder_length);
}

const char *
tomo_repository_get_target_sha256 (json_t *target)
{
  const char *sha256 =
      json_string_value (json_object_get (json_object_get (target, "hashes"), "sha256"));

  return sha256 != NULL ? sha256 : "";
}

static char *
dup_staged_path (TomoRepository *self, const char *name)
{
  return g_build_filename (self->folder, "staging", "targets", name, NULL);
}

static char *
dup_published_path (TomoRepository *self, const char *name)
{
  return g_build_filename (self->folder, "targets", name, NULL);
}

/* Writes the file among the staged ones, unless it is there, and lists it in @targets. */
gboolean
tomo_repository_stage_target (TomoRepository *self,
                              json_t *targets,
                              const char *path,
                              GBytes *bytes,
                              GError **error)
{
  if (!tomo_target_path_check (path, error))
    return FALSE;

  if (g_bytes_get_size (bytes) > MAX_TARGET_BYTES)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "‘%s’ has more than the %d bytes that clients accept", path, MAX_TARGET_BYTES);
      return FALSE;
    }

  g_autofree char *sha256 = tomo_digest_dup_sha256 (bytes);
  g_autofree char *name = tomo_repository_dup_target_name (path, sha256);
  g_autofree char *staged = dup_staged_path (self, name);
  g_autofree char *published = dup_published_path (self, name);
  g_autofree char *folder = g_path_get_dirname (staged);

  if (!g_file_test (published, G_FILE_TEST_EXISTS) &&
      (!tomo_repository_make_folder (folder, 0755, error) ||
       !tomo_repository_write (staged, bytes, error)))
    return FALSE;

  json_object_set_new (targets, path,
                       json_pack ("{s:I, s:{s:s}}", "length", (json_int_t) g_bytes_get_size (bytes),
                                  "hashes", "sha256", sha256));
  return TRUE;
}

/* Where a published target lies, below the folder of the repository; NULL if it lies there, and has
 * the size that was signed. */
char *
tomo_repository_dup_missing_target (TomoRepository *self, const char *path, json_t *target)
{
  g_autofree char *name =
      tomo_repository_dup_target_name (path, tomo_repository_get_target_sha256 (target));
  g_autofree char *published = dup_published_path (self, name);
  json_int_t length = json_integer_value (json_object_get (target, "length"));
  GStatBuf info;

  return g_stat (published, &info) == 0 && S_ISREG (info.st_mode) && info.st_size == length
             ? NULL
             : g_build_filename ("targets", name, NULL);
}

/* Reads a target that is staged or published, and checks that it is what @target says. */
GBytes *
tomo_repository_read_target (TomoRepository *self, const char *path, json_t *target, GError **error)
{
  const char *sha256 = tomo_repository_get_target_sha256 (target);
  g_autofree char *name = tomo_repository_dup_target_name (path, sha256);
  g_autofree char *staged = dup_staged_path (self, name);
  g_autofree char *published = dup_published_path (self, name);
  const char *found = g_file_test (published, G_FILE_TEST_EXISTS) ? published : staged;

  g_autoptr(GBytes) bytes = tomo_repository_read (found, MAX_TARGET_BYTES, error);
  if (bytes == NULL)
    {
      g_prefix_error (error, "target ‘%s’: ", path);
      return NULL;
    }

  g_autofree char *actual = tomo_digest_dup_sha256 (bytes);
  if (!g_str_equal (actual, sha256) || json_integer_value (json_object_get (target, "length")) !=
                                           (json_int_t) g_bytes_get_size (bytes))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                   "‘%s’ is not what was signed; restore it, or stage its pack again", found);
      return NULL;
    }

  return g_steal_pointer (&bytes);
}

static void
empty_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        {
          empty_folder (child);
          g_rmdir (child);
        }
      else
        g_unlink (child);
    }
}

/* With no draft left, what lies there belongs to drafts that were replaced. Nothing depends on it,
 * so a failure is not one. */
void
tomo_repository_clear_staged (TomoRepository *self)
{
  g_autofree char *path = dup_staged_path (self, "");

  empty_folder (path);
}
