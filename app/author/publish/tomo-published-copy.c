/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-published-copy.h"

#include <string.h>

#include "author/publish/tomo-repository-private.h"
#include "author/publish/tomo-role-targets.h"
#include "core/content/tomo-campaign.h"
#include "core/fetch/tomo-fetcher.h"
#include "core/tomo-digest.h"
#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "core/trust/tomo-trusted-set.h"

struct _TomoPublishedCopy
{
  char *folder;         /* (owned) */
  TomoFetcher *fetcher; /* (owned) */
  GPtrArray *roots;     /* (owned) (element-type GBytes): from version 1 on */
  char *newest_root;    /* (owned): SHA-256 */
  int64_t now_secs;
  TomoTrustedSet *set;        /* (owned) (nullable) */
  GHashTable *metadata;       /* (owned) (element-type utf8 GBytes): verified, by file name */
  GPtrArray *files;           /* (owned) (element-type TomoRoleFile): of campaign and the role */
  gboolean is_signed_today;   /* whether the keys of today have signed the role's file */
  TomoRepository *repository; /* (owned) (nullable): after a refresh */
};

/**
 * tomo_published_copy_free:
 * @self: (transfer full): a copy
 */
void
tomo_published_copy_free (TomoPublishedCopy *self)
{
  g_free (self->folder);
  g_clear_object (&self->fetcher);
  g_ptr_array_unref (self->roots);
  g_free (self->newest_root);
  g_clear_pointer (&self->set, tomo_trusted_set_free);
  g_hash_table_unref (self->metadata);
  g_ptr_array_unref (self->files);
  g_clear_pointer (&self->repository, tomo_repository_free);
  g_free (self);
}

static GBytes *
load_local (TomoPublishedCopy *self, const char *name, size_t max_bytes)
{
  g_autofree char *path = g_build_filename (self->folder, "metadata", name, NULL);

  return tomo_repository_read (path, max_bytes, NULL);
}

static GBytes *
fetch (TomoPublishedCopy *self,
       const char *name,
       size_t max_bytes,
       GCancellable *cancellable,
       GError **error)
{
  g_autofree char *path = g_strconcat ("metadata/", name, NULL);

  return tomo_fetcher_fetch (self->fetcher, path, max_bytes, cancellable, error);
}

/* Those kept here, then those that are new. Which of them are to be trusted is found out later. */
static gboolean
collect_roots (TomoPublishedCopy *self, GCancellable *cancellable, GError **error)
{
  for (uint64_t version = 1; version <= TOMO_TRUST_MAX_ROOT_STEPS; version++)
    {
      g_autoptr(GError) local_error = NULL;
      g_autofree char *name = tomo_repository_dup_file_name ("root", version);
      GBytes *root = load_local (self, name, TOMO_TRUST_MAX_ROOT_BYTES);
      if (root == NULL)
        root = fetch (self, name, TOMO_TRUST_MAX_ROOT_BYTES, cancellable, &local_error);

      if (root != NULL)
        {
          g_ptr_array_add (self->roots, root);
          continue;
        }
      if (version > 1 && g_error_matches (local_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
        return TRUE;

      g_propagate_error (error, g_steal_pointer (&local_error));
      g_prefix_error (error, "‘%s’ cannot be asked what is published: ",
                      tomo_fetcher_get_location (self->fetcher));
      return FALSE;
    }

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "‘%s’ has more root files than the %d steps that clients follow",
               tomo_fetcher_get_location (self->fetcher), TOMO_TRUST_MAX_ROOT_STEPS);
  return FALSE;
}

/**
 * tomo_published_copy_open:
 * @folder: where the copy lies, or will
 * @address: where the campaign is published: a URL or a folder
 * @now_secs: the time
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Asks for the root files, which say who the campaign is. Nothing is trusted or written yet.
 *
 * On failure this sets %TOMO_ERROR_OFFLINE, %TOMO_ERROR_NOT_FOUND or another #TomoError.
 *
 * Returns: (transfer full): the copy
 */
TomoPublishedCopy *
tomo_published_copy_open (const char *folder,
                          const char *address,
                          int64_t now_secs,
                          GCancellable *cancellable,
                          GError **error)
{
  g_return_val_if_fail (folder != NULL && address != NULL, NULL);

  TomoFetcher *fetcher = tomo_fetcher_new_for_location (address, error);
  if (fetcher == NULL)
    return NULL;

  g_autoptr(TomoPublishedCopy) self = g_new0 (TomoPublishedCopy, 1);
  self->folder = g_strdup (folder);
  self->fetcher = fetcher;
  self->roots = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->now_secs = now_secs;
  self->metadata =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_role_file_free);
  if (!collect_roots (self, cancellable, error))
    return NULL;

  self->newest_root = g_compute_checksum_for_bytes (
      G_CHECKSUM_SHA256, g_ptr_array_index (self->roots, self->roots->len - 1));
  return g_steal_pointer (&self);
}

