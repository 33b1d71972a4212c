/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-repository-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/tomo-digest.h"
#include "core/tomo-error.h"
#include "core/tomo-json.h"

/* One publication: all of it is made and checked in memory before any file moves. */
typedef struct
{
  TomoRepository *repository;
  GStrv drafts;        /* (owned): roles, the hub's first */
  GPtrArray *files;    /* (owned) (element-type TomoRoleFile): the drafts, at the same indices */
  GPtrArray *moves;    /* (owned) (element-type utf8): staged target files, relative */
  GHashTable *pending; /* (owned) (element-type utf8 GBytes): new metadata by file name */
  char *snapshot_name; /* (owned) (nullable) */
  char *root_name;     /* (owned) (nullable): if there is a new root */
} Publication;

static Publication *
publication_new (TomoRepository *repository)
{
  Publication *self = g_new0 (Publication, 1);

  self->repository = repository;
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_role_file_free);
  self->moves = g_ptr_array_new_with_free_func (g_free);
  self->pending =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  return self;
}

static void
publication_free (Publication *self)
{
  g_strfreev (self->drafts);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->moves);
  g_hash_table_unref (self->pending);
  g_free (self->snapshot_name);
  g_free (self->root_name);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Publication, publication_free)

/* After a publication that was cut short, a draft may be published already, byte for byte. */
static gboolean
check_version (Publication *self, const char *role, TomoRoleFile *file, GError **error)
{
  uint64_t published = 0;
  if (!tomo_repository_get_published_version (self->repository, role, &published, error))
    return FALSE;
  if (tomo_role_file_get_version (file) == published + 1)
    return TRUE;

  g_autofree char *name = tomo_repository_dup_file_name (role, published);
  g_autofree char *path = tomo_repository_dup_metadata_path (self->repository, name);
  g_autoptr(GBytes) there =
      tomo_repository_read (path, tomo_repository_get_max_bytes_of (role), NULL);
  g_autoptr(GBytes) draft = tomo_role_file_dump (file);
  if (there != NULL && g_bytes_equal (there, draft))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
               "the draft of role %s is version %" G_GUINT64_FORMAT ", but %" G_GUINT64_FORMAT
               " is published. Next: tomopress repo renew %s %s",
               role, tomo_role_file_get_version (file), published, self->repository->folder, role);
  return FALSE;
}

/* Adds to @missing what keeps the draft from being published. */
static gboolean
check_signatures (Publication *self, const char *role, GString *missing, GError **error)
{
  g_autoptr(TomoDraftState) state =
      tomo_repository_load_draft_state (self->repository, role, error);
  if (state == NULL)
    return FALSE;
  if (tomo_draft_state_is_complete (state))
    return TRUE;

  const char *separator = missing->len > 0 ? "; " : "";
  if (state->n_signed < state->threshold)
    g_string_append_printf (missing, "%s%s has %u of %u signatures", separator, role,
                            state->n_signed, state->threshold);
  else
    g_string_append_printf (missing, "%sroot has %u of %u signatures by keys of the former root",
                            separator, state->n_former_signed, state->former_threshold);

  g_string_append_printf (missing, " (tomopress repo sign %s %s --key KEY)",
                          self->repository->folder, role);
  return TRUE;
}

static gboolean
check_expiry (Publication *self, const char *role, TomoRoleFile *file, GError **error)
{
  if (tomo_role_file_get_expires_secs (file) > self->repository->now_secs)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_STALE,
               "the draft of role %s has expired. Next: tomopress repo renew %s %s", role,
               self->repository->folder, role);
  return FALSE;
}

static gboolean
load_drafts (Publication *self, GError **error)
{
  g_autoptr(GString) missing = g_string_new (NULL);

  self->drafts = tomo_repository_list_drafts (self->repository, error);
  if (self->drafts == NULL)
    return FALSE;

  for (size_t i = 0; self->drafts[i] != NULL; i++)
    {
      const char *role = self->drafts[i];
      TomoRoleFile *file = NULL;
      if (!tomo_repository_load_draft (self->repository, role, &file, error) || file == NULL)
        return FALSE;

      g_ptr_array_add (self->files, file);
      if (!check_version (self, role, file, error) || !check_expiry (self, role, file, error) ||
          !check_signatures (self, role, missing, error))
        return FALSE;

      g_hash_table_insert (self->pending,
                           tomo_repository_dup_file_name (role, tomo_role_file_get_version (file)),
                           tomo_role_file_dump (file));
    }

  if (missing->len > 0)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED, "not published: %s", missing->str);
  return missing->len == 0;
}

