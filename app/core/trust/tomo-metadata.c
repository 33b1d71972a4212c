/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-metadata-private.h"

#include <string.h>

#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "core/trust/tomo-role-name-private.h"
#include "core/trust/tomo-target-path.h"

static const char *const type_names[] = {
  [TOMO_METADATA_ROOT] = "root",
  [TOMO_METADATA_TIMESTAMP] = "timestamp",
  [TOMO_METADATA_SNAPSHOT] = "snapshot",
  [TOMO_METADATA_TARGETS] = "targets",
};
G_STATIC_ASSERT (G_N_ELEMENTS (type_names) == TOMO_N_METADATA_TYPES);

static void
listing_free (TomoListing *self)
{
  g_free (self->sha256);
  g_free (self->sha512);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoListing, listing_free)

static void
target_free (TomoTrustTarget *self)
{
  /* The path belongs to the table, as its key; the role to the metadata. */
  g_free ((char *) self->sha256);
  g_free ((char *) self->sha512);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoTrustTarget, target_free)

static gboolean
read_hash (json_t *hashes,
           const char *name,
           size_t n_digits,
           char **out_hash,
           const char *where,
           GError **error)
{
  if (json_object_get (hashes, name) == NULL)
    return TRUE;

  const char *hex = tomo_json_get_string (hashes, name, where, error);
  if (hex == NULL)
    return FALSE;

  if (strlen (hex) != n_digits || strspn (hex, "0123456789abcdefABCDEF") != n_digits)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: member ‘%s’ is not %" G_GSIZE_FORMAT " hex digits", where, name, n_digits);
      return FALSE;
    }
  *out_hash = g_ascii_strdown (hex, -1);
  return TRUE;
}

