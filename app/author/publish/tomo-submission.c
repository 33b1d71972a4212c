/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-submission-private.h"

#include <string.h>

#include "author/pack/tomo-vocabulary.h"
#include "author/publish/tomo-repository-private.h"
#include "author/publish/tomo-role-targets.h"
#include "core/tomo-digest.h"
#include "core/tomo-error.h"
#include "core/tomo-gzip.h"
#include "core/trust/tomo-trusted-set.h"

#define MAX_ADDRESS_BYTES 2048

/**
 * tomo_submission_free:
 * @self: (transfer full): a submission
 */
void
tomo_submission_free (TomoSubmission *self)
{
  g_free (self->role);
  g_free (self->address);
  g_clear_pointer (&self->file, tomo_role_file_free);
  g_clear_pointer (&self->files, g_hash_table_unref);
  g_free (self);
}

static TomoSubmission *
submission_new (const char *role, uint64_t targets_version, const char *address)
{
  TomoSubmission *self = g_new0 (TomoSubmission, 1);

  self->role = g_strdup (role);
  self->targets_version = targets_version;
  self->address = g_strdup (address);
  self->files =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  return self;
}

const char *
tomo_submission_get_role (TomoSubmission *self)
{
  return self->role;
}

uint64_t
tomo_submission_get_version (TomoSubmission *self)
{
  return tomo_role_file_get_version (self->file);
}

uint64_t
tomo_submission_get_targets_version (TomoSubmission *self)
{
  return self->targets_version;
}

const char *
tomo_submission_get_address (TomoSubmission *self)
{
  return self->address;
}

TomoRoleFile *
tomo_submission_get_file (TomoSubmission *self)
{
  return self->file;
}

json_t *
tomo_submission_get_targets (TomoSubmission *self)
{
  return json_object_get (tomo_role_file_get_signed (self->file), "targets");
}

/**
 * tomo_submission_dup_name:
 * @self: a submission
 *
 * Returns: (transfer full): how its file is called, such as ‘jp-17.tomo-submission’
 */
char *
tomo_submission_dup_name (TomoSubmission *self)
{
  return g_strdup_printf ("%s-%" G_GUINT64_FORMAT TOMO_SUBMISSION_SUFFIX, self->role,
                          tomo_submission_get_version (self));
}

static gboolean
check_role (const char *role, const char *where, GError **error)
{
  gboolean is_hub = FALSE;
  for (TomoHubRole hub = 0; hub < TOMO_N_HUB_ROLES; hub++)
    is_hub = is_hub || g_str_equal (role, tomo_hub_role_get_name (hub));

  if (tomo_vocabulary_is_id (role) && !is_hub)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "%s: is for a role that no partner can have", where);
  return FALSE;
}

/* Sizes that the role file promises, by hash. */
static GHashTable *
list_promised (TomoSubmission *self)
{
  GHashTable *promised = g_hash_table_new (g_str_hash, g_str_equal);
  const char *path;
  json_t *target;

  json_object_foreach (tomo_submission_get_targets (self), path, target)
    g_hash_table_insert (promised, (gpointer) tomo_repository_get_target_sha256 (target), target);

  return promised;
}

/* Nothing travels that the role file does not name. */
static gboolean
check_new_file (GHashTable *promised,
                const char *sha256,
                GBytes *bytes,
                const char *where,
                GError **error)
{
  json_t *target = g_hash_table_lookup (promised, sha256);
  if (target == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: brings a file that its list does not name", where);
      return FALSE;
    }

  g_autofree char *actual = tomo_digest_dup_sha256 (bytes);
  if (g_str_equal (actual, sha256))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
               "%s: a file in it is not the one that was signed; somebody replaced it", where);
  return FALSE;
}

static GBytes *
get_byte_string (GVariant *parent, size_t index)
{
  g_autoptr(GVariant) child = g_variant_get_child_value (parent, index);

  return g_variant_get_data_as_bytes (child);
}