static gboolean
skip_drafts (Publication *self, GError **error)
{
  uint64_t published = 0;
  if (!tomo_repository_get_published_version (self->repository, "timestamp", &published, error))
    return FALSE;

  self->drafts = g_new0 (char *, 1);
  if (published == 0)
    g_set_error (
        error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
        "‘%s’ has published nothing that could be renewed. Next: tomopress repo publish %s",
        self->repository->folder, self->repository->folder);
  return published > 0;
}

/* Every file that a draft promises must be there, whole. */
static gboolean
collect_targets (Publication *self, TomoRoleFile *file, GCancellable *cancellable, GError **error)
{
  json_t *targets = json_object_get (tomo_role_file_get_signed (file), "targets");
  const char *path;
  json_t *target;

  json_object_foreach (targets, path, target)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          tomo_error_convert (error);
          return FALSE;
        }

      g_autoptr(GBytes) bytes =
          tomo_repository_read_target (self->repository, path, target, error);
      if (bytes == NULL)
        return FALSE;

      g_autofree char *name =
          tomo_repository_dup_target_name (path, tomo_repository_get_target_sha256 (target));
      g_autofree char *staged =
          g_build_filename (self->repository->folder, "staging", "targets", name, NULL);
      if (g_file_test (staged, G_FILE_TEST_EXISTS))
        g_ptr_array_add (self->moves, g_steal_pointer (&name));
    }

  return TRUE;
}

static json_t *
meta_entry (uint64_t version, GBytes *bytes)
{
  g_autofree char *sha256 = tomo_digest_dup_sha256 (bytes);

  return json_pack ("{s:I, s:I, s:{s:s}}", "version", (json_int_t) version, "length",
                    (json_int_t) g_bytes_get_size (bytes), "hashes", "sha256", sha256);
}

/* An option is named after its role: --snapshot-key, --timestamp-key. */
static gboolean
sign_with_given (const char *role,
                 TomoRoleFile *file,
                 GPtrArray *given,
                 TomoSigners *allowed,
                 TomoSigners *former,
                 GError **error)
{
  for (unsigned int i = 0; i < given->len; i++)
    {
      TomoPrivateKey *key = g_ptr_array_index (given, i);
      const char *id = tomo_signers_find_id (allowed, tomo_private_key_get_public (key));
      if (id == NULL && former != NULL)
        id = tomo_signers_find_id (former, tomo_private_key_get_public (key));
      if (id == NULL)
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                       "not published: a key given with --%s-key is none of the role's", role);
          return FALSE;
        }
      if (!tomo_role_file_sign (file, id, key, error))
        return FALSE;
    }

  return TRUE;
}

/* Where root takes a key away, the former key may sign once more beside the new one. Then the file
 * is good under either root, and whoever copies this folder now gets something whole. */
static gboolean
sign_online (Publication *self,
             const char *role,
             TomoRoleFile *file,
             GPtrArray *keys,
             GError **error)
{
  g_autoptr(TomoSigners) former = NULL;
  g_autoptr(TomoSigners) allowed = tomo_repository_load_keys (self->repository, role, error);
  if (allowed == NULL || !tomo_repository_load_former_keys (self->repository, role, &former, error))
    return FALSE;

  gboolean is_signed = keys != NULL
                           ? sign_with_given (role, file, keys, allowed, former, error)
                           : tomo_repository_sign_as_demo (self->repository, role, file, error);
  if (!is_signed)
    return FALSE;

  unsigned int n_signed = tomo_role_file_count_signatures (file, allowed);
  if (n_signed >= allowed->threshold)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
               "not published: %s has %u of %u signatures; give --%s-key KEY", role, n_signed,
               allowed->threshold, role);
  return FALSE;
}

/* Makes and signs the file of an online role, one version up, around @meta. Takes @meta. Other
 * members of the former file stay. */
static char *
add_online (Publication *self, const char *role, json_t *meta, GPtrArray *keys, GError **error)
{
  g_autoptr(json_t) owned_meta = meta;
  g_autoptr(TomoRoleFile) file = NULL;
  if (!tomo_repository_load_published (self->repository, role, &file, error))
    return NULL;

  uint64_t version = file != NULL ? tomo_role_file_get_version (file) + 1 : 1;
  if (file == NULL)
    file = tomo_role_file_new (role);
  json_object_set (tomo_role_file_get_signed (file), "meta", owned_meta);
  tomo_role_file_stamp (file, version, self->repository->now_secs,
                        tomo_repository_get_lifetime_days (self->repository, role));
  if (!sign_online (self, role, file, keys, error))
    return NULL;

  char *name = tomo_repository_dup_file_name (role, version);
  g_hash_table_insert (self->pending, g_strdup (name), tomo_role_file_dump (file));
  return name;
}

