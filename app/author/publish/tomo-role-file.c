/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-role-file.h"

#include <string.h>

#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "core/trust/tomo-canonical-json.h"

#define SPEC_VERSION "1.0.34"
#define SIGNED_ON "x-tomoshibi-signed-on"
#define SECS_PER_DAY (24 * 60 * 60)

struct _TomoRoleFile
{
  json_t *tree;        /* (owned) (not nullable): with what we do not know, too */
  json_t *signed_part; /* (not owned) (not nullable): in tree, as signatures is */
  json_t *signatures;  /* (not owned) (not nullable): as metadata has it */
  uint64_t version;    /* 0 until stamped */
  int64_t expires_secs;
};

/**
 * tomo_role_file_new:
 * @type: ‘root’, ‘targets’, ‘snapshot’ or ‘timestamp’
 *
 * Makes an unsigned file without version. tomo_role_file_stamp() gives it one.
 *
 * Returns: (transfer full): the file
 */
TomoRoleFile *
tomo_role_file_new (const char *type)
{
  g_return_val_if_fail (type != NULL, NULL);

  TomoRoleFile *self = g_new0 (TomoRoleFile, 1);

  self->signed_part = json_pack ("{s:s, s:s}", "_type", type, "spec_version", SPEC_VERSION);
  self->signatures = json_array ();
  self->tree =
      json_pack ("{s:o, s:o}", "signatures", self->signatures, "signed", self->signed_part);
  return self;
}

/**
 * tomo_role_file_free:
 * @self: (transfer full): a role file
 */
void
tomo_role_file_free (TomoRoleFile *self)
{
  json_decref (self->tree);
  g_free (self);
}

/**
 * tomo_role_file_parse:
 * @bytes: a metadata file
 * @max_bytes: refuse more than this
 * @where: name of the file, for messages
 * @error: return location for a #GError
 *
 * Reads a file of our own repository, published or drafted. Nothing is verified here.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full): the file
 */
TomoRoleFile *
tomo_role_file_parse (GBytes *bytes, size_t max_bytes, const char *where, GError **error)
{
  g_return_val_if_fail (bytes != NULL && where != NULL, NULL);

  g_autoptr(json_t) tree = tomo_json_parse (bytes, max_bytes, where, error);
  if (tree == NULL)
    return NULL;

  json_t *signed_part = tomo_json_get_object (tree, "signed", where, error);
  json_t *signatures =
      signed_part != NULL ? tomo_json_get_array (tree, "signatures", where, error) : NULL;
  uint64_t version = 0;
  int64_t expires_secs = 0;

  if (signatures == NULL ||
      !tomo_json_get_uint64 (signed_part, "version", &version, where, error) ||
      !tomo_json_get_time (signed_part, "expires", &expires_secs, where, error))
    return NULL;

  TomoRoleFile *self = g_new0 (TomoRoleFile, 1);
  self->tree = g_steal_pointer (&tree);
  self->signed_part = signed_part;
  self->signatures = signatures;
  self->version = version;
  self->expires_secs = expires_secs;
  return self;
}

/**
 * tomo_role_file_get_signed:
 * @self: a role file
 *
 * Lends what signatures cover. Whoever changes it calls tomo_role_file_stamp() afterwards.
 *
 * Returns: (transfer none): the member ‘signed’
 */
json_t *
tomo_role_file_get_signed (TomoRoleFile *self)
{
  return self->signed_part;
}

/**
 * tomo_role_file_get_version:
 * @self: a role file
 *
 * Returns: its version; 0 before it was stamped
 */
uint64_t
tomo_role_file_get_version (TomoRoleFile *self)
{
  return self->version;
}

/**
 * tomo_role_file_get_expires_secs:
 * @self: a role file
 *
 * Returns: when it expires; 0 before it was stamped
 */
int64_t
tomo_role_file_get_expires_secs (TomoRoleFile *self)
{
  return self->expires_secs;
}

/**
 * tomo_role_file_get_n_signatures:
 * @self: a role file
 *
 * Returns: how many signatures it carries, whoever made them
 */
