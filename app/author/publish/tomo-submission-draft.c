/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-submission-draft.h"

#include <glib/gstdio.h>
#include <string.h>

#include "author/publish/tomo-repository-private.h"
#include "author/publish/tomo-submission-private.h"
#include "core/tomo-error.h"

/* One call of tomo_submission_draft(). */
typedef struct
{
  TomoRepository *repository;
  const char *role;
  TomoRoleFile *published; /* (nullable) */
} Drafting;

/* A draft of an earlier day may follow on something else than what is published now. */
static void
drop_draft (Drafting *drafting)
{
  g_autofree char *path = tomo_repository_dup_draft_path (drafting->repository, drafting->role);

  g_unlink (path);
  tomo_repository_clear_staged (drafting->repository);
}

static json_t *
get_published (Drafting *drafting)
{
  return drafting->published != NULL
             ? json_object_get (tomo_role_file_get_signed (drafting->published), "targets")
             : NULL;
}

/* What is published and has no folder any more goes. */
static GStrv
list_gone (Drafting *drafting, const char *const *folders)
{
  g_autofree char *prefix = g_strconcat (drafting->role, "/packs/", NULL);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GStrvBuilder) gone = g_strv_builder_new ();
  const char *path;
  json_t *target;

  /* The check of packs holds that a folder is named after its pack. */
  for (size_t i = 0; folders[i] != NULL; i++)
    g_hash_table_add (seen, g_path_get_basename (folders[i]));

  json_object_foreach (get_published (drafting), path, target)
    {
      if (!g_str_has_prefix (path, prefix))
        continue;

      const char *rest = path + strlen (prefix);
      g_autofree char *id = g_strndup (rest, strcspn (rest, "/"));
      if (g_hash_table_add (seen, g_strdup (id)))
        g_strv_builder_add (gone, id);
    }

  return g_strv_builder_end (gone);
}

/* The first key is looked at before anything is built: staging may raise a revision in pack.xml. */
static gboolean
check_key (Drafting *drafting, TomoSigners *keys, TomoPrivateKey *key, GError **error)
{
  if (tomo_signers_find_id (keys, tomo_private_key_get_public (key)) != NULL)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
               "this key is not one of the %u keys of %s; sign with one of those", keys->keys->len,
               drafting->role);
  return FALSE;
}

/* NULL without an error where nothing differs from what is published. */
static gboolean
make (Drafting *drafting,
      const TomoSubmissionPlan *plan,
      TomoFindings *findings,
      GPtrArray **out_staged,
      TomoSubmission **out_submission,
      GCancellable *cancellable,
      GError **error)
{
  g_auto(GStrv) gone = list_gone (drafting, plan->folders);
  if (!tomo_repository_stage (drafting->repository, drafting->role, plan->folders,
                              (const char *const *) gone, plan->flags, findings, out_staged,
                              cancellable, error))
    return FALSE;

  g_autoptr(TomoRoleFile) draft = NULL;
  if (!tomo_repository_load_draft (drafting->repository, drafting->role, &draft, error))
    return FALSE;

  gboolean is_changed =
      draft != NULL &&
      (drafting->published == NULL ||
       !json_equal (get_published (drafting),
                    json_object_get (tomo_role_file_get_signed (draft), "targets")));
  if (!is_changed && !plan->renews)
    return TRUE;
  if (!is_changed && !tomo_repository_renew (drafting->repository, drafting->role, error))
    return FALSE;

  *out_submission =
      tomo_submission_new_from_draft (drafting->repository, drafting->role, plan->address, error);
  return *out_submission != NULL;
}

/**
 * tomo_submission_draft:
 * @repository: a copy of what is published
 * @role: whose packs these are
 * @plan: what shall be published
 * @key: the first key that signs
 * @findings: what the check of the packs found is added here
 * @out_staged: (out) (element-type TomoStagedPack): what became of each pack
 * @out_submission: (out) (nullable): the submission, signed once; %NULL if nothing differs from
 *   what is published
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Checks and builds all packs of a partner, lists them in the next version of its file, and signs
 * that. Packs that are published and not among them are taken away.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA if a pack cannot be published,
 * %TOMO_ERROR_UNTRUSTED if @key may not sign.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_submission_draft (TomoRepository *repository,
                       const char *role,
                       const TomoSubmissionPlan *plan,
                       TomoPrivateKey *key,
                       TomoFindings *findings,
                       GPtrArray **out_staged,
                       TomoSubmission **out_submission,
                       GCancellable *cancellable,
                       GError **error)
{
  g_return_val_if_fail (repository != NULL && role != NULL && key != NULL, FALSE);

  g_autoptr(TomoRoleFile) published = NULL;
  g_autoptr(TomoSigners) keys = tomo_repository_load_keys (repository, role, error);
  Drafting drafting = { .repository = repository, .role = role };

  *out_submission = NULL;
  if (keys == NULL || !check_key (&drafting, keys, key, error) ||
      !tomo_repository_load_published (repository, role, &published, error))
    return FALSE;

  drafting.published = published;
  drop_draft (&drafting);
  g_autoptr(TomoSubmission) submission = NULL;
  gboolean is_made =
      make (&drafting, plan, findings, out_staged, &submission, cancellable, error) &&
      (submission == NULL || tomo_submission_sign (submission, keys, key, error));
  drop_draft (&drafting);
  if (!is_made)
    return FALSE;

  *out_submission = g_steal_pointer (&submission);
  return TRUE;
}

/**
 * tomo_submission_get_expires_secs:
 * @repository: a copy of what is published
 * @role: a role
 *
 * Returns: when what @role has published expires; 0 if there is nothing
 */
int64_t
tomo_submission_get_expires_secs (TomoRepository *repository, const char *role)
{
  g_autoptr(TomoRoleFile) published = NULL;

  return tomo_repository_load_published (repository, role, &published, NULL) && published != NULL
             ? tomo_role_file_get_expires_secs (published)
             : 0;
}