/* Hashes of kinds that we do not know are passed over, but one that we can check must be there. */
static gboolean
read_hashes (json_t *object,
             char **out_sha256,
             char **out_sha512,
             const char *where,
             GError **error)
{
  json_t *hashes = tomo_json_get_object (object, "hashes", where, error);

  if (hashes == NULL || !read_hash (hashes, "sha256", 64, out_sha256, where, error) ||
      !read_hash (hashes, "sha512", 128, out_sha512, where, error))
    return FALSE;

  if (*out_sha256 == NULL && *out_sha512 == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: ‘hashes’ has neither ‘sha256’ nor ‘sha512’", where);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_version (json_t *object, uint64_t *out_version, const char *where, GError **error)
{
  if (!tomo_json_get_uint64 (object, "version", out_version, where, error))
    return FALSE;

  if (*out_version == 0)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: member ‘version’ is 0; versions begin with 1", where);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_root (TomoMetadata *self, json_t *tree, const char *where, GError **error)
{
  json_t *keys = tomo_json_get_object (tree, "keys", where, error);
  if (keys == NULL)
    return FALSE;

  json_t *roles = tomo_json_get_object (tree, "roles", where, error);
  if (roles == NULL)
    return FALSE;

  /* Absent in very old repositories, where it means no. */
  if (json_object_get (tree, "consistent_snapshot") != NULL &&
      !tomo_json_get_boolean (tree, "consistent_snapshot", &self->has_consistent_snapshots, where,
                              error))
    return FALSE;

  g_autoptr(GHashTable) table = tomo_role_keys_read_table (keys, where, error);
  if (table == NULL)
    return FALSE;

  for (int type = 0; type < TOMO_N_METADATA_TYPES; type++)
    {
      json_t *role = tomo_json_get_object (roles, type_names[type], where, error);
      if (role == NULL)
        return FALSE;

      self->role_keys[type] = tomo_role_keys_read (role, table, where, error);
      if (self->role_keys[type] == NULL)
        {
          g_prefix_error (error, "role ‘%s’: ", type_names[type]);
          return FALSE;
        }
    }
  return TRUE;
}

static TomoListing *
read_listing (json_t *tree, const char *where, GError **error)
{
  g_autoptr(TomoListing) self = g_new0 (TomoListing, 1);

  if (!read_version (tree, &self->version, where, error))
    return NULL;

  self->has_length = json_object_get (tree, "length") != NULL;
  if (self->has_length && !tomo_json_get_uint64 (tree, "length", &self->length, where, error))
    return NULL;

  if (json_object_get (tree, "hashes") != NULL &&
      !read_hashes (tree, &self->sha256, &self->sha512, where, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
read_listings (TomoMetadata *self, json_t *tree, const char *where, GError **error)
{
  json_t *meta = tomo_json_get_object (tree, "meta", where, error);
  const char *file = NULL;
  json_t *entry = NULL;

  if (meta == NULL)
    return FALSE;

  self->listings =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) listing_free);
  json_object_foreach (meta, file, entry)
    {
      /* The specification names only such files; another would hide ‘x.json’ behind ‘x’. */
      if (!g_str_has_suffix (file, ".json"))
        continue;

      TomoListing *listing = read_listing (entry, where, error);
      if (listing == NULL)
        {
          g_prefix_error (error, "file ‘%.64s’: ", file);
          return FALSE;
        }

      g_hash_table_insert (self->listings, g_strndup (file, strlen (file) - strlen (".json")),
                           listing);
    }

  if (self->type == TOMO_METADATA_TIMESTAMP && tomo_metadata_get_listing (self, "snapshot") == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: does not list snapshot.json",
                   where);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_target (TomoMetadata *self, const char *path, json_t *entry, const char *where, GError **error)
{
  g_autoptr(TomoTrustTarget) target = g_new0 (TomoTrustTarget, 1);
  char *sha256 = NULL;
  char *sha512 = NULL;
  gboolean is_good = tomo_json_get_uint64 (entry, "length", &target->size, where, error) &&
                     read_hashes (entry, &sha256, &sha512, where, error);

  target->sha256 = sha256;
  target->sha512 = sha512;
  target->role = self->role;
  if (!is_good)
    {
      g_prefix_error (error, "target ‘%.200s’: ", path);
      return FALSE;
    }

  char *key = g_strdup (path);
  target->path = key;
  g_hash_table_insert (self->targets, key, g_steal_pointer (&target));
  return TRUE;
}

static gboolean
read_targets (TomoMetadata *self, json_t *tree, const char *where, GError **error)
{
  json_t *targets = tomo_json_get_object (tree, "targets", where, error);
  const char *path = NULL;
  json_t *entry = NULL;

  if (targets == NULL)
    return FALSE;

  self->targets =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) target_free);
  json_object_foreach (targets, path, entry)
    if (!read_target (self, path, entry, where, error))
      return FALSE;

  if (json_object_get (tree, "delegations") == NULL)
    return TRUE;

  json_t *delegations = tomo_json_get_object (tree, "delegations", where, error);
  if (delegations == NULL)
    return FALSE;

  self->delegations = tomo_delegations_read (delegations, where, error);
  return self->delegations != NULL;
}

/* ‘1.N’ or ‘1.N.N’. A file of version 2 may mean something else by the same members. */
static gboolean
is_our_spec_version (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, ".", -1);
  unsigned int n_parts = g_strv_length (parts);

  if (n_parts < 2 || n_parts > 3 || strcmp (parts[0], "1") != 0)
    return FALSE;
  for (unsigned int i = 1; i < n_parts; i++)
    if (parts[i][0] == '\0' || strspn (parts[i], "0123456789") != strlen (parts[i]))
      return FALSE;
  return TRUE;
}

static gboolean
read_common (TomoMetadata *self, json_t *tree, const char *where, GError **error)
{
  const char *type = tomo_json_get_string (tree, "_type", where, error);
  if (type == NULL)
    return FALSE;
  if (strcmp (type, type_names[self->type]) != 0)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: is of type ‘%.64s’, not ‘%s’",
                   where, type, type_names[self->type]);
      return FALSE;
    }

  const char *spec_version = tomo_json_get_string (tree, "spec_version", where, error);
  if (spec_version == NULL)
    return FALSE;
  if (!is_our_spec_version (spec_version))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
                   "%s: is written for TUF ‘%.64s’; this program reads 1.x", where, spec_version);
      return FALSE;
    }

  if (!read_version (tree, &self->version, where, error) ||
      !tomo_json_get_time (tree, "expires", &self->expires_secs, where, error))
    return FALSE;

  return json_object_get (tree, "x-tomoshibi-signed-on") == NULL ||
         tomo_json_get_time (tree, "x-tomoshibi-signed-on", &self->signed_on_secs, where, error);
}