unsigned int
tomo_role_file_get_n_signatures (TomoRoleFile *self)
{
  return (unsigned int) json_array_size (self->signatures);
}

static json_t *
time_to_json (int64_t secs)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (secs);
  g_autofree char *text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");

  return json_string (text);
}

/**
 * tomo_role_file_stamp:
 * @self: a role file
 * @version: its new version
 * @now_secs: the time
 * @lifetime_days: after how many days it expires
 *
 * Makes a new version of the file, which nobody has signed yet.
 */
void
tomo_role_file_stamp (TomoRoleFile *self,
                      uint64_t version,
                      int64_t now_secs,
                      unsigned int lifetime_days)
{
  g_return_if_fail (self != NULL && version > 0);

  self->version = version;
  self->expires_secs = now_secs + (int64_t) lifetime_days * SECS_PER_DAY;
  json_object_set_new (self->signed_part, "version", json_integer ((json_int_t) version));
  json_object_set_new (self->signed_part, "expires", time_to_json (self->expires_secs));
  json_object_set_new (self->signed_part, SIGNED_ON, time_to_json (now_secs));
  json_array_clear (self->signatures);
}

static char *
hex_from_bytes (GBytes *bytes)
{
  size_t size;
  const uint8_t *data = g_bytes_get_data (bytes, &size);
  GString *hex = g_string_sized_new (2 * size);

  for (size_t i = 0; i < size; i++)
    g_string_append_printf (hex, "%02x", data[i]);

  return g_string_free (hex, FALSE);
}

static GBytes *
bytes_from_hex (const char *hex)
{
  size_t length = strlen (hex);

  if (length % 2 != 0)
    return NULL;

  g_autofree uint8_t *data = g_malloc (length / 2 + 1);
  for (size_t i = 0; i < length / 2; i++)
    {
      int high = g_ascii_xdigit_value (hex[2 * i]);
      int low = g_ascii_xdigit_value (hex[2 * i + 1]);
      if (high < 0 || low < 0)
        return NULL;
      data[i] = (uint8_t) (high * 16 + low);
    }

  return g_bytes_new_take (g_steal_pointer (&data), length / 2);
}

static void
remove_signature (TomoRoleFile *self, const char *key_id)
{
  for (size_t i = json_array_size (self->signatures); i > 0; i--)
    {
      json_t *entry = json_array_get (self->signatures, i - 1);
      if (g_strcmp0 (json_string_value (json_object_get (entry, "keyid")), key_id) == 0)
        json_array_remove (self->signatures, i - 1);
    }
}

/**
 * tomo_role_file_sign:
 * @self: a stamped role file
 * @key_id: the name of @key in the file that delegates to this role
 * @key: a key
 * @error: return location for a #GError
 *
 * Signs the file. A signature of the same key is replaced.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_role_file_sign (TomoRoleFile *self, const char *key_id, TomoPrivateKey *key, GError **error)
{
  g_return_val_if_fail (self != NULL && self->version > 0 && key_id != NULL, FALSE);

  g_autoptr(GBytes) message = tomo_role_file_encode_payload (self, error);
  if (message == NULL)
    return FALSE;

  g_autoptr(GBytes) signature = tomo_private_key_sign (key, message, error);
  if (signature == NULL)
    return FALSE;

  tomo_role_file_add_signature (self, key_id, signature);
  return TRUE;
}

/**
 * tomo_role_file_add_signature:
 * @self: a stamped role file
 * @key_id: the name of the key in the file that delegates to this role
 * @signature: what the key made of tomo_role_file_encode_payload()
 *
 * Adds a signature that was made elsewhere. One of the same key is replaced. Whether it is good is
 * for tomo_role_file_is_signed_by() to say.
 */
void
tomo_role_file_add_signature (TomoRoleFile *self, const char *key_id, GBytes *signature)
{
  g_return_if_fail (self != NULL && key_id != NULL && signature != NULL);

  g_autofree char *hex = hex_from_bytes (signature);
  remove_signature (self, key_id);
  json_array_append_new (self->signatures, json_pack ("{s:s, s:s}", "keyid", key_id, "sig", hex));
}

