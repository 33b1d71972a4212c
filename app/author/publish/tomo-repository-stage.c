/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-repository-private.h"

#include <string.h>

#include "author/pack/tomo-pack-build.h"
#include "author/publish/tomo-pack-revision.h"
#include "core/content/tomo-pack.h"
#include "core/tomo-digest.h"
#include "core/tomo-error.h"
#include "core/tomo-json.h"

/* One call of stage. */
typedef struct
{
  TomoRepository *repository;
  const char *partner;
  TomoStageFlags flags;
  TomoFindings *findings;
  GCancellable *cancellable; /* (nullable) */
  json_t *published;         /* (nullable): targets as published */
  json_t *targets;           /* targets as they shall be */
  GPtrArray *staged;         /* (element-type TomoStagedPack) */
} Staging;

static void
staged_pack_free (gpointer data)
{
  TomoStagedPack *pack = data;

  g_free (pack->id);
  g_free (pack);
}

static TomoStagedPack *
add_staged (Staging *staging, const char *id)
{
  TomoStagedPack *pack = g_new0 (TomoStagedPack, 1);

  pack->id = g_strdup (id);
  g_ptr_array_add (staging->staged, pack);
  return pack;
}

static char *
dup_pack_prefix (Staging *staging, const char *id)
{
  return g_strdup_printf ("%s/packs/%s/", staging->partner, id);
}

static size_t
count_prefix (json_t *targets, const char *prefix)
{
  const char *path;
  json_t *target;
  size_t n = 0;

  json_object_foreach (targets, path, target)
    if (g_str_has_prefix (path, prefix))
      n++;

  return n;
}

static void
remove_prefix (json_t *targets, const char *prefix)
{
  const char *path;
  json_t *target;
  void *next;

  json_object_foreach_safe (targets, next, path, target) if (g_str_has_prefix (path, prefix))
      json_object_del (targets, path);
}

static gboolean
check_allowed (Staging *staging, const TomoBuiltPack *built, const char *folder, GError **error)
{
  if (built->is_sample && !tomo_repository_is_demo (staging->repository))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "‘%s’ is a sample; samples go into repositories made with ‘tomopress repo init "
                   "--demo’ only",
                   folder);
      return FALSE;
    }

  if (built->draft_languages != NULL && built->draft_languages[0] != NULL &&
      !(staging->flags & TOMO_STAGE_ALLOW_DRAFT))
    {
      g_autofree char *languages = g_strjoinv (", ", built->draft_languages);
      g_set_error (
          error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
          "‘%s’ has translations that nobody has reviewed: %s; have them reviewed, or give "
          "--allow-draft to publish them marked as drafts",
          folder, languages);
      return FALSE;
    }

  for (unsigned int i = 0; i < staging->staged->len; i++)
    {
      const TomoStagedPack *other = g_ptr_array_index (staging->staged, i);
      if (g_str_equal (other->id, built->id))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED, "pack ‘%s’ is named twice", other->id);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
is_as_published (Staging *staging, const TomoBuiltPack *built)
{
  g_autofree char *prefix = dup_pack_prefix (staging, built->id);
  size_t n = 0;

  for (unsigned int i = 0; i < built->files->len; i++)
    {
      const TomoBuiltFile *file = g_ptr_array_index (built->files, i);
      if (!g_str_has_prefix (file->path, prefix))
        continue;

      json_t *target = json_object_get (staging->published, file->path);
      g_autofree char *sha256 = tomo_digest_dup_sha256 (file->bytes);
      if (!g_str_equal (tomo_repository_get_target_sha256 (target), sha256))
        return FALSE;
      n++;
    }

  return n == count_prefix (staging->published, prefix);
}

/* Opens a compiled pack that is listed in @targets. */
static TomoPack *
open_pack (Staging *staging, const char *path, json_t *target, GError **error)
{
  g_autoptr(GBytes) bytes = tomo_repository_read_target (staging->repository, path, target, error);
  if (bytes == NULL)
    return NULL;

  TomoPack *pack = tomo_pack_new (bytes, error);
  if (pack == NULL)
    g_prefix_error (error, "target ‘%s’: ", path);
  return pack;
}

