/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-role-keys-private.h"

#include <stdint.h>

#include "core/tomo-error.h"
#include "core/tomo-json.h"

/* More keys than this for one role is a mistake or an attack on our time. */
#define MAX_KEYS 1024

static void
unref_key (TomoPublicKey *key)
{
  if (key != NULL)
    tomo_public_key_unref (key);
}

/* A key of a type that came after us, or whose value is no key, does not make the whole file bad:
 * the others may still reach the threshold. A key without the members of one does. */
static gboolean
read_key (json_t *tree, const char *where, TomoPublicKey **out_key, GError **error)
{
  const char *keytype = tomo_json_get_string (tree, "keytype", where, error);
  if (keytype == NULL)
    return FALSE;

  const char *scheme = tomo_json_get_string (tree, "scheme", where, error);
  if (scheme == NULL)
    return FALSE;

  json_t *keyval = tomo_json_get_object (tree, "keyval", where, error);
  if (keyval == NULL)
    return FALSE;

  const char *value = tomo_json_get_string (keyval, "public", where, error);
  if (value == NULL)
    return FALSE;

  *out_key = tomo_public_key_new (keytype, scheme, value, NULL);
  return TRUE;
}

GHashTable *
tomo_role_keys_read_table (json_t *keys, const char *where, GError **error)
{
  g_autoptr(GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                        (GDestroyNotify) tomo_public_key_unref);
  const char *id = NULL;
  json_t *tree = NULL;

  json_object_foreach (keys, id, tree)
    {
      TomoPublicKey *key = NULL;
      if (!read_key (tree, where, &key, error))
        {
          g_prefix_error (error, "key ‘%.64s’: ", id);
          return NULL;
        }
      if (key != NULL)
        g_hash_table_insert (table, g_strdup (id), key);
    }
  return g_steal_pointer (&table);
}

static gboolean
read_ids (TomoRoleKeys *self, json_t *ids, GHashTable *table, const char *where, GError **error)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (size_t i = 0; i < json_array_size (ids); i++)
    {
      const char *id = json_string_value (json_array_get (ids, i));

      if (id == NULL || self->ids->len == MAX_KEYS || !g_hash_table_add (seen, (void *) id))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "%s: ‘keyids’ has something other than at most %d different strings", where,
                       MAX_KEYS);
          return FALSE;
        }

      TomoPublicKey *key = g_hash_table_lookup (table, id);
      g_ptr_array_add (self->ids, g_strdup (id));
      g_ptr_array_add (self->keys, key == NULL ? NULL : tomo_public_key_ref (key));
    }
  return TRUE;
}

/* Reads `keyids` and `threshold` of @role, with the keys looked up in @table. */
TomoRoleKeys *
tomo_role_keys_read (json_t *role, GHashTable *table, const char *where, GError **error)
{
  g_autoptr(TomoRoleKeys) self = g_atomic_rc_box_new0 (TomoRoleKeys);
  uint64_t threshold = 0;

  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) unref_key);

  json_t *ids = tomo_json_get_array (role, "keyids", where, error);
  if (ids == NULL || !read_ids (self, ids, table, where, error) ||
      !tomo_json_get_uint64 (role, "threshold", &threshold, where, error))
    return NULL;

  if (threshold == 0 || threshold > G_MAXINT32)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: a threshold of %" G_GUINT64_FORMAT " is not allowed; it must be at least 1",
                   where, threshold);
      return NULL;
    }
  self->threshold = (unsigned int) threshold;
  return g_steal_pointer (&self);
}

TomoRoleKeys *
tomo_role_keys_ref (TomoRoleKeys *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
role_keys_clear (gpointer data)
{
  TomoRoleKeys *self = data;

  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
}

void
tomo_role_keys_unref (TomoRoleKeys *self)
{
  g_atomic_rc_box_release_full (self, role_keys_clear);
}

static gboolean
holds_key (GPtrArray *keys, TomoPublicKey *key)
{
  for (size_t i = 0; i < keys->len; i++)
    {
      TomoPublicKey *other = g_ptr_array_index (keys, i);
      if (other != NULL && tomo_public_key_equal (key, other))
        return TRUE;
    }
  return FALSE;
}

/* Whether a threshold of different keys signed @envelope. A key is one signer, under however many
 * ids the role names it. Gives the signers in @out_signers (element-type TomoPublicKey). */
gboolean
tomo_role_keys_verify (TomoRoleKeys *self,
                       TomoEnvelope *envelope,
                       GPtrArray **out_signers,
                       GError **error)
{
  g_autoptr(GPtrArray) signers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_public_key_unref);

  for (size_t i = 0; i < self->ids->len; i++)
    {
      const char *id = g_ptr_array_index (self->ids, i);
      TomoPublicKey *key = g_ptr_array_index (self->keys, i);
      GBytes *signature = g_hash_table_lookup (envelope->signatures, id);

      if (key != NULL && signature != NULL && !holds_key (signers, key) &&
          tomo_public_key_verify (key, envelope->canonical, signature))
        g_ptr_array_add (signers, tomo_public_key_ref (key));
    }

  if (signers->len < self->threshold)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                   "%s: has %u valid signatures of the %u needed", envelope->where, signers->len,
                   self->threshold);
      return FALSE;
    }

  if (out_signers != NULL)
    *out_signers = g_steal_pointer (&signers);
  return TRUE;
}

/* Whether a key that @earlier names is no longer named. A key that only came in addition takes no
 * power from anybody, so there is nothing to recover from. */
gboolean
tomo_role_keys_withdraws (TomoRoleKeys *self, TomoRoleKeys *earlier)
{
  for (size_t i = 0; i < earlier->keys->len; i++)
    {
      TomoPublicKey *key = g_ptr_array_index (earlier->keys, i);
      if (key != NULL && !holds_key (self->keys, key))
        return TRUE;
    }
  return FALSE;
}
