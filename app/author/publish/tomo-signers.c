/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-signers.h"

#include <stdint.h>
#include <string.h>

#include "core/tomo-error.h"
#include "core/tomo-json.h"

/* As many as a person is willing to type, and enough to tell keys apart. */
#define MIN_ID_CHARACTERS 8

/**
 * tomo_signers_new:
 * @threshold: how many keys must sign
 *
 * Returns: (transfer full): no keys yet
 */
TomoSigners *
tomo_signers_new (unsigned int threshold)
{
  TomoSigners *self = g_new0 (TomoSigners, 1);

  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_public_key_unref);
  self->threshold = threshold;
  return self;
}

/**
 * tomo_signers_free:
 * @self: (transfer full): keys of a role
 */
void
tomo_signers_free (TomoSigners *self)
{
  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->keys);
  g_free (self);
}

/* Keeps the id that the file has: it need not be the one the specification computes. */
static gboolean
add_listed (TomoSigners *self, json_t *keys, const char *id, const char *where, GError **error)
{
  json_t *tree = tomo_json_get_object (keys, id, where, error);
  if (tree == NULL)
    return FALSE;

  g_autoptr(TomoPublicKey) key = tomo_public_key_new_from_json (tree, error);
  if (key == NULL)
    {
      g_prefix_error (error, "%s: key %s: ", where, id);
      return FALSE;
    }

  if (tomo_signers_find_id (self, key) == NULL)
    {
      g_ptr_array_add (self->ids, g_strdup (id));
      g_ptr_array_add (self->keys, g_steal_pointer (&key));
    }
  return TRUE;
}

/**
 * tomo_signers_new_from_json:
 * @keys: the member ‘keys’ of root or of delegations
 * @role: the object with ‘keyids’ and ‘threshold’
 * @where: of which file this is, for messages
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full): the keys of one role
 */