/* The newest revision that readers may have seen; 0 if there is none. */
static gboolean
get_published_revision (Staging *staging,
                        const char *id,
                        unsigned int *out_revision,
                        GError **error)
{
  g_autofree char *prefix = dup_pack_prefix (staging, id);
  const char *path;
  json_t *target;

  *out_revision = 0;
  json_object_foreach (staging->published, path, target)
    {
      if (!g_str_has_prefix (path, prefix))
        continue;

      g_autoptr(TomoPack) pack = open_pack (staging, path, target, error);
      if (pack == NULL)
        return FALSE;
      *out_revision = MAX (*out_revision, tomo_pack_get_revision (pack));
    }

  return TRUE;
}

/* Builds @folder. If its content differs from the published one under the same number, the number
 * in pack.xml is raised first: two contents never carry one revision. */
static TomoBuiltPack *
build_with_new_revision (Staging *staging,
                         const char *folder,
                         unsigned int *out_published,
                         gboolean *out_raised,
                         GError **error)
{
  g_autoptr(TomoBuiltPack) built =
      tomo_pack_build (folder, staging->partner, staging->findings, staging->cancellable, error);

  *out_raised = FALSE;
  if (built == NULL || !check_allowed (staging, built, folder, error) ||
      !get_published_revision (staging, built->id, out_published, error))
    return NULL;

  if (built->revision > *out_published || is_as_published (staging, built))
    return g_steal_pointer (&built);

  if (!tomo_pack_revision_write (folder, *out_published + 1, error))
    return NULL;

  /* The findings are the same as before. */
  g_autoptr(TomoFindings) again = tomo_findings_new ();
  *out_raised = TRUE;
  return tomo_pack_build (folder, staging->partner, again, staging->cancellable, error);
}

static gboolean
stage_pack (Staging *staging, const char *folder, GError **error)
{
  unsigned int published_revision = 0;
  gboolean is_raised = FALSE;
  g_autoptr(TomoBuiltPack) built =
      build_with_new_revision (staging, folder, &published_revision, &is_raised, error);
  if (built == NULL)
    return FALSE;

  g_autofree char *prefix = dup_pack_prefix (staging, built->id);
  remove_prefix (staging->targets, prefix);
  for (unsigned int i = 0; i < built->files->len; i++)
    {
      const TomoBuiltFile *file = g_ptr_array_index (built->files, i);
      if (!tomo_repository_stage_target (staging->repository, staging->targets, file->path,
                                         file->bytes, error))
        return FALSE;
    }

  TomoStagedPack *pack = add_staged (staging, built->id);
  pack->revision = built->revision;
  pack->published_revision = published_revision;
  pack->is_changed = !is_as_published (staging, built);
  pack->is_raised = is_raised;
  return TRUE;
}

static gboolean
remove_pack (Staging *staging, const char *id, GError **error)
{
  g_autofree char *prefix = dup_pack_prefix (staging, id);

  if (count_prefix (staging->targets, prefix) == 0)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND, "%s has no pack ‘%s’ to remove",
                   staging->partner, id);
      return FALSE;
    }

  TomoStagedPack *pack = add_staged (staging, id);
  pack->is_changed = TRUE;
  remove_prefix (staging->targets, prefix);
  return get_published_revision (staging, id, &pack->published_revision, error);
}

/* Pictures and recordings that no pack uses any more are not offered for fetching either. */
static gboolean
drop_unused_media (Staging *staging, GError **error)
{
  g_autofree char *packs = g_strdup_printf ("%s/packs/", staging->partner);
  g_autofree char *media = g_strdup_printf ("%s/media/", staging->partner);
  g_autoptr(GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *path;
  json_t *target;
  void *next;

  json_object_foreach (staging->targets, path, target)
    {
      if (!g_str_has_prefix (path, packs))
        continue;

      g_autoptr(TomoPack) pack = open_pack (staging, path, target, error);
      if (pack == NULL)
        return FALSE;
      const char *const *names = tomo_pack_get_media (pack);
      for (size_t i = 0; names[i] != NULL; i++)
        g_hash_table_add (used, g_strdup (names[i]));
    }

  json_object_foreach_safe (staging->targets, next, path, target)
  {
    if (!g_str_has_prefix (path, media))
      continue;

    if (!g_hash_table_contains (used, path + strlen (media)))
      json_object_del (staging->targets, path);
  }

  return TRUE;
}

static gboolean
check_quota (Staging *staging, GError **error)
{
  const char *path;
  json_t *target;
  json_int_t n_bytes = 0;

  json_object_foreach (staging->targets, path, target)
    n_bytes += json_integer_value (json_object_get (target, "length"));

  if (json_object_size (staging->targets) <= TOMO_PARTNER_MAX_TARGETS &&
      n_bytes <= TOMO_PARTNER_MAX_BYTES)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
               "%s would have %" G_GSIZE_FORMAT " files and %" G_GINT64_FORMAT
               " bytes; clients accept %d files and %d bytes of one partner",
               staging->partner, json_object_size (staging->targets), (int64_t) n_bytes,
               TOMO_PARTNER_MAX_TARGETS, TOMO_PARTNER_MAX_BYTES);
  return FALSE;
}