static json_t *
make_snapshot_meta (Publication *self, GError **error)
{
  g_autoptr(TomoRoleFile) former = NULL;
  if (!tomo_repository_load_published (self->repository, "snapshot", &former, error))
    return NULL;

  json_t *meta = former != NULL
                     ? json_deep_copy (json_object_get (tomo_role_file_get_signed (former), "meta"))
                     : json_object ();
  for (size_t i = 0; self->drafts[i] != NULL; i++)
    {
      const char *role = self->drafts[i];
      if (!g_str_equal (tomo_repository_get_type_of (role), "targets"))
        continue;

      uint64_t version = tomo_role_file_get_version (g_ptr_array_index (self->files, i));
      g_autofree char *name = tomo_repository_dup_file_name (role, version);
      g_autofree char *listed = g_strconcat (role, ".json", NULL);
      json_object_set_new (meta, listed,
                           meta_entry (version, g_hash_table_lookup (self->pending, name)));
    }

  return meta;
}

static gboolean
add_snapshot_and_timestamp (Publication *self,
                            GPtrArray *snapshot_keys,
                            GPtrArray *timestamp_keys,
                            GError **error)
{
  json_t *meta = make_snapshot_meta (self, error);
  if (meta == NULL)
    return FALSE;

  self->snapshot_name = add_online (self, "snapshot", meta, snapshot_keys, error);
  if (self->snapshot_name == NULL)
    return FALSE;

  uint64_t version = g_ascii_strtoull (self->snapshot_name, NULL, 10);
  GBytes *snapshot = g_hash_table_lookup (self->pending, self->snapshot_name);
  json_t *timestamp_meta = json_pack ("{s:o}", "snapshot.json", meta_entry (version, snapshot));
  g_autofree char *name = add_online (self, "timestamp", timestamp_meta, timestamp_keys, error);

  return name != NULL;
}

/* A change of the disk has happened. */
static gboolean
report_step (Publication *self, const char *path, GError **error)
{
  TomoRepository *repository = self->repository;
  if (repository->step == NULL || repository->step (path, repository->step_data))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_CANCELLED, "stopped after ‘%s’", path);
  return FALSE;
}

static gboolean
move (Publication *self, const char *from, const char *to, GError **error)
{
  if (g_rename (from, to) == 0)
    return report_step (self, to, error);

  tomo_set_error_from_errno (error, errno, "cannot move ‘%s’ to ‘%s’", from, to);
  return FALSE;
}

static gboolean
move_targets (Publication *self, GError **error)
{
  const char *folder = self->repository->folder;

  for (unsigned int i = 0; i < self->moves->len; i++)
    {
      const char *name = g_ptr_array_index (self->moves, i);
      g_autofree char *from = g_build_filename (folder, "staging", "targets", name, NULL);
      g_autofree char *to = g_build_filename (folder, "targets", name, NULL);
      g_autofree char *parent = g_path_get_dirname (to);
      if (!tomo_repository_make_folder (parent, 0755, error))
        return FALSE;
      /* Two paths of one draft may share a file, which has then gone already. */
      if (!g_file_test (from, G_FILE_TEST_EXISTS) && g_file_test (to, G_FILE_TEST_EXISTS))
        continue;
      if (!move (self, from, to, error))
        return FALSE;
    }

  return TRUE;
}

/* Written beside, synced, then moved: there is never a half file under metadata/, nor a temporary
 * one that a mirror would carry away. */
static gboolean
write_pending (Publication *self, const char *name, GError **error)
{
  g_autofree char *beside = g_build_filename (self->repository->folder, "staging", "next", NULL);
  g_autofree char *path = tomo_repository_dup_metadata_path (self->repository, name);

  return tomo_repository_write (beside, g_hash_table_lookup (self->pending, name), error) &&
         move (self, beside, path, error);
}

/* What a file refers to is there before the file. The list of drafts begins with root and targets,
 * so it is gone through from its end. */
static gboolean
write_metadata (Publication *self, GError **error)
{
  for (size_t i = g_strv_length (self->drafts); i > 0; i--)
    {
      uint64_t version = tomo_role_file_get_version (g_ptr_array_index (self->files, i - 1));
      g_autofree char *name = tomo_repository_dup_file_name (self->drafts[i - 1], version);
      if (g_str_equal (self->drafts[i - 1], "root"))
        self->root_name = g_steal_pointer (&name);
      else if (!write_pending (self, name, error))
        return FALSE;
    }

  return write_pending (self, self->snapshot_name, error);
}