TomoSigners *
tomo_signers_new_from_json (json_t *keys, json_t *role, const char *where, GError **error)
{
  uint64_t threshold = 0;
  json_t *ids = tomo_json_get_array (role, "keyids", where, error);

  if (ids == NULL || !tomo_json_get_uint64 (role, "threshold", &threshold, where, error))
    return NULL;

  g_autoptr(TomoSigners) self =
      tomo_signers_new ((unsigned int) MIN (threshold, (uint64_t) G_MAXINT));
  for (size_t i = 0; i < json_array_size (ids); i++)
    {
      const char *id = json_string_value (json_array_get (ids, i));
      if (id == NULL)
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: a key id is not a string",
                       where);
          return NULL;
        }
      if (!add_listed (self, keys, id, where, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * tomo_signers_add:
 * @self: keys of a role
 * @key: one more, under the id that the specification computes
 *
 * Returns: %FALSE, changing nothing, if @key is among them already
 */
gboolean
tomo_signers_add (TomoSigners *self, TomoPublicKey *key)
{
  g_return_val_if_fail (self != NULL && key != NULL, FALSE);

  if (tomo_signers_find_id (self, key) != NULL)
    return FALSE;

  g_ptr_array_add (self->ids, tomo_public_key_dup_spec_id (key));
  g_ptr_array_add (self->keys, tomo_public_key_ref (key));
  return TRUE;
}

/**
 * tomo_signers_remove:
 * @self: keys of a role
 * @key: one of them
 *
 * Returns: %FALSE, changing nothing, if @key is not among them
 */
gboolean
tomo_signers_remove (TomoSigners *self, TomoPublicKey *key)
{
  g_return_val_if_fail (self != NULL && key != NULL, FALSE);

  for (unsigned int i = 0; i < self->keys->len; i++)
    if (tomo_public_key_equal (g_ptr_array_index (self->keys, i), key))
      {
        g_ptr_array_remove_index (self->ids, i);
        g_ptr_array_remove_index (self->keys, i);
        return TRUE;
      }

  return FALSE;
}

/**
 * tomo_signers_remove_id:
 * @self: keys of a role
 * @id: the id of one of them, or its first eight characters and more
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND unless exactly one key is meant.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_signers_remove_id (TomoSigners *self, const char *id, GError **error)
{
  g_return_val_if_fail (self != NULL && id != NULL, FALSE);

  unsigned int n_meant = 0;
  unsigned int meant = 0;

  for (unsigned int i = 0; i < self->ids->len; i++)
    {
      const char *listed = g_ptr_array_index (self->ids, i);
      if (!g_str_equal (listed, id) &&
          (strlen (id) < MIN_ID_CHARACTERS || !g_str_has_prefix (listed, id)))
        continue;
      meant = i;
      n_meant++;
    }

  if (n_meant != 1)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "‘%s’ names %u of the role's %u keys; give a public key file, or at least %d "
                   "characters of one key id",
                   id, n_meant, self->ids->len, MIN_ID_CHARACTERS);
      return FALSE;
    }

  g_ptr_array_remove_index (self->ids, meant);
  g_ptr_array_remove_index (self->keys, meant);
  return TRUE;
}

/**
 * tomo_signers_equal:
 * @self: keys of a role
 * @other: keys of a role
 *
 * Returns: %TRUE if both have the same keys, in whatever order, and the same threshold
 */
gboolean
tomo_signers_equal (TomoSigners *self, TomoSigners *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  if (self->threshold != other->threshold || self->keys->len != other->keys->len)
    return FALSE;

  for (unsigned int i = 0; i < self->keys->len; i++)
    if (tomo_signers_find_id (other, g_ptr_array_index (self->keys, i)) == NULL)
      return FALSE;

  return TRUE;
}

/**
 * tomo_signers_has_id:
 * @self: keys of a role
 * @id: an id, as metadata has it
 *
 * Returns: %TRUE if one of the keys is called so
 */
gboolean
tomo_signers_has_id (TomoSigners *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, FALSE);

  return g_ptr_array_find_with_equal_func (self->ids, id, g_str_equal, NULL);
}

/**
 * tomo_signers_find_id:
 * @self: keys of a role
 * @key: a key
 *
 * Returns: (transfer none) (nullable): under which id @key is among them
 */
const char *
tomo_signers_find_id (TomoSigners *self, TomoPublicKey *key)
{
  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  for (unsigned int i = 0; i < self->keys->len; i++)
    if (tomo_public_key_equal (g_ptr_array_index (self->keys, i), key))
      return g_ptr_array_index (self->ids, i);

  return NULL;
}

/**
 * tomo_signers_check:
 * @self: keys of a role
 * @role: its name, for the message
 * @error: return location for a #GError
 *
 * Refuses a threshold that nobody or anybody could meet.
 *
 * On failure this sets %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE if the threshold is between one and the number of keys
 */
gboolean
tomo_signers_check (TomoSigners *self, const char *role, GError **error)
{
  g_return_val_if_fail (self != NULL && role != NULL, FALSE);

  if (self->threshold >= 1 && self->threshold <= self->keys->len)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
               "%s: the threshold is %u, but must be from 1 to the number of keys, %u", role,
               self->threshold, self->keys->len);
  return FALSE;
}

/**
 * tomo_signers_to_json:
 * @self: keys of a role
 * @keys: (inout): the member ‘keys’ of root or of delegations; the keys are added to it
 *
 * Returns: (transfer full): an object with ‘keyids’ and ‘threshold’
 */
json_t *
tomo_signers_to_json (TomoSigners *self, json_t *keys)
{
  g_return_val_if_fail (self != NULL && json_is_object (keys), NULL);

  json_t *ids = json_array ();

  for (unsigned int i = 0; i < self->keys->len; i++)
    {
      const char *id = g_ptr_array_index (self->ids, i);
      json_array_append_new (ids, json_string (id));
      /* A key that is there already may have members that we do not know; they stay. */
      if (json_object_get (keys, id) == NULL)
        json_object_set_new (keys, id, tomo_public_key_to_json (g_ptr_array_index (self->keys, i)));
    }

  return json_pack ("{s:o, s:i}", "keyids", ids, "threshold", (int) self->threshold);
}