static gboolean
read_files (TomoSubmission *self, GVariant *files, const char *where, GError **error)
{
  g_autoptr(GHashTable) promised = list_promised (self);
  const char *former = "";

  for (size_t i = 0; i < g_variant_n_children (files); i++)
    {
      g_autoptr(GVariant) entry = g_variant_get_child_value (files, i);
      const char *sha256 = NULL;
      g_variant_get_child (entry, 0, "&s", &sha256);
      g_autoptr(GBytes) bytes = get_byte_string (entry, 1);

      if (strcmp (former, sha256) >= 0)
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: its files are not in order",
                       where);
          return FALSE;
        }
      if (!check_new_file (promised, sha256, bytes, where, error))
        return FALSE;

      g_hash_table_insert (self->files, g_strdup (sha256), g_steal_pointer (&bytes));
      former = sha256;
    }

  return TRUE;
}

static GVariant *
open_variant (GBytes *plain, const char *where, GError **error)
{
  /* Never trusted: GLib 2.74 crashes on damaged bytes that were called trusted. */
  g_autoptr(GVariant) tree = g_variant_ref_sink (
      g_variant_new_from_bytes (G_VARIANT_TYPE (TOMO_SUBMISSION_VARIANT_TYPE), plain, FALSE));
  if (!g_variant_is_normal_form (tree))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: is no submission", where);
      return NULL;
    }

  g_autoptr(GVariant) ordered = G_BYTE_ORDER == G_LITTLE_ENDIAN
                                     ? g_variant_ref (tree)
                                     : g_variant_ref_sink (g_variant_byteswap (tree));
  uint32_t format = 0;
  g_variant_get_child (ordered, 0, "u", &format);
  if (format != TOMO_SUBMISSION_FORMAT)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
                   "%s: has format %u, this program knows %d; update the program", where, format,
                   TOMO_SUBMISSION_FORMAT);
      return NULL;
    }

  return g_steal_pointer (&ordered);
}

/**
 * tomo_submission_new_plain:
 * @plain: a submission without the gzip around it
 * @where: its name, for messages
 * @error: return location for a #GError
 *
 * As tomo_submission_new().
 *
 * Returns: (transfer full): the submission
 */
TomoSubmission *
tomo_submission_new_plain (GBytes *plain, const char *where, GError **error)
{
  g_return_val_if_fail (plain != NULL && where != NULL, NULL);

  g_autoptr(GVariant) tree = open_variant (plain, where, error);
  if (tree == NULL)
    return NULL;

  const char *role = NULL;
  const char *address = NULL;
  uint64_t targets_version = 0;
  g_variant_get_child (tree, 1, "&s", &role);
  g_variant_get_child (tree, 2, "t", &targets_version);
  g_variant_get_child (tree, 3, "&s", &address);
  if (!check_role (role, where, error))
    return NULL;
  if (strlen (address) > MAX_ADDRESS_BYTES)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: its address is too long",
                   where);
      return NULL;
    }

  g_autoptr(TomoSubmission) self = submission_new (role, targets_version, address);
  g_autoptr(GBytes) bytes = get_byte_string (tree, 4);
  self->file = tomo_role_file_parse (bytes, TOMO_TRUST_MAX_TARGETS_BYTES, where, error);
  if (self->file == NULL || !tomo_role_file_check_plain (self->file, role, error))
    return NULL;

  g_autoptr(GVariant) files = g_variant_get_child_value (tree, 5);
  return read_files (self, files, where, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * tomo_submission_new:
 * @packed: a file from the mail
 * @where: its name, for messages
 * @error: return location for a #GError
 *
 * Reads a submission as far as it can be judged by itself: its form, that it stays below the
 * prefix of its role, that its files are those its list names. Whose signatures these are is for
 * tomo_submission_check() to say.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, %TOMO_ERROR_UNTRUSTED for a file that was
 * replaced or a path of somebody else, %TOMO_ERROR_UNSUPPORTED for a later format.
 *
 * Returns: (transfer full): the submission
 */
TomoSubmission *
tomo_submission_new (GBytes *packed, const char *where, GError **error)
{
  g_return_val_if_fail (packed != NULL && where != NULL, NULL);

  if (g_bytes_get_size (packed) > TOMO_SUBMISSION_MAX_PACKED_BYTES)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: is larger than the %d bytes that a submission may have", where,
                   TOMO_SUBMISSION_MAX_PACKED_BYTES);
      return NULL;
    }

  g_autoptr(GBytes) plain = tomo_gzip_inflate (packed, TOMO_SUBMISSION_MAX_BYTES, error);
  if (plain == NULL)
    {
      g_prefix_error (error, "%s: was damaged on its way, or is no submission: ", where);
      return NULL;
    }

  return tomo_submission_new_plain (plain, where, error);
}