/**
 * tomo_published_copy_get_newest_root:
 * @self: a copy
 *
 * Returns: the SHA-256 of the newest root file that was offered; somebody has to compare it
 */
const char *
tomo_published_copy_get_newest_root (TomoPublishedCopy *self)
{
  return self->newest_root;
}

/* The chain begins at the root whose fingerprint a person compared once. */
static gboolean
follow_roots (TomoPublishedCopy *self, const char *root_sha256, GError **error)
{
  for (unsigned int i = 0; i < self->roots->len; i++)
    {
      GBytes *root = g_ptr_array_index (self->roots, i);
      g_autofree char *sha256 = tomo_digest_dup_sha256 (root);

      if (self->set != NULL && !tomo_trusted_set_update_root (self->set, root, error))
        return FALSE;
      if (self->set == NULL && g_str_equal (sha256, root_sha256))
        {
          self->set = tomo_trusted_set_new (root, self->now_secs, error);
          if (self->set == NULL)
            return FALSE;
        }

      g_hash_table_insert (self->metadata, tomo_repository_dup_file_name ("root", i + 1),
                           g_bytes_ref (root));
    }

  if (self->set != NULL)
    return tomo_trusted_set_finish_root (self->set, error);

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
               "what ‘%s’ publishes does not have the fingerprint %.16s… of your campaign; the "
               "address is wrong, or somebody else answers there",
               tomo_fetcher_get_location (self->fetcher), root_sha256);
  return FALSE;
}

static gboolean
follow_timestamp (TomoPublishedCopy *self, GCancellable *cancellable, GError **error)
{
  g_autoptr(GBytes) kept = load_local (self, "timestamp.json", TOMO_TRUST_MAX_TIMESTAMP_BYTES);
  gboolean changed = FALSE;

  /* What was seen before only guards against being shown something older. */
  if (kept != NULL)
    tomo_trusted_set_update_timestamp (self->set, kept, TOMO_TRUST_LOCAL, NULL, NULL);

  g_autoptr(GBytes) fetched =
      fetch (self, "timestamp.json", TOMO_TRUST_MAX_TIMESTAMP_BYTES, cancellable, error);
  if (fetched == NULL ||
      !tomo_trusted_set_update_timestamp (self->set, fetched, TOMO_TRUST_REMOTE, &changed, error))
    return FALSE;

  if (changed || kept == NULL)
    g_hash_table_insert (self->metadata, g_strdup ("timestamp.json"), g_bytes_ref (fetched));
  return TRUE;
}

/* Names carry versions, so what is here under the name is what would be fetched, or is damaged. */
static GBytes *
get_listed (TomoPublishedCopy *self, const char *role, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = tomo_trusted_set_dup_file_name (self->set, role);
  size_t max_bytes = tomo_trusted_set_get_max_bytes (self->set, role);

  GBytes *bytes = load_local (self, name, max_bytes);
  if (bytes == NULL)
    bytes = fetch (self, name, max_bytes, cancellable, error);
  if (bytes != NULL)
    g_hash_table_insert (self->metadata, g_steal_pointer (&name), g_bytes_ref (bytes));
  return bytes;
}

static gboolean
follow_snapshot (TomoPublishedCopy *self, GCancellable *cancellable, GError **error)
{
  g_autoptr(GBytes) snapshot = get_listed (self, "snapshot", cancellable, error);
  if (snapshot == NULL ||
      !tomo_trusted_set_update_snapshot (self->set, snapshot, TOMO_TRUST_REMOTE, error))
    return FALSE;

  g_autoptr(GBytes) targets = get_listed (self, "targets", cancellable, error);
  return targets != NULL && tomo_trusted_set_update_targets (self->set, "targets", "root", targets,
                                                             TOMO_TRUST_REMOTE, error);
}

static const TomoTrustRole *
find_role (GPtrArray *roles, const char *name)
{
  for (unsigned int i = 0; i < roles->len; i++)
    {
      const TomoTrustRole *role = g_ptr_array_index (roles, i);
      if (g_str_equal (role->name, name) && g_str_equal (role->delegator, "targets"))
        return role;
    }

  return NULL;
}

