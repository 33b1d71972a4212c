/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-submission-private.h"

#include <string.h>

#include "author/publish/tomo-repository-private.h"
#include "core/content/tomo-media.h"
#include "core/tomo-digest.h"
#include "core/tomo-error.h"
#include "core/tomo-json.h"

#define SECS_PER_DAY ((int64_t) 24 * 60 * 60)
/* Clocks of partners differ, and so do time zones of people who set them. */
#define SLACK_DAYS 2

/* The version after the published one, and no other. */
static gboolean
check_version (TomoSubmission *self, TomoRepository *repository, GError **error)
{
  uint64_t version = tomo_submission_get_version (self);
  uint64_t published = 0;

  if (!tomo_repository_get_published_version (repository, self->role, &published, error))
    return FALSE;
  if (version == published + 1)
    return TRUE;

  if (version <= published)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_STALE,
                 "%s %" G_GUINT64_FORMAT " is not newer than what is published, %" G_GUINT64_FORMAT
                 "; run ‘tomopress submit’ again",
                 self->role, version, published);
  else
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                 "%s %" G_GUINT64_FORMAT " does not follow on what is published, %" G_GUINT64_FORMAT
                 "; publish what comes between, or look whether the mirror is behind",
                 self->role, version, published);
  return FALSE;
}

static gboolean
check_expiry (TomoSubmission *self, TomoRepository *repository, GError **error)
{
  int64_t now_secs = tomo_repository_get_now_secs (repository);
  int64_t expires_secs = tomo_role_file_get_expires_secs (self->file);
  unsigned int days = tomo_repository_get_lifetime_days (repository, self->role);

  if (expires_secs <= now_secs)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_STALE,
                   "%s %" G_GUINT64_FORMAT " has expired; run ‘tomopress submit’ again", self->role,
                   tomo_submission_get_version (self));
      return FALSE;
    }
  if (expires_secs <= now_secs + ((int64_t) days + SLACK_DAYS) * SECS_PER_DAY)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "%s %" G_GUINT64_FORMAT " would be valid for more than the %u days it may",
               self->role, tomo_submission_get_version (self), days);
  return FALSE;
}

/* Who is not one of the keys has no business here: strangers are not ignored but named. */
static gboolean
check_signatures (TomoSubmission *self, TomoSigners *keys, GError **error)
{
  unsigned int n_signatures = tomo_role_file_get_n_signatures (self->file);
  unsigned int n_signed =
      n_signatures <= keys->keys->len ? tomo_role_file_count_signatures (self->file, keys) : 0;

  if (n_signatures > 0 && n_signed == n_signatures)
    return TRUE;

  if (n_signatures == 0)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                 "%s %" G_GUINT64_FORMAT " is signed by nobody", self->role,
                 tomo_submission_get_version (self));
  else
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                 "%s %" G_GUINT64_FORMAT " has %u signatures and %u of them are good: it was "
                 "changed on its way, or a stranger or a key that was withdrawn has signed",
                 self->role, tomo_submission_get_version (self), n_signatures, n_signed);
  return FALSE;
}

/**
 * tomo_submission_read_target:
 * @self: a submission
 * @repository: what is published
 * @path: one of its targets
 * @error: return location for a #GError
 *
 * Gets a file that the submission brings, or that is published already under the same path.
 *
 * Returns: (transfer full): the file
 */
GBytes *
tomo_submission_read_target (TomoSubmission *self,
                             TomoRepository *repository,
                             const char *path,
                             GError **error)
{
  g_return_val_if_fail (self != NULL && repository != NULL && path != NULL, NULL);

  json_t *target = json_object_get (tomo_submission_get_targets (self), path);
  GBytes *bytes = g_hash_table_lookup (self->files, tomo_repository_get_target_sha256 (target));

  if (bytes == NULL)
    return tomo_repository_read_target (repository, path, target, error);
  if (json_integer_value (json_object_get (target, "length")) ==
      (json_int_t) g_bytes_get_size (bytes))
    return g_bytes_ref (bytes);

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "‘%s’ has not the size it should", path);
  return NULL;
}