/**
 * tomo_role_file_encode_payload:
 * @self: a stamped role file
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the very bytes that signatures cover: canonical JSON
 */
GBytes *
tomo_role_file_encode_payload (TomoRoleFile *self, GError **error)
{
  g_return_val_if_fail (self != NULL && self->version > 0, NULL);

  return tomo_canonical_json_encode (self->signed_part, error);
}

static gboolean
covers (TomoRoleFile *self, const char *key_id, TomoPublicKey *key, GBytes *message)
{
  size_t index;
  json_t *entry;

  json_array_foreach (self->signatures, index, entry)
    {
      const char *id = json_string_value (json_object_get (entry, "keyid"));
      const char *hex = json_string_value (json_object_get (entry, "sig"));
      if (hex == NULL || g_strcmp0 (id, key_id) != 0)
        continue;

      g_autoptr(GBytes) signature = bytes_from_hex (hex);
      if (signature != NULL && tomo_public_key_verify (key, message, signature))
        return TRUE;
    }

  return FALSE;
}

/**
 * tomo_role_file_count_signatures:
 * @self: a role file
 * @keys: who may sign it
 *
 * Counts how many of @keys have signed this very content. Other signatures do not count.
 *
 * Returns: a number to be compared with the threshold
 */
unsigned int
tomo_role_file_count_signatures (TomoRoleFile *self, TomoSigners *keys)
{
  g_return_val_if_fail (self != NULL && keys != NULL, 0);

  g_autoptr(GBytes) message = tomo_canonical_json_encode (self->signed_part, NULL);
  unsigned int n = 0;

  for (unsigned int i = 0; message != NULL && i < keys->keys->len; i++)
    if (covers (self, g_ptr_array_index (keys->ids, i), g_ptr_array_index (keys->keys, i), message))
      n++;

  return n;
}

/**
 * tomo_role_file_is_signed_by:
 * @self: a role file
 * @keys: who may sign it
 * @index: which of @keys
 *
 * Returns: %TRUE if that key has signed this very content
 */
gboolean
tomo_role_file_is_signed_by (TomoRoleFile *self, TomoSigners *keys, unsigned int index)
{
  g_return_val_if_fail (self != NULL && keys != NULL && index < keys->keys->len, FALSE);

  g_autoptr(GBytes) message = tomo_canonical_json_encode (self->signed_part, NULL);

  return message != NULL && covers (self, g_ptr_array_index (keys->ids, index),
                                    g_ptr_array_index (keys->keys, index), message);
}

/**
 * tomo_role_file_drop_signatures:
 * @self: a role file
 * @keys: who may sign it now
 * @former: (nullable): who also may
 *
 * Drops the signatures of all others, such as keys that were rotated out.
 *
 * Returns: %TRUE if there was any
 */
gboolean
tomo_role_file_drop_signatures (TomoRoleFile *self, TomoSigners *keys, TomoSigners *former)
{
  g_return_val_if_fail (self != NULL && keys != NULL, FALSE);

  gboolean dropped = FALSE;
  for (size_t i = json_array_size (self->signatures); i > 0; i--)
    {
      json_t *entry = json_array_get (self->signatures, i - 1);
      const char *id = json_string_value (json_object_get (entry, "keyid"));
      if (id != NULL &&
          (tomo_signers_has_id (keys, id) || (former != NULL && tomo_signers_has_id (former, id))))
        continue;

      json_array_remove (self->signatures, i - 1);
      dropped = TRUE;
    }

  return dropped;
}

/**
 * tomo_role_file_dump:
 * @self: a role file
 *
 * Returns: (transfer full): the bytes to be published
 */
GBytes *
tomo_role_file_dump (TomoRoleFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  char *text = json_dumps (self->tree, JSON_COMPACT | JSON_SORT_KEYS);
  size_t size = strlen (text);

  return g_bytes_new_with_free_func (text, size, free, text);
}