static gboolean
is_as_listed (TomoPublishedCopy *self, const char *role, GBytes *bytes)
{
  g_autofree char *snapshot_name = tomo_trusted_set_dup_file_name (self->set, "snapshot");
  g_autofree char *listed_name = g_strconcat (role, ".json", NULL);
  g_autofree char *sha256 = tomo_digest_dup_sha256 (bytes);
  g_autoptr(TomoRoleFile) snapshot =
      tomo_role_file_parse (g_hash_table_lookup (self->metadata, snapshot_name),
                            TOMO_TRUST_MAX_SNAPSHOT_BYTES, "snapshot", NULL);
  json_t *meta =
      snapshot != NULL ? json_object_get (tomo_role_file_get_signed (snapshot), "meta") : NULL;

  /* An entry has the form that a target has. */
  return g_str_equal (tomo_repository_get_target_sha256 (json_object_get (meta, listed_name)),
                      sha256);
}

/* A role whose file has expired is why somebody submits, so expiry does not matter here. Nor is a
 * file held against its owner that the keys of today have not signed: after a rotation the next
 * version follows on it. That it is the published one its hash in the verified snapshot says. */
static gboolean
follow_role (TomoPublishedCopy *self, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (self->set);
  const TomoTrustRole *role = find_role (roles, name);

  if (role == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "the campaign does not know %s yet; the hub adds it when it has your request",
                   name);
      return FALSE;
    }

  self->is_signed_today = TRUE;
  if (role->listed_version == 0)
    return TRUE;

  g_autoptr(GBytes) bytes = get_listed (self, name, cancellable, error);
  if (bytes == NULL)
    return FALSE;

  g_autoptr(GError) local_error = NULL;
  self->is_signed_today = tomo_trusted_set_update_targets (self->set, name, "targets", bytes,
                                                           TOMO_TRUST_LOCAL, &local_error);
  if (!self->is_signed_today && !is_as_listed (self, name, bytes))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  TomoRoleFile *file = tomo_role_file_parse (bytes, TOMO_TRUST_MAX_TARGETS_BYTES, name, error);
  if (file == NULL)
    return FALSE;
  g_ptr_array_add (self->files, file);
  return tomo_role_file_check_targets (file, name, error);
}

/* (element-type TomoFetchRequest): the files of a role that are not here yet. */
static void
add_missing_targets (TomoPublishedCopy *self, TomoRoleFile *file, GPtrArray *requests)
{
  json_t *targets = json_object_get (tomo_role_file_get_signed (file), "targets");
  const char *path;
  json_t *target;

  json_object_foreach (targets, path, target)
    {
      const char *sha256 = tomo_repository_get_target_sha256 (target);
      size_t size = (size_t) json_integer_value (json_object_get (target, "length"));
      g_autofree char *name = tomo_repository_dup_target_name (path, sha256);
      g_autofree char *remote = g_strconcat ("targets/", name, NULL);
      g_autofree char *local = g_build_filename (self->folder, remote, NULL);
      g_autoptr(GBytes) here = tomo_repository_read (local, size, NULL);
      g_autofree char *actual = here != NULL ? tomo_digest_dup_sha256 (here) : NULL;

      if (g_strcmp0 (actual, sha256) != 0)
        g_ptr_array_add (requests, tomo_fetch_request_new (remote, size, (gpointer) sha256));
    }
}

static gboolean
save (TomoPublishedCopy *self, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  return tomo_repository_make_folder (parent, 0700, error) &&
         tomo_repository_write (path, bytes, error);
}

static gboolean
fetch_targets (TomoPublishedCopy *self, GCancellable *cancellable, GError **error)
{
  g_autoptr(GPtrArray) requests =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_fetch_request_free);

  for (unsigned int i = 0; i < self->files->len; i++)
    add_missing_targets (self, g_ptr_array_index (self->files, i), requests);
  if (requests->len > 0 &&
      !tomo_fetcher_fetch_all (self->fetcher, requests, NULL, NULL, cancellable, error))
    return FALSE;

  for (unsigned int i = 0; i < requests->len; i++)
    {
      TomoFetchRequest *request = g_ptr_array_index (requests, i);
      if (request->body == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&request->error));
          return FALSE;
        }

      g_autofree char *sha256 = tomo_digest_dup_sha256 (request->body);
      if (!g_str_equal (sha256, request->user_data))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                       "‘%s’ of %s is not what was signed; ask the hub to upload it again",
                       request->path, tomo_fetcher_get_location (self->fetcher));
          return FALSE;
        }
      if (!save (self, request->path, request->body, error))
        return FALSE;
    }

  return TRUE;
}