/* What a kiosk would refuse is refused here, where somebody can still mend it. */
static gboolean
check_pack (TomoSubmission *self,
            TomoRepository *repository,
            const char *path,
            char **parts,
            GBytes *bytes,
            GError **error)
{
  g_autofree char *language = g_strndup (parts[3], strlen (parts[3]) - strlen (".k1.gz"));
  g_autoptr(TomoPack) pack = tomo_pack_new (bytes, error);
  if (pack == NULL)
    {
      g_prefix_error (error, "no kiosk could open ‘%s’: ", path);
      return FALSE;
    }

  if (!g_str_equal (tomo_pack_get_partner (pack), self->role) ||
      !g_str_equal (tomo_pack_get_id (pack), parts[2]) ||
      g_ascii_strcasecmp (tomo_pack_get_language (pack), language) != 0)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "‘%s’ holds another pack or language than its path says", path);
      return FALSE;
    }

  if (tomo_pack_is_sample (pack) && !tomo_repository_is_demo (repository))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "‘%s’ is a sample; samples go into demonstrations only", path);
      return FALSE;
    }

  const char *const *media = tomo_pack_get_media (pack);
  for (size_t i = 0; media[i] != NULL; i++)
    {
      g_autofree char *medium = tomo_media_dup_path (self->role, media[i]);
      if (json_object_get (tomo_submission_get_targets (self), medium) == NULL)
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "‘%s’ uses the file %.16s…, which is not in the list", path, media[i]);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_medium (const char *path, char **parts, GBytes *bytes, GError **error)
{
  g_autofree char *sha256 = tomo_digest_dup_sha256 (bytes);
  g_autofree char *name = g_strconcat (sha256, strrchr (parts[2], '.'), NULL);

  if (!tomo_media_check (path, bytes, error))
    {
      g_prefix_error (error, "no kiosk could show ‘%s’: ", path);
      return FALSE;
    }
  if (g_str_equal (parts[2], name))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "‘%s’ is not named after its hash",
               path);
  return FALSE;
}

static gboolean
check_content (TomoSubmission *self, TomoRepository *repository, const char *path, GError **error)
{
  g_auto(GStrv) parts = g_strsplit (path, "/", -1);
  unsigned int n_parts = g_strv_length (parts);
  g_autoptr(GBytes) bytes = tomo_submission_read_target (self, repository, path, error);
  if (bytes == NULL)
    {
      g_prefix_error (error, "the submission lacks a file: ");
      return FALSE;
    }

  if (n_parts == 4 && g_str_equal (parts[1], "packs") && g_str_has_suffix (parts[3], ".k1.gz"))
    return check_pack (self, repository, path, parts, bytes, error);
  if (tomo_media_is_path (path))
    return check_medium (path, parts, bytes, error);

  /* What cannot be shown to a person cannot be judged by one. */
  g_set_error (
      error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
      "‘%s’ is neither a pack nor a picture or recording; this program cannot show what is in it",
      path);
  return FALSE;
}

static gboolean
check_targets (TomoSubmission *self, TomoRepository *repository, GError **error)
{
  g_autoptr(TomoRoleFile) published = NULL;
  if (!tomo_repository_load_published (repository, self->role, &published, error))
    return FALSE;

  json_t *former =
      published != NULL ? json_object_get (tomo_role_file_get_signed (published), "targets") : NULL;
  const char *path;
  json_t *target;
  json_object_foreach (tomo_submission_get_targets (self), path, target)
    if (!json_equal (target, json_object_get (former, path)) &&
        !check_content (self, repository, path, error))
      return FALSE;

  return TRUE;
}