/* Reads the inside of @envelope. Members that we do not know are left alone; signatures cover
 * them all the same. Sets INVALID_DATA or UNSUPPORTED. */
TomoMetadata *
tomo_metadata_read (TomoEnvelope *envelope, TomoMetadataType type, const char *role, GError **error)
{
  g_autoptr(TomoMetadata) self = g_new0 (TomoMetadata, 1);
  json_t *tree = envelope->signed_part;
  gboolean is_good = FALSE;

  self->type = type;
  self->role = g_strdup (role);
  self->sha256 = g_strdup (envelope->sha256);
  self->sha512 = g_strdup (envelope->sha512);
  self->size = envelope->size;

  if (!read_common (self, tree, envelope->where, error))
    return NULL;

  switch (type)
    {
    case TOMO_METADATA_ROOT:
      is_good = read_root (self, tree, envelope->where, error);
      break;
    case TOMO_METADATA_TIMESTAMP:
    case TOMO_METADATA_SNAPSHOT:
      is_good = read_listings (self, tree, envelope->where, error);
      break;
    case TOMO_METADATA_TARGETS:
      is_good = read_targets (self, tree, envelope->where, error);
      break;
    default:
      g_assert_not_reached ();
    }
  return is_good ? g_steal_pointer (&self) : NULL;
}

void
tomo_metadata_free (TomoMetadata *self)
{
  g_free (self->role);
  g_free (self->sha256);
  g_free (self->sha512);
  g_clear_pointer (&self->signers, g_ptr_array_unref);
  for (int type = 0; type < TOMO_N_METADATA_TYPES; type++)
    g_clear_pointer (&self->role_keys[type], tomo_role_keys_unref);
  g_clear_pointer (&self->listings, g_hash_table_unref);
  g_clear_pointer (&self->targets, g_hash_table_unref);
  g_clear_pointer (&self->delegations, tomo_delegations_free);
  g_free (self);
}

gboolean
tomo_metadata_check_target_rules (TomoMetadata *self, GError **error)
{
  GHashTableIter iter;
  TomoTrustTarget *target = NULL;

  g_hash_table_iter_init (&iter, self->targets);
  while (g_hash_table_iter_next (&iter, NULL, (void **) &target))
    {
      if (!tomo_target_path_check (target->path, error))
        {
          g_prefix_error (error, "%s.json: ", self->role);
          return FALSE;
        }
      if (target->sha256 == NULL)
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "%s.json: target ‘%s’ has no ‘sha256’", self->role, target->path);
          return FALSE;
        }
    }
  return TRUE;
}

TomoListing *
tomo_metadata_get_listing (TomoMetadata *self, const char *role)
{
  return g_hash_table_lookup (self->listings, role);
}

gboolean
tomo_listing_check (const TomoListing *self,
                    const char *role,
                    uint64_t version,
                    size_t size,
                    const char *sha256,
                    const char *sha512,
                    GError **error)
{
  if (version != self->version)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                   "%s.json: is version %" G_GUINT64_FORMAT " where %" G_GUINT64_FORMAT
                   " is listed",
                   role, version, self->version);
      return FALSE;
    }

  if ((self->has_length && self->length != size) ||
      (self->sha256 != NULL && strcmp (self->sha256, sha256) != 0) ||
      (self->sha512 != NULL && strcmp (self->sha512, sha512) != 0))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                   "%s.json: version %" G_GUINT64_FORMAT
                   " has another length or hash than is listed",
                   role, version);
      return FALSE;
    }
  return TRUE;
}