/* What leads to others comes after them, so that a copy cut short is the old one. */
static gboolean
save_metadata (TomoPublishedCopy *self, GError **error)
{
  GHashTableIter iter;
  gpointer name;
  gpointer bytes;

  g_hash_table_iter_init (&iter, self->metadata);
  while (g_hash_table_iter_next (&iter, &name, &bytes))
    {
      g_autofree char *path = g_strconcat ("metadata/", name, NULL);
      if (!g_str_equal (name, "timestamp.json") && !save (self, path, bytes, error))
        return FALSE;
    }

  GBytes *timestamp = g_hash_table_lookup (self->metadata, "timestamp.json");
  return timestamp == NULL || save (self, "metadata/timestamp.json", timestamp, error);
}

/* Samples may go where the campaign file says that this is a demonstration. */
static gboolean
campaign_is_demo (TomoPublishedCopy *self)
{
  TomoTrustTarget target;
  g_autoptr(GError) error = NULL;

  if (!tomo_trusted_set_find_target (self->set, TOMO_CAMPAIGN_TARGET, &target, NULL, &error))
    return FALSE;

  g_autofree char *name = tomo_repository_dup_target_name (target.path, target.sha256);
  g_autofree char *path = g_build_filename (self->folder, "targets", name, NULL);
  g_autoptr(GBytes) bytes = tomo_repository_read (path, (size_t) target.size, NULL);
  g_autoptr(TomoCampaign) campaign = bytes != NULL ? tomo_campaign_new (bytes, NULL) : NULL;
  return campaign != NULL && tomo_campaign_is_demo (campaign);
}

static gboolean
write_settings (TomoPublishedCopy *self, GError **error)
{
  g_autoptr(GKeyFile) settings = g_key_file_new ();
  g_autofree char *path = g_build_filename (self->folder, TOMO_REPOSITORY_CONF, NULL);
  g_autofree char *staging = g_build_filename (self->folder, "staging", "metadata", NULL);

  g_key_file_set_integer (settings, TOMO_REPOSITORY_GROUP, "format", TOMO_REPOSITORY_FORMAT);
  g_key_file_set_boolean (settings, TOMO_REPOSITORY_GROUP, "demo", campaign_is_demo (self));
  if (!tomo_repository_make_folder (staging, 0700, error))
    return FALSE;
  if (g_key_file_save_to_file (settings, path, error))
    return TRUE;

  tomo_error_convert (error);
  return FALSE;
}

/**
 * tomo_published_copy_refresh:
 * @self: a copy
 * @root_sha256: fingerprint of a root file that somebody has compared
 * @role: the role that is going to be signed
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Brings the copy up to what is published now: metadata of @role and of those who vouch for it,
 * its files, and the campaign file. Nothing is written that was not verified.
 *
 * On failure this sets %TOMO_ERROR_UNTRUSTED, %TOMO_ERROR_STALE if the mirror is behind what was
 * seen before, %TOMO_ERROR_NOT_FOUND if the campaign does not know @role, %TOMO_ERROR_OFFLINE or
 * another #TomoError.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_published_copy_refresh (TomoPublishedCopy *self,
                             const char *root_sha256,
                             const char *role,
                             GCancellable *cancellable,
                             GError **error)
{
  g_return_val_if_fail (self != NULL && root_sha256 != NULL && role != NULL, FALSE);

  if (!follow_roots (self, root_sha256, error) || !follow_timestamp (self, cancellable, error) ||
      !follow_snapshot (self, cancellable, error) ||
      !follow_role (self, "campaign", cancellable, error) ||
      !follow_role (self, role, cancellable, error) || !fetch_targets (self, cancellable, error) ||
      !save_metadata (self, error) || !write_settings (self, error))
    return FALSE;

  g_clear_pointer (&self->repository, tomo_repository_free);
  self->repository =
      tomo_repository_open (self->folder, TOMO_REPOSITORY_WRITE, self->now_secs, error);
  return self->repository != NULL;
}

/**
 * tomo_published_copy_get_repository:
 * @self: a copy that was refreshed
 *
 * Returns: (transfer none): what is published, locked for writing drafts
 */
TomoRepository *
tomo_published_copy_get_repository (TomoPublishedCopy *self)
{
  return self->repository;
}

/**
 * tomo_published_copy_is_signed_today:
 * @self: a copy that was refreshed
 *
 * Returns: %FALSE if keys were rotated since: then nobody who signs today has vouched for what is
 *   published, and it is no ground to compare with
 */
gboolean
tomo_published_copy_is_signed_today (TomoPublishedCopy *self)
{
  return self->is_signed_today;
}