/**
 * tomo_submission_check:
 * @self: a submission
 * @repository: the hub's, or a copy of what it has published
 * @out_keys: (out): who may sign, and how many must
 * @error: return location for a #GError
 *
 * Judges the submission against what is published: it is the next version, it is signed by keys
 * of its role and by nobody else, all its files are there, and a kiosk can open them. Whether
 * enough have signed is not looked at.
 *
 * On failure this sets %TOMO_ERROR_UNTRUSTED, %TOMO_ERROR_STALE if it is older or has expired,
 * %TOMO_ERROR_INVALID_DATA, %TOMO_ERROR_NOT_FOUND without such a role, or another #TomoError.
 *
 * Returns: %TRUE if nothing is wrong with it
 */
gboolean
tomo_submission_check (TomoSubmission *self,
                       TomoRepository *repository,
                       TomoSigners **out_keys,
                       GError **error)
{
  g_return_val_if_fail (self != NULL && repository != NULL && out_keys != NULL, FALSE);

  g_autoptr(TomoSigners) keys = tomo_repository_load_keys (repository, self->role, error);
  if (keys == NULL || !check_signatures (self, keys, error) ||
      !check_version (self, repository, error) || !check_expiry (self, repository, error) ||
      !check_targets (self, repository, error))
    return FALSE;

  *out_keys = g_steal_pointer (&keys);
  return TRUE;
}

/**
 * tomo_submission_check_key:
 * @self: a submission that was checked
 * @keys: who may sign it
 * @key: somebody's key
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_UNTRUSTED if @key may not sign, %TOMO_ERROR_FAILED if it has.
 *
 * Returns: %TRUE if @key can sign
 */
gboolean
tomo_submission_check_key (TomoSubmission *self,
                           TomoSigners *keys,
                           TomoPublicKey *key,
                           GError **error)
{
  g_return_val_if_fail (self != NULL && keys != NULL && key != NULL, FALSE);

  if (tomo_signers_find_id (keys, key) == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                   "this key is not one of the %u keys of %s", keys->keys->len, self->role);
      return FALSE;
    }

  for (unsigned int i = 0; i < keys->keys->len; i++)
    if (tomo_public_key_equal (g_ptr_array_index (keys->keys, i), key) &&
        tomo_role_file_is_signed_by (self->file, keys, i))
      {
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                     "this key has signed %s %" G_GUINT64_FORMAT
                     " already; somebody else signs next",
                     self->role, tomo_submission_get_version (self));
        return FALSE;
      }

  return TRUE;
}

/**
 * tomo_submission_sign:
 * @self: a submission that was checked
 * @keys: who may sign it
 * @key: one of them
 * @error: return location for a #GError
 *
 * Adds a signature, after tomo_submission_check_key().
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_submission_sign (TomoSubmission *self, TomoSigners *keys, TomoPrivateKey *key, GError **error)
{
  g_return_val_if_fail (self != NULL && keys != NULL && key != NULL, FALSE);

  TomoPublicKey *public_key = tomo_private_key_get_public (key);

  return tomo_submission_check_key (self, keys, public_key, error) &&
         tomo_role_file_sign (self->file, tomo_signers_find_id (keys, public_key), key, error);
}

/**
 * tomo_submission_stage:
 * @self: a submission that was checked
 * @repository: the hub's
 * @error: return location for a #GError
 *
 * Puts the role's file among the drafts, and its new files beside them, in place of an earlier
 * draft.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_submission_stage (TomoSubmission *self, TomoRepository *repository, GError **error)
{
  g_return_val_if_fail (self != NULL && repository != NULL, FALSE);

  g_autoptr(json_t) staged = json_object ();
  const char *path;
  json_t *target;

  json_object_foreach (tomo_submission_get_targets (self), path, target)
    {
      GBytes *bytes = g_hash_table_lookup (self->files, tomo_repository_get_target_sha256 (target));
      if (bytes != NULL && !tomo_repository_stage_target (repository, staged, path, bytes, error))
        return FALSE;
    }

  return tomo_repository_write_draft (repository, self->role, self->file, error);
}