/* The power may go after timestamp is in place, but not before what it leads to is on the disk. */
static gboolean
sync_disk (Publication *self, GError **error)
{
  int fd = open (self->repository->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean synced = fd >= 0 && syncfs (fd) == 0;

  if (!synced)
    tomo_set_error_from_errno (error, errno, "cannot write ‘%s’ to the disk",
                               self->repository->folder);
  if (fd >= 0)
    close (fd);
  return synced;
}

/* From here on the new state is public, whatever happens to what is left over. The draft of root
 * goes last: as long as it is there, the keys before it may sign once more. Files of drafts that
 * were not chosen stay. */
static gboolean
remove_drafts (Publication *self, GError **error)
{
  for (size_t i = g_strv_length (self->drafts); i > 0; i--)
    {
      g_autofree char *path =
          tomo_repository_dup_draft_path (self->repository, self->drafts[i - 1]);
      g_unlink (path);
      if (!report_step (self, path, error))
        return FALSE;
    }

  if (self->repository->chosen_drafts == NULL)
    tomo_repository_clear_staged (self->repository);
  return TRUE;
}

/* Once more, now with what is really on the disk but for the two files that make it public. */
static gboolean
verify_on_disk (Publication *self, GError **error)
{
  const char *const last[] = { "timestamp.json", self->root_name };
  g_autoptr(GHashTable) pending = g_hash_table_new (g_str_hash, g_str_equal);

  for (size_t i = 0; i < G_N_ELEMENTS (last); i++)
    if (last[i] != NULL)
      g_hash_table_insert (pending, (char *) last[i], g_hash_table_lookup (self->pending, last[i]));

  return tomo_repository_verify (self->repository, pending, error);
}

/* Root comes last of all. Clients ask for it first: under a new root that takes the timestamp key
 * away, the old timestamp would be nobody's; under the old root the new timestamp is good, since
 * the former key has signed it, too. */
static gboolean
place (Publication *self, GError **error)
{
  return move_targets (self, error) && write_metadata (self, error) && sync_disk (self, error) &&
         verify_on_disk (self, error) && write_pending (self, "timestamp.json", error) &&
         (self->root_name == NULL || write_pending (self, self->root_name, error)) &&
         sync_disk (self, error);
}

static gboolean
publish (TomoRepository *self,
         TomoPublishWhat what,
         GPtrArray *snapshot_keys,
         GPtrArray *timestamp_keys,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr(Publication) publication = publication_new (self);
  if (what == TOMO_PUBLISH_RENEWAL ? !skip_drafts (publication, error)
                                   : !load_drafts (publication, error))
    return FALSE;

  for (unsigned int i = 0; i < publication->files->len; i++)
    if (!collect_targets (publication, g_ptr_array_index (publication->files, i), cancellable,
                          error))
      return FALSE;

  if (!add_snapshot_and_timestamp (publication, snapshot_keys, timestamp_keys, error))
    return FALSE;
  if (!tomo_repository_verify (self, publication->pending, error))
    {
      g_prefix_error (error, "not published, clients would refuse it: ");
      return FALSE;
    }
  if (!place (publication, error))
    return FALSE;

  return what == TOMO_PUBLISH_RENEWAL || remove_drafts (publication, error);
}

/**
 * tomo_repository_publish:
 * @self: a repository
 * @what: whether drafts are published too
 * @snapshot_keys: (nullable) (element-type TomoPrivateKey): who signs snapshot; %NULL takes the
 *   keys of a demonstration
 * @timestamp_keys: (nullable) (element-type TomoPrivateKey): the same for timestamp
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Moves all drafts, or those of tomo_repository_choose_drafts(), into place and signs a new
 * snapshot and timestamp; without drafts, or if @what says so, it only renews those two. The result
 * is verified as a client would, before timestamp.json makes it public. On failure clients see what
 * they saw before.
 *
 * On failure this sets %TOMO_ERROR_UNTRUSTED if signatures are missing, %TOMO_ERROR_STALE if a
 * draft has expired, or another #TomoError.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_repository_publish (TomoRepository *self,
                         TomoPublishWhat what,
                         GPtrArray *snapshot_keys,
                         GPtrArray *timestamp_keys,
                         GCancellable *cancellable,
                         GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (what == TOMO_PUBLISH_DRAFTS)
    return publish (self, what, snapshot_keys, timestamp_keys, cancellable, error);

  /* A renewal goes by what is published, even where a root with other keys waits. */
  static const char *const none[] = { NULL };
  g_auto(GStrv) chosen = g_steal_pointer (&self->chosen_drafts);
  tomo_repository_choose_drafts (self, none);
  gboolean published = publish (self, what, snapshot_keys, timestamp_keys, cancellable, error);
  tomo_repository_choose_drafts (self, (const char *const *) chosen);
  return published;
}