static gboolean
add_new_files (TomoSubmission *self, TomoRepository *repository, json_t *published, GError **error)
{
  const char *path;
  json_t *target;

  json_object_foreach (tomo_submission_get_targets (self), path, target)
    {
      const char *sha256 = tomo_repository_get_target_sha256 (target);
      json_t *former = json_object_get (published, path);
      if (g_str_equal (tomo_repository_get_target_sha256 (former), sha256))
        continue;

      GBytes *bytes = tomo_repository_read_target (repository, path, target, error);
      if (bytes == NULL)
        return FALSE;
      g_hash_table_insert (self->files, g_strdup (sha256), bytes);
    }

  return TRUE;
}

/**
 * tomo_submission_new_from_draft:
 * @repository: a copy of what is published, with a draft of @role
 * @role: what was drafted
 * @address: (nullable): where the campaign is published
 * @error: return location for a #GError
 *
 * Packs a draft and its new files.
 *
 * Returns: (transfer full): the submission
 */
TomoSubmission *
tomo_submission_new_from_draft (TomoRepository *repository,
                                const char *role,
                                const char *address,
                                GError **error)
{
  g_return_val_if_fail (repository != NULL && role != NULL, NULL);

  uint64_t targets_version = 0;
  g_autoptr(TomoRoleFile) published = NULL;
  g_autoptr(TomoRoleFile) draft = NULL;
  if (!tomo_repository_get_published_version (repository, "targets", &targets_version, error) ||
      !tomo_repository_load_published (repository, role, &published, error) ||
      !tomo_repository_load_draft (repository, role, &draft, error))
    return NULL;
  if (draft == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND, "nothing is drafted for %s", role);
      return NULL;
    }

  g_autoptr(TomoSubmission) self =
      submission_new (role, targets_version, address != NULL ? address : "");
  self->file = g_steal_pointer (&draft);
  json_t *former =
      published != NULL ? json_object_get (tomo_role_file_get_signed (published), "targets") : NULL;

  return add_new_files (self, repository, former, error) ? g_steal_pointer (&self) : NULL;
}

static int
compare_hashes (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static GVariant *
bytes_variant (GBytes *bytes)
{
  return g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE);
}

/**
 * tomo_submission_write:
 * @self: a submission
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_FAILED if it is too large to be mailed.
 *
 * Returns: (transfer full): the file
 */
GBytes *
tomo_submission_write (TomoSubmission *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr(GList) hashes = g_list_sort (g_hash_table_get_keys (self->files), compare_hashes);
  g_auto(GVariantBuilder) files = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(say)"));
  for (GList *l = hashes; l != NULL; l = l->next)
    g_variant_builder_add (&files, "(s@ay)", l->data,
                           bytes_variant (g_hash_table_lookup (self->files, l->data)));

  g_autoptr(GBytes) file = tomo_role_file_dump (self->file);
  g_autoptr(GVariant) tree = g_variant_ref_sink (
      g_variant_new ("(usts@ay@a(say))", TOMO_SUBMISSION_FORMAT, self->role, self->targets_version,
                     self->address, bytes_variant (file), g_variant_builder_end (&files)));
  g_autoptr(GVariant) ordered = G_BYTE_ORDER == G_LITTLE_ENDIAN ? g_variant_get_normal_form (tree)
                                                                 : g_variant_byteswap (tree);
  g_autoptr(GBytes) plain = g_variant_get_data_as_bytes (ordered);
  g_autoptr(GBytes) packed = tomo_gzip_deflate (plain, error);
  if (packed == NULL)
    return NULL;

  if (g_bytes_get_size (plain) <= TOMO_SUBMISSION_MAX_BYTES &&
      g_bytes_get_size (packed) <= TOMO_SUBMISSION_MAX_PACKED_BYTES)
    return g_steal_pointer (&packed);

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
               "the submission would have %" G_GSIZE_FORMAT
               " bytes, too many to be mailed; publish some packs first, the others after them",
               g_bytes_get_size (packed));
  return NULL;
}