static gboolean
stage_all (Staging *staging, const char *const *folders, const char *const *removed, GError **error)
{
  for (size_t i = 0; removed != NULL && removed[i] != NULL; i++)
    if (!remove_pack (staging, removed[i], error))
      return FALSE;

  for (size_t i = 0; folders != NULL && folders[i] != NULL; i++)
    if (g_cancellable_set_error_if_cancelled (staging->cancellable, error) ||
        !stage_pack (staging, folders[i], error))
      {
        tomo_error_convert (error);
        return FALSE;
      }

  return drop_unused_media (staging, error) && check_quota (staging, error);
}

static TomoRoleFile *
load_or_start (TomoRepository *self, const char *partner, GError **error)
{
  g_autoptr(TomoRoleFile) file = NULL;
  if (!tomo_repository_load_latest (self, partner, &file, error))
    return NULL;

  if (file == NULL)
    {
      file = tomo_role_file_new ("targets");
      json_object_set_new (tomo_role_file_get_signed (file), "targets", json_object ());
    }
  return g_steal_pointer (&file);
}

/**
 * tomo_repository_stage:
 * @self: a repository
 * @partner: whose packs these are
 * @folders: (nullable) (array zero-terminated=1): packs to build
 * @removed: (nullable) (array zero-terminated=1): ids of packs to take away
 * @flags: what is let through
 * @findings: what the check of the packs found is added here
 * @out_staged: (out) (element-type TomoStagedPack): what became of each pack
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Builds packs and drafts the partner's file with them, beside the packs it already has. Where
 * nothing differs from the newest draft or publication, that one stays, with its signatures.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA if a pack cannot be published,
 * %TOMO_ERROR_NOT_FOUND without such a partner or pack.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_repository_stage (TomoRepository *self,
                       const char *partner,
                       const char *const *folders,
                       const char *const *removed,
                       TomoStageFlags flags,
                       TomoFindings *findings,
                       GPtrArray **out_staged,
                       GCancellable *cancellable,
                       GError **error)
{
  g_return_val_if_fail (self != NULL && partner != NULL && out_staged != NULL, FALSE);

  g_autoptr(TomoSigners) keys = tomo_repository_load_keys (self, partner, error);
  g_autoptr(TomoRoleFile) file = keys != NULL ? load_or_start (self, partner, error) : NULL;
  g_autoptr(TomoRoleFile) published = NULL;
  if (file == NULL || !tomo_repository_load_published (self, partner, &published, error))
    return FALSE;

  json_t *targets = json_object_get (tomo_role_file_get_signed (file), "targets");
  g_autoptr(json_t) before = json_deep_copy (targets);
  g_autoptr(GPtrArray) staged = g_ptr_array_new_with_free_func (staged_pack_free);
  Staging staging = {
    .repository = self,
    .partner = partner,
    .flags = flags,
    .findings = findings,
    .cancellable = cancellable,
    .published = published != NULL
                     ? json_object_get (tomo_role_file_get_signed (published), "targets")
                     : NULL,
    .targets = targets,
    .staged = staged,
  };

  if (!stage_all (&staging, folders, removed, error))
    return FALSE;
  if ((!json_equal (before, targets) || tomo_role_file_get_version (file) == 0) &&
      !tomo_repository_save_draft (self, partner, file, error))
    return FALSE;

  *out_staged = g_steal_pointer (&staged);
  return TRUE;
}
