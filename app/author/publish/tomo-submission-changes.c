/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-submission-private.h"

#include <string.h>

#include "author/publish/tomo-repository-private.h"
#include "core/tomo-error.h"

static void
change_free (gpointer data)
{
  TomoSubmissionChange *self = data;

  g_free (self->path);
  g_clear_pointer (&self->before, tomo_pack_unref);
  g_clear_pointer (&self->after, tomo_pack_unref);
  g_free (self);
}

static gboolean
is_pack (const char *path)
{
  const char *slash = strchr (path, '/');

  return slash != NULL && g_str_has_prefix (slash, "/packs/");
}

static TomoPack *
open_pack (GBytes *bytes, const char *path, GError **error)
{
  TomoPack *pack = bytes != NULL ? tomo_pack_new (bytes, error) : NULL;

  if (pack == NULL)
    g_prefix_error (error, "‘%s’: ", path);
  return pack;
}

static gboolean
add_change (TomoSubmission *self,
            TomoRepository *repository,
            const char *path,
            json_t *former,
            GPtrArray *changes,
            GError **error)
{
  TomoSubmissionChange *change = g_new0 (TomoSubmissionChange, 1);
  change->path = g_strdup (path);
  g_ptr_array_add (changes, change);

  if (former != NULL)
    {
      g_autoptr(GBytes) bytes = tomo_repository_read_target (repository, path, former, error);
      change->before = open_pack (bytes, path, error);
      if (change->before == NULL)
        return FALSE;
    }

  if (json_object_get (tomo_submission_get_targets (self), path) != NULL)
    {
      g_autoptr(GBytes) bytes = tomo_submission_read_target (self, repository, path, error);
      change->after = open_pack (bytes, path, error);
      if (change->after == NULL)
        return FALSE;
    }

  return TRUE;
}

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(TomoSubmissionChange *const *) a)->path,
                 (*(TomoSubmissionChange *const *) b)->path);
}

/**
 * tomo_submission_list_changes:
 * @self: a submission that was checked
 * @repository: what is published
 * @with: what to compare with
 * @error: return location for a #GError
 *
 * Lists the compiled packs that are not as published. Pictures need no list of their own: a
 * picture is named by its hash in the items that show it.
 *
 * Returns: (transfer full) (element-type TomoSubmissionChange): sorted by path
 */
GPtrArray *
tomo_submission_list_changes (TomoSubmission *self,
                              TomoRepository *repository,
                              TomoCompareWith with,
                              GError **error)
{
  g_return_val_if_fail (self != NULL && repository != NULL, NULL);

  g_autoptr(TomoRoleFile) published = NULL;
  if (with == TOMO_COMPARE_PUBLISHED &&
      !tomo_repository_load_published (repository, self->role, &published, error))
    return NULL;

  g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func (change_free);
  json_t *former =
      published != NULL ? json_object_get (tomo_role_file_get_signed (published), "targets") : NULL;
  json_t *targets = tomo_submission_get_targets (self);
  const char *path;
  json_t *target;

  json_object_foreach (targets, path, target)
    {
      json_t *before = json_object_get (former, path);
      if (is_pack (path) && !json_equal (before, target) &&
          !add_change (self, repository, path, before, changes, error))
        return NULL;
    }
  json_object_foreach (former, path, target)
    if (is_pack (path) && json_object_get (targets, path) == NULL &&
        !add_change (self, repository, path, target, changes, error))
      return NULL;

  g_ptr_array_sort (changes, compare_changes);
  return g_steal_pointer (&changes);
}
